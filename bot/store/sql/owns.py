"""The questions of a guild's own in SQL."""

from functools import lru_cache

from bot.domain.question import Question
from bot.domain.suggestion import Own
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = "id, guild_id, question, at, accepted_by, wanted_at, retired_at"
SELECT = f"SELECT {COLUMNS} FROM own"  # noqa: S608 - names from above


class Owns:
    """The table `own`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, guild_id: int, question_id: str) -> Own | None:
        """That question, if it is this guild's; also once it is retired."""
        row = await self._sql.one(
            f"{SELECT} WHERE id = ? AND guild_id = ?", (question_id, guild_id)
        )
        return _own(row) if row else None

    async def save(self, own: Own) -> None:
        """Add it, or store whether it is wanted or retired; its wording is for ever."""
        await self._sql.run(
            f"INSERT INTO own ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET wanted_at = excluded.wanted_at, "
            "retired_at = excluded.retired_at",
            (own.question.id, own.guild_id, own.question.model_dump_json(), stamp(own.at),
             own.accepted_by, stamp(own.wanted_at), stamp(own.retired_at)),
        )  # fmt: skip

    async def of(self, guild_id: int) -> list[Own]:
        """Every question of a guild's own that may still be asked, the oldest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE guild_id = ? AND retired_at IS NULL ORDER BY at, id", (guild_id,)
        )
        return [_own(row) for row in rows]


# A whole group presses within minutes, and every press reads the question.
@lru_cache(maxsize=1024)
def _question(text: str) -> Question:
    return Question.model_validate_json(text)


def _own(row: Row) -> Own:
    return Own(
        guild_id=row[1],
        question=_question(row[2]),
        at=instant(row[3]),
        accepted_by=row[4],
        wanted_at=instant(row[5]),
        retired_at=instant(row[6]),
    )
