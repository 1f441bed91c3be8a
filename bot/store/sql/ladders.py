"""Follow-ups in SQL; the rungs of a ladder are one JSON list, read and written whole."""

import json

from bot.domain.probe import Ladder, Rung
from bot.domain.verdict import Verdict
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = "id, user_id, guild_id, question_id, attempt_id, started_at, public, first, rungs"
SELECT = f"SELECT {COLUMNS} FROM ladder"  # noqa: S608 - names from above


class Ladders:
    """The table `ladder`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, ladder_id: int) -> Ladder | None:
        """That ladder."""
        row = await self._sql.one(f"{SELECT} WHERE id = ?", (ladder_id,))
        return _ladder(row) if row else None

    async def on_attempt(self, attempt_id: int) -> Ladder | None:
        """The ladder that began with that answer."""
        row = await self._sql.one(f"{SELECT} WHERE attempt_id = ?", (attempt_id,))
        return _ladder(row) if row else None

    async def insert(self, ladder: Ladder, attempt_id: int | None) -> None:
        """Add a ladder; nothing happens when its id is there already."""
        first = ladder.first.model_dump_json() if ladder.first else None
        await self._sql.run(
            f"INSERT INTO ladder ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (id) DO NOTHING",
            (ladder.id, ladder.user_id, ladder.guild_id, ladder.question_id, attempt_id,
             stamp(ladder.started_at), int(ladder.public), first, _json(ladder.rungs)),
        )  # fmt: skip

    async def save(self, ladder: Ladder) -> None:
        """Store its rungs."""
        await self._sql.run(
            "UPDATE ladder SET rungs = ? WHERE id = ?", (_json(ladder.rungs), ladder.id)
        )


def _json(rungs: tuple[Rung, ...]) -> str:
    return json.dumps(
        [
            {
                "probe_id": rung.probe_id,
                "reply": rung.reply,
                "verdict": rung.verdict.model_dump(mode="json"),
                "again": rung.again.model_dump(mode="json"),
            }
            for rung in rungs
        ],
        ensure_ascii=False,
    )


def _ladder(row: Row) -> Ladder:
    rungs = tuple(
        Rung(
            probe_id=rung["probe_id"],
            reply=rung["reply"],
            verdict=Verdict.model_validate(rung["verdict"]),
            again=Verdict.model_validate(rung["again"]),
        )
        for rung in json.loads(row[8])
    )
    return Ladder(
        id=row[0],
        user_id=row[1],
        guild_id=row[2],
        question_id=row[3],
        started_at=instant(row[5]),
        first=None if row[7] is None else Verdict.model_validate_json(row[7]),
        rungs=rungs,
        public=bool(row[6]),
    )
