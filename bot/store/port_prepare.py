"""The part of the port that is about getting ready: where somebody stands, and their plan."""

from datetime import datetime
from typing import Protocol

from bot.domain.standing import Last


class Preparations(Protocol):
    """What somebody's answers show, wherever they gave them."""

    async def lasts(self, user_id: int, before: datetime | None = None) -> list[Last]:
        """Their last answer to each question (before that instant), the worst first."""
        ...
