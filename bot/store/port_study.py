"""The part of the port that is about studying alone: drills, and what is remembered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.drill import Drill, Kind
from bot.domain.memory import Card
from bot.domain.reminder import Reminder


class Drills(Protocol):
    """Drills and reviews."""

    async def get(self, drill_id: int) -> Drill | None:
        """That drill."""
        ...

    async def open_of(self, user_id: int, kind: Kind) -> Drill | None:
        """The one that the person is in."""
        ...

    async def save(self, drill: Drill) -> None:
        """Add it, or store how far it is."""
        ...


class Memory(Protocol):
    """What people remember: the tables `card` and `topic_stat`, read."""

    async def cards(self, user_id: int) -> Mapping[str, Card]:
        """Every card of a person, by question."""
        ...

    async def due(self, user_id: int, now: datetime, until: datetime) -> list[tuple[str, Card]]:
        """(question id, card) of all that is due before `until`, the most forgotten `now` first."""
        ...

    async def next_due_at(self, user_id: int, after: datetime) -> datetime | None:
        """When the first question is due from `after` on."""
        ...

    async def means(self, user_id: int) -> Mapping[str, float]:
        """The person's mean score, 0..1, on every topic they have answered."""
        ...


class Reminders(Protocol):
    """Who wants to be reminded, and what is on its way."""

    async def get(self, user_id: int) -> Reminder | None:
        """What that person wants."""
        ...

    async def save(self, reminder: Reminder) -> None:
        """Add or replace it."""
        ...

    async def due(self, now: datetime, most: int) -> list[Reminder]:
        """Those whose moment has come, the longest overdue first."""
        ...

    async def next_at(self) -> datetime | None:
        """The earliest moment of all."""
        ...

    async def leaving(self, most: int) -> list[Reminder]:
        """Those on their way, the oldest first."""
        ...
