"""Leaderboards of a group: who has made most points in a week, a season, ever, or on a topic.

Points come from questions of the day, where everybody is asked the same (docs/decisions/0006).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.person import season_number
from bot.domain.question import Topic

ALL_TIME: Final = "all"
"""The period that never ends."""
WEEK: Final = "week"
SEASON: Final = "season"
STREAK: Final = "streak"
BOARDS: Final = (WEEK, SEASON, ALL_TIME, STREAK, *Topic)
"""Every board there is, by its name."""
PAGE: Final = 10
"""Places that fit a phone without scrolling."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a board."""

    place: int
    user_id: int
    amount: int
    """Points, or days in a row."""
    answered: int = 0
    """Questions of the day that the points are from."""


@dataclass(frozen=True, slots=True)
class Own:
    """Where somebody stands, whichever page is shown."""

    place: int
    """How many are ahead, and one."""
    amount: int
    """Points, or days in a row."""
    hidden: bool = False
    """Left off the board at their own wish."""


def season_of(week: str) -> str:
    """The season of an ISO week, thirteen weeks each, as `2026-S4`; a 53rd belongs to the last."""
    year, number = week.split("-W")
    return f"{year}-S{season_number(int(number))}"


def counted_in(week: str, topic: str) -> tuple[str, ...]:
    """Every period in which a scored answer of that week, on that topic, counts."""
    return (week, season_of(week), ALL_TIME, f"{ALL_TIME}/{topic}")


def period_of(board: str, week: str) -> str:
    """The period that a board of points shows in a given week."""
    if board == WEEK:
        return week
    if board == SEASON:
        return season_of(week)
    return ALL_TIME if board == ALL_TIME else f"{ALL_TIME}/{board}"


def placed(first: int, skipped: int, rows: Sequence[tuple[int, int, int]]) -> tuple[Line, ...]:
    """A page of a board; those who are level share a place, and the next one is left out.

    Args:
        first: the place of the page's first row, who may be level with the page before.
        skipped: rows on the pages before.
        rows: (user id, amount, answered), the most first.
    """
    lines: list[Line] = []
    for position, (user_id, amount, answered) in enumerate(rows, start=skipped + 1):
        if not lines:
            place = first
        elif amount == lines[-1].amount:
            place = lines[-1].place
        else:
            place = position
        lines.append(Line(place, user_id, amount, answered))
    return tuple(lines)
