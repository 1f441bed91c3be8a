from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.sql.values import day, instant, marks, millionths, score, stamp, text
from tests.store.samples import NOON

halves = st.integers(0, 1 << 20).map(lambda n: n / (1 << 20))
"""Scores that may lie exactly between two millionths."""


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_kept_to_the_microsecond(at: datetime):
    assert instant(stamp(at)) == at
    assert stamp(at + timedelta(microseconds=1)) == stamp(at) + 1


def test_an_instant_of_another_zone_is_the_same_instant():
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    assert stamp(tokyo) == stamp(NOON)
    assert instant(stamp(tokyo)).tzinfo is UTC


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(TypeError):
        stamp(NOON.replace(tzinfo=None))


def test_what_is_not_known_stays_unknown():
    assert stamp(None) is instant(None) is text(None) is day(None) is None
    assert day(text(date(2026, 3, 2))) == date(2026, 3, 2)


@given(st.integers(-1_000_000, 1_000_000))
def test_a_kept_score_comes_back_unchanged(kept: int):
    assert millionths(score(kept)) == kept


@given(halves, halves)
def test_differences_of_scores_add_up(before: float, after: float):
    kept = millionths(before)
    assert kept + millionths(after - score(kept)) == millionths(after)


def test_there_is_a_mark_for_every_column():
    assert marks("a, b, c") == "?, ?, ?"
