"""When somebody wants to be reminded, and whether there is anything worth saying.

A reminder looks at two moments of a day: the person's own hour, for what they are about to forget,
and the last call, for a streak that is about to end. It speaks once a day at most, and not at all
where nothing is due.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.local_time import ONE_DAY, instant, local_date
from bot.domain.post import Step
from bot.domain.streak import Idle, Streak

USUAL = 19 * 60
"""The moment of those who name no hour: after work, before the last call."""
LAST_CALL = 21 * 60
"""Minutes past midnight; the study day has six hours left then."""
TOO_LATE = timedelta(hours=3)
"""After an outage of so long a reminder is let go: nobody wants the morning's at night."""


class Leaving(StrEnum):
    """How far a reminder is on its way."""

    CLAIMED = "claimed"
    SENDING = "sending"
    """The request may have left."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A row of `reminder`."""

    user_id: int
    minute: int
    """Their own hour, in minutes past midnight."""
    next_at: datetime | None = None
    """When to look next; never where reminders are off."""
    told_on: date | None = None
    """The last day, by their calendar, on which one was sent."""
    leaving: Leaving | None = None
    since_at: datetime | None = None
    """When it was claimed."""
    lease_ends_at: datetime | None = None
    """Until when its request may still be in flight."""
    trouble: str | None = None
    """Why they were turned off, where it was not the person who did."""

    @property
    def on(self) -> bool:
        """Whether the person wants any."""
        return self.next_at is not None


@dataclass(frozen=True, slots=True)
class Nudge:
    """What there is to say."""

    due: int
    """Questions about to be forgotten."""
    streak: int
    """Days of a streak that ends tonight; 0 where none does."""


def planned(reminder: Reminder, after: datetime, tz: ZoneInfo) -> Reminder:
    """The reminder with its next moment: none is left on a day that had one already."""
    day = local_date(after, tz)
    while True:
        for minute in sorted({reminder.minute, LAST_CALL}):
            at = instant(day, minute, tz)
            if at > after and day != reminder.told_on:
                return replace(reminder, next_at=at)
        day += ONE_DAY


def looked_at(reminder: Reminder, nudge: Nudge, now: datetime, tz: ZoneInfo) -> Reminder:
    """The reminder past every moment that has come: claimed if there was something to say."""
    at = reminder.next_at or now
    if now - at > TOO_LATE:
        reminder = planned(reminder, now - TOO_LATE, tz)
    while reminder.next_at and (at := reminder.next_at) <= now:
        # One that is still on its way is seen to first: two would be one too many.
        if reminder.leaving is None and _worth(reminder, nudge, at, tz):
            day = local_date(at, tz)
            reminder = replace(
                reminder, told_on=day, leaving=Leaving.CLAIMED, since_at=now, lease_ends_at=now
            )
        reminder = planned(reminder, at, tz)
    return reminder


def _worth(reminder: Reminder, nudge: Nudge, at: datetime, tz: ZoneInfo) -> bool:
    """Whether a moment is the one to say it: what can wait for a later one does."""
    day = local_date(at, tz)
    own = at == instant(day, reminder.minute, tz)
    late = at >= instant(day, LAST_CALL, tz)
    said = (late and nudge.streak) or (own and nudge.due)
    return bool(said) and day != reminder.told_on


def ends_tonight(streak: Streak, today: date, idle: Idle) -> int:
    """Days of the streak that this day would end without study; 0 where it would not.

    Args:
        streak: judged up to yesterday.
        today: the study day that is under way.
        idle: what today would be without study.
    """
    counted = streak.last_counted is not None and streak.last_counted >= today
    safe = counted or streak.freezes > 0 or idle is not Idle.MISSED
    return 0 if safe else streak.length


def sending(reminder: Reminder, now: datetime, lease: timedelta) -> Reminder:
    """The reminder as it must be committed before its request leaves."""
    return replace(reminder, leaving=Leaving.SENDING, lease_ends_at=now + lease)


def settled(reminder: Reminder) -> Reminder:
    """The reminder once it has arrived, or has been let go."""
    return replace(reminder, leaving=None, since_at=None, lease_ends_at=None)


def next_step(reminder: Reminder, now: datetime) -> Step:
    """What to do about a reminder that is on its way."""
    since = reminder.since_at or now
    if reminder.leaving is Leaving.CLAIMED:
        return Step.SKIP if now - since > TOO_LATE else Step.SEND
    return Step.WAIT if reminder.lease_ends_at and now < reminder.lease_ends_at else Step.LOOK
