"""What profiles and leaderboards need remembered; the rest of the port is in port.py."""

from datetime import date
from typing import Protocol

from bot.domain.aim import Aim
from bot.domain.profile import DayDone, Glance
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


class Profiles(Protocol):
    """What somebody has done, as far as a profile looks."""

    async def glances(self, user_id: int, most: int) -> list[Glance]:
        """Their last answers, the latest first."""
        ...

    async def days(self, user_id: int, since: date) -> list[DayDone]:
        """The days from `since` on on which they did anything, the earliest first."""
        ...


class Boards(Protocol):
    """Leaderboards of a guild, without those who do not want to be on them.

    `period` is one of `domain.board.counted_in`, or `STREAK` for runs of study days.
    """

    async def page(
        self, guild_id: int, period: str, skipped: int, most: int
    ) -> list[tuple[int, int, int]]:
        """(user id, amount, answered), the most first."""
        ...

    async def size(self, guild_id: int, period: str) -> int:
        """How many are on it."""
        ...

    async def amount(self, guild_id: int, period: str, user_id: int) -> int | None:
        """What somebody has made, on the board or not; None if nothing has counted yet."""
        ...

    async def ahead(self, guild_id: int, period: str, amount: int) -> int:
        """How many on it have made more than that."""
        ...

    async def improved(
        self, guild_id: int, before: str, after: str, least: int
    ) -> tuple[int, float] | None:
        """(user id, change of mean score) of whoever gained most from one period to another.

        Only those count who have answered `least` times in each.
        """
        ...

    async def unsettled(self, guild_id: int, through: date, skipped: int, most: int) -> list[int]:
        """Members with a run that has not been judged through that day, the longest first."""
        ...
