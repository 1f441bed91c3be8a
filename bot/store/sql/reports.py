"""What is said against questions, in SQL."""

from datetime import datetime

from bot.domain.report import Reason, Report
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = (
    "user_id, question_id, guild_id, question_hash, at, reason, text, closed_at, closed_by"
)  # fmt: skip
SELECT = f"SELECT {COLUMNS} FROM report"  # noqa: S608 - names from above


class Reports:
    """The table `report`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, user_id: int, question_id: str) -> Report | None:
        """What that person last said of that question."""
        row = await self._sql.one(
            f"{SELECT} WHERE user_id = ? AND question_id = ?", (user_id, question_id)
        )
        return _report(row) if row else None

    async def save(self, report: Report) -> bool:
        """Add it, or put it in the place of what they said before; whether it was the first."""
        before = await self.get(report.user_id, report.question_id)
        await self._sql.run(
            f"INSERT INTO report ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (user_id, question_id) DO UPDATE SET guild_id = excluded.guild_id, "
            "question_hash = excluded.question_hash, at = excluded.at, reason = excluded.reason, "
            "text = excluded.text, closed_at = excluded.closed_at, closed_by = excluded.closed_by",
            (report.user_id, report.question_id, report.guild_id, report.question_hash,
             stamp(report.at), report.reason.value, report.text, stamp(report.closed_at),
             report.closed_by),
        )  # fmt: skip
        return before is None

    async def open_in(self, guild_id: int | None, most: int) -> list[Report]:
        """Open reports on a guild's own questions, or without one on the bank's; oldest first."""
        whose, values = ("guild_id = ?", (guild_id,)) if guild_id else ("guild_id IS NULL", ())
        rows = await self._sql.all(
            f"{SELECT} WHERE {whose} AND closed_at IS NULL ORDER BY at, user_id, question_id "
            "LIMIT ?",
            (*values, most),
        )
        return [_report(row) for row in rows]

    async def close_all(self, question_id: str, guild_id: int, by: int, at: datetime) -> None:
        """Close every open report on a question of that guild's own."""
        await self._sql.run(
            "UPDATE report SET closed_at = ?, closed_by = ? "
            "WHERE guild_id = ? AND question_id = ? AND closed_at IS NULL",
            (stamp(at), by, guild_id, question_id),
        )


def _report(row: Row) -> Report:
    return Report(
        user_id=row[0],
        question_id=row[1],
        guild_id=row[2],
        question_hash=row[3],
        at=instant(row[4]),
        reason=Reason(row[5]),
        text=row[6],
        closed_at=instant(row[7]),
        closed_by=row[8],
    )
