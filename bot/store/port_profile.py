"""What people say about themselves, and what of them others may see; the rest is in port.py."""

from typing import Protocol

from bot.domain.aim import Aim
from bot.domain.sharing import Sharing


class Aims(Protocol):
    """What people prepare for."""

    async def get(self, user_id: int) -> Aim:
        """That person's aim; an empty one before they have said anything."""
        ...

    async def save(self, aim: Aim) -> None:
        """Add or replace it."""
        ...


class Sharings(Protocol):
    """What of them others may see."""

    async def get(self, user_id: int) -> Sharing:
        """That person's choice; the one that everybody begins with before they have made any."""
        ...

    async def save(self, sharing: Sharing) -> None:
        """Add or replace it."""
        ...
