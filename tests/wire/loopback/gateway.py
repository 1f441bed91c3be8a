"""The gateway: sessions that outlive their sockets, and the sockets themselves."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from .model import Guild, Json

if TYPE_CHECKING:
    from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT = 0, 1, 2, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11

GUILDS, MEMBERS, MESSAGES, DM_MESSAGES, CONTENT = 1, 1 << 1, 1 << 9, 1 << 12, 1 << 15
EVENTS = 1 << 16
PRIVILEGED = MEMBERS | 1 << 8 | CONTENT


@dataclass
class Session:
    """A client's place in the stream of events; it may be without a socket for a while."""

    id: str
    intents: int
    shard: tuple[int, int]
    seq: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=10_000))
    socket: Socket | None = None

    def dispatch(self, event: str, data: Any) -> None:
        """Numbers an event, keeps it for a resume, and sends it when there is a socket."""
        self.seq += 1
        frame = json.dumps({"op": DISPATCH, "t": event, "s": self.seq, "d": data})
        self.sent.append((self.seq, frame))
        if self.socket is not None:
            self.socket.send(frame)

    def has(self, guild_id: str | None) -> bool:
        """Whether a guild (or, for None, direct messages) belongs to this shard."""
        index, count = self.shard
        return (int(guild_id) >> 22) % count == index if guild_id else index == 0


class Socket:
    """One websocket; frames leave in the order they were given, compressed if asked."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request, *, compress: bool) -> None:
        self.ws = ws
        self._transport = request.transport
        self._deflate = zlib.compressobj() if compress else None
        self._frames: asyncio.Queue[str | int] = asyncio.Queue()

    def send(self, frame: str | Json) -> None:
        """Queues a frame."""
        self._frames.put_nowait(frame if isinstance(frame, str) else json.dumps(frame))

    def close(self, code: int) -> None:
        """Queues the end."""
        self._frames.put_nowait(code)

    def reset(self) -> None:
        """Breaks the connection off without a close frame."""
        if self._transport is not None:
            handle: socket.socket = self._transport.get_extra_info("socket")
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()

    async def write(self) -> None:
        """Sends what is queued until the end comes."""
        while True:
            frame = await self._frames.get()
            try:
                if isinstance(frame, int):
                    await self.ws.close(code=frame)
                    return
                if self._deflate is None:
                    await self.ws.send_str(frame)
                else:
                    data = self._deflate.compress(frame.encode())
                    await self.ws.send_bytes(data + self._deflate.flush(zlib.Z_SYNC_FLUSH))
            except ConnectionError:
                return


class Gateway:
    """Accepts sockets, keeps sessions, and hands the world's events to them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = 0
        world.events = self.emit

    @property
    def live(self) -> list[Session]:
        """The sessions that have a socket now."""
        return [session for session in self.sessions.values() if session.socket is not None]

    # What tests do to it

    def reconnect(self) -> None:
        """Asks every client to reconnect and resume (op 7)."""
        self._to_all({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tells every client that its session is no longer good (op 9)."""
        self._to_all({"op": INVALID_SESSION, "d": resumable})
        if not resumable:
            self.sessions.clear()

    def drop(self, code: int = 4000) -> None:
        """Closes every socket with this code; sessions remain."""
        for session in self.live:
            assert session.socket
            session.socket.close(code)
            session.socket = None

    def reset(self) -> None:
        """Breaks every socket off; sessions remain."""
        for session in self.live:
            assert session.socket
            session.socket.reset()
            session.socket = None

    def _to_all(self, frame: Json) -> None:
        for session in self.live:
            assert session.socket
            session.socket.send(frame)

    # Events

    def emit(self, event: str, data: Json, guild_id: str | None) -> None:
        """Sends an event to the sessions whose intents and shard ask for it."""
        for session in self.sessions.values():
            if session.has(guild_id) and _wants(session.intents, event, guild_id):
                session.dispatch(event, self._readable(session, event, data))

    def _readable(self, session: Session, event: str, data: Json) -> Json:
        """Other people's words are blank without the message-content intent."""
        own = (data.get("author") or {}).get("id") == self.world.bot.id
        told = own or any(u["id"] == self.world.bot.id for u in data.get("mentions") or [])
        if (
            event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE")
            or session.intents & CONTENT
            or told
            or not data.get("guild_id")
        ):
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}

    # The protocol

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        """Serves one websocket until it closes."""
        ws = web.WebSocketResponse(max_msg_size=0, autoping=True, timeout=1.0)
        await ws.prepare(request)
        compression = request.query.get("compress")
        if compression not in (None, "zlib-stream"):
            # discord.py asks for zstd-stream when it finds zstandard, or runs on Python 3.14.
            self.world.faults.append(f"gateway: the loopback cannot speak {compression}")
            await ws.close(code=4002)
            return ws
        connection = Socket(ws, request, compress=compression is not None)
        writer = asyncio.create_task(connection.write())
        connection.send({"op": HELLO, "d": {"heartbeat_interval": self.world.heartbeat_ms}})
        session: Session | None = None
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    session = self._receive(connection, session, json.loads(message.data))
        finally:
            if session is not None and session.socket is connection:
                session.socket = None
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self.world.changed.fire()
        return ws

    def _receive(self, connection: Socket, session: Session | None, frame: Json) -> Session | None:
        op: int = frame["op"]
        data: Any = frame.get("d")
        if op == HEARTBEAT:
            connection.send({"op": HEARTBEAT_ACK})
        elif op in (IDENTIFY, RESUME) and data["token"] != self.world.token:
            connection.close(4004)
        elif op == IDENTIFY:
            session = self._identify(connection, data)
        elif op == RESUME:
            session = self._resume(connection, data)
        elif op == REQUEST_MEMBERS and session is not None:
            self._members(session, data)
        self.world.changed.fire()
        return session

    def _identify(self, connection: Socket, data: Json) -> Session | None:
        intents = int(data["intents"])
        if intents & PRIVILEGED & ~self.world.privileged_intents:
            connection.close(4014)
            return None
        shard = data.get("shard") or (0, 1)
        for old in [s for s in self.sessions.values() if s.socket is None]:
            if old.shard == tuple(shard):
                del self.sessions[old.id]
        session = Session(self.world.clock.snowflake(), intents, (shard[0], shard[1]))
        session.socket = connection
        self.sessions[session.id] = session
        self.identified += 1
        self._greet(session)
        return session

    def _greet(self, session: Session) -> None:
        world = self.world
        guilds = [guild for guild in world.guilds.values() if session.has(guild.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": world.bot.json() | {"verified": True, "mfa_enabled": True},
                "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": world.gateway_url,
                "shard": list(session.shard),
                "application": {"id": world.bot.id, "flags": 0},
                "private_channels": [],
                "_trace": ["loopback"],
            },
        )
        if session.intents & GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", self.guild_create(guild, session))

    def guild_create(self, guild: Guild, session: Session) -> Json:
        """A guild for this session: all its members only with the members intent."""
        every = session.intents & MEMBERS
        ids = guild.members if every else [self.world.bot.id]
        return guild.create_json([guild.members[user_id] for user_id in ids])

    def _resume(self, connection: Socket, data: Json) -> Session | None:
        session = self.sessions.get(data["session_id"])
        seq = data["seq"] or 0
        if session is None or seq > session.seq:
            connection.send({"op": INVALID_SESSION, "d": False})
            return None
        for number, frame in session.sent:
            if number > seq:
                connection.send(frame)
        session.socket = connection
        session.dispatch("RESUMED", {"_trace": ["loopback"]})
        self.resumed += 1
        return session

    def _members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds[str(data["guild_id"])]
        wanted = {str(user_id) for user_id in data.get("user_ids") or []}
        query = str(data.get("query") or "").lower()
        found = [
            member.json()
            for user_id, member in guild.members.items()
            if (user_id in wanted if wanted else member.user.name.startswith(query))
        ]
        chunk = {
            "guild_id": guild.id,
            "members": found[: data.get("limit") or None],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": sorted(wanted - set(guild.members)),
        }
        nonce = {"nonce": data["nonce"]} if data.get("nonce") else {}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | nonce)


def _wants(intents: int, event: str, guild_id: str | None) -> bool:
    if event == "INTERACTION_CREATE":
        return True
    if event.startswith("MESSAGE_"):
        return bool(intents & (MESSAGES if guild_id else DM_MESSAGES))
    if event.startswith("GUILD_SCHEDULED_EVENT_"):
        return bool(intents & EVENTS)
    if event.startswith("GUILD_MEMBER_"):
        return bool(intents & MEMBERS)
    return bool(intents & GUILDS)
