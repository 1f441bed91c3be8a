"""Schedules in SQL."""

import json
from datetime import datetime
from functools import lru_cache

from bot.domain.bank import Selection
from bot.domain.question import Difficulty, Role, Seniority, Topic
from bot.domain.schedule import Schedule
from bot.store.sql.values import Row, Sql, day, instant, marks, stamp, text

COLUMNS = (
    "guild_id, channel_id, minute, zone_name, weekdays, selection, role_id, thread, pin, "
    "report_channel_id, paused, next_day, next_run_at, weekly"
)
SELECT = f"SELECT {COLUMNS} FROM schedule"  # noqa: S608 - names from above


class Schedules:
    """The table `schedule`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, guild_id: int) -> Schedule | None:
        """That guild's schedule."""
        row = await self._sql.one(f"{SELECT} WHERE guild_id = ?", (guild_id,))
        return _schedule(row) if row else None

    async def save(self, schedule: Schedule) -> None:
        """Add or replace it."""
        await self._sql.run(
            f"INSERT INTO schedule ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (guild_id) DO UPDATE SET channel_id = excluded.channel_id, "
            "minute = excluded.minute, zone_name = excluded.zone_name, "
            "weekdays = excluded.weekdays, selection = excluded.selection, "
            "role_id = excluded.role_id, thread = excluded.thread, pin = excluded.pin, "
            "report_channel_id = excluded.report_channel_id, paused = excluded.paused, "
            "next_day = excluded.next_day, next_run_at = excluded.next_run_at, "
            "weekly = excluded.weekly",
            _row(schedule),
        )

    async def due(self, now: datetime, most: int) -> list[Schedule]:
        """Schedules whose next post is due, the longest overdue first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE next_run_at <= ? ORDER BY next_run_at, guild_id LIMIT ?",
            (stamp(now), most),
        )
        return [_schedule(row) for row in rows]

    async def next_run_at(self) -> datetime | None:
        """The earliest due instant of all."""
        row = await self._sql.one(
            "SELECT next_run_at FROM schedule WHERE next_run_at IS NOT NULL "
            "ORDER BY next_run_at LIMIT 1"
        )
        return instant(row[0]) if row else None

    async def planned(self) -> list[int]:
        """Guilds that have a next post."""
        rows = await self._sql.all(
            "SELECT guild_id FROM schedule WHERE next_run_at IS NOT NULL ORDER BY guild_id"
        )
        return [row[0] for row in rows]


def _row(schedule: Schedule) -> Row:
    wanted = schedule.selection
    return (
        schedule.guild_id,
        schedule.channel_id,
        schedule.minute,
        schedule.zone_name,
        json.dumps(sorted(schedule.weekdays)),
        json.dumps({
            "topics": sorted(wanted.topics),
            "difficulties": sorted(wanted.difficulties),
            "seniorities": sorted(wanted.seniorities),
            "roles": sorted(wanted.roles),
        }),
        schedule.role_id,
        int(schedule.thread),
        int(schedule.pin),
        schedule.report_channel_id,
        int(schedule.paused),
        text(schedule.next_day),
        stamp(schedule.next_run_at),
        int(schedule.weekly),
    )  # fmt: skip


# Every answer reads its guild's schedule, and guilds choose alike.
@lru_cache(maxsize=1024)
def _weekdays(text: str) -> frozenset[int]:
    return frozenset(json.loads(text))


@lru_cache(maxsize=1024)
def _selection(text: str) -> Selection:
    wanted = json.loads(text)
    return Selection(
        topics=frozenset(map(Topic, wanted["topics"])),
        difficulties=frozenset(map(Difficulty, wanted["difficulties"])),
        seniorities=frozenset(map(Seniority, wanted["seniorities"])),
        roles=frozenset(map(Role, wanted["roles"])),
    )


def _schedule(row: Row) -> Schedule:
    return Schedule(
        guild_id=row[0],
        channel_id=row[1],
        minute=row[2],
        zone_name=row[3],
        weekdays=_weekdays(row[4]),
        selection=_selection(row[5]),
        role_id=row[6],
        thread=bool(row[7]),
        pin=bool(row[8]),
        report_channel_id=row[9],
        paused=bool(row[10]),
        next_day=day(row[11]),
        next_run_at=instant(row[12]),
        weekly=bool(row[13]),
    )
