"""Who may let questions into a guild, in SQL."""

from datetime import datetime

from bot.store.sql.values import Sql, stamp


class Editors:
    """The table `editor`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def of(self, guild_id: int) -> list[int]:
        """The editors of a guild besides its owner, the first named first."""
        rows = await self._sql.all(
            "SELECT user_id FROM editor WHERE guild_id = ? ORDER BY at, user_id", (guild_id,)
        )
        return [row[0] for row in rows]

    async def add(self, guild_id: int, user_id: int, at: datetime) -> bool:
        """Name one; False, and nothing changed, when they are one already."""
        added = await self._sql.run(
            "INSERT INTO editor (guild_id, user_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (guild_id, user_id, stamp(at)),
        )
        return added == 1

    async def remove(self, guild_id: int, user_id: int) -> bool:
        """Take it back; False when they were none."""
        removed = await self._sql.run(
            "DELETE FROM editor WHERE guild_id = ? AND user_id = ?", (guild_id, user_id)
        )
        return removed == 1
