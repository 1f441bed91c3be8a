"""A quiz night: a quiz that begins at an hour agreed beforehand, once or every week.

planned ─► announcing ─► announced ─► reminding ─► reminded ─► its lobby opens
              │ the event of Discord      │ a word to those who want to come

From every stage the lobby opens when it is due: neither an event nor a reminder holds it up. What
came too late is `missed`, which is said; what is `called off` waits for its event to be deleted.
A stage that ends in `-ing` is committed before its request leaves (docs/decisions/0002).
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.domain.errors import Invalid
from bot.domain.game import LEAD, Game, Kind, Phase, Terms, pause_after
from bot.domain.local_time import ONE_DAY, exists, instant, local_date, zone
from bot.domain.post import LEASE
from bot.domain.quiz import LOBBY
from bot.domain.schedule import weekdays_of

WEEK = 7 * ONE_DAY
REMIND = timedelta(minutes=15)
"""So long before it begins, those who are interested are reminded."""
GRACE = timedelta(minutes=30)
"""A lobby that is late by more than this does not open: people came, waited and left."""
ANOTHER_TRY = timedelta(seconds=30)
"""How long to wait for another quiz in the same channel to end."""
FARTHEST = timedelta(days=365)
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Where Discord's snowflakes begin."""


class Stage(StrEnum):
    """How far a night is on its way."""

    PLANNED = "planned"
    ANNOUNCING = "announcing"
    ANNOUNCED = "announced"
    REMINDING = "reminding"
    REMINDED = "reminded"
    MISSED = "missed"
    CALLED_OFF = "called off"


@dataclass(frozen=True, slots=True)
class When:
    """When a night is to be, as somebody typed it."""

    day: str
    time: str
    zone_name: str = ""
    """The zone of the group without one."""
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Night:
    """A row of `night`; `id` is the snowflake of the command that planned it."""

    id: int
    guild_id: int
    channel_id: int
    host_id: int
    """0 once they have had themselves forgotten; the night goes on."""
    terms: Terms
    day: date
    """The date on the group's own calendar."""
    minute: int
    """Minutes past local midnight, 0..1439."""
    zone_name: str
    weekly: bool
    due_at: datetime
    stage: Stage
    next_at: datetime
    """When there is something to do about it."""
    remind_at: datetime | None = None
    """Empty where it was planned too late for a reminder."""
    event_id: int | None = None
    """Discord's event, while there is one."""

    @property
    def is_on(self) -> bool:
        """Whether its lobby is still to open."""
        return self.stage not in {Stage.MISSED, Stage.CALLED_OFF}

    @property
    def awaits_event(self) -> bool:
        """Whether its event may still come."""
        return self.stage in {Stage.PLANNED, Stage.ANNOUNCING}

    @property
    def ends_at(self) -> datetime:
        """When it is over, if everybody takes all the time there is."""
        a_round = timedelta(seconds=self.terms.seconds) + pause_after(self.terms.style)
        return self.due_at + LOBBY + LEAD + self.terms.rounds * a_round


def planned(
    night_id: int, guild_id: int, channel_id: int, host_id: int, terms: Terms,
    *, day: date, minute: int, zone_name: str, weekly: bool, now: datetime,
) -> Night:  # fmt: skip
    """A night with everything still to do; one that is near needs no reminder."""
    due = instant(day, minute, zone(zone_name))
    remind = due - REMIND
    return Night(
        id=night_id,
        guild_id=guild_id,
        channel_id=channel_id,
        host_id=host_id,
        terms=terms,
        day=day,
        minute=minute,
        zone_name=zone_name,
        weekly=weekly,
        due_at=due,
        stage=Stage.PLANNED,
        next_at=now,
        remind_at=remind if remind > now else None,
    )


def following(night: Night, now: datetime) -> Night | None:
    """The next night of a weekly one that is not over yet; None after the only one."""
    if not night.weekly:
        return None
    tz, day = zone(night.zone_name), night.day + WEEK
    while not exists(day, tz) or instant(day, night.minute, tz) <= now:
        day += WEEK
    return planned(
        night.id, night.guild_id, night.channel_id, night.host_id, night.terms,
        day=day, minute=night.minute, zone_name=night.zone_name, weekly=True, now=now,
    )  # fmt: skip


def is_too_late(night: Night, now: datetime) -> bool:
    """Whether nobody waits for it any more."""
    return now - night.due_at > GRACE


def leaving(night: Night, now: datetime, lease: timedelta = LEASE) -> Night:
    """The night as it must be committed before its request leaves; its lobby is in time anyway."""
    going = {Stage.PLANNED: Stage.ANNOUNCING, Stage.ANNOUNCED: Stage.REMINDING}
    until = min(now + lease, night.due_at) if night.is_on else now + lease
    return replace(night, stage=going.get(night.stage, night.stage), next_at=until)


def announced(night: Night, event_id: int | None) -> Night:
    """The night once its event is there, or will not be."""
    if night.remind_at is None:
        return replace(reminded(night), event_id=event_id)
    return replace(night, stage=Stage.ANNOUNCED, next_at=night.remind_at, event_id=event_id)


def reminded(night: Night) -> Night:
    """The night once there is nothing left to do but to open its lobby."""
    return replace(night, stage=Stage.REMINDED, next_at=night.due_at)


def postponed(night: Night, now: datetime) -> Night:
    """The night while another quiz is on in its channel."""
    return replace(night, next_at=now + ANOTHER_TRY)


def missed(night: Night, now: datetime) -> Night:
    """The night that came to nothing; people are to be told."""
    return replace(night, stage=Stage.MISSED, next_at=now)


def called_off(night: Night, now: datetime) -> Night:
    """The night that will not be; its event is to be deleted, once it can no longer be coming."""
    until = max(now, night.next_at) if night.stage is Stage.ANNOUNCING else now
    return replace(night, stage=Stage.CALLED_OFF, next_at=until)


def lobby(night: Night, now: datetime) -> Game:
    """The lobby of a night, empty; whoever planned it is its host if they come."""
    return Game(
        id=_lobby_id(night),
        kind=Kind.QUIZ,
        guild_id=night.guild_id,
        channel_id=night.channel_id,
        host_id=night.host_id,
        terms=night.terms,
        made_at=now,
        phase=Phase.INVITED,
        due_at=now + LOBBY,
    )


def _lobby_id(night: Night) -> int:
    """A snowflake of the minute in which it is due, told apart by what tells the nights apart.

    No two lobbies of one night have two ids, so a second one has nowhere to go; and games stay in
    the order in which they were played.
    """
    due = (night.due_at - EPOCH) // timedelta(milliseconds=1)
    return (due + (night.id >> 22) % 60_000) << 22 | night.id & 0x3FFFFF


_SOON = {"today": 0, "tomorrow": 1}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_of(typed: str, minute: int, zone_name: str, now: datetime) -> date:
    """The date of a typed day: `Saturday`, `tomorrow`, `2026-11-28`.

    A day of the week is the next on which that time is still to come.

    Raises:
        Invalid: it is no day, that time has passed, or it is too far away.
    """
    tz, wanted = zone(zone_name), typed.strip().casefold()
    today = local_date(now, tz)
    if wanted in _SOON:
        day = today + _SOON[wanted] * ONE_DAY
    elif _ISO.fullmatch(wanted):
        day = _date(wanted)
    else:
        weekday = _weekday(wanted)
        day = today + (weekday - today.weekday()) % 7 * ONE_DAY
        if instant(day, minute, tz) <= now or not exists(day, tz):
            day += WEEK
    if day - today > FARTHEST:
        raise Invalid("That is more than a year away. Choose a date that people can plan for.")
    if day >= today and not exists(day, tz):
        raise Invalid(f"There is no {day.isoformat()} in {zone_name}: the calendar skips it.")
    if day < today or instant(day, minute, tz) <= now:
        raise Invalid("That has passed already. Choose a time that is still to come.")
    return day


def _date(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Invalid(f"The calendar has no {typed}.") from None


def _weekday(typed: str) -> int:
    try:
        (weekday,) = weekdays_of(typed)
    except (Invalid, ValueError):
        raise Invalid(
            "I can't read that day. Write it like Saturday, tomorrow or 2026-11-28."
        ) from None
    return weekday
