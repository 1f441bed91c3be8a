from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import local_date
from bot.domain.post import Step
from bot.domain.reminder import (
    Leaving,
    Nudge,
    Reminder,
    ends_tonight,
    looked_at,
    next_step,
    planned,
    sending,
    settled,
)
from bot.domain.streak import Idle, Streak

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
DUE, STREAK, BOTH, NOTHING = Nudge(3, 0), Nudge(0, 7), Nudge(3, 7), Nudge(0, 0)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    """That time in Berlin, so many days after Monday."""
    moment = datetime(2026, 11, 23, hour, minute, tzinfo=BERLIN) + timedelta(days=day)
    return moment.astimezone(UTC)


MIDNIGHT = at(0)


def morning(now: datetime = MIDNIGHT) -> Reminder:
    return planned(Reminder(7, 8 * 60), now, BERLIN)


def test_it_looks_at_their_own_hour_and_at_the_last_call():
    reminder, moments = morning(), []
    for _ in range(4):
        assert reminder.next_at
        moments.append(reminder.next_at)
        reminder = planned(reminder, reminder.next_at, BERLIN)
    assert moments == [at(8), at(21), at(8, day=1), at(21, day=1)]


@pytest.mark.parametrize(
    ("hour", "nudge", "said"),
    [
        (8, DUE, True),
        (8, STREAK, False),
        (8, BOTH, True),
        (8, NOTHING, False),
        (21, DUE, False),
        (21, STREAK, True),
        (21, NOTHING, False),
    ],
)
def test_it_speaks_when_it_cannot_wait(hour: int, nudge: Nudge, said: bool):
    reminder = morning(at(hour) - MINUTE)
    after = looked_at(reminder, nudge, at(hour), BERLIN)
    assert (after.leaving is Leaving.CLAIMED) is said
    assert (after.told_on == MONDAY) is said
    assert after.next_at is not None
    assert after.next_at > at(hour)


def test_after_speaking_the_day_is_over_for_it():
    after = looked_at(morning(), BOTH, at(8), BERLIN)
    assert after.next_at == at(8, day=1)
    again = planned(Reminder(7, 9 * 60, told_on=MONDAY), at(8, 30), BERLIN)
    assert again.next_at == at(9, day=1), "another hour on the same day is another day's"


def test_a_moment_missed_by_more_than_three_hours_is_let_go():
    late = looked_at(morning(), DUE, at(11), BERLIN)
    assert late.leaving is Leaving.CLAIMED
    too_late = looked_at(morning(), DUE, at(11, 1), BERLIN)
    assert (too_late.leaving, too_late.next_at) == (None, at(21))
    days = looked_at(morning(), DUE, at(8, 1, day=5), BERLIN)
    assert (days.told_on, days.next_at) == (MONDAY + timedelta(days=5), at(8, day=6))


def test_one_on_its_way_is_seen_to_before_the_next():
    stuck = Reminder(7, 480, at(8), MONDAY - timedelta(days=1), Leaving.SENDING, at(8), at(9))
    assert looked_at(stuck, DUE, at(8), BERLIN).told_on == MONDAY - timedelta(days=1)


def test_a_moment_of_a_day_that_had_one_says_nothing():
    """They have flown west since, and their morning comes a second time."""
    reminder = Reminder(7, 480, at(8), told_on=MONDAY)
    assert looked_at(reminder, DUE, at(8), BERLIN).leaving is None


@given(
    st.integers(0, 23),
    st.lists(st.tuples(st.integers(1, 3000), st.sampled_from([DUE, STREAK, BOTH, NOTHING])),
             max_size=40),
)  # fmt: skip
def test_never_more_than_one_a_day(hour: int, looks: list[tuple[int, Nudge]]):
    now, told = at(0), []
    reminder = planned(Reminder(7, hour * 60), now, BERLIN)
    for minutes, nudge in looks:
        now += minutes * MINUTE
        before = reminder.next_at
        if before and before <= now:
            reminder = looked_at(reminder, nudge, now, BERLIN)
        if reminder.leaving:
            told.append(reminder.told_on)
            reminder = settled(reminder)
        assert reminder.next_at is not None
        assert reminder.next_at > now
    assert len(told) == len(set(told))
    assert all(day and day <= local_date(now, BERLIN) for day in told)


def test_on_its_way():
    reminder = looked_at(morning(), DUE, at(8), BERLIN)
    assert next_step(reminder, at(8)) is Step.SEND
    assert next_step(reminder, at(11)) is Step.SEND
    assert next_step(reminder, at(11, 1)) is Step.SKIP
    leaving = sending(reminder, at(8), HOUR)
    assert next_step(leaving, at(8, 59)) is Step.WAIT
    assert next_step(leaving, at(9)) is Step.LOOK
    assert settled(leaving) == Reminder(7, 480, at(8, day=1), MONDAY)


def test_off_is_off():
    assert not Reminder(7, 480).on
    assert morning().on


@pytest.mark.parametrize(
    ("streak", "idle", "days"),
    [
        (Streak(7, 7, 0, MONDAY - timedelta(days=1), MONDAY - timedelta(days=1)), Idle.MISSED, 7),
        (Streak(7, 7, 1, MONDAY - timedelta(days=1), MONDAY - timedelta(days=1)), Idle.MISSED, 0),
        (Streak(7, 7, 0, MONDAY - timedelta(days=1), MONDAY - timedelta(days=1)), Idle.RESTED, 0),
        (Streak(7, 7, 0, MONDAY, MONDAY), Idle.MISSED, 0),
        (Streak(), Idle.MISSED, 0),
    ],
)
def test_a_streak_that_ends_tonight(streak: Streak, idle: Idle, days: int):
    assert ends_tonight(streak, MONDAY, idle) == days
