"""Streaks: golden sequences as people would tell them, and properties over all of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streak import (
    MOST_FREEZES,
    Change,
    DayKind,
    Entry,
    Idle,
    Streak,
    count,
    day_counts,
    day_ends_at,
    repair,
    replay,
    settle,
    study_day,
)

MONDAY = date(2026, 11, 23)
LETTERS = {"m": Idle.MISSED, "p": Idle.PARDONED, "r": Idle.RESTED}


def live(days: str, start: date = MONDAY) -> tuple[Streak, list[Entry]]:
    """A story of days: `c` counted, `m` missed, `p` pardoned, `r` rested."""
    streak, ledger = Streak(), list[Entry]()
    idle = idle_of(days, start)
    for at, letter in enumerate(days):
        day = start + timedelta(days=at)
        change = count(streak, day, idle, "x") if letter == "c" else settle(streak, day, idle)
        streak = change.streak
        ledger += change.entries
    return streak, ledger


def idle_of(days: str, start: date = MONDAY):
    def idle(day: date) -> Idle:
        at = (day - start).days
        return LETTERS.get(days[at], Idle.MISSED) if 0 <= at < len(days) else Idle.MISSED

    return idle


@pytest.mark.parametrize(
    ("days", "length", "freezes", "best"),
    [
        ("c", 1, 0, 1),
        ("ccc", 3, 0, 3),
        ("ccm", 0, 0, 2),
        ("ccmc", 1, 0, 2),
        ("ccccccc", 7, 1, 7),
        ("cccccccm", 7, 0, 7),
        ("cccccccmm", 0, 0, 7),
        ("cccccccmc", 8, 0, 8),
        ("c" * 14, 14, 2, 14),
        ("c" * 21, 21, 2, 21),
        ("c" * 14 + "mm", 14, 0, 14),
        ("c" * 14 + "mmm", 0, 0, 14),
        ("c" * 14 + "mm" + "c" * 7, 21, 1, 21),
        ("ccpppc", 3, 0, 3),
        ("cccccrrccccc", 10, 1, 10),
        ("rrpm", 0, 0, 0),
    ],
)
def test_how_a_story_of_days_ends(days: str, length: int, freezes: int, best: int) -> None:
    streak, _ = live(days)
    assert (streak.length, streak.freezes, streak.best) == (length, freezes, best)


def test_the_ledger_tells_the_story() -> None:
    _, ledger = live("cccccccmrrpcmm")
    assert [(e.day.day, e.kind, e.length, e.freezes) for e in ledger[6:]] == [
        (29, DayKind.COUNTED, 7, 1),
        (30, DayKind.FROZEN, 7, 0),
        (1, DayKind.RESTED, 7, 0),
        (2, DayKind.RESTED, 7, 0),
        (3, DayKind.PARDONED, 7, 0),
        (4, DayKind.COUNTED, 8, 0),
        (5, DayKind.ENDED, 0, 0),
    ]
    assert ledger[-1].detail == "8"


def test_spared_days_in_a_row_are_one_line() -> None:
    streak, _ = live("c")
    change = settle(streak, MONDAY + timedelta(days=3), lambda _: Idle.RESTED)
    (entry,) = change.entries
    assert (entry.day, entry.through) == (MONDAY + timedelta(days=1), MONDAY + timedelta(days=3))


def test_a_day_counts_once() -> None:
    streak, _ = live("cc")
    again = count(streak, MONDAY + timedelta(days=1), idle_of("cc"))
    assert again == Change(streak)


def test_flying_back_over_the_date_line_counts_no_day_twice() -> None:
    streak, _ = live("ccc")
    assert count(streak, MONDAY, idle_of("ccc")) == Change(streak)
    ended, _ = live("cccmm")
    assert count(ended, MONDAY + timedelta(days=1), idle_of("cccmm")).streak == ended


@given(st.text("cmpr", max_size=60))
def test_no_story_breaks_the_bounds(days: str) -> None:
    streak, ledger = live(days)
    assert 0 <= streak.freezes <= MOST_FREEZES
    assert 0 <= streak.length <= streak.best <= days.count("c")
    assert all(e.freezes >= 0 and e.length >= 0 for e in ledger)


@given(st.text("cmpr", max_size=60))
def test_judging_late_judges_the_same(days: str) -> None:
    """Whether days are judged one by one or all at the next visit makes no difference."""
    idle, streak, ledger = idle_of(days), Streak(), list[Entry]()
    for at, letter in enumerate(days):
        if letter == "c":
            change = count(streak, MONDAY + timedelta(days=at), idle, "x")
            streak, ledger = change.streak, ledger + list(change.entries)
    last = MONDAY + timedelta(days=len(days) - 1)
    change = settle(streak, last, idle)
    by_day, lines = live(days)
    assert (change.streak.length, change.streak.freezes, change.streak.best) == (
        by_day.length,
        by_day.freezes,
        by_day.best,
    )
    kinds = [e.kind for e in [*ledger, *change.entries] if e.kind is not DayKind.RESTED]
    assert [k for k in kinds if k is DayKind.COUNTED] == [
        e.kind for e in lines if e.kind is DayKind.COUNTED
    ]


@given(st.text("cmpr", max_size=60))
def test_the_ledger_replays_to_the_streak(days: str) -> None:
    streak, ledger = live(days)
    again = replay(ledger, (), idle_of(days))
    assert (again.length, again.freezes) == (streak.length, streak.freezes)


@given(st.text("cmpr", min_size=2, max_size=60), st.data())
def test_a_repair_is_as_if_the_day_had_been_pardoned_all_along(
    days: str, data: st.DataObject
) -> None:
    days = "c" + days + "c"
    at = data.draw(st.integers(0, len(days) - 1))
    _, ledger = live(days)
    change = repair(ledger, MONDAY + timedelta(days=at), idle_of(days), "ill", 5)
    assert (change is None) == (days[at] != "m")
    if change is not None:
        wanted, _ = live(days[:at] + "p" + days[at + 1 :])
        assert (change.streak.length, change.streak.freezes) == (wanted.length, wanted.freezes)
        assert [e.kind for e in change.entries] == [DayKind.REPAIRED]


def test_nothing_is_repaired_before_the_first_day() -> None:
    _, ledger = live("mc")
    assert repair(ledger, MONDAY, idle_of("mc"), "ill", 5) is None
    assert repair([], MONDAY, idle_of("mc"), "ill", 5) is None


@given(st.text("cmpr", min_size=2, max_size=60), st.data())
def test_a_repair_never_makes_more_than_was_studied(days: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(days) - 1))
    _, ledger = live(days)
    change = repair(ledger, MONDAY + timedelta(days=at), idle_of(days), "ill", 5)
    if change is not None:
        assert change.streak.length <= days.count("c")


def test_two_lost_days_take_two_repairs() -> None:
    days = "cccmmcc"
    _, ledger = live(days)
    first = repair(ledger, MONDAY + timedelta(days=3), idle_of(days), "ill", 5)
    assert first is not None
    assert first.streak.length == 2, "the second lost day still ends it"
    ledger += first.entries
    second = repair(ledger, MONDAY + timedelta(days=4), idle_of(days), "ill", 5)
    assert second is not None
    assert second.streak.length == 5


def test_a_repaired_day_stays_repaired_under_the_next_repair() -> None:
    days = "ccmccmcc"
    _, ledger = live(days)
    last = repair(ledger, MONDAY + timedelta(days=5), idle_of(days), "ill", 5)
    assert last is not None
    assert last.streak.length == 4
    ledger += last.entries
    first = repair(ledger, MONDAY + timedelta(days=2), idle_of(days), "ill", 5)
    assert first is not None
    assert first.streak.length == 6
    assert repair([*ledger, *first.entries], MONDAY, idle_of(days), "again", 5) is None


@pytest.mark.parametrize(
    ("answers", "questions", "counts"), [(1, 1, True), (0, 4, False), (0, 5, True), (0, 0, False)]
)
def test_what_makes_a_study_day(answers: int, questions: int, counts: bool) -> None:
    assert day_counts(answers, questions) is counts


def test_the_day_ends_at_three() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 11, 24, 1, 59, tzinfo=UTC)
    assert study_day(night, berlin) == date(2026, 11, 23)
    assert study_day(night + timedelta(minutes=1), berlin) == date(2026, 11, 24)
    with pytest.raises(ValueError, match="aware"):
        study_day(datetime(2026, 11, 24), berlin)


def test_a_study_day_ends_at_three_by_the_clock_on_the_wall() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day in (datetime(2026, 3, 28, 12), datetime(2026, 3, 29, 2, 59), datetime(2026, 10, 24, 9)):
        end = day_ends_at(day.replace(tzinfo=berlin), berlin)
        assert (end.astimezone(berlin).hour, end.astimezone(berlin).minute) == (3, 0)
        before, after = end - timedelta(minutes=1), end
        assert study_day(after, berlin) == study_day(before, berlin) + timedelta(days=1)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_time_never_turns_the_study_day_back_by_more_than_the_clock(
    at: datetime, name: str
) -> None:
    later = study_day(at + timedelta(hours=2), ZoneInfo(name))
    assert later >= study_day(at, ZoneInfo(name))
