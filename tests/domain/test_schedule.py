"""When a post is due, and how people may write it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Invalid
from bot.domain.local_time import zone_names
from bot.domain.schedule import (
    CATCH_UP,
    EVERY_DAY,
    Schedule,
    minute_of,
    missed,
    weekdays_named,
    weekdays_of,
)

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
DAILY = Schedule(guild_id=1, channel_id=2, minute=540, zone_name="UTC")

schedules = st.builds(
    Schedule,
    guild_id=st.just(1),
    channel_id=st.just(2),
    minute=st.integers(0, 1439),
    zone_name=st.sampled_from(zone_names()),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


@given(schedules, instants)
def test_a_chain_of_posts_has_every_date_once_and_in_order(
    schedule: Schedule, now: datetime
) -> None:
    chain = []
    after = now
    for _ in range(12):
        schedule = schedule.planned(after)
        assert schedule.next_day is not None
        assert schedule.next_run_at is not None
        assert schedule.next_run_at > after
        assert schedule.next_day.weekday() in schedule.weekdays
        chain.append(schedule.next_day)
        after = schedule.next_run_at
    assert all(one < two for one, two in pairwise(chain))
    wanted = {chain[0] + timedelta(days=n) for n in range((chain[-1] - chain[0]).days + 1)}
    assert set(chain) == {day for day in wanted if day.weekday() in schedule.weekdays}


def test_the_next_post_is_later_today_or_tomorrow() -> None:
    assert DAILY.planned(NOW).next_run_at == NOW.replace(hour=9, minute=0)
    late = NOW.replace(hour=9, minute=0)
    assert DAILY.planned(late).next_run_at == late + timedelta(days=1)


def test_a_date_that_has_its_post_is_passed_over() -> None:
    planned = DAILY.planned(NOW, not_before=date(2026, 11, 26))
    assert planned.next_day == date(2026, 11, 26)


def test_while_paused_nothing_is_due() -> None:
    planned = replace(DAILY.planned(NOW), paused=True).planned(NOW)
    assert (planned.next_day, planned.next_run_at) == (None, None)


def test_the_next_few_posts() -> None:
    assert [day.day for day, _ in DAILY.upcoming(NOW, 3)] == [24, 25, 26]


def test_late_is_late_only_after_the_catch_up_window() -> None:
    assert not missed(NOW, NOW + CATCH_UP)
    assert missed(NOW, NOW + CATCH_UP + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9", 540),
        ("09:00", 540),
        ("9.30", 570),
        ("21h15", 1275),
        ("9 pm", 1260),
        ("12 am", 0),
        ("12:30 PM", 750),
        ("0:05", 5),
        ("23:59", 1439),
    ],
)
def test_times_as_people_write_them(typed: str, minute: int) -> None:
    assert minute_of(typed) == minute


@pytest.mark.parametrize("typed", ["", "soon", "24:00", "9:60", "13 pm", "0 am", "9:5", "-1"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        minute_of(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("every day", EVERY_DAY),
        ("Weekdays", {0, 1, 2, 3, 4}),
        ("weekends", {5, 6}),
        ("Mon, Wed, Fri", {0, 2, 4}),
        ("tuesday and thursdays", {1, 3}),
        ("sa su", {5, 6}),
        ("mo/we", {0, 2}),
    ],
)
def test_days_as_people_write_them(typed: str, days: set[int]) -> None:
    assert weekdays_of(typed) == days


@pytest.mark.parametrize("typed", ["", "someday", "t", "s", "mon, blursday", "and"])
def test_what_are_no_days_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        weekdays_of(typed)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_named_days_read_back_as_the_same(days: frozenset[int]) -> None:
    assert weekdays_of(weekdays_named(days)) == days
