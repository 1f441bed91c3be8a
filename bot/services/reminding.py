"""Reminders by direct message: at most one a day, exactly once, off with one press."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.bank import Bank
from bot.domain.local_time import zone
from bot.domain.post import LEASE, Step
from bot.domain.reminder import (
    USUAL,
    Leaving,
    Nudge,
    Reminder,
    ends_tonight,
    looked_at,
    next_step,
    planned,
    sending,
    settled,
)
from bot.domain.streak import study_day
from bot.services import streaks
from bot.services.due import due_questions
from bot.services.shelf import Shelf
from bot.store.port import Store, Tx

BATCH = 25
"""Reminders looked at in one unit of work; each takes some twenty statements."""
UNDER_WAY = 200


class Reminding:
    """Who wants to be reminded, and what is on its way."""

    def __init__(self, store: Store, bank: Bank, lease: timedelta = LEASE) -> None:
        self._store, self._shelf, self._lease = store, Shelf(bank), lease

    async def of(self, user_id: int) -> Reminder | None:
        """What that person wants."""
        return await self._store.read(lambda tx: tx.reminders.get(user_id))

    async def turn_on(
        self, user_id: int, guild_id: int | None, hour: int | None, now: datetime
    ) -> None:
        """Remind them at an hour of their own days; at the one they had, where they name none."""

        async def work(tx: Tx) -> None:
            person = await streaks.person_of(tx, user_id, guild_id)
            tz = zone(await streaks.zone_of(tx, person, guild_id))
            before = await tx.reminders.get(user_id) or Reminder(user_id, USUAL)
            minute = before.minute if hour is None else hour * 60
            wanted = replace(before, minute=minute, trouble=None)
            await tx.reminders.save(planned(wanted, now, tz))

        await self._store.write(work)

    async def turn_off(self, user_id: int, trouble: str | None = None) -> None:
        """Remind them no more; `trouble` says why, where it was not their wish."""

        async def work(tx: Tx) -> None:
            reminder = await tx.reminders.get(user_id)
            if reminder is not None:
                quiet = replace(settled(reminder), next_at=None, trouble=trouble)
                await tx.reminders.save(quiet)

        await self._store.write(work)

    async def claim_due(self, now: datetime) -> int:
        """Look at a batch of reminders whose moment has come; returns how many moved."""

        async def work(tx: Tx) -> int:
            due = await tx.reminders.due(now, BATCH)
            for reminder in due:
                tz, nudge = await self._nudge(tx, reminder.user_id, now)
                await tx.reminders.save(looked_at(reminder, nudge, now, tz))
            return len(due)

        return await self._store.write(work)

    async def under_way(self, now: datetime) -> list[tuple[Reminder, Step]]:
        """Reminders that somebody has to see to now, and how."""
        leaving = await self._store.read(lambda tx: tx.reminders.leaving(UNDER_WAY))
        steps = [(r, next_step(r, now)) for r in leaving]
        return [(r, step) for r, step in steps if step is not Step.WAIT]

    async def begin(self, reminder: Reminder, now: datetime) -> Nudge | None:
        """Commit that the request is about to leave, with what it says.

        None when it is somebody else's by now, unwanted, or the person has studied meanwhile.
        """

        async def work(tx: Tx) -> Nudge | None:
            fresh = await tx.reminders.get(reminder.user_id)
            if fresh != reminder or not fresh.on:
                return None
            _, nudge = await self._nudge(tx, reminder.user_id, now)
            if not (nudge.due or nudge.streak):
                await tx.reminders.save(settled(fresh))
                return None
            await tx.reminders.save(sending(fresh, now, self._lease))
            return nudge

        return await self._store.write(work)

    async def arrived(self, user_id: int) -> None:
        """The reminder is there, or has been let go."""

        async def work(tx: Tx) -> None:
            if reminder := await tx.reminders.get(user_id):
                await tx.reminders.save(settled(reminder))

        await self._store.write(work)

    async def next_at(self, now: datetime) -> datetime | None:
        """When the tick is needed next."""

        async def work(tx: Tx) -> datetime | None:
            due = await tx.reminders.next_at()
            leaving = await tx.reminders.leaving(UNDER_WAY)
            leases = [r.lease_ends_at for r in leaving if r.leaving is Leaving.SENDING]
            ahead = [at for at in leases if at and at > now]
            return min([due, *ahead] if due else ahead, default=None)

        return await self._store.read(work)

    async def _nudge(self, tx: Tx, user_id: int, now: datetime) -> tuple[ZoneInfo, Nudge]:
        """What could be said to them now, and the zone they live in."""
        person = await streaks.person_of(tx, user_id, None)
        tz = zone(await streaks.zone_of(tx, person, None))
        due = await due_questions(tx, self._shelf, user_id, None, now)
        change = await streaks.settled(tx, person, tz, now)
        today = study_day(now, tz)
        idle = await streaks.idle_days(tx, person, tz, today, today)
        return tz, Nudge(len(due.questions), ends_tonight(change.streak, today, idle(today)))
