"""People on the move: which zone is theirs, and what a change of zone may cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import ONE_DAY, zone, zone_names
from bot.domain.person import Person, moved, week_of
from bot.domain.streak import study_day

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADA = Person(1, home_guild_id=7)

HONOLULU, AUCKLAND, BERLIN = "Pacific/Honolulu", "Pacific/Auckland", "Europe/Berlin"


def test_a_move_that_skips_no_date_only_changes_the_zone() -> None:
    assert moved(ADA, "UTC", BERLIN, NOON) == Person(1, BERLIN, home_guild_id=7)


def test_the_dates_skipped_on_the_way_east_are_swallowed() -> None:
    ada = moved(ADA, HONOLULU, AUCKLAND, NOON)
    assert ada == Person(
        1,
        AUCKLAND,
        home_guild_id=7,
        moved_at=NOON,
        moved_from=date(2026, 11, 23),
        moved_to=date(2026, 11, 24),
    )
    assert [ada.moved_over(date(2026, 11, day)) for day in (22, 23, 24)] == [False, True, False]


def test_nothing_was_swallowed_for_who_never_moved() -> None:
    assert not ADA.moved_over(date(2026, 11, 23))


def test_two_dates_may_lie_between_two_zones() -> None:
    # 02:30 on the 24th in Samoa, where it is still the 23rd, and 03:30 on the 25th on Kiritimati.
    at = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
    ada = moved(ADA, "Pacific/Pago_Pago", "Pacific/Kiritimati", at)
    assert (ada.moved_from, ada.moved_to) == (date(2026, 11, 23), date(2026, 11, 25))
    assert [ada.moved_over(date(2026, 11, day)) for day in (22, 23, 24, 25)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_on_the_way_west_a_day_is_lived_twice_and_none_is_lost() -> None:
    ada = moved(ADA, AUCKLAND, HONOLULU, NOON)
    assert ada == Person(1, HONOLULU, home_guild_id=7)


@pytest.mark.parametrize(
    ("later", "pardoned"),
    [
        (timedelta(0), False),
        (timedelta(days=7, seconds=-1), False),
        (timedelta(days=7), True),
    ],
)
def test_only_one_move_in_seven_days_swallows_a_date(later: timedelta, pardoned: bool) -> None:
    first = moved(ADA, HONOLULU, AUCKLAND, NOON)
    home = moved(first, AUCKLAND, HONOLULU, NOON + later)
    again = moved(home, HONOLULU, AUCKLAND, NOON + later)
    assert again.zone_name == AUCKLAND
    at = NOON + later if pardoned else NOON
    left = study_day(at, zone(HONOLULU))
    assert (again.moved_at, again.moved_from, again.moved_to) == (at, left, left + ONE_DAY)


def test_the_way_back_keeps_what_the_way_there_swallowed() -> None:
    there = moved(ADA, HONOLULU, AUCKLAND, NOON)
    back = moved(there, AUCKLAND, HONOLULU, NOON + timedelta(days=10))
    assert back.zone_name == HONOLULU
    assert back.moved_over(date(2026, 11, 23))


@given(
    st.sampled_from(zone_names()),
    st.sampled_from(zone_names()),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),
)
def test_what_a_move_swallows_lies_between_the_two_study_days(
    old: str, new: str, at: datetime
) -> None:
    ada = moved(ADA, old, new, at)
    left, arrived = study_day(at, zone(old)), study_day(at, zone(new))
    swallowed = [left + n * ONE_DAY for n in range(-3, 4) if ada.moved_over(left + n * ONE_DAY)]
    assert swallowed == [left + n * ONE_DAY for n in range((arrived - left).days)]


@pytest.mark.parametrize(
    ("at", "name", "week"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), BERLIN, "2026-W47"),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), BERLIN, "2026-W48"),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), "UTC", "2026-W47"),
        (datetime(2027, 1, 1, 12, tzinfo=UTC), "UTC", "2026-W53"),
        (datetime(2027, 1, 4, tzinfo=UTC), "UTC", "2027-W01"),
    ],
)
def test_a_week_begins_on_monday_by_the_guilds_calendar(at: datetime, name: str, week: str) -> None:
    assert week_of(at, name) == week
