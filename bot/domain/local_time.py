"""Local wall time and instants: the one place that knows daylight saving.

Rule: a wall time that occurs twice means its first occurrence, one that never occurs is moved
forward by the length of the gap (PEP 495, `fold=0`), and a date that a zone skips has no times.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.errors import UnknownZone

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone of the tz database that names a place or an offset, sorted."""
    hidden = ("posix/", "right/", "SystemV/")
    odd = {"localtime", "posixrules", "Factory"}
    return tuple(
        sorted(z for z in available_timezones() if not z.startswith(hidden) and z not in odd)
    )


def zone(name: str) -> ZoneInfo:
    """The zone of that name, whatever its case; spaces count as underscores.

    Raises:
        UnknownZone: there is none; it carries the nearest names.
    """
    known = _by_folded_name().get(_folded(name))
    if known is None:
        raise UnknownZone(name, nearest_zones(name, 3))
    return ZoneInfo(known)


@cache
def _by_folded_name() -> dict[str, str]:
    return {_folded(name): name for name in zone_names()}


def _folded(typed: str) -> str:
    return typed.strip().replace(" ", "_").casefold()


def nearest_zones(typed: str, most: int = 25) -> tuple[str, ...]:
    """Zone names that look like what was typed, the best first; common ones for nothing."""
    wanted = _folded(typed)
    if not wanted:
        return COMMON_ZONES[:most]
    offered = [z for z in zone_names() if not z.startswith(MISLEADING)]
    cities = {z: z.rsplit("/", 1)[-1].casefold() for z in offered}
    begins = [z for z in offered if cities[z].startswith(wanted)]
    holds = [z for z in offered if wanted in z.casefold() and z not in begins]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - for a typo, not for the start

    city = wanted.rsplit("/", 1)[-1]
    near = process.extract(city, cities, scorer=fuzz.ratio, limit=most, score_cutoff=60)
    ranked = [*begins, *holds, *(z for _, _, z in near)]
    return tuple(dict.fromkeys(ranked))[:most]


MISLEADING = ("Etc/GMT+", "Etc/GMT-")
"""Taken where they are typed and never suggested: Etc/GMT+2 is two hours behind UTC."""
COMMON_ZONES = (
    "UTC", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York",
    "America/Toronto", "America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Europe/Paris",
    "Europe/Madrid", "Europe/Warsaw", "Europe/Kyiv", "Europe/Istanbul", "Africa/Lagos",
    "Africa/Cairo", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Singapore", "Asia/Shanghai", "Asia/Seoul", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
"""Offered before anything is typed: at most 25, Discord's limit on suggestions."""


def instant(day: date, minute: int, tz: ZoneInfo) -> datetime:
    """The UTC instant of `minute` minutes past midnight on a local date."""
    wall = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=tz)
    return wall.astimezone(UTC)


def exists(day: date, tz: ZoneInfo) -> bool:
    """Whether the zone has that date at all (Samoa had no 30 December 2011)."""
    return instant(day, 0, tz) < instant(day + ONE_DAY, 0, tz)


def local_date(at: datetime, tz: ZoneInfo) -> date:
    """The date on the wall calendar at an instant.

    Raises:
        ValueError: `at` is naive.
    """
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return at.astimezone(tz).date()


def days(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`, both included."""
    while first <= last:
        yield first
        first += ONE_DAY


def offset_change(
    start: datetime, end: datetime, tz: ZoneInfo
) -> tuple[datetime, timedelta] | None:
    """The first change of the zone's offset in [start, end]: when, to the hour, and by how much."""
    at = start
    while at < end:
        following = at + timedelta(hours=1)
        before, after = at.astimezone(tz).utcoffset(), following.astimezone(tz).utcoffset()
        if before is not None and after is not None and before != after:
            return following, after - before
        at = following
    return None
