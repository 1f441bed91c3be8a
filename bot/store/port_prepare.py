"""The part of the port that is about getting ready: where somebody stands, and their plan."""

from datetime import datetime
from typing import Protocol

from bot.domain.plan import Begun
from bot.domain.readiness import Readiness
from bot.domain.standing import Last


class Preparations(Protocol):
    """What somebody's answers show, wherever they gave them."""

    async def lasts(self, user_id: int) -> list[Last]:
        """Their last answer to each question, the worst first."""
        ...

    async def touched(
        self, user_id: int, since: datetime, before: datetime
    ) -> list[tuple[datetime, str, str | None]]:
        """(when, question id, topic) of what they answered or were probed on, oldest first."""
        ...

    async def plan(self, user_id: int) -> Begun | None:
        """Their plan's beginning, its end, and what it was last made from."""
        ...

    async def save_plan(self, begun: Begun) -> None:
        """Add or replace it."""
        ...

    async def check(self, check_id: int) -> Readiness | None:
        """That readiness check."""
        ...

    async def checks(self, user_id: int, most: int) -> list[Readiness]:
        """Their readiness checks, the latest first."""
        ...

    async def save_check(self, check: Readiness) -> None:
        """Add it, or store what was picked."""
        ...
