"""One address for the whole group: our list of rooms and people around simcord's previews."""

import html
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import aiohttp
import simcord
from aiohttp import web
from simcord.preview import Preview

PEOPLE = {"ada": "Ada, runs the group", "bob": "Bob", "chen": "Chen"}

_ASSETS = files("bot.play") / "assets"
_BEFORE_THE_PAGE = '<div id="preview-shell"'
_IN_THE_HEAD = '<link rel="stylesheet" href="/rooms.css"><script src="/rooms.js"></script></head>'
_NOT_PASSED_ON = frozenset(
    ("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding")
)
_SENT = ("X-Simcord-Context", "Content-Type")
_LARGEST_UPLOAD = 26 * 1024 * 1024


@dataclass(frozen=True)
class Door:
    """One channel as one person sees it: what `#room/person` in the address opens."""

    label: str
    preview: Preview
    channel: simcord.ChannelHandle
    viewer: simcord.MemberActor | simcord.UserHandle

    @property
    def newest(self) -> int | None:
        """The last message that this person can see: 0 if none, None where the channel is gone."""
        try:
            history = self.channel.history(viewer=self.viewer)
        except simcord.SetupError:
            return None
        return history[-1].id if history else 0


Doors = Mapping[str, Door]
Acting = Callable[[Preview, str, dict[str, Any]], AbstractAsyncContextManager[None]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Front:
    """The web server: one port, on which the address says the room and the person.

    simcord's page sends what stands behind the `#` as its secret with every request. We put the
    name of a door there, so that addresses can be remembered, and answer for the world's safety
    ourselves: only this machine, only pages from here.
    """

    def __init__(self, doors: Doors, acting: Acting, world: str) -> None:
        self._doors = doors
        self._acting = acting
        self._world = world
        self._ours: frozenset[str] = frozenset()
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def open(self, port: int) -> AsyncIterator[str]:
        """Serve on this loopback port (0: any free one) and yield the address."""
        runner = web.AppRunner(self._app(), access_log=None)
        await runner.setup()
        try:
            await self._listen(runner, port)
            actual = runner.addresses[0][1]
            self._ours = frozenset((f"127.0.0.1:{actual}", f"localhost:{actual}"))
            async with aiohttp.ClientSession() as self._session:
                yield f"http://127.0.0.1:{actual}/"
        finally:
            await runner.cleanup()

    @staticmethod
    async def _listen(runner: web.AppRunner, port: int) -> None:
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError as error:
            raise SystemExit(f"Port {port} is taken. Choose another one with --port.") from error

    def _app(self) -> web.Application:
        app = web.Application(
            client_max_size=_LARGEST_UPLOAD, middlewares=[self._only_pages_from_here]
        )
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/favicon.ico", _nothing),
                web.get("/rooms.js", _asset("rooms.js", "text/javascript")),
                web.get("/rooms.css", _asset("rooms.css", "text/css")),
                web.get("/rooms.json", self._newest),
                web.post("/api/pages", self._open_page),
                web.post("/api/action", self._action),
                web.route("*", "/api/{rest:.*}", self._read),
                web.get("/{file:.*}", self._file),
            ]
        )
        return app

    @web.middleware
    async def _only_pages_from_here(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Refuse pages of other sites and foreign names for this machine."""
        origin = request.headers.get("Origin", request.host).removeprefix("http://")
        if not {request.host, origin} <= self._ours:
            raise web.HTTPForbidden
        return await handler(request)

    async def _index(self, request: web.Request) -> web.Response:
        """simcord's page with our list of rooms beside it."""
        page = await self._file(request)
        text = (page.text or "").replace("<title>SimCord Preview", "<title>Loopmate, playing")
        text = text.replace("</head>", _IN_THE_HEAD)
        page.text = text.replace(_BEFORE_THE_PAGE, _list(self._rooms()) + _BEFORE_THE_PAGE)
        return page

    async def _file(self, request: web.Request) -> web.Response:
        """A file of simcord's page: the same for every door."""
        return await self._pass_on(request, next(iter(self._doors.values())).preview)

    async def _newest(self, _: web.Request) -> web.Response:
        """Which world this is, its rooms, and the newest message behind each door."""
        newest = {name: str(door.newest) for name, door in self._open_doors()}
        return web.json_response({"world": self._world, "rooms": self._rooms(), "newest": newest})

    def _open_doors(self) -> list[tuple[str, Door]]:
        """The doors that still lead somewhere."""
        return [(name, door) for name, door in self._doors.items() if door.newest is not None]

    def _rooms(self) -> dict[str, str]:
        """The rooms that there are by now; a thread is one more."""
        rooms = {name.partition("/")[0]: door.label for name, door in self._open_doors()}
        return dict(sorted(rooms.items(), key=lambda room: room[0] == "messages"))

    async def _open_page(self, request: web.Request) -> web.Response:
        """Open the channel as the person in the address."""
        door = self._door(request)
        viewer = json.dumps({"viewer_id": str(door.viewer.id)})
        return await self._pass_on(request, door.preview, viewer.encode())

    async def _read(self, request: web.Request) -> web.Response:
        """A look at one channel."""
        return await self._pass_on(request, self._door(request).preview)

    async def _action(self, request: web.Request) -> web.Response:
        """A click, a command, a message: one at a time, on the page as it is now."""
        preview, body = self._door(request).preview, await request.read()
        page_id = request.headers.get("X-Simcord-Context", "")
        uploads = request.content_type != "application/json"
        action = {} if uploads else json.loads(body)
        async with self._acting(preview, page_id, action):
            return await self._pass_on(
                request, preview, body if uploads else json.dumps(action).encode()
            )

    def _door(self, request: web.Request) -> Door:
        """The door whose name the page sends where simcord expects its secret."""
        try:
            return self._doors[request.headers["X-Simcord-Capability"]]
        except KeyError:
            raise web.HTTPUnauthorized from None

    async def _pass_on(
        self, request: web.Request, preview: Preview, body: bytes | None = None
    ) -> web.Response:
        """Ask a preview the same thing, with its own secret."""
        address, _, secret = preview.url.partition("/#")
        sent = {"X-Simcord-Capability": secret}
        sent |= {k: request.headers[k] for k in _SENT if k in request.headers}
        async with self._session.request(
            request.method, address + request.path_qs, data=body, headers=sent
        ) as answer:
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in _NOT_PASSED_ON}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


async def _nothing(_: web.Request) -> web.Response:
    return web.Response(status=204)


def _asset(name: str, content_type: str) -> Handler:
    async def serve(_: web.Request) -> web.Response:
        text = (_ASSETS / name).read_text("utf-8")
        fresh = {"Cache-Control": "no-store"}
        return web.Response(text=text, content_type=content_type, headers=fresh)

    return serve


def _list(rooms: Mapping[str, str]) -> str:
    """The list beside the page: where one can go and as whom."""
    places = "".join(_link("room", slug, label) for slug, label in rooms.items())
    people = "".join(_link("person", slug, label) for slug, label in PEOPLE.items())
    frame = (_ASSETS / "rooms.html").read_text("utf-8")
    return frame.replace("<!-- rooms -->", places).replace("<!-- people -->", people)


def _link(kind: str, slug: str, label: str) -> str:
    return f'<li><a data-{kind}="{slug}" href="#">{html.escape(label)}</a></li>'
