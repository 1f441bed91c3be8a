"""Who studies: what we remember of a person and of a guild."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.local_time import local_date, zone
from bot.domain.streak import study_day

MOVE_EVERY = timedelta(days=7)
"""How often a change of zone may swallow a date without costing a day."""
PURGE_AFTER = timedelta(days=30)
"""How long a guild that removed the bot is kept, in case it was a mistake."""

SEASON_WEEKS = 13
"""A quarter of a year; the last of a long one takes its 53rd week along."""


def season_number(week: int) -> int:
    """The quarter, 1 to 4, that an ISO week belongs to."""
    return min((week - 1) // SEASON_WEEKS + 1, 4)


@dataclass(frozen=True, slots=True)
class Person:
    """A row of `person`."""

    user_id: int
    zone_name: str | None = None
    """Their own choice; the zone of their home guild until there is one."""
    home_guild_id: int | None = None
    """The guild in which they answered first."""
    moved_at: datetime | None = None
    moved_from: date | None = None
    """The study day they left by changing zones; days from it up to `moved_to` are pardoned."""
    moved_to: date | None = None

    def moved_over(self, day: date) -> bool:
        """Whether a change of zone swallowed that day."""
        if self.moved_from is None or self.moved_to is None:
            return False
        return self.moved_from <= day < self.moved_to


def moved(person: Person, old_zone: str, new_zone: str, now: datetime) -> Person:
    """The person in another zone; a date skipped on the way is not held against them."""
    changed = replace(person, zone_name=new_zone)
    left, arrived = study_day(now, zone(old_zone)), study_day(now, zone(new_zone))
    recently = person.moved_at is not None and now - person.moved_at < MOVE_EVERY
    if arrived <= left or recently:
        return changed
    return replace(changed, moved_at=now, moved_from=left, moved_to=arrived)


@dataclass(frozen=True, slots=True)
class Guild:
    """A row of `guild`."""

    guild_id: int
    joined_at: datetime
    left_at: datetime | None = None
    trouble: str | None = None
    """What keeps us from posting, as last told; told again only when it changes."""


@dataclass(frozen=True, slots=True)
class Member:
    """A row of `member`: what one person did in one guild, all told."""

    guild_id: int
    user_id: int
    answered: int
    """Scored attempts."""
    score_sum: float
    points: int
    last_at: datetime


def week_of(at: datetime, zone_name: str) -> str:
    """The ISO week of an instant on a guild's calendar, as `2026-W47`."""
    return week_named(local_date(at, zone(zone_name)))


def week_named(day: date) -> str:
    """The ISO week of a date, as `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
