"""When a guild's question of the day is due."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.bank import EVERYTHING, Selection
from bot.domain.errors import Invalid
from bot.domain.local_time import ONE_DAY, exists, instant, local_date, zone
from bot.domain.question import Difficulty, Topic

EVERY_DAY = frozenset(range(7))
CATCH_UP = timedelta(hours=3)
"""A post that is late by more than this is skipped, and streaks are pardoned (design section 3)."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One guild's choices; the row that the tick reads."""

    guild_id: int
    channel_id: int
    minute: int
    """Minutes past local midnight, 0..1439."""
    zone_name: str
    weekdays: frozenset[int] = EVERY_DAY
    """0 Monday .. 6 Sunday, by the guild's own calendar."""
    selection: Selection = EVERYTHING
    role_id: int | None = None
    thread: bool = False
    pin: bool = False
    report_channel_id: int | None = None
    """Where trouble is told; the owner's DMs without one."""
    paused: bool = False
    next_day: date | None = None
    next_run_at: datetime | None = None
    """UTC; empty while paused."""
    weekly: bool = False
    """Whether a week's first question brings the recap of the week before along."""

    @property
    def tz(self) -> ZoneInfo:
        """The guild's time zone."""
        return zone(self.zone_name)

    def occurrences(self, after: datetime) -> Iterator[tuple[date, datetime]]:
        """Local date and UTC instant of every post due later than `after`, for ever."""
        tz = self.tz
        day = local_date(after, tz) - ONE_DAY
        while True:
            if day.weekday() in self.weekdays and exists(day, tz):
                due = instant(day, self.minute, tz)
                if due > after:
                    yield day, due
            day += ONE_DAY

    def upcoming(self, after: datetime, most: int) -> list[tuple[date, datetime]]:
        """The next few posts."""
        return list(islice(self.occurrences(after), most))

    def planned(self, after: datetime, not_before: date | None = None) -> "Schedule":
        """The same schedule, due at its first time later than `after`; never while paused.

        `not_before` keeps a date that already has its post from being asked twice.
        """
        if self.paused:
            return replace(self, next_day=None, next_run_at=None)
        day, due = next(
            (day, due)
            for day, due in self.occurrences(after)
            if not_before is None or day >= not_before
        )
        return replace(self, next_day=day, next_run_at=due)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a guild decides about its question; what is None stays as it was."""

    channel_id: int
    minute: int
    zone_name: str
    weekdays: frozenset[int] | None = None
    topics: frozenset[Topic] | None = None
    difficulties: frozenset[Difficulty] | None = None
    role_id: int | None = None
    thread: bool | None = None
    pin: bool | None = None
    report_channel_id: int | None = None
    weekly: bool | None = None


def chosen(choices: Choices, guild_id: int, before: Schedule | None) -> Schedule:
    """A guild's schedule with what it has decided now.

    Raises:
        Invalid: no day is left.
    """
    if choices.weekdays is not None and not choices.weekdays:
        raise Invalid("Choose at least one day of the week.")
    named = {f.name: getattr(choices, f.name) for f in fields(choices)}
    given = {name: value for name, value in named.items() if value is not None}
    parts = {name: given.pop(name) for name in ("topics", "difficulties") if name in given}
    schedule = before or Schedule(guild_id, choices.channel_id, choices.minute, choices.zone_name)
    return replace(schedule, **given, selection=replace(schedule.selection, **parts))


def missed(due: datetime, now: datetime, catch_up: timedelta = CATCH_UP) -> bool:
    """Whether it is too late to post what was due."""
    return now - due > catch_up


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RUNS = {
    "every day": EVERY_DAY,
    "daily": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
}
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def minute_of(typed: str) -> int:
    """Minutes past midnight of a typed time: `9`, `09:00`, `9.30`, `9 pm`.

    Raises:
        Invalid: it is no time of day.
    """
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise Invalid("I can't read that time. Write it like 09:00 or 9 pm.")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Invalid("With am or pm the hour goes from 1 to 12.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Invalid("There is no such time of day. Write it like 09:00 or 21:30.")
    return 60 * hour + minute


def weekdays_of(typed: str) -> frozenset[int]:
    """Days of the week as typed: `every day`, `weekdays`, `Mon, Wed, Fri`.

    Raises:
        Invalid: a part of it is no day.
    """
    wanted = typed.strip().casefold()
    if wanted in _RUNS:
        return _RUNS[wanted]
    days: set[int] = set()
    for part in re.split(r"[\s,;/+&]+|\band\b", wanted):
        if not part:
            continue
        fits = [at for at, name in enumerate(WEEKDAYS) if name.startswith(part.removesuffix("s"))]
        if len(fits) != 1 or len(part) < 2:
            raise Invalid("I can't read those days. Write them like Mon, Wed, Fri or weekdays.")
        days |= set(fits)
    if not days:
        raise Invalid("Choose at least one day of the week.")
    return frozenset(days)


def weekdays_named(weekdays: frozenset[int]) -> str:
    """The same days as people say them."""
    for name in ("every day", "weekdays", "weekends"):
        if _RUNS[name] == weekdays:
            return name
    return ", ".join(WEEKDAYS[at][:3].capitalize() for at in sorted(weekdays))
