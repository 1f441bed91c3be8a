from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aim import FURTHEST, Aim, changed, days_offered, interview_day
from bot.domain.errors import Invalid
from bot.domain.question import Role, Seniority

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


def test_the_middle_is_prepared_for_until_a_seniority_is_said():
    assert Aim(1).level is Seniority.MID
    assert Aim(1, seniority=Seniority.JUNIOR).level is Seniority.JUNIOR


def test_an_aim_changes_only_where_something_was_chosen():
    full = changed(Aim(1), "mle", "senior", "2026-12-24", TODAY)
    assert full == Aim(1, Role.MLE, Seniority.SENIOR, date(2026, 12, 24))
    assert changed(full, None, None, None, TODAY) == full
    assert changed(full, "none", None, " None ", TODAY) == Aim(1, None, Seniority.SENIOR, None)
    assert changed(full, None, "none", None, TODAY).seniority is None
