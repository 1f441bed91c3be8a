"""Where somebody stands, in SQL."""

from datetime import datetime

from bot.domain.standing import Last
from bot.store.sql.values import Sql, instant, score, stamp

FOREVER = 2**62


class Preparations:
    """Reads over the table `attempt`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def lasts(self, user_id: int, before: datetime | None = None) -> list[Last]:
        """Their last answer to each question (before that instant), the worst first."""
        rows = await self._sql.all(
            "SELECT question_id, guild_id, topic, at, score FROM attempt "
            "WHERE user_id = ? AND at < ? ORDER BY at, id",
            (user_id, FOREVER if before is None else stamp(before)),
        )
        # Folded here: a window function would sort what the index hands over in order.
        latest = {
            row[0]: Last(row[0], row[1], row[2], instant(row[3]), score(row[4])) for row in rows
        }
        return sorted(latest.values(), key=lambda last: (last.score, last.at, last.question_id))
