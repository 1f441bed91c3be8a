"""What somebody has done, as far as a profile looks, in SQL.

Their last answers are read from the index `attempt_person` alone: rows of one person lie far apart,
and a profile must not get slower as the table grows.
"""

from datetime import date

from bot.domain.profile import DayDone, Glance
from bot.domain.streak import day_counts
from bot.domain.verdict import Pattern
from bot.store.sql.values import Sql, instant, score


class Profiles:
    """Reads of `attempt` and `progress`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def glances(self, user_id: int, most: int) -> list[Glance]:
        """Their last answers, the latest first."""
        rows = await self._sql.all(
            "SELECT at, score, confidence, pattern FROM attempt WHERE user_id = ? "
            "ORDER BY at DESC, id DESC LIMIT ?",
            (user_id, most),
        )
        return [
            Glance(
                at=instant(at),
                score=score(right),
                confidence=sure,
                graded=pattern is not None,
                pattern=Pattern(pattern) if pattern else None,
            )
            for at, right, sure, pattern in rows
        ]

    async def days(self, user_id: int, since: date) -> list[DayDone]:
        """The days from `since` on on which they did anything, the earliest first."""
        rows = await self._sql.all(
            "SELECT day, post_answers, questions FROM progress WHERE user_id = ? AND day >= ? "
            "ORDER BY day",
            (user_id, since.isoformat()),
        )
        return [
            DayDone(date.fromisoformat(day), questions, day_counts(post_answers, questions))
            for day, post_answers, questions in rows
        ]
