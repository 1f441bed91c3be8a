"""The loopback Discord: one aiohttp server for REST, gateway, files and control."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import AbstractAsyncContextManager
from typing import Any

from aiohttp import BodyPartReader, web

from . import (
    rest_application,  # noqa: F401  (importing registers the routes)
    rest_channels,  # noqa: F401
    rest_events,  # noqa: F401
    rest_interactions,  # noqa: F401
)
from .actions import Actions
from .answers import answer
from .control import add_control
from .errors import ApiError, invalid_body, unauthorized
from .gateway import Gateway
from .limiter import Limiter
from .messages import Upload
from .mishaps import Cut, Mishap, cut, take
from .openapi import Validator, shared
from .routing import ROUTES, Call, Handler
from .world import Seen, World

log = logging.getLogger(__name__)
API = "/api/v10"


class Loopback(AbstractAsyncContextManager["Loopback"]):
    """A Discord of one's own, on 127.0.0.1, for as long as the `async with` lasts."""

    def __init__(
        self, world: World | None = None, *, port: int = 0, validator: Validator | None = None
    ) -> None:
        self.world = world or World().seed()
        self.port = port
        self.validator = validator or shared()
        self.gateway = Gateway(self.world)
        self.limiter = Limiter()
        self.act = Actions(self.world, self.gateway)
        self._runner: web.AppRunner | None = None

    @property
    def api(self) -> str:
        """For Route.BASE and LOOPMATE_DISCORD_API."""
        return f"{self.world.base_url}{API}"

    @property
    def env(self) -> dict[str, str]:
        """The environment of a bot that shall talk to this loopback."""
        return {
            "DISCORD_TOKEN": self.world.token,
            "LOOPMATE_DISCORD_API": self.api,
            "LOOPMATE_DISCORD_GATEWAY": self.world.gateway_url,
        }

    async def __aenter__(self) -> Loopback:
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_get("/", self.gateway.accept)
        app.router.add_get("/attachments/{tail:.+}", self._file)
        add_control(app, self)
        for method, path, handler in ROUTES:
            app.router.add_route(method, API + path, self._serve(method, path, handler))
        app.router.add_route("*", API + "/{tail:.*}", self._unknown)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.base_url = f"http://127.0.0.1:{self.port}"
        self.world.gateway_url = f"ws://127.0.0.1:{self.port}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.gateway.drop(1001)
        assert self._runner
        await self._runner.cleanup()

    def mishap(
        self,
        method: str = "*",
        path: str = "*",
        *,
        times: int | None = 1,
        status: int | None = None,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        delay: float = 0.0,
        cut: Cut = "",
    ) -> Mishap:
        """Lets the next matching requests go wrong; returns the mishap, to look at or remove."""
        made = Mishap(method, path, times, status, body, headers or {}, delay, cut)
        self.world.mishaps.append(made)
        return made

    def sent(self, method: str, path: str) -> list[Seen]:
        """The requests seen so far for a method and a path glob."""
        probe = Mishap(method, path, None)
        return [seen for seen in self.world.requests if probe.matches(seen.method, seen.path)]

    # Serving

    def _serve(self, method: str, path: str, handler: Handler) -> Any:
        route = f"{method} {path}"

        async def serve(request: web.Request) -> web.StreamResponse:
            body, files = await _decode(request)
            seen = Seen(method, request.path.removeprefix(API), body)
            self.world.requests.append(seen)
            self.world.changed.fire()
            mishap = take(self.world.mishaps, method, seen.path) or Mishap(times=0)
            try:
                return await self._through(request, route, handler, seen, files, mishap)
            except Exception as error:
                self.world.faults.append(f"{method} {seen.path}: {error!r} in the loopback")
                raise
            finally:
                self.world.changed.fire()

        return serve

    async def _through(
        self,
        request: web.Request,
        route: str,
        handler: Handler,
        seen: Seen,
        files: list[Upload],
        mishap: Mishap,
    ) -> web.StreamResponse:
        if mishap.delay:
            await asyncio.sleep(mishap.delay)
        if mishap.cut.endswith("_before"):
            return await cut(request, mishap.cut)
        response = mishap.response() if mishap.status else self.limiter.refusal(route)
        response = response or self._handle(request, route, handler, seen, files)
        seen.status = response.status
        if mishap.cut:
            seen.status = 0
            return await cut(request, mishap.cut)
        return response

    def _handle(
        self,
        request: web.Request,
        route: str,
        handler: Handler,
        seen: Seen,
        files: list[Upload],
    ) -> web.Response:
        """Authorises, validates and does what is asked, all without a pause in between."""
        ids = dict(request.match_info)
        major = ids.get("token") or ids.get("channel") or ids.get("guild") or ""
        headers, room = self.limiter.headers(route, major)
        if not room:
            left = float(headers["X-RateLimit-Reset-After"])
            body = {"message": "You are being rate limited.", "retry_after": left, "global": False}
            scope = {"X-RateLimit-Scope": "user"}
            return Mishap(status=429, body=body, headers=headers | scope).response()
        try:
            if "{token}" not in route and request.headers.get("Authorization") != (
                f"Bot {self.world.token}"
            ):
                raise unauthorized()
            self._validate(seen)
            result = handler(Call(self.world, ids, dict(request.query), seen.body, files))
        except ApiError as error:
            exchange = self.world.exchanges.get(ids.get("token", ""))
            if exchange is not None:
                exchange.errors.append(error.body)
            return answer(error.body, status=error.status, headers=headers)
        if result is None:
            return web.Response(status=204, headers=headers)
        return answer(result, headers=headers)

    def _validate(self, seen: Seen) -> None:
        problems = self.validator.problems(seen.method, seen.path, seen.body)
        if problems:
            self.world.faults += self.validator.validate(seen.method, seen.path, seen.body)
            raise invalid_body(problems)

    async def _unknown(self, request: web.Request) -> web.Response:
        fault = f"{request.method} {request.path}: the loopback does not know this route"
        log.error(fault)
        self.world.faults.append(fault)
        return answer({"message": "404: Not Found", "code": 0}, status=404)

    async def _file(self, request: web.Request) -> web.Response:
        content = self.world.files.get(request.path)
        return web.Response(status=404) if content is None else web.Response(body=content)


async def _decode(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON of a request and its files, from a plain or a multipart body."""
    if not request.can_read_body:
        return None, []
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return json.loads(raw) if raw else None, []
    body: Any = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append(Upload(part.name or "", part.filename or "file", content))
    return body, files
