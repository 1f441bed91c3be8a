"""A small study group in a simulated Discord: the people, their channels and the time there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import simcord

from bot.play.live import LiveEnv

GUILD = "ML interview group"


class WorldClock:
    """The time in the simulated Discord; before it exists, the time it will start at."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._env: simcord.Env | None = None

    def follow(self, env: simcord.Env) -> None:
        """Read the time from this world from now on."""
        self._env = env

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        return self._env.now() if self._env else self._start


@dataclass(frozen=True)
class World:
    """The group as the bot finds it when it comes up."""

    env: LiveEnv
    guild: simcord.GuildHandle
    ada: simcord.MemberActor
    bob: simcord.MemberActor
    chen: simcord.MemberActor
    daily: simcord.ChannelHandle
    general: simcord.ChannelHandle

    @property
    def people(self) -> tuple[simcord.MemberActor, ...]:
        """Everybody, the one who runs the group first."""
        return self.ada, self.bob, self.chen


Seed = Callable[[World], Awaitable[None]]


def found(env: LiveEnv) -> World:
    """Create the guild, its three members and its two channels."""
    ada, bob, chen = (
        env.create_user(name.lower(), global_name=name) for name in ("Ada", "Bob", "Chen")
    )
    guild = env.create_guild(GUILD, owner=ada)
    return World(
        env=env,
        guild=guild,
        ada=guild.add_member(ada),
        bob=guild.add_member(bob),
        chen=guild.add_member(chen),
        daily=guild.create_text_channel("ml-daily", topic="A question a day, answered in private"),
        general=guild.create_text_channel("general", topic="Everything else"),
    )
