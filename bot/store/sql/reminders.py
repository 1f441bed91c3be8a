"""Reminders in SQL."""

from datetime import datetime

from bot.domain.reminder import Leaving, Reminder
from bot.store.sql.values import Row, Sql, day, instant, marks, stamp, text

COLUMNS = "user_id, minute, next_at, told_on, leaving, since_at, lease_ends_at, trouble"
SELECT = f"SELECT {COLUMNS} FROM reminder"  # noqa: S608 - names from above


class Reminders:
    """The table `reminder`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, user_id: int) -> Reminder | None:
        """What that person wants."""
        row = await self._sql.one(f"{SELECT} WHERE user_id = ?", (user_id,))
        return _reminder(row) if row else None

    async def save(self, reminder: Reminder) -> None:
        """Add or replace it."""
        await self._sql.run(
            f"INSERT INTO reminder ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (user_id) DO UPDATE SET minute = excluded.minute, "
            "next_at = excluded.next_at, told_on = excluded.told_on, leaving = excluded.leaving, "
            "since_at = excluded.since_at, lease_ends_at = excluded.lease_ends_at, "
            "trouble = excluded.trouble",
            (reminder.user_id, reminder.minute, stamp(reminder.next_at), text(reminder.told_on),
             reminder.leaving and reminder.leaving.value, stamp(reminder.since_at),
             stamp(reminder.lease_ends_at), reminder.trouble),
        )  # fmt: skip

    async def due(self, now: datetime, most: int) -> list[Reminder]:
        """Those whose moment has come, the longest overdue first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE next_at <= ? ORDER BY next_at, user_id LIMIT ?", (stamp(now), most)
        )
        return [_reminder(row) for row in rows]

    async def next_at(self) -> datetime | None:
        """The earliest moment of all."""
        row = await self._sql.one("SELECT MIN(next_at) FROM reminder WHERE next_at IS NOT NULL")
        return instant(row[0]) if row else None

    async def leaving(self, most: int) -> list[Reminder]:
        """Those on their way, the oldest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE leaving IS NOT NULL ORDER BY since_at, user_id LIMIT ?", (most,)
        )
        return [_reminder(row) for row in rows]


def _reminder(row: Row) -> Reminder:
    user_id, minute, next_at, told_on, leaving, since_at, lease_ends_at, trouble = row
    return Reminder(
        user_id,
        minute,
        instant(next_at),
        day(told_on),
        Leaving(leaving) if leaving else None,
        instant(since_at),
        instant(lease_ends_at),
        trouble,
    )
