"""Study days and streaks (design section 4).

A study day is a local date that ends at 03:00. A streak is a run of study days. What may lie
between two of them without ending the run: a day saved by a freeze, a day pardoned because the
bot failed the group, and a day on which the group was asked nothing (docs/decisions/0005).
Every day that changed anything is an entry of the ledger, so every number can be explained.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.local_time import ONE_DAY, days, instant

NIGHT = timedelta(hours=3)
"""Until 03:00 it is still yesterday."""
QUESTIONS_FOR_A_DAY = 5
DAYS_FOR_A_FREEZE = 7
MOST_FREEZES = 2


class DayKind(StrEnum):
    """What a day did to a streak."""

    COUNTED = "counted"
    FROZEN = "frozen"
    PARDONED = "pardoned"
    RESTED = "rested"
    ENDED = "ended"
    """No study and no freeze left: the run is over."""
    REPAIRED = "repaired"
    """A moderator took back the end that this day had meant."""


class Idle(StrEnum):
    """What a day without study was, before freezes are looked at."""

    MISSED = "missed"
    PARDONED = "pardoned"
    RESTED = "rested"


@dataclass(frozen=True, slots=True)
class Streak:
    """A person's run as it stands after `settled_through`."""

    length: int = 0
    best: int = 0
    freezes: int = 0
    settled_through: date | None = None
    """The last day that has been judged; nothing before it can change but by a repair."""
    last_counted: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what a day (or a run of alike days) did, and what came of it."""

    day: date
    kind: DayKind
    length: int
    freezes: int
    through: date | None = None
    """The last day of a run of rested or pardoned days; empty for a single day."""
    detail: str = ""
    by: int | None = None
    """The moderator who repaired it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A streak after something happened, with the lines that explain it."""

    streak: Streak
    entries: tuple[Entry, ...] = field(default=())


def study_day(at: datetime, tz: ZoneInfo) -> date:
    """The study day that an instant belongs to: the local date, until 03:00 still the last one.

    Raises:
        ValueError: `at` is naive.
    """
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return (at.astimezone(tz).replace(tzinfo=None) - NIGHT).date()


def day_ends_at(at: datetime, tz: ZoneInfo) -> datetime:
    """When the study day of an instant is over."""
    return instant(study_day(at, tz) + ONE_DAY, int(NIGHT.total_seconds() // 60), tz)


def day_counts(post_answers: int, questions: int) -> bool:
    """Whether what was done on a day makes it a study day."""
    return post_answers >= 1 or questions >= QUESTIONS_FOR_A_DAY


def settle(streak: Streak, through: date, idle: Callable[[date], Idle]) -> Change:
    """Judge every day after the last judged one up to `through`, all of them without study.

    Args:
        streak: as it stands.
        through: the last day that is surely over for this person.
        idle: what a given day without study was.
    """
    if streak.settled_through is None or streak.length == 0:
        return Change(streak)
    entries: list[Entry] = []
    day = streak.settled_through + ONE_DAY
    while day <= through and streak.length:
        streak, entry = _pass(streak, day, idle(day))
        entries = _joined(entries, entry)
        day += ONE_DAY
    return Change(streak, tuple(entries))


def count(streak: Streak, day: date, idle: Callable[[date], Idle], detail: str = "") -> Change:
    """Count `day` as a study day, once, after judging the days before it.

    A day that was judged already (somebody flew east and back) is not counted a second time.
    """
    before = settle(streak, day - ONE_DAY, idle)
    streak = before.streak
    if streak.settled_through is not None and streak.length and day <= streak.settled_through:
        return before
    if streak.last_counted is not None and day <= streak.last_counted:
        return before
    length = streak.length + 1
    earned = length % DAYS_FOR_A_FREEZE == 0 and streak.freezes < MOST_FREEZES
    streak = Streak(
        length=length,
        best=max(streak.best, length),
        freezes=streak.freezes + earned,
        settled_through=day,
        last_counted=day,
    )
    entry = Entry(day, DayKind.COUNTED, length, streak.freezes, detail=detail)
    return Change(streak, (*before.entries, entry))


def repair(
    ledger: Sequence[Entry], day: date, idle: Callable[[date], Idle], reason: str, by: int
) -> Change | None:
    """The streak as it would stand had `day` been pardoned, or None where it cost nothing.

    A repair gives back the days really studied and invents none, so that it cannot be used to
    climb a leaderboard. A gap of several days takes a repair for each of them.

    Args:
        ledger: all entries of the person, oldest first.
        day: the day that was not studied.
        idle: what a day without study was, for days that the ledger passed over.
        reason: shown in the ledger.
        by: the moderator.
    """
    mended = {e.day for e in ledger if e.kind is DayKind.REPAIRED}
    said = _by_day(ledger)
    missed = _IDLE_OF.get(said[day]) if day in said else idle(day)
    inside = bool(said) and min(said) < day <= max(said)
    if day in mended or not inside or missed is not Idle.MISSED:
        return None
    after = replay(ledger, mended | {day}, idle)
    entry = Entry(day, DayKind.REPAIRED, after.length, after.freezes, detail=reason, by=by)
    return Change(after, (entry,))


def replay(
    ledger: Iterable[Entry], forgiven: Collection[date], idle: Callable[[date], Idle]
) -> Streak:
    """Fold the ledger from its first day, with some days pardoned after the fact.

    The ledger is believed where it speaks; `idle` answers for the days it passed over, which
    are those after a run had ended.
    """
    said = _by_day(ledger)

    def judged(day: date) -> Idle:
        if day in forgiven:
            return Idle.PARDONED
        kind = said.get(day)
        return idle(day) if kind is None else _IDLE_OF[kind]

    streak = Streak()
    for day in sorted(said):
        step = count if said[day] is DayKind.COUNTED else settle
        streak = step(streak, day, judged).streak
    return streak


def _by_day(ledger: Iterable[Entry]) -> dict[date, DayKind]:
    """What the ledger says of each day that it speaks of."""
    said: dict[date, DayKind] = {}
    for entry in ledger:
        if entry.kind is not DayKind.REPAIRED:
            said |= dict.fromkeys(days(entry.day, entry.through or entry.day), entry.kind)
    return said


_IDLE_OF = {
    DayKind.FROZEN: Idle.MISSED,
    DayKind.ENDED: Idle.MISSED,
    DayKind.PARDONED: Idle.PARDONED,
    DayKind.RESTED: Idle.RESTED,
}


def _pass(streak: Streak, day: date, kind: Idle) -> tuple[Streak, Entry]:
    streak = replace(streak, settled_through=day)
    if kind is not Idle.MISSED:
        spared = DayKind.PARDONED if kind is Idle.PARDONED else DayKind.RESTED
        return streak, Entry(day, spared, streak.length, streak.freezes)
    if streak.freezes:
        streak = replace(streak, freezes=streak.freezes - 1)
        return streak, Entry(day, DayKind.FROZEN, streak.length, streak.freezes)
    lost = streak.length
    streak = replace(streak, length=0)
    return streak, Entry(day, DayKind.ENDED, 0, 0, detail=str(lost))


def _joined(entries: list[Entry], entry: Entry) -> list[Entry]:
    """Runs of alike spared days become one line."""
    alike = entry.kind in {DayKind.RESTED, DayKind.PARDONED}
    if entries and alike and entries[-1].kind is entry.kind:
        return [*entries[:-1], replace(entries[-1], through=entry.day)]
    return [*entries, entry]
