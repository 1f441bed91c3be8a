"""A visit to a running `loopmate play` without a browser: the requests that its page makes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.clock import Clock
from bot.play import play
from bot.play.world import Seed, World


async def eventually(probe: Callable[[], Awaitable[str | None]]) -> str:
    """Ask again, as the page does, until there is something."""
    async with asyncio.timeout(20):
        while not (found := await probe()):  # noqa: ASYNC110 - the page polls too
            await asyncio.sleep(0.05)
    return found


class Tab:
    """One open tab, on one channel as one person."""

    def __init__(self, session: aiohttp.ClientSession, door: str) -> None:
        self._session = session
        self._headers = {"X-Simcord-Capability": door}
        self._sequence = 0
        self.page: dict[str, Any] = {}

    async def open(self) -> "Tab":
        self.page = await self._send("POST", "/api/pages", json={})
        self._headers["X-Simcord-Context"] = self.page["context"]["id"]
        return self

    async def look(self) -> str:
        """Everything that this person can read here now."""
        self.page = await self._send("GET", "/api/state")
        return json.dumps(self.page["messages"], ensure_ascii=False)

    async def until(self, text: str) -> str:
        """Wait until this can be read."""

        async def seen() -> str | None:
            page = await self.look()
            return page if text in page else None

        return await eventually(seen)

    async def click(self, label: str) -> dict[str, Any]:
        message, control = next(
            (message, control)
            for message, content in self.page["messages"].items()
            for control in controls(content["components"])
            if control.get("label") == label
        )
        return await self.act("click", target_id=message, control_key=control["control_key"])

    async def submit(self, **values: Any) -> dict[str, Any]:
        """Fill the open dialog in and send it."""
        await self.look()
        handle = self.page["modal"]["handle"]
        return await self.act("modal_submit", modal_handle=handle, values=values)

    async def slash(self, name: str, **options: Any) -> dict[str, Any]:
        entry = await self._entry(name)
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options=options,
        )

    async def candidates(self, name: str, option: str) -> dict[str, Any]:
        """What the picker of an option offers."""
        entry = await self._entry(name)
        key = f"command:{entry['commandId']}:{'.'.join(entry['path'])}:option:{option}"
        return await self.act("browse_candidates", control_key=key, query="")

    async def act(self, kind: str, **what: Any) -> dict[str, Any]:
        self._sequence += 1
        action = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"r{self._sequence}",
            "generation": self.page["context"]["generation"],
            "bot_generation": self.page["botGeneration"],
            "published_revision": self.page["publishedRevision"],
            "kind": kind,
        }
        return await self._send("POST", "/api/action", json=action | what)

    async def _entry(self, name: str) -> dict[str, Any]:
        catalog = await self._send("GET", "/api/commands")
        entries: list[dict[str, Any]] = catalog["entries"]
        return next(entry for entry in entries if entry["path"] == name.split())

    async def _send(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        async with self._session.request(method, path, headers=self._headers, **body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())


def controls(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component of a message, however deep its layout."""
    for component in components:
        yield component
        yield from controls(component.get("components", []))


@dataclass(frozen=True)
class Visit:
    """A running `loopmate play`, and who looks at it."""

    session: aiohttp.ClientSession
    bot: discord.Client
    world: World

    async def tab(self, door: str) -> Tab:
        return await Tab(self.session, door).open()

    async def rooms(self) -> list[str]:
        async with self.session.get("/rooms.json") as answer:
            return list((await answer.json())["rooms"])


@asynccontextmanager
async def playing(make_bot: Callable[[Clock], discord.Client], seed: Seed) -> AsyncIterator[Visit]:
    """Play with this bot on any free port, and end cleanly."""
    bots: list[discord.Client] = []
    worlds: list[World] = []
    said: asyncio.Queue[str] = asyncio.Queue()

    def make(clock: Clock) -> discord.Client:
        bots.append(make_bot(clock))
        return bots[0]

    async def grow(world: World) -> None:
        worlds.append(world)
        await seed(world)

    running = play(make, port=0, open_browser=False, announce=said.put_nowait, seed=grow)
    task = asyncio.create_task(running)
    words = await asyncio.wait_for(said.get(), 30)
    url = next(word for word in words.split() if word.startswith("http"))
    async with aiohttp.ClientSession(url) as session:
        yield Visit(session, bots[0], worlds[0])
    task.cancel()
    await task
    assert bots[0].is_closed()
