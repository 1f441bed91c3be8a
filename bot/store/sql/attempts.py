"""Answers in SQL."""

from datetime import date

from bot.domain.attempt import Attempt, Mode, Origin
from bot.domain.errors import AlreadyDone
from bot.domain.verdict import Verdict
from bot.store.sql.cards import Cards
from bot.store.sql.values import Row, Sql, instant, marks, millionths, score, stamp

COLUMNS = (
    "id, user_id, guild_id, post_id, question_id, topic, origin, mode, at, study_day, score, "
    "points, scored, late, answer, choice, confidence, verdict"
)
SELECT = f"SELECT {COLUMNS} FROM attempt"  # noqa: S608 - names from above


class Attempts:
    """The table `attempt`; every roll-up can be rebuilt from it."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._cards = Cards(sql)

    async def get(self, attempt_id: int) -> Attempt | None:
        """That attempt."""
        row = await self._sql.one(f"{SELECT} WHERE id = ?", (attempt_id,))
        return _attempt(row) if row else None

    async def insert(self, attempt: Attempt) -> bool:
        """Add the attempt; False, and nothing changed, when its id is there already.

        Raises:
            AlreadyDone: another attempt of this person is the one that counts for the post.
        """
        added = await self._sql.run(
            f"INSERT INTO attempt ({COLUMNS}, pattern) VALUES ({marks(COLUMNS)}, ?) "  # noqa: S608
            "ON CONFLICT DO NOTHING",
            (*_row(attempt), _pattern(attempt.verdict)),
        )
        if not added and not await self.get(attempt.id):
            raise AlreadyDone("Your answer to that question has been counted already.")
        return added == 1

    async def regrade(self, attempt: Attempt) -> None:
        """Store another verdict, score and points for it, and let its card follow."""
        await self._sql.run(
            "UPDATE attempt SET verdict = ?, pattern = ?, score = ?, points = ? WHERE id = ?",
            (
                _json(attempt.verdict),
                _pattern(attempt.verdict),
                millionths(attempt.score),
                attempt.points,
                attempt.id,
            ),
        )
        await self._cards.fold(attempt.user_id, attempt.question_id)

    async def scored(self, post_id: str, user_id: int) -> Attempt | None:
        """The attempt that counts for that post."""
        row = await self._sql.one(
            f"{SELECT} WHERE post_id = ? AND user_id = ? AND scored = 1", (post_id, user_id)
        )
        return _attempt(row) if row else None

    async def latest(self, user_id: int, most: int) -> list[Attempt]:
        """The last attempts of a person, the latest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE user_id = ? ORDER BY at DESC, id DESC LIMIT ?", (user_id, most)
        )
        return [_attempt(row) for row in rows]

    async def confidences(self, user_id: int, most: int) -> list[tuple[float, float]]:
        """(confidence, score) of their last attempts that had a confidence, the latest first."""
        rows = await self._sql.all(
            "SELECT confidence, score FROM attempt WHERE user_id = ? AND confidence IS NOT NULL "
            "ORDER BY at DESC, id DESC LIMIT ?",
            (user_id, most),
        )
        return [(sure, score(right)) for sure, right in rows]


def _json(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.model_dump_json()


def _pattern(verdict: Verdict | None) -> str | None:
    """What a profile counts: the weak pattern it names, or that it names none."""
    return None if verdict is None else (verdict.pattern or "")


def _row(attempt: Attempt) -> Row:
    return (
        attempt.id,
        attempt.user_id,
        attempt.guild_id,
        attempt.post_id,
        attempt.question_id,
        attempt.topic,
        attempt.origin.value,
        attempt.mode.value,
        stamp(attempt.at),
        attempt.study_day.isoformat(),
        millionths(attempt.score),
        attempt.points,
        int(attempt.scored),
        int(attempt.late),
        attempt.answer,
        attempt.choice,
        attempt.confidence,
        _json(attempt.verdict),
    )


def _attempt(row: Row) -> Attempt:
    verdict = row[17]
    return Attempt(
        id=row[0],
        user_id=row[1],
        guild_id=row[2],
        post_id=row[3],
        question_id=row[4],
        topic=row[5],
        origin=Origin(row[6]),
        mode=Mode(row[7]),
        at=instant(row[8]),
        study_day=date.fromisoformat(row[9]),
        score=score(row[10]),
        points=row[11],
        scored=bool(row[12]),
        late=bool(row[13]),
        answer=row[14],
        choice=row[15],
        confidence=row[16],
        verdict=None if verdict is None else Verdict.model_validate_json(verdict),
    )
