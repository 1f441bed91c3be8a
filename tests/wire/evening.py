"""Somebody to be reminded, guilds with a quiz night, and a bot that is killed meanwhile."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.torture_rows import copied
from bot.domain.game import Terms
from bot.domain.night import planned
from bot.domain.reminder import Reminder
from bot.store.port import Tx
from bot.store.sql.values import stamp
from bot.store.sqlite import SqliteStore
from tests.wire.conftest import WITHIN, Place
from tests.wire.loopback import Loopback, Mishap, World, labels_of
from tests.wire.loopback.model import Channel
from tests.wire.process import Process

How = dict[str, Any]
"""How a request goes wrong."""


class Evening:
    """Everybody, and the bot that is killed."""

    def __init__(
        self, loopback: Loopback, process: Process, people: Sequence[str], guilds: Sequence[str]
    ) -> None:
        self.loopback, self.process, self.world = loopback, process, loopback.world
        guild = self.world.guild
        self.places = {name: Place(loopback, process, guild(name)) for name in guilds}
        self.people = {name: self.world.dm(name) for name in people}
        self.until = self.places[guilds[0]].until
        self.born = 0.0

    @asynccontextmanager
    async def life(self, lease: float, *wrong: Mishap) -> AsyncIterator[None]:
        """Run it, and kill it when all of that has gone wrong."""
        self.process.env["LOOPMATE_LEASE_SECONDS"] = str(lease)
        self.born = time.monotonic()
        async with self.process:
            await self.until(lambda: self.loopback.gateway.live)
            yield
            await self.until(lambda: all(mishap.struck for mishap in wrong))
        await self.until(lambda: not self.loopback.gateway.live)
        self.world.mishaps.clear()

    async def bring_near(self, names: Iterable[str], wait: timedelta) -> None:
        """Have something to do about the nights of those guilds, which begin after that time."""
        now = datetime.now(UTC)

        async def work(tx: Tx) -> None:
            for name in names:
                (night,) = await tx.nights.of(int(self.places[name].guild.id))
                await tx.nights.save(replace(night, due_at=now + wait, next_at=now))

        await self.write(work)

    async def write(self, work: Callable[[Tx], Awaitable[None]]) -> None:
        """Change rows, while it is dead."""
        store = SqliteStore(self.process.database, now=datetime.now(UTC))
        await store.open()
        await store.write(work)
        await store.close()

    def reminding(self) -> dict[str, str | None]:
        """How far everybody's reminder is, by the rows of the dead."""
        rows = dict(self._rows("SELECT user_id, leaving FROM reminder"))
        return {name: rows[int(self.world.user(name).id)] for name in self.people}

    def stages(self) -> Counter[str]:
        """How many nights are at each stage, by the rows of the dead."""
        return Counter(stage for (stage,) in self._rows("SELECT stage FROM night"))

    def _rows(self, query: str) -> list[Any]:
        with copied(self.process.database) as db:
            return db.execute(query).fetchall()

    def messages_go(self, wrong: Mapping[str, How]) -> list[Mishap]:
        """How the messages to those people or guilds go wrong."""
        return [self.loopback.mishap("POST", self.path(name), **how) for name, how in wrong.items()]

    def channel(self, name: str) -> Channel:
        """Where a person or a guild hears from us."""
        return self.people.get(name) or self.places[name].channel

    def path(self, name: str) -> str:
        """That channel's messages."""
        return f"/channels/{self.channel(name).id}/messages"

    def calendar(self, name: str) -> str:
        """A guild's events."""
        return f"/guilds/{self.places[name].guild.id}/scheduled-events"

    def answered(self, method: str, path: str) -> bool:
        """Whether such a request has been answered in this life."""
        sent = self.loopback.sent(method, path)
        return any(seen.status == 200 and seen.at > self.born for seen in sent)

    # What people see and do

    def reminders(self) -> dict[str, int]:
        """How many everybody has."""
        messages = self.world.messages
        return {
            name: sum("No more reminders" in labels_of(message) for message in messages(dm))
            for name, dm in self.people.items()
        }

    def lobbies(self) -> dict[str, int]:
        """How many there are in every guild."""
        return {
            name: sum("Join" in labels_of(message) for message in place.posts)
            for name, place in self.places.items()
        }

    def events(self) -> dict[str, int]:
        """How many every guild has on its calendar."""
        return {name: len(place.guild.events) for name, place in self.places.items()}

    async def call_off(self, name: str) -> None:
        """Choose the night of that guild, and call it off."""
        place, command = self.places[name], "quiz cancel"
        typing = await place.act.autocomplete("owner", place.channel, command, "night", "")
        (night,) = (await typing.reply(WITHIN)).choices or []
        said = await place.slash("owner", command, night=night["value"])
        assert "Called off" in said.text

    async def knows_its_event(self, name: str) -> None:
        """Ask the bot until it does."""
        place = self.places[name]
        await self.until(lambda: place.guild.events)
        while "[event](" not in (await place.slash("owner", "quiz nights")).text:
            assert self.process.running


@asynccontextmanager
async def evening(
    folder: Path, people: Sequence[str], guilds: Sequence[str]
) -> AsyncIterator[Evening]:
    """Everybody wants to be reminded now, and every guild has a night tomorrow."""
    world = World()
    for name in ("owner", *people):
        world.add_user(name)
    for name in guilds:
        world.add_channel(world.add_guild(name), "study")
    async with Loopback(world) as loopback:
        made = Evening(loopback, Process(folder, loopback.env), people, guilds)
        await made.write(lambda tx: _wished(tx, made))
        yield made
    assert world.faults == []
    assert not made.process.traceback


async def _wished(tx: Any, here: Evening) -> None:
    """The rows of what people have asked for."""
    now = datetime.now(UTC)
    at = now.replace(second=0, microsecond=0)
    for dm in here.people.values():
        assert dm.recipient
        user_id = int(dm.recipient.id)
        await tx.reminders.save(Reminder(user_id, at.hour * 60 + at.minute, next_at=at))
        await tx.sql.run(
            "INSERT INTO card VALUES (?, 'alerts-500', 1.0, 5.0, ?, ?, 1, 0)",
            (user_id, stamp(at), stamp(at - timedelta(days=1))),
        )
    for place in here.places.values():
        night = planned(
            int(here.world.clock.snowflake()), int(place.guild.id), int(place.channel.id),
            int(place.guild.owner_id), Terms(rounds=1),
            day=now.date() + timedelta(days=1), minute=12 * 60, zone_name="UTC", weekly=False,
            now=now,
        )  # fmt: skip
        await tx.nights.save(night)
