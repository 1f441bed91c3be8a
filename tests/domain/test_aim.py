from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aim import FURTHEST, Aim, days_offered, interview_day
from bot.domain.errors import Invalid

TODAY = date(2026, 11, 24)


@given(st.integers(0, FURTHEST.days))
def test_a_day_ahead_is_taken_as_it_is(ahead: int):
    day = TODAY + timedelta(days=ahead)
    assert interview_day(f" {day.isoformat()} ", TODAY) == day
    assert Aim(1, interview_on=day).days_left(TODAY) == ahead
    assert days_offered(day.isoformat(), TODAY) == [day]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-11-23", "has passed"),
        ("next week", "like 2026-12-22"),
        ("", "like 2026-12-22"),
        ("2026-02-30", "year-month-day"),
        ("2062-11-24", "Is the year right"),
    ],
)
def test_what_cannot_be_used_is_told_why(typed: str, says: str):
    with pytest.raises(Invalid, match=says):
        interview_day(typed, TODAY)
    assert days_offered(typed, TODAY)[0] == TODAY + timedelta(weeks=1)


def test_an_interview_that_is_over_is_not_counted_down_to():
    assert Aim(1, interview_on=TODAY - timedelta(days=1)).days_left(TODAY) is None
    assert Aim(1).days_left(TODAY) is None
