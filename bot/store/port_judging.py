"""What the store keeps of judging: disputes, follow-ups, and what a language model has said."""

from datetime import date
from typing import Protocol

from bot.domain.attempt import Claim
from bot.domain.judge import Judgement
from bot.domain.probe import Ladder


class Claims(Protocol):
    """Disputed key points."""

    async def get(self, attempt_id: int, point_id: str) -> Claim | None: ...
    async def insert(self, claim: Claim) -> bool: ...
    async def save(self, claim: Claim) -> None: ...
    async def of_attempt(self, attempt_id: int) -> list[Claim]: ...
    async def open_in(self, guild_id: int, most: int) -> list[Claim]:
        """Undecided claims of a guild, the oldest first."""
        ...


class Ladders(Protocol):
    """Follow-ups, and how far people got."""

    async def get(self, ladder_id: int) -> Ladder | None: ...
    async def on_attempt(self, attempt_id: int) -> Ladder | None:
        """The ladder that began with that answer."""
        ...

    async def insert(self, ladder: Ladder, attempt_id: int | None) -> None:
        """Add a ladder; nothing happens when its id is there already."""
        ...

    async def save(self, ladder: Ladder) -> None:
        """Store its rungs."""
        ...


class Judgements(Protocol):
    """What language models found in answers, by hashes alone, and how often they were asked."""

    async def get(self, question_hash: str, answer_hash: str, judge: str) -> Judgement | None: ...
    async def save(
        self, question_hash: str, answer_hash: str, judge: str, judgement: Judgement, day: date
    ) -> None:
        """Add or replace it; the day is all that is known of when."""
        ...

    async def spend(self, guild_id: int | None, day: date, most: int) -> bool:
        """Count one more request of that guild and day; False, and nothing changed, after `most`.

        Without a guild it is direct messages that share one count.
        """
        ...

    async def prune(self, before: date) -> None:
        """Delete judgements and counts of earlier days."""
        ...
