"""The control API: the same actions over HTTP, for a loopback that is its own process."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .exchange import described
from .model import Json

if TYPE_CHECKING:
    from .server import Loopback

SETTINGS = {"nonce_window", "ack_window", "token_life", "privileged_intents", "heartbeat_ms"}


def add_control(app: web.Application, loopback: Loopback) -> None:
    """POST /_control/{verb} with {"args": [...], "options": {...}} does what the verb says."""
    verbs = Verbs(loopback)

    async def control(request: web.Request) -> web.Response:
        asked = await request.json() if request.can_read_body else {}
        try:
            verb = verbs.find(request.match_info["verb"])
            result = verb(*asked.get("args", []), **asked.get("options", {}))
            if hasattr(result, "__await__"):
                result = await result
        except Exception as error:  # a test's mistake, told to the test
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response({"result": described(result)})

    app.router.add_route("*", "/_control/{verb}", control)


class Verbs:
    """What may be asked: every user action, and these."""

    def __init__(self, loopback: Loopback) -> None:
        self._loopback = loopback

    def find(self, name: str) -> Callable[..., Any]:
        """The function behind a verb."""
        if name.startswith("_") or name in ("find", "exchange"):
            raise LookupError(f"no verb {name!r}")
        for holder in (self, self._loopback.act, self._loopback.gateway):
            found: Callable[..., Any] | None = getattr(holder, name, None)
            if callable(found):
                return found
        raise LookupError(f"no verb {name!r}")

    async def reply(self, exchange_id: str, within: float = 5.0) -> Any:
        """Waits until there is something to see."""
        return await self._loopback.act.exchange(exchange_id).reply(within)

    async def acked(self, exchange_id: str, within: float = 5.0) -> Any:
        """Waits for the first answer of any kind."""
        return await self._loopback.act.exchange(exchange_id).acked(within)

    async def crowd(self, clicks: list[tuple[str, str, str]], within: float = 1.0) -> list[str]:
        """Everybody presses (who, message, target), spread evenly; returns the exchanges' ids."""
        act, loop = self._loopback.act, asyncio.get_running_loop()
        start = loop.time()
        pressed: list[str] = []
        for number, (who, message, target) in enumerate(clicks):
            await asyncio.sleep(start + within * number / len(clicks) - loop.time())
            pressed.append((await act.click(who, message, target)).id)
        return pressed

    async def answers(self, exchanges: list[str], within: float = 5.0) -> list[Json]:
        """How each was first answered, and after how long; nothing where it was not."""
        found = {e.id: e for e in self._loopback.world.exchanges.values()}
        asked = [found[exchange_id] for exchange_id in exchanges]
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                for exchange in asked:
                    await exchange.moved.until(lambda e=exchange: e.ack is not None, within)
        return [
            {"ack_ms": e.ack_ms, "kind": e.kind, "text": e.text, "errors": e.errors} for e in asked
        ]

    def mishap(self, method: str, path: str, **how: Any) -> Any:
        """Lets matching requests go wrong."""
        return dataclasses.asdict(self._loopback.mishap(method, path, **how))

    def calm(self) -> None:
        """Ends all mishaps."""
        self._loopback.world.mishaps.clear()

    def configure(self, **settings: Any) -> None:
        """Sets windows and lives; `global_limit` and `buckets` set rate limits."""
        for name, value in settings.items():
            if name in ("global_limit", "buckets"):
                setattr(self._loopback.limiter, name, value)
            elif name in SETTINGS:
                setattr(self._loopback.world, name, value)
            else:
                raise LookupError(f"no setting {name!r}")

    def advance(self, seconds: float) -> float:
        """Moves the world's clock and returns its shift."""
        self._loopback.world.clock.shift += seconds
        return self._loopback.world.clock.shift

    def messages(self, channel: str) -> Any:
        """What everybody sees in a channel."""
        return self._loopback.world.messages(channel)

    def events(self, guild: str) -> Any:
        """What stands on a guild's calendar."""
        found = self._loopback.world.guild(guild).events.values()
        return [event for event in found if event.is_open]

    def requests(self, method: str = "*", path: str = "*") -> Any:
        """The requests seen so far."""
        return [dataclasses.asdict(seen) for seen in self._loopback.sent(method, path)]

    async def seen(self, method: str, path: str, count: int = 1, within: float = 5.0) -> Any:
        """Waits until so many matching requests have arrived."""
        sent = self._loopback.sent
        await self._loopback.world.until(lambda: len(sent(method, path)) >= count, within)
        return self.requests(method, path)

    async def online(self, count: int = 1, within: float = 10.0) -> int:
        """Waits until so many gateway sessions are connected."""
        gateway = self._loopback.gateway
        await self._loopback.world.until(lambda: len(gateway.live) >= count, within)
        return len(gateway.live)

    async def offline(self, within: float = 10.0) -> None:
        """Waits until no gateway session is connected."""
        await self._loopback.world.until(lambda: not self._loopback.gateway.live, within)

    def faults(self) -> list[str]:
        """What the bot sent that Discord would not take."""
        return self._loopback.world.faults

    def world(self) -> Any:
        """Who and what there is, by id."""
        world = self._loopback.world
        return {
            "bot": world.bot.id,
            "token": world.token,
            "users": {user.name: user.id for user in world.users.values()},
            "guilds": {guild.id: guild.name for guild in world.guilds.values()},
            "channels": {
                channel.id: {"name": channel.name, "guild_id": channel.guild_id}
                for channel in world.channels.values()
            },
            "commands": world.commands,
            "identified": self._loopback.gateway.identified,
            "resumed": self._loopback.gateway.resumed,
            "global_hits": self._loopback.limiter.global_hits,
        }
