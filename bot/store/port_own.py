"""The part of the port that is about a group's own questions, and reports on any."""

from datetime import datetime
from typing import Protocol

from bot.domain.report import Report
from bot.domain.suggestion import Own, Suggestion


class Suggestions(Protocol):
    """Questions on their way in."""

    async def get(self, suggestion_id: int) -> Suggestion | None:
        """That suggestion."""
        ...

    async def save(self, suggestion: Suggestion) -> None:
        """Add or replace it."""
        ...

    async def drop_drafts(self, guild_id: int, user_id: int) -> None:
        """Delete what they began in that guild and have not sent."""
        ...

    async def by(self, guild_id: int, user_id: int, most: int) -> list[Suggestion]:
        """What somebody has suggested in a guild, the latest first."""
        ...

    async def waiting(self, guild_id: int, most: int) -> list[Suggestion]:
        """What waits for the editors of a guild, the oldest first."""
        ...

    async def waiting_of(self, guild_id: int, user_id: int) -> int:
        """How many of somebody's suggestions wait in a guild."""
        ...


class Owns(Protocol):
    """Questions that belong to one guild."""

    async def get(self, guild_id: int, question_id: str) -> Own | None:
        """That question, if it is this guild's; also once it is retired."""
        ...

    async def save(self, own: Own) -> None:
        """Add it, or store whether it is wanted or retired; its wording is for ever."""
        ...

    async def of(self, guild_id: int) -> list[Own]:
        """Every question of a guild's own that may still be asked, the oldest first."""
        ...


class Editors(Protocol):
    """Who may let questions in, besides a guild's owner."""

    async def of(self, guild_id: int) -> list[int]:
        """The editors of a guild besides its owner, the first named first."""
        ...

    async def add(self, guild_id: int, user_id: int, at: datetime) -> bool:
        """Name one; False, and nothing changed, when they are one already."""
        ...

    async def remove(self, guild_id: int, user_id: int) -> bool:
        """Take it back; False when they were none."""
        ...


class Reports(Protocol):
    """What people say against questions."""

    async def get(self, user_id: int, question_id: str) -> Report | None:
        """What that person last said of that question."""
        ...

    async def save(self, report: Report) -> bool:
        """Add it, or put it in the place of what they said before; whether it was the first."""
        ...

    async def open_in(self, guild_id: int | None, most: int) -> list[Report]:
        """Open reports on a guild's own questions, or without one on the bank's; oldest first."""
        ...

    async def close_all(self, question_id: str, guild_id: int, by: int, at: datetime) -> None:
        """Close every open report on a question of that guild's own."""
        ...
