"""The recap of a week, as the first question of the next one brings it along."""

from collections.abc import Sequence
from datetime import date

from bot.domain.league import RoundUp
from bot.domain.suggestion import is_own
from bot.services.weekly import Hardest, Weekly
from bot.ui.league import NAMES
from bot.ui.text import counted, day_name, listed, of_hundred, plain

SOME = 5
"""People named in a line; the rest are counted."""


def weekly_text(weekly: Weekly) -> str:
    """How the week went, a line a thing; what did not happen is left out."""
    lines = [
        f"**{_when(weekly.since)}** · {counted(weekly.people, 'person', 'people')} answered",
        f"Most points: {_named(weekly.leaders, 'point')}" if weekly.leaders else "",
        _improved(weekly.improved) if weekly.improved else "",
        _hardest(weekly.hardest) if weekly.hardest else "",
        f"Longest streaks: {_named(weekly.longest, 'day')}" if weekly.longest else "",
        _league(weekly.league) if weekly.league else "",
    ]
    return "\n".join(line for line in lines if line)


def _named(people: tuple[tuple[int, int], ...], what: str) -> str:
    return listed([f"<@{user}> {counted(amount, what)}" for user, amount in people])


def _when(monday: date | None) -> str:
    return f"The week of {day_name(monday)}" if monday else "Last week"


def _league(week: RoundUp) -> str:
    """Who won the highest division that played, and who goes up."""
    points = counted(week.first[0].points, "point")
    first = _some([line.user_id for line in week.first])
    won = f"Quiz league: {first} won the {NAMES[week.division].lower()} with {points}"
    return f"{won}; up a division: {_some(week.up)}" if week.up else won


def _some(people: Sequence[int]) -> str:
    named = [f"<@{user}>" for user in people[:SOME]]
    if len(people) > SOME:
        named.append(f"{len(people) - SOME} more")
    return listed(named)


def _improved(improved: tuple[int, float]) -> str:
    user, gain = improved
    return f"Improved most: <@{user}>, {round(100 * gain)} of 100 more than the week before"


def _hardest(hardest: Hardest) -> str:
    title = plain(hardest.title) if is_own(hardest.question_id) else hardest.title
    answers = counted(hardest.answered, "answer")
    return f"Hardest question: {title}, {of_hundred(hardest.mean)} over {answers}"
