"""A streak in words: nothing is said to have been earned that was not."""

from datetime import date, timedelta

from bot.domain.streak import Change, Entry, Idle, Streak, count
from bot.services.streaks import StreakReport
from bot.ui.streak import streak_view

START = date(2026, 11, 2)


def lines_of(entries: list[Entry], streak: Streak) -> list[str]:
    report = StreakReport(streak, tuple(entries), START, "UTC", own_zone=False)
    texts = [getattr(item, "content", "") for item in streak_view(report).walk_children()]
    return "\n".join(texts).splitlines()


def earned(days: int, shown: int) -> list[str]:
    """The days said to have earned a freeze, of a run's last lines."""
    change, entries = Change(Streak()), list[Entry]()
    for at in range(days):
        change = count(change.streak, START + timedelta(days=at), lambda _: Idle.MISSED, "drill")
        entries += change.entries
    lines = lines_of(entries[-shown:], change.streak)
    return [line.split(", ")[1] for line in lines if "a freeze earned" in line]


def test_a_freeze_beyond_the_second_is_not_said_to_be_earned() -> None:
    assert earned(28, shown=28) == ["day 7", "day 14"]


def test_the_first_line_shown_claims_no_more_than_it_can_know() -> None:
    assert earned(7, shown=1) == ["day 7"]
    assert earned(21, shown=1) == []
