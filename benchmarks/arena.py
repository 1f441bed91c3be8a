"""A bot, a Discord and many people: what the benchmarks of games have in common."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, closing
from pathlib import Path
from typing import Any

from benchmarks.press import cpu_seconds
from tests.wire.loopback import Remote
from tests.wire.process import BOT, ROOT, Process


class Arena(AbstractAsyncContextManager["Arena"]):
    """One bot with the questions that come along, and a Discord that takes bodies as they come."""

    def __init__(
        self, folder: Path, *, guilds: int = 1, people: int, command: Sequence[str] = BOT
    ) -> None:
        self.folder, self._command = folder, command
        self._seeded = ("--guilds", str(guilds), "--people", str(people), "--unchecked")
        folder.mkdir()

    async def __aenter__(self) -> "Arena":
        async with AsyncExitStack() as stack:
            self.discord = await stack.enter_async_context(Remote(*self._seeded))
            self.process = Process(self.folder, self.discord.env, command=self._command)
            self.process.env["LOOPMATE_QUESTIONS"] = str(ROOT / "questions")
            await stack.enter_async_context(self.process)
            await self.discord.online(1, 60)
            self.channels = list((await self.discord.world())["channels"])
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()
        if self.process.traceback:
            raise AssertionError(self.process.traceback)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the bot has committed."""
        read_only = f"file:{self.process.database}?mode=ro"
        with closing(sqlite3.connect(read_only, uri=True)) as db:
            return db.execute(query, values).fetchall()

    async def until(self, query: str, *values: object, within: float = 90) -> list[tuple[Any, ...]]:
        """Wait until the bot has committed something that the query finds."""
        async with asyncio.timeout(within):
            while not (found := self.rows(query, *values)):  # noqa: ASYNC110
                await asyncio.sleep(0.1)  # another process's database rings no bell
        return found

    @property
    def cpu(self) -> float:
        """CPU seconds of the bot so far."""
        return cpu_seconds(self.process.pid)


def wall_clock(monotonic: float) -> float:
    """The time of day of an instant on the monotonic clock, which processes share."""
    return monotonic + time.time() - time.monotonic()


def quantiles(seconds: Iterable[float]) -> str:
    """Median, 99th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return "nothing to measure"
    p50, p99 = (ordered[int(q * (len(ordered) - 1) + 0.5)] for q in (0.5, 0.99))
    told = ", ".join(
        f"{name} {1000 * value:.0f} ms"
        for name, value in (("p50", p50), ("p99", p99), ("max", ordered[-1]))
    )
    return f"{told} ({len(ordered)})"


def p99(seconds: Iterable[float]) -> float:
    """The 99th percentile."""
    ordered = sorted(seconds)
    return ordered[int(0.99 * (len(ordered) - 1) + 0.5)]


def load() -> str:
    """How busy the machine is, for whoever reads the figures."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def text_blocks(node: object) -> Iterator[str]:
    """Every text in a request's body."""
    if isinstance(node, dict):
        if isinstance(node.get("content"), str):
            yield node["content"]
        for value in node.values():
            yield from text_blocks(value)
    elif isinstance(node, list):
        for value in node:
            yield from text_blocks(value)
