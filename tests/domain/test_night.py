"""Quiz nights: when they are, and how far they are on their way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.errors import Invalid
from bot.domain.game import Mode, Phase, Terms
from bot.domain.local_time import exists, instant, local_date, zone, zone_names
from bot.domain.night import (
    GRACE,
    REMIND,
    Night,
    Stage,
    announced,
    called_off,
    day_of,
    following,
    is_too_late,
    leaving,
    lobby,
    missed,
    planned,
    postponed,
    reminded,
)
from bot.domain.round import Style

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""A Tuesday."""
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
TEN = Terms(rounds=10, seconds=30)

zones = st.sampled_from(zone_names())
minutes = st.integers(0, 1439)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


def night(
    day: date = date(2026, 11, 24),
    minute: int = 1200,
    zone_name: str = "UTC",
    now: datetime = NOW,
    *,
    night_id: int = 7 << 22,
    weekly: bool = False,
) -> Night:
    return planned(
        night_id, 1, 2, 3, TEN, day=day, minute=minute, zone_name=zone_name, weekly=weekly, now=now
    )


def test_it_has_everything_still_to_do() -> None:
    fresh = night()
    assert fresh.due_at == NOW + 2 * timedelta(hours=1)
    assert (fresh.stage, fresh.next_at, fresh.event_id) == (Stage.PLANNED, NOW, None)
    assert fresh.remind_at == fresh.due_at - REMIND
    assert night(minute=18 * 60 + 10).remind_at is None, "who planned it has just been here"
    assert fresh.ends_at > fresh.due_at + 10 * 40 * SECOND


@given(zones, minutes, instants, st.integers(1, 40))
def test_a_weekly_night_keeps_its_weekday_and_its_hour_on_the_wall(
    zone_name: str, minute: int, now: datetime, weeks: int
) -> None:
    tz = zone(zone_name)
    day = local_date(now, tz) + DAY
    assume(exists(day, tz))
    series = [night(day, minute, zone_name, now, weekly=True)]
    for _ in range(weeks):
        after = following(series[-1], series[-1].due_at)
        assert after is not None
        series.append(after)
    for one, two in pairwise(series):
        assert two.due_at == instant(two.day, minute, tz)
        assert two.day - one.day == 7 * DAY or not exists(one.day + 7 * DAY, tz)
        assert abs(two.due_at - one.due_at - 7 * DAY) <= timedelta(hours=3), "clocks may change"
        assert two.due_at > one.due_at


@given(zones, minutes, instants, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_the_next_night_is_the_first_that_is_not_over(
    zone_name: str, minute: int, now: datetime, away: timedelta
) -> None:
    tz = zone(zone_name)
    day = local_date(now, tz) + DAY
    assume(exists(day, tz))
    first = night(day, minute, zone_name, now, weekly=True)
    back = first.due_at + away
    after = following(first, back)
    assert after is not None
    assert after.due_at > back
    before = after.day - 7 * DAY
    assert instant(before, minute, tz) <= back or not exists(before, tz)
    assert (after.stage, after.event_id, after.id) == (Stage.PLANNED, None, first.id)


def test_a_week_whose_date_the_calendar_skips_has_no_night() -> None:
    samoa = night(
        date(2011, 12, 23), 1200, "Pacific/Apia", datetime(2011, 12, 20, tzinfo=UTC), weekly=True
    )
    after = following(samoa, samoa.due_at)
    assert after is not None
    assert after.day == date(2012, 1, 6)


def test_a_single_night_is_followed_by_none() -> None:
    assert following(night(), NOW) is None


def test_the_hour_that_the_clocks_skip_is_moved_forward() -> None:
    spring = night(date(2026, 3, 22), 150, "Europe/Berlin", datetime(2026, 3, 1, tzinfo=UTC),
                   weekly=True)  # fmt: skip
    after = following(spring, spring.due_at)
    assert after is not None
    assert after.due_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "03:30 on the wall"
    later = following(after, after.due_at)
    assert later is not None
    assert later.due_at == datetime(2026, 4, 5, 0, 30, tzinfo=UTC), "and 02:30 again"


def test_from_planned_to_reminded() -> None:
    fresh = night()
    announcing = leaving(fresh, NOW)
    assert (announcing.stage, announcing.next_at) == (Stage.ANNOUNCING, NOW + 30 * SECOND)
    again = leaving(announcing, NOW + MINUTE)
    assert (again.stage, again.next_at) == (Stage.ANNOUNCING, NOW + 90 * SECOND)
    there = announced(announcing, 99)
    assert (there.stage, there.event_id, there.next_at) == (Stage.ANNOUNCED, 99, fresh.remind_at)
    reminding = leaving(there, there.next_at)
    assert reminding.stage is Stage.REMINDING
    done = reminded(reminding)
    assert (done.stage, done.next_at, done.event_id) == (Stage.REMINDED, done.due_at, 99)


def test_the_event_of_a_night_called_off_is_looked_for_once_it_can_no_longer_be_coming() -> None:
    announcing = leaving(night(), NOW)
    assert called_off(announcing, NOW + SECOND).next_at == NOW + 30 * SECOND
    assert called_off(announcing, NOW + MINUTE).next_at == NOW + MINUTE
    assert called_off(announced(announcing, 99), NOW + SECOND).next_at == NOW + SECOND


def test_a_night_that_is_near_is_not_reminded_of() -> None:
    near = announced(leaving(night(minute=18 * 60 + 10), NOW), None)
    assert (near.stage, near.next_at) == (Stage.REMINDED, near.due_at)


@given(st.sampled_from(Stage), st.integers(0, 7200))
def test_no_request_holds_a_lobby_up(stage: Stage, seconds: int) -> None:
    now = NOW + seconds * SECOND
    waiting = leaving(replace(night(), stage=stage), now)
    assert waiting.next_at <= waiting.due_at or not waiting.is_on


def test_what_was_missed_or_called_off_is_no_longer_on() -> None:
    fresh = night()
    for over in (missed(fresh, NOW), called_off(fresh, NOW)):
        assert not over.is_on
        assert not over.awaits_event
        assert over.next_at == NOW
        assert leaving(over, fresh.due_at + GRACE).next_at > fresh.due_at + GRACE
    assert fresh.is_on
    assert fresh.awaits_event


def test_too_late_is_too_late_only_after_the_grace() -> None:
    fresh = night()
    assert not is_too_late(fresh, fresh.due_at + GRACE)
    assert is_too_late(fresh, fresh.due_at + GRACE + SECOND)
    assert postponed(fresh, fresh.due_at).next_at > fresh.due_at


def test_its_lobby_is_a_quiz_that_waits_for_players() -> None:
    game = lobby(night(), NOW)
    assert (game.phase, game.host_id, game.channel_id, game.terms) == (Phase.INVITED, 3, 2, TEN)
    assert game.due_at is not None
    assert game.due_at > NOW


@given(st.dictionaries(st.integers(0, (1 << 38) - 1), st.integers(0, 3), min_size=2, max_size=9))
def test_every_night_has_a_lobby_of_its_own_and_always_the_same(nights: dict[int, int]) -> None:
    told_apart = {(i >> 22) % 60_000 << 22 | i & 0x3FFFFF for i in nights}
    assume(len(told_apart) == len(nights))
    made = [night(night_id=i, day=date(2026, 11, 25 + week)) for i, week in nights.items()]
    ids = [lobby(n, NOW).id for n in made]
    assert len(set(ids)) == len(ids)
    assert ids == [lobby(replace(n, stage=Stage.REMINDED), NOW + MINUTE).id for n in made]
    assert all(0 < i < 1 << 63 for i in ids)


def test_lobbies_are_in_the_order_of_their_nights() -> None:
    first = night(weekly=True, night_id=(1 << 62) - 1)
    second = following(first, first.due_at)
    assert second is not None
    assert lobby(first, NOW).id < lobby(second, NOW).id


@pytest.mark.parametrize(
    ("typed", "time", "day"),
    [
        ("today", 1200, 24),
        ("Tomorrow ", 0, 25),
        ("tuesday", 1200, 24),
        ("Tue", 1080, 1),
        ("wed", 1200, 25),
        ("Mondays", 1200, 30),
        ("2026-11-28", 1200, 28),
    ],
)
def test_days_as_people_write_them(typed: str, time: int, day: int) -> None:
    assert day_of(typed, time, "UTC", NOW).day == day


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "can't read"),
        ("weekends", "can't read"),
        ("mon, wed", "can't read"),
        ("28.11.2026", "can't read"),
        ("2026-02-30", "calendar has no"),
        ("2026-11-23", "passed"),
        ("today", "passed"),
        ("2027-11-26", "a year away"),
        ("9999-12-31", "a year away"),
        ("0001-01-01", "passed"),
    ],
)
def test_what_is_no_day_is_refused(typed: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        day_of(typed, 1080, "Europe/Berlin", NOW)


def test_a_date_that_the_zone_skips_is_refused_or_passed_over() -> None:
    now = datetime(2011, 12, 28, 12, tzinfo=UTC)
    with pytest.raises(Invalid, match="skips it"):
        day_of("2011-12-30", 1200, "Pacific/Apia", now)
    assert day_of("friday", 1200, "Pacific/Apia", now) == date(2012, 1, 6)


@given(zones, minutes, instants, st.sampled_from(["sun", "thursday", "tomorrow"]))
def test_a_day_that_is_read_is_still_to_come(
    zone_name: str, minute: int, now: datetime, typed: str
) -> None:
    tz = zone(zone_name)
    assume(typed != "tomorrow" or exists(local_date(now, tz) + DAY, tz))
    day = day_of(typed, minute, zone_name, now)
    assert now < instant(day, minute, tz) <= now + 9 * DAY


def test_open_answers_take_longer() -> None:
    explained = replace(night(), terms=Terms(rounds=10, style=Style.EXPLAIN, mode=Mode.ALL))
    assert explained.ends_at > night().ends_at
