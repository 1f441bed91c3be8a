"""Guilds in SQL."""

from datetime import datetime

from bot.domain.person import Guild
from bot.store.sql.values import Row, Sql, instant, stamp

GUILD_ONLY = (
    "schedule", "post", "member", "period_score", "judge_budget", "suggestion", "own", "editor",
    "report", "game", "league_score", "rating", "night", "guild",
)  # fmt: skip
"""Tables whose rows go with their guild."""
SHARED = ("attempt", "claim", "drill", "ladder")
"""Tables whose rows belong to people and merely happened in a guild."""


class Guilds:
    """The table `guild`, and everything that hangs on it."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, guild_id: int) -> Guild | None:
        """That guild."""
        row = await self._sql.one(
            "SELECT guild_id, joined_at, left_at, trouble FROM guild WHERE guild_id = ?",
            (guild_id,),
        )
        return _guild(row) if row else None

    async def save(self, guild: Guild) -> None:
        """Add or replace it."""
        await self._sql.run(
            "INSERT INTO guild (guild_id, joined_at, left_at, trouble) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (guild_id) DO UPDATE SET joined_at = excluded.joined_at, "
            "left_at = excluded.left_at, trouble = excluded.trouble",
            (guild.guild_id, stamp(guild.joined_at), stamp(guild.left_at), guild.trouble),
        )

    async def left_before(self, at: datetime) -> list[int]:
        """Guilds that removed the bot before `at`, the longest gone first."""
        rows = await self._sql.all(
            "SELECT guild_id FROM guild WHERE left_at < ? ORDER BY left_at, guild_id", (stamp(at),)
        )
        return [row[0] for row in rows]

    async def purge(self, guild_id: int) -> None:
        """Delete everything of the guild; attempts stay with their people, without it."""
        await self._sql.run("UPDATE attempt SET post_id = NULL WHERE guild_id = ?", (guild_id,))
        for table in SHARED:
            await self._sql.run(
                f"UPDATE {table} SET guild_id = NULL WHERE guild_id = ?",  # noqa: S608 - names from above
                (guild_id,),
            )
        await self._sql.run(
            "UPDATE person SET home_guild_id = NULL WHERE home_guild_id = ?", (guild_id,)
        )
        for table in GUILD_ONLY:
            await self._sql.run(f"DELETE FROM {table} WHERE guild_id = ?", (guild_id,))  # noqa: S608


def _guild(row: Row) -> Guild:
    guild_id, joined_at, left_at, trouble = row
    return Guild(guild_id, instant(joined_at), instant(left_at), trouble)
