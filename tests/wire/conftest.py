"""A bot in its own process, and a place of its own in the loopback Discord for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.wire.loopback import Exchange, Loopback, World
from tests.wire.loopback.model import Guild, Json
from tests.wire.loopback.world import Seen
from tests.wire.process import Process

WITHIN = 20.0
"""Generous: how long anything may take on a busy machine."""
HASTE = {"LOOPMATE_LEASE_SECONDS": "1"}
GOOD = "I would look at precision among the 500 alerts that the team can review."


class Place:
    """One guild of the loopback, and what people do there."""

    def __init__(self, loopback: Loopback, process: Process, guild: Guild) -> None:
        self.loopback, self.process, self.guild = loopback, process, guild
        self.world = loopback.world
        self.act = loopback.act
        self.channel = next(c for c in guild.channels.values() if c.name == "study")
        self.path = f"/channels/{self.channel.id}/messages"

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that a request brings about; the log tells why it did not come."""
        try:
            await self.world.until(condition, WITHIN)
        except TimeoutError:
            raise AssertionError(f"not within {WITHIN} s:\n{self.process.log[-4000:]}") from None

    async def online(self) -> None:
        """Wait until the bot is connected."""
        await self.until(lambda: self.loopback.gateway.live)

    async def offline(self) -> None:
        """Wait until Discord knows that the bot is gone."""
        await self.until(lambda: not self.loopback.gateway.live)

    async def slash(self, user: str, command: str, **options: Any) -> Exchange:
        """Run a command and wait for its answer."""
        shown = await self.act.slash(user, self.channel, command, **options)
        return await shown.reply(WITHIN)

    async def set_up(self, **options: Any) -> Exchange:
        """Ask for a question a day."""
        given = {"channel": self.channel.id, "time": "09:00", "timezone": "UTC"} | options
        return await self.slash("admin", "setup daily", **given)

    async def post_now(self) -> Json:
        """Set it up, ask at once and wait for the post."""
        await self.set_up()
        before = len(self.posts)
        asked = await self.slash("admin", "setup post-now")
        assert "on its way" in asked.text, asked.text
        await self.until(lambda: len(self.posts) > before)
        return self.posts[-1]

    @property
    def posts(self) -> list[Json]:
        """What the bot has posted."""
        return self.world.messages(self.channel)

    def sent(self, method: str, path: str = "") -> list[Seen]:
        """Requests to this channel's messages."""
        return self.loopback.sent(method, self.path + path)

    async def click(self, user: str, message: Json, target: str) -> Exchange:
        """Press a button and wait for what comes."""
        pressed = await self.act.click(user, message, target)
        return await pressed.reply(WITHIN)

    async def submit(self, user: str, opened: Exchange, words: str = GOOD) -> Exchange:
        """Send an opened modal off and wait for the verdict."""
        handed_in = await self.act.submit_modal(user, opened, {"answer": words})
        return await handed_in.reply(WITHIN)

    async def answer(self, user: str, message: Json, words: str = GOOD) -> Exchange:
        """Answer a post in one's own words."""
        return await self.submit(user, await self.click(user, message, "Answer"), words)


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    """A Discord for one test; whatever the bot sent there was well-formed."""
    async with Loopback() as running:
        yield running
    assert running.world.faults == []


@pytest.fixture
def process(loopback: Loopback, tmp_path: Path) -> Process:
    """A bot for one test, not yet started."""
    return Process(tmp_path, loopback.env, HASTE)


@pytest.fixture
async def place(loopback: Loopback, process: Process) -> AsyncIterator[Place]:
    """That bot running, in that Discord's only guild."""
    async with process:
        place = Place(loopback, process, loopback.world.guild())
        await place.online()
        yield place
    assert "Traceback" not in process.log, process.log


# One bot for many tests: starting it costs three seconds, a guild of one's own costs nothing.

MANY = 30


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def everywhere(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Iterator[Place]]:
    """A bot in many guilds, handed out one by one."""
    async with (
        Loopback(World().seed(guilds=MANY)) as loopback,
        Process(tmp_path_factory.mktemp("bot"), loopback.env, HASTE) as process,
    ):
        guilds = list(loopback.world.guilds.values())
        places = (Place(loopback, process, guilds[n]) for n in count())
        await Place(loopback, process, guilds[0]).online()
        yield places
        assert await process.stop() == 0, process.log
    assert loopback.world.faults == []
    assert "Traceback" not in process.log, process.log
    assert loopback.world.token not in process.log


@pytest.fixture
def here(everywhere: Iterator[Place]) -> Place:
    """A guild that no other test has seen, with a bot that others use too."""
    return next(everywhere)
