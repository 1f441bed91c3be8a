"""The state behind the loopback: who and what exists, and what was asked of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from . import permissions
from .errors import refuse
from .exchange import Exchange
from .ids import Clock
from .mishaps import Mishap
from .model import DM, PUBLIC_THREAD, TEXT, Channel, Guild, Json, Member, Message, Role, User
from .waiting import Signal

T = TypeVar("T")
TOKEN = "loopback.token.not-a-secret"
PEOPLE = ("owner", "admin", "ann", "bob", "cleo")
BOT_PERMISSIONS = permissions.EVERYONE | permissions.bits(
    "manage_messages", "pin_messages", "mention_everyone", "manage_threads", "create_events"
)


@dataclass
class Seen:
    """One REST request as it arrived, and what was answered (0: nothing was)."""

    method: str
    path: str
    body: Any
    status: int = 0
    at: float = field(default_factory=time.monotonic)


class World:
    """Guilds, channels, people, messages and commands, plus everything the bot sent."""

    def __init__(self, *, token: str = TOKEN) -> None:
        self.clock = Clock()
        self.token = token
        self.base_url = self.gateway_url = ""
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.commands: dict[str, dict[str, Json]] = {}
        self.exchanges: dict[str, Exchange] = {}
        self.ephemeral: dict[str, Message] = {}
        self.nonces: dict[tuple[str, str], tuple[float, str, str]] = {}
        self.files: dict[str, bytes] = {}
        self.mishaps: list[Mishap] = []
        self.requests: deque[Seen] = deque(maxlen=20_000)
        self.faults: list[str] = []
        self.events: Callable[[str, Json, str | None], None] = lambda *_: None
        self.changed = Signal()
        self.nonce_window = 120.0
        self.ack_window = 3.0
        self.token_life = 900.0
        self.privileged_intents = 0
        self.heartbeat_ms = 41_250
        self.bot = self.add_user("loopmate", bot=True)

    # Seeding

    def seed(
        self,
        *,
        guilds: int = 1,
        channels: tuple[str, ...] = ("general", "study"),
        people: int = 0,
    ) -> World:
        """The usual world: these guilds, each with an owner, an admin, three members, and so many
        more who are called p1, p2, …"""
        for name in (*PEOPLE, *(f"p{number}" for number in range(1, people + 1))):
            self.add_user(name)
        for number in range(1, guilds + 1):
            guild = self.add_guild("Study Hall" if number == 1 else f"Study Hall {number}")
            admin = self.add_role(guild, "Admin", permissions.bits("administrator"))
            self.member(guild, "admin").roles.append(admin.id)
            for name in channels:
                self.add_channel(guild, name)
        return self

    def add_user(self, name: str, *, bot: bool = False) -> User:
        """A new account."""
        user = User(self.clock.snowflake(), name, bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, owner: str | User = "owner") -> Guild:
        """A new guild with everybody in it; the bot has a managed role."""
        guild = Guild(self.clock.snowflake(), name, self.user(owner).id, self.clock.iso())
        self.guilds[guild.id] = guild
        for user in self.users.values():
            guild.members[user.id] = Member(user, self.clock.iso())
        role = self.add_role(guild, self.bot.name, BOT_PERMISSIONS)
        role.bot_id = self.bot.id
        guild.members[self.bot.id].roles.append(role.id)
        return guild

    def add_role(self, guild: Guild, name: str, value: int = 0) -> Role:
        """A new role above the others."""
        role = Role(self.clock.snowflake(), name, value, len(guild.roles))
        guild.roles[role.id] = role
        return role

    def add_channel(self, guild: Guild, name: str) -> Channel:
        """A new text channel."""
        place = len(guild.channels)
        channel = Channel(self.clock.snowflake(), TEXT, name, guild.id, place)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def add_thread(self, parent: Channel, name: str, *, thread_id: str, minutes: int) -> Channel:
        """A new public thread of the bot."""
        assert parent.guild_id
        thread = Channel(
            thread_id,
            PUBLIC_THREAD,
            name,
            parent.guild_id,
            parent_id=parent.id,
            owner_id=self.bot.id,
            archive_minutes=minutes,
        )
        self.guilds[parent.guild_id].threads[thread.id] = self.channels[thread.id] = thread
        return thread

    # Looking things up: by the thing itself, by id, or (people, channels, guilds) by name

    def user(self, ref: User | str) -> User:
        """A user."""
        if isinstance(ref, User):
            return ref
        found = self.users.get(str(ref)) or _by_name(self.users, ref)
        if found is None:
            raise LookupError(f"no user {ref!r}; there are {[u.name for u in self.users.values()]}")
        return found

    def guild(self, ref: Guild | str | None = None) -> Guild:
        """A guild; the first one when not told which."""
        if isinstance(ref, Guild):
            return ref
        if ref is None:
            return next(iter(self.guilds.values()))
        found = self.guilds.get(str(ref)) or _by_name(self.guilds, ref)
        if found is None:
            raise LookupError(f"no guild {ref!r}")
        return found

    def channel(self, ref: Channel | str) -> Channel:
        """A channel, thread or direct-message channel; names find the oldest of that name."""
        if isinstance(ref, Channel):
            return ref
        found = self.channels.get(str(ref)) or _by_name(self.channels, ref)
        if found is None:
            raise LookupError(f"no channel {ref!r}")
        return found

    def message(self, ref: Message | Json | str) -> Message:
        """A message, wherever it is."""
        if isinstance(ref, Message):
            return ref
        wanted = str(ref["id"]) if isinstance(ref, dict) else str(ref)
        for channel in self.channels.values():
            if wanted in channel.messages:
                return channel.messages[wanted]
        if wanted in self.ephemeral:
            return self.ephemeral[wanted]
        raise LookupError(f"no message {wanted}")

    def member(self, guild: Guild, user: User | str) -> Member:
        """A user's membership of a guild."""
        return guild.members[self.user(user).id]

    def dm(self, user: User | str) -> Channel:
        """The channel between the bot and a user, made when it is first needed."""
        person = self.user(user)
        for channel in self.channels.values():
            if channel.recipient is person:
                return channel
        channel = Channel(self.clock.snowflake(), DM, None, recipient=person)
        self.channels[channel.id] = channel
        return channel

    def messages(self, channel: Channel | str) -> list[Json]:
        """What everybody sees in a channel, oldest first."""
        return [message.json() for message in self.channel(channel).messages.values()]

    # Permissions

    def allowed(self, user: User, channel: Channel) -> int:
        """What a user may do in a channel or thread."""
        if channel.guild_id is None:
            return permissions.EVERYONE
        guild = self.guilds.get(channel.guild_id)
        if guild is None or user.id not in guild.members:
            return 0
        home = self.channels[channel.parent_id] if channel.type == PUBLIC_THREAD else channel  # type: ignore[index]
        return permissions.in_channel(guild, guild.members[user.id], home)

    def require(self, channel_id: str, *names: str) -> Channel:
        """The channel, when the bot sees it and may do this there."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise refuse(10003)
        value = self.allowed(self.bot, channel)
        if not value & permissions.BITS["view_channel"]:
            raise refuse(50001)
        if any(not value & permissions.BITS[name] for name in names):
            raise refuse(50013)
        return channel

    def require_guild(self, guild_id: str, *names: str) -> Guild:
        """The guild, when the bot is in it and may do this there."""
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise refuse(10004)
        value = permissions.in_guild(guild, guild.members[self.bot.id])
        if any(not value & permissions.BITS[name] for name in names):
            raise refuse(50013)
        return guild

    # Telling others

    def emit(self, event: str, data: Json, guild_id: str | None = None) -> None:
        """Sends an event to every gateway session that should have it."""
        self.events(event, data, guild_id)

    async def until(self, condition: Callable[[], T], within: float = 5.0) -> T:
        """Waits for a condition, looked at when a request comes and goes, and returns its value."""
        return await self.changed.until(condition, within)


def _by_name(things: dict[str, Any], name: object) -> Any:
    return next((thing for thing in things.values() if thing.name == name), None)
