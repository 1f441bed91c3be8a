"""What people may ask of us about what we hold."""

from datetime import datetime
from typing import Any

from bot.domain.person import PURGE_AFTER
from bot.store.port import Store, Tx


class Privacy:
    """Export, deletion, and the purge of guilds that left."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def export(self, user_id: int) -> dict[str, Any]:
        """Everything held about a person, JSON-ready."""
        return await self._store.read(lambda tx: tx.persons.export(user_id))

    async def forget(self, user_id: int) -> None:
        """Delete everything about a person; counters that are about nobody stay."""
        await self._store.write(lambda tx: tx.persons.forget(user_id))

    async def purge(self, now: datetime) -> list[int]:
        """Delete guilds that removed the bot 30 days ago; returns their ids."""

        async def work(tx: Tx) -> list[int]:
            gone = await tx.guilds.left_before(now - PURGE_AFTER)
            for guild_id in gone:
                await tx.guilds.purge(guild_id)
            return gone

        return await self._store.write(work)
