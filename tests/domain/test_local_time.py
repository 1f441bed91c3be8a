"""Local wall time against every zone of the tz database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnknownZone
from bot.domain.local_time import (
    COMMON_ZONES,
    exists,
    instant,
    local_date,
    nearest_zones,
    offset_change,
    zone,
    zone_names,
)
from bot.domain.schedule import Schedule

zones = st.sampled_from(zone_names())
minutes = st.integers(0, 1439)
dates = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def test_every_nine_oclock_of_three_years_in_every_zone_is_one_post(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, last = date(2026, 1, 1), date(2028, 12, 31)
    wanted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    posts = 0
    for name in zone_names():
        tz = ZoneInfo(name)
        schedule = Schedule(1, 1, minute=9 * 60, zone_name=name)
        found = []
        for day, due in schedule.occurrences(datetime(2025, 12, 30, tzinfo=UTC)):
            if day > last:
                break
            if day >= first:
                wall = due.astimezone(tz)
                assert (wall.date(), wall.hour, wall.minute) == (day, 9, 0), f"{name} {day}"
                found.append(day)
        assert found == wanted, name
        posts += len(found)
    with capsys.disabled():
        print(f"\n{posts} local 09:00s of 2026-2028 in {len(zone_names())} zones, one post each")


@given(zones, dates, minutes)
def test_a_wall_time_is_kept_or_moved_forward_by_the_gap(name: str, day: date, minute: int) -> None:
    tz = ZoneInfo(name)
    wall = instant(day, minute, tz).astimezone(tz).replace(tzinfo=None)
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    assert timedelta(0) <= wall - wanted <= timedelta(hours=2)


@given(zones, dates, minutes)
def test_of_two_equal_wall_times_the_first_counts(name: str, day: date, minute: int) -> None:
    tz = ZoneInfo(name)
    at = instant(day, minute, tz)
    wall = at.astimezone(tz)
    earlier = (at - timedelta(hours=1)).astimezone(tz)
    assert earlier.replace(tzinfo=None) != wall.replace(tzinfo=None)


def test_known_changes_of_the_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert instant(date(2026, 3, 29), 150, berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert instant(date(2026, 10, 25), 150, berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_date_that_a_zone_skipped_does_not_exist() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert not exists(date(2011, 12, 30), apia)
    assert exists(date(2011, 12, 31), apia)
    schedule = Schedule(1, 1, minute=540, zone_name="Pacific/Apia")
    days = [day for day, _ in schedule.upcoming(datetime(2011, 12, 28, 12, tzinfo=UTC), 4)]
    assert date(2011, 12, 30) not in days


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        local_date(datetime(2026, 1, 1), ZoneInfo("UTC"))


@pytest.mark.parametrize("typed", ["Europe/Berlin", "europe/berlin", " Europe/Berlin "])
def test_a_zone_is_found_whatever_its_case(typed: str) -> None:
    assert zone(typed).key == "Europe/Berlin"


def test_spaces_stand_for_underscores() -> None:
    assert zone("america/new york").key == "America/New_York"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("Tokio", "Asia/Tokyo"),
        ("new york", "America/New_York"),
    ],
)
def test_a_typo_offers_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone(typed)
    assert meant in refused.value.nearest
    assert meant in str(refused.value)


def test_nonsense_offers_nothing() -> None:
    with pytest.raises(UnknownZone) as refused:
        zone("qqqqqqqqqqqq")
    assert refused.value.nearest == ()
    assert "Did you mean" not in str(refused.value)


def test_nothing_typed_offers_common_zones_that_all_exist() -> None:
    assert nearest_zones("") == COMMON_ZONES
    assert set(COMMON_ZONES) <= set(zone_names())
    assert len(COMMON_ZONES) <= 25


@given(st.text(max_size=30))
def test_suggestions_never_exceed_discords_limit(typed: str) -> None:
    found = nearest_zones(typed)
    assert len(found) <= 25
    assert len(set(found)) == len(found)


def test_a_change_of_the_offset_is_found_within_the_week() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 25, tzinfo=UTC)
    assert offset_change(start, start + timedelta(days=7), berlin) == (
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        timedelta(hours=1),
    )
    assert offset_change(start, start + timedelta(days=2), berlin) is None
    assert offset_change(start, start + timedelta(days=7), ZoneInfo("UTC")) is None


@pytest.mark.parametrize("typed", ["+2", "UTC+2", "GMT+2", "gmt-5"])
def test_no_zone_is_suggested_whose_sign_means_the_opposite(typed: str) -> None:
    """Etc/GMT+2 is two hours behind UTC, by an old convention that nobody expects."""
    assert not [name for name in nearest_zones(typed) if name.startswith(("Etc/GMT+", "Etc/GMT-"))]
    assert zone("Etc/GMT+2").key == "Etc/GMT+2"
