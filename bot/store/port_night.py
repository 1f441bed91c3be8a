"""What quiz nights need remembered; the rest of the port is in port.py."""

from datetime import datetime
from typing import Protocol

from bot.domain.night import Night


class Nights(Protocol):
    """Quiz nights that are planned."""

    async def get(self, night_id: int) -> Night | None: ...
    async def save(self, night: Night) -> None:
        """Add or replace it."""
        ...

    async def drop(self, night_id: int) -> None: ...
    async def ripe(self, now: datetime, most: int) -> list[Night]:
        """Nights whose lobby is due, the longest overdue first."""
        ...

    async def errands(self, now: datetime, most: int) -> list[Night]:
        """Nights about which there is something else to do, the longest overdue first."""
        ...

    async def next_at(self, now: datetime) -> datetime | None:
        """When there is something to do after `now`."""
        ...

    async def of(self, guild_id: int) -> list[Night]:
        """The nights of a guild, the next first."""
        ...

    async def drop_all(self, guild_id: int) -> None:
        """Drop the nights of a guild."""
        ...
