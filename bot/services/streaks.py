"""Study days and streaks: settle, count, explain, move zones, repair."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.local_time import ONE_DAY, instant, local_date, zone
from bot.domain.person import Person, moved
from bot.domain.post import PostState
from bot.domain.reminder import planned
from bot.domain.streak import (
    QUESTIONS_FOR_A_DAY,
    Change,
    Entry,
    Idle,
    Streak,
    count,
    day_counts,
    repair,
    settle,
    study_day,
)
from bot.store.port import Store, Tx

FAILED = frozenset({PostState.FAILED, PostState.SKIPPED})
LEDGER_LINES = 14
"""Lines of the ledger that fit a phone without scrolling."""


@dataclass(frozen=True, slots=True)
class StreakReport:
    """What `/me streak` shows."""

    streak: Streak
    entries: tuple[Entry, ...]
    today: date
    zone_name: str
    own_zone: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What somebody's study day has come to so far."""

    change: Change
    """Their streak, and what has changed it just now."""
    left: int
    """Questions that would still make it count; 0 once it does."""


class Streaks:
    """The streak of a person, wherever they study."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def report(self, user_id: int, guild_id: int | None, now: datetime) -> StreakReport:
        """The person's streak with the days up to yesterday judged, and what changed it."""

        async def work(tx: Tx) -> StreakReport:
            person = await person_of(tx, user_id, guild_id)
            zone_name = await zone_of(tx, person, guild_id)
            change = await settled(tx, person, zone(zone_name), now)
            return StreakReport(
                streak=change.streak,
                entries=tuple(await tx.streaks.ledger(user_id, LEDGER_LINES)),
                today=study_day(now, zone(zone_name)),
                zone_name=zone_name,
                own_zone=person.zone_name is not None,
            )

        return await self._store.write(work)

    async def move(self, user_id: int, guild_id: int | None, typed: str, now: datetime) -> str:
        """Set the person's own zone, also for their reminders; returns its name.

        Raises:
            UnknownZone: there is no such zone.
        """
        name = zone(typed).key

        async def work(tx: Tx) -> None:
            person = await person_of(tx, user_id, guild_id)
            old = await zone_of(tx, person, guild_id)
            await settled(tx, person, zone(old), now)
            await tx.persons.save(moved(person, old, name, now))
            reminder = await tx.reminders.get(user_id)
            if reminder is not None and reminder.on:
                await tx.reminders.save(planned(reminder, now, zone(name)))

        await self._store.write(work)
        return name

    async def repair(
        self, guild_id: int, user_id: int, day: date, reason: str, by: int, now: datetime
    ) -> Streak:
        """Pardon one missed day after the fact; returns the streak with later days judged anew.

        Raises:
            NotFound: the person has not studied in this guild.
            Invalid: the day is not over yet.
            AlreadyDone: the day cost the person nothing.
        """

        async def work(tx: Tx) -> Streak:
            if await tx.rollups.member(guild_id, user_id) is None:
                raise NotFound("They have not answered a question here yet, so no streak was lost.")
            person = await person_of(tx, user_id, guild_id)
            tz = zone(await zone_of(tx, person, guild_id))
            if day >= study_day(now, tz):
                raise Invalid("That day is not over for them yet; there is nothing to repair.")
            await settled(tx, person, tz, now)
            ledger = await tx.streaks.ledger(user_id)
            first = min((e.day for e in ledger), default=day)
            idle = await idle_days(tx, person, tz, first, study_day(now, tz))
            change = repair(ledger, day, idle, reason, by)
            if change is None:
                raise AlreadyDone("That day cost them nothing, so there is nothing to repair.")
            best = max(change.streak.best, (await tx.streaks.get(user_id)).best)
            mended = replace(change.streak, best=best)
            await _keep(tx, user_id, Change(mended, change.entries), now)
            return (await settled(tx, person, tz, now)).streak

        return await self._store.write(work)


async def person_of(tx: Tx, user_id: int, guild_id: int | None) -> Person:
    """The person, made known if new; the first group they turn up in becomes their home.

    Commands come from any server for those who carry us along; where nothing is asked is no home.
    """
    known = await tx.persons.get(user_id)
    person = known or Person(user_id)
    if person.home_guild_id is None and guild_id and await tx.schedules.get(guild_id):
        person = replace(person, home_guild_id=guild_id)
    if person != known:
        await tx.persons.save(person)
    return person


async def zone_of(tx: Tx, person: Person, guild_id: int | None) -> str:
    """Their own zone, else their home guild's, else this guild's, else UTC."""
    if person.zone_name:
        return person.zone_name
    for place in (person.home_guild_id, guild_id):
        if place is not None and (schedule := await tx.schedules.get(place)):
            return schedule.zone_name
    return "UTC"


async def zone_of_guild(tx: Tx, guild_id: int | None) -> str:
    """A guild's zone; UTC where it has never set up a question of the day, or there is none."""
    schedule = await tx.schedules.get(guild_id) if guild_id else None
    return schedule.zone_name if schedule else "UTC"


async def settled(tx: Tx, person: Person, tz: ZoneInfo, now: datetime) -> Change:
    """Judge and save every day up to yesterday; today is still theirs to use."""
    streak = await tx.streaks.get(person.user_id)
    yesterday = study_day(now, tz) - ONE_DAY
    idle = await _idle_since(tx, person, streak, tz, yesterday)
    change = settle(streak, yesterday, idle)
    await _keep(tx, person.user_id, change, now)
    return change


async def today_of(tx: Tx, user_id: int, guild_id: int | None, now: datetime) -> Today:
    """How that person's day stands."""
    person = await person_of(tx, user_id, guild_id)
    tz = zone(await zone_of(tx, person, guild_id))
    change = await settled(tx, person, tz, now)
    done = next(iter(await tx.profiles.days(user_id, study_day(now, tz))), None)
    left = QUESTIONS_FOR_A_DAY - (done.questions if done else 0)
    return Today(change, 0 if done and done.counts else left)


async def studied(tx: Tx, person: Person, tz: ZoneInfo, now: datetime, *, post: bool) -> Change:
    """Note one more question today, and count the day once it is a study day."""
    today = study_day(now, tz)
    answers, questions = await tx.streaks.progress(person.user_id, today, post=post)
    if not day_counts(answers, questions):
        return await settled(tx, person, tz, now)
    streak = await tx.streaks.get(person.user_id)
    idle = await _idle_since(tx, person, streak, tz, today - ONE_DAY)
    how = "question of the day" if answers else "five questions"
    change = count(streak, today, idle, how)
    await _keep(tx, person.user_id, change, now)
    return change


async def _keep(tx: Tx, user_id: int, change: Change, now: datetime) -> None:
    if change.entries:
        await tx.streaks.save(user_id, change.streak)
        await tx.streaks.append(user_id, change.entries, now)


async def _idle_since(
    tx: Tx, person: Person, streak: Streak, tz: ZoneInfo, last: date
) -> Callable[[date], Idle]:
    first = (streak.settled_through or last) + ONE_DAY
    if streak.length == 0 or first > last:
        return lambda _: Idle.MISSED  # nothing to judge, so nothing to look up
    return await idle_days(tx, person, tz, first, last)


async def idle_days(
    tx: Tx, person: Person, tz: ZoneInfo, first: date, last: date
) -> Callable[[date], Idle]:
    """What each day from `first` to `last` was for this person if they did not study on it.

    What came between midnight and 03:00 asks for the day that follows: the one before is over.
    """
    start, end = instant(first, 0, tz), instant(last + ONE_DAY, 0, tz)
    guilds = await tx.rollups.guilds_of(person.user_id)
    posts = await tx.posts.due_between(guilds, start, end) if guilds else []
    failed = {local_date(p.due_at, tz) for p in posts if p.state in FAILED}
    asked = {local_date(p.due_at, tz) for p in posts if p.state not in FAILED}

    def idle(day: date) -> Idle:
        if day in failed or person.moved_over(day):
            return Idle.PARDONED
        return Idle.MISSED if day in asked or not guilds else Idle.RESTED

    return idle
