"""Quiz nights: planning and calling off, and one lobby for each, whatever crashes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.game import Kind, Terms
from bot.domain.local_time import zone
from bot.domain.night import (
    Night,
    When,
    announced,
    called_off,
    day_of,
    following,
    is_too_late,
    leaving,
    lobby,
    missed,
    planned,
    postponed,
    reminded,
)
from bot.domain.post import LEASE
from bot.domain.schedule import minute_of
from bot.services.answering import Press
from bot.services.shelf import Shelf
from bot.services.table import fitting_questions, none_such
from bot.store.port import Store, Tx

BATCH = 200
MOST = 10
"""Nights that a guild may have ahead."""
NO_ZONE = "I don't know this group's time zone yet. Name it with `timezone`, like Europe/Berlin."
GONE = "That quiz night is not planned any more. `/quiz nights` shows those that are."
NOT_YOURS = "Whoever planned it can call it off, and members who may manage events."


class Nights:
    """The quiz nights of guilds."""

    def __init__(self, store: Store, bank: Bank, lease: timedelta = LEASE) -> None:
        self._store, self._shelf, self._lease = store, Shelf(bank), lease

    async def plan(self, press: Press, channel_id: int, terms: Terms, when: When) -> Night:
        """Put a night on the calendar.

        Raises:
            Invalid: the time cannot be read or has passed, or there are not that many questions.
            AlreadyDone: one is planned there at that time, or too many are.
        """
        guild_id, minute = press.guild_id or 0, minute_of(when.time)

        async def work(tx: Tx) -> Night:
            if (known := await tx.nights.get(press.id)) is not None:
                return known  # Discord has delivered the command twice
            others = await tx.nights.of(guild_id)
            zone_name = await _zone_name(tx, guild_id, when, others)
            night = planned(
                press.id, guild_id, channel_id, press.user_id, terms,
                day=day_of(when.day, minute, zone_name, press.now),
                minute=minute, zone_name=zone_name, weekly=when.weekly, now=press.now,
            )  # fmt: skip
            await self._check_questions(tx, night)
            if len(others) >= MOST:
                raise AlreadyDone(f"{MOST} quiz nights are planned already. Call one off first.")
            if any((n.channel_id, n.due_at) == (channel_id, night.due_at) for n in others):
                raise AlreadyDone("A quiz night begins in this channel at that time already.")
            await tx.nights.save(night)
            return night

        return await self._store.write(work)

    async def ahead(self, guild_id: int) -> list[Night]:
        """The nights that a guild has ahead, the next first."""
        nights = await self._store.read(lambda tx: tx.nights.of(guild_id))
        return [night for night in nights if night.is_on]

    async def call_off(self, press: Press, wanted: str, *, manages: bool) -> Night:
        """Take a night off the calendar, with all that would follow.

        Raises:
            NotFound: it is not there.
            NotAllowed: they neither planned it nor manage events.
        """

        async def work(tx: Tx) -> Night:
            nights = await tx.nights.of(press.guild_id or 0)
            night = next((n for n in nights if str(n.id) == wanted and n.is_on), None)
            if night is None:
                raise NotFound(GONE)
            if press.user_id != night.host_id and not manages:
                raise NotAllowed(NOT_YOURS)
            off = called_off(night, press.now)
            await tx.nights.save(off)
            return off

        return await self._store.write(work)

    async def lost_channel(self, guild_id: int, channel_id: int, now: datetime) -> list[Night]:
        """A channel is gone, and its nights with it; returns those."""

        async def work(tx: Tx) -> list[Night]:
            nights = await tx.nights.of(guild_id)
            lost = [n for n in nights if n.channel_id == channel_id and n.is_on]
            for night in lost:
                await tx.nights.save(called_off(night, now))
            return lost

        return await self._store.write(work)

    async def left(self, guild_id: int) -> None:
        """A guild has removed the bot."""
        await self._store.write(lambda tx: tx.nights.drop_all(guild_id))

    async def open_due(self, now: datetime) -> list[int] | None:
        """Open the lobbies that are due, each once, and move their nights on.

        The game and the move are one unit of work: whatever crashes, it is done or still to do.
        Returns the ids of the games; None when no night was due.
        """

        async def work(tx: Tx) -> list[int] | None:
            nights = await tx.nights.ripe(now, BATCH)
            opened = [await self._open(tx, night, now) for night in nights]
            return [game_id for game_id in opened if game_id] if nights else None

        return await self._store.write(work)

    async def errands(self, now: datetime) -> list[Night]:
        """Nights about which Discord has to be told something."""
        return await self._store.read(lambda tx: tx.nights.errands(now, BATCH))

    async def next_at(self, now: datetime) -> datetime | None:
        """When the tick is needed next."""
        return await self._store.read(lambda tx: tx.nights.next_at(now))

    async def begin(self, night: Night, now: datetime) -> Night | None:
        """Commit that a request is about to leave; None when the night has changed by now."""
        return await self._changed(night, lambda fresh: leaving(fresh, now, self._lease))

    async def announced(self, night: Night, event_id: int | None) -> Night | None:
        """Its event is there, or will not be."""
        return await self._changed(night, lambda fresh: announced(fresh, event_id))

    async def without_event(self, night: Night) -> Night | None:
        """Somebody has deleted its event; the night goes on."""
        return await self._changed(night, lambda fresh: replace(fresh, event_id=None))

    async def reminded(self, night: Night) -> Night | None:
        """Everybody has been reminded who can be."""
        return await self._changed(night, reminded)

    async def off(self, night: Night, now: datetime) -> Night | None:
        """It cannot take place any more."""
        return await self._changed(night, lambda fresh: called_off(fresh, now))

    async def told(self, night: Night, now: datetime) -> Night | None:
        """People know that it came to nothing: on with the next one, if there is any."""
        return await self._changed(night, lambda fresh: following(fresh, now))

    async def cleared(self, night: Night) -> None:
        """Nothing is left of a night that was called off."""
        await self._changed(night, lambda _: None)

    async def _check_questions(self, tx: Tx, night: Night) -> None:
        """Refuse a night for which there are too few."""
        bank = await self._shelf.of(tx, night.guild_id)
        fitting = len(fitting_questions(bank, night.terms))
        if not fitting:
            raise Invalid(none_such(night.terms))
        if fitting < night.terms.rounds:
            about = f" on {night.terms.topic}" if night.terms.topic else ""
            raise Invalid(f"There are only {fitting} such questions{about}. Ask for fewer rounds.")

    async def _open(self, tx: Tx, night: Night, now: datetime) -> int | None:
        if is_too_late(night, now):
            await tx.nights.save(missed(night, now))
            return None
        if await tx.games.open_in(night.channel_id, Kind.QUIZ):
            await tx.nights.save(postponed(night, now))
            return None
        game = lobby(night, now)
        await tx.games.insert(game)
        await _keep(tx, night, following(night, now))
        return game.id

    async def _changed(self, night: Night, change: Callable[[Night], Night | None]) -> Night | None:
        """Move a night on, if it is still as it was seen."""

        async def work(tx: Tx) -> Night | None:
            if await tx.nights.get(night.id) != night:
                return None
            after = change(night)
            await _keep(tx, night, after)
            return after

        return await self._store.write(work)


async def _zone_name(tx: Tx, guild_id: int, when: When, others: Sequence[Night]) -> str:
    """The zone that was named, or that of the daily question, or that of the night before."""
    if when.zone_name:
        return zone(when.zone_name).key
    schedule = await tx.schedules.get(guild_id)
    if schedule is not None:
        return schedule.zone_name
    if not others:
        raise Invalid(NO_ZONE)
    return max(others, key=lambda night: night.id).zone_name


async def _keep(tx: Tx, night: Night, after: Night | None) -> None:
    """Store what follows a night; nothing is left of one that was the last."""
    if after is None:
        await tx.nights.drop(night.id)
    else:
        await tx.nights.save(after)
