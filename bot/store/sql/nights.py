"""Quiz nights in SQL."""

import json
from dataclasses import asdict
from datetime import date, datetime

from bot.domain.game import Mode, Terms
from bot.domain.night import Night, Stage
from bot.domain.question import Topic
from bot.domain.round import Style
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = (
    "id, guild_id, channel_id, host_id, terms, day, minute, zone_name, weekly, due_at, stage, "
    "next_at, remind_at, event_id"
)
SELECT = f"SELECT {COLUMNS} FROM night"  # noqa: S608 - names from above
RIPE = "due_at <= ? AND stage NOT IN ('missed', 'called off')"


class Nights:
    """The table `night`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, night_id: int) -> Night | None:
        """That night."""
        row = await self._sql.one(f"{SELECT} WHERE id = ?", (night_id,))
        return _night(row) if row else None

    async def save(self, night: Night) -> None:
        """Add or replace it."""
        await self._sql.run(
            f"INSERT INTO night ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET host_id = excluded.host_id, day = excluded.day, "
            "due_at = excluded.due_at, stage = excluded.stage, next_at = excluded.next_at, "
            "remind_at = excluded.remind_at, event_id = excluded.event_id",
            _row(night),
        )

    async def drop(self, night_id: int) -> None:
        """Delete it."""
        await self._sql.run("DELETE FROM night WHERE id = ?", (night_id,))

    async def ripe(self, now: datetime, most: int) -> list[Night]:
        """Nights whose lobby is due, the longest overdue first."""
        return await self._waiting(RIPE, now, most)

    async def errands(self, now: datetime, most: int) -> list[Night]:
        """Nights about which there is something else to do, the longest overdue first."""
        return await self._waiting(f"NOT ({RIPE})", now, most)

    async def next_at(self, now: datetime) -> datetime | None:
        """When there is something to do after `now`."""
        row = await self._sql.one("SELECT MIN(next_at) FROM night WHERE next_at > ?", (stamp(now),))
        return instant(row[0]) if row else None

    async def of(self, guild_id: int) -> list[Night]:
        """The nights of a guild, the next first."""
        rows = await self._sql.all(f"{SELECT} WHERE guild_id = ? ORDER BY due_at, id", (guild_id,))
        return [_night(row) for row in rows]

    async def drop_all(self, guild_id: int) -> None:
        """Delete the nights of a guild."""
        await self._sql.run("DELETE FROM night WHERE guild_id = ?", (guild_id,))

    async def _waiting(self, which: str, now: datetime, most: int) -> list[Night]:
        rows = await self._sql.all(
            f"{SELECT} WHERE next_at <= ? AND {which} ORDER BY next_at, id LIMIT ?",
            (stamp(now), stamp(now), most),
        )
        return [_night(row) for row in rows]


def _row(night: Night) -> Row:
    return (
        night.id, night.guild_id, night.channel_id, night.host_id, json.dumps(asdict(night.terms)),
        night.day.isoformat(), night.minute, night.zone_name, int(night.weekly),
        stamp(night.due_at), night.stage.value, stamp(night.next_at), stamp(night.remind_at),
        night.event_id,
    )  # fmt: skip


def _terms(text: str) -> Terms:
    agreed = json.loads(text)
    topic = agreed["topic"] and Topic(agreed["topic"])
    made = {"topic": topic, "style": Style(agreed["style"]), "mode": Mode(agreed["mode"])}
    return Terms(**(agreed | made))


def _night(row: Row) -> Night:
    return Night(
        id=row[0],
        guild_id=row[1],
        channel_id=row[2],
        host_id=row[3],
        terms=_terms(row[4]),
        day=date.fromisoformat(row[5]),
        minute=row[6],
        zone_name=row[7],
        weekly=bool(row[8]),
        due_at=instant(row[9]),
        stage=Stage(row[10]),
        next_at=instant(row[11]),
        remind_at=instant(row[12]),
        event_id=row[13],
    )
