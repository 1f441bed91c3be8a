"""People who play while the bot is killed under their hands; they go by what Discord shows."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

from tests.wire.loopback import Remote

BREATH = 0.2
"""Between two looks at a message."""
PATIENCE = 2
"""Nobody waits longer for an answer."""
BUTTON = re.compile(r"'((?:takeup|join|lock)):\d+(?::(\d+))?")


@dataclass(frozen=True)
class Promise:
    """Something done by somebody, which must have happened if it was acknowledged."""

    exchange: str
    what: str
    game: int
    user: int


@dataclass
class Noticed:
    """What people have done so far, and bells that ring as they do."""

    promises: list[Promise] = field(default_factory=list)
    pressed: asyncio.Event = field(default_factory=asyncio.Event)
    """Somebody has pressed something."""
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    """Somebody has been told that it counts."""


class Hall(Protocol):
    """Where they play: a lane of the torture."""

    discord: Remote
    users: dict[str, int]
    rng: Random
    noticed: Noticed
    rounds: Sequence[int]
    """How many a game may have."""

    def awake(self) -> bool:
        """Whether there is a bot at all."""
        ...

    def may_begin(self, game_id: int) -> bool:
        """Whether that game is through, and another one welcome."""
        ...

    async def shown(self, channel: str, game_id: int) -> dict[str, Any] | None:
        """The latest message of a game."""
        ...


class Group(ABC):
    """Some people at one table, one game after the other."""

    plans: dict[str, int]
    """What they may be up to in a game, by how often."""

    def __init__(self, hall: Hall, people: Sequence[str], channel: str) -> None:
        self.hall, self.people, self.channel = hall, people, channel
        self.rng = hall.rng
        self.host, *self.guests = people
        self.game = 0
        self.message, self.plan = "", ""
        self.done: set[tuple[str, str]] = set()
        """(who, what) that they will not do again."""

    async def sit(self) -> None:
        """Play for as long as this lasts."""
        while True:
            await asyncio.sleep(self.rng.uniform(BREATH, 2 * BREATH))
            if self.hall.awake():
                with suppress(AssertionError):  # the bot died under their hands
                    await self._look()

    async def _look(self) -> None:
        shown = await self.hall.shown(self.channel, self.game)
        self.message = shown["id"] if shown else ""
        found = BUTTON.search(str(shown))
        if found:
            await self._act(found[1], found[2] or "")
        elif self.hall.may_begin(self.game):
            self.done.clear()
            (self.plan,) = self.rng.choices(list(self.plans), list(self.plans.values()))
            asked = await self._open()
            self.game = int(asked["exchange"])
            await self.hall.discord.reply(asked["exchange"], PATIENCE)

    @abstractmethod
    async def _open(self) -> dict[str, Any]:
        """Begin another game; what Discord made of the command."""

    @abstractmethod
    async def _act(self, verb: str, no: str) -> None:
        """Do something about the first button of the message that is shown."""

    async def _lock(self, no: str) -> None:
        """Those who feel like it lock an option in."""
        for who in self.people:
            if (who, no) in self.done or self.rng.random() < 0.25:
                continue
            if self.rng.random() < 0.15:
                self.done.add((who, no))  # not in the mood
                continue
            await self._click(who, f"lock:{self.game}:{no}:{self.rng.randrange(4)}", "lock")
            self.done.add((who, no))

    async def _click(self, who: str, target: str, what: str) -> None:
        clicked = await self.hall.discord.click(who, self.message, target)
        await self._promised(clicked["exchange"], what, who)

    async def _command(self, who: str, command: str, what: str) -> None:
        asked = await self.hall.discord.slash(who, self.channel, command)
        await self._promised(asked["exchange"], what, who)

    async def _promised(self, exchange: str, what: str, who: str) -> None:
        noticed = self.hall.noticed
        noticed.promises.append(Promise(exchange, what, self.game, self.hall.users[who]))
        noticed.pressed.set()
        await self.hall.discord.reply(exchange, PATIENCE)
        noticed.heard.set()


class Duellists(Group):
    """Two people."""

    plans = {"play": 16, "decline": 1, "withdraw": 1, "resign": 2}  # noqa: RUF012 - never changed

    async def _open(self) -> dict[str, Any]:
        return await self.hall.discord.slash(
            self.host, self.channel, "duel challenge",
            opponent=self.guests[0], rounds=self.rng.choice(self.hall.rounds),
        )  # fmt: skip

    async def _act(self, verb: str, no: str) -> None:
        if verb == "takeup" and self.plan == "withdraw":
            await self._command(self.host, "duel resign", "withdrawn")
        elif verb == "takeup":
            label = "Decline" if self.plan == "decline" else "Accept"
            await self._click(self.guests[0], label, label.lower())
        elif self.plan == "resign":
            await self._command(self.host, "duel resign", "resigned")
        else:
            await self._lock(no)


class Quizzers(Group):
    """A host and some who join."""

    plans = {"play": 12, "wait": 2, "call off": 1, "stop": 2, "leave": 2}  # noqa: RUF012 - never changed

    async def _open(self) -> dict[str, Any]:
        return await self.hall.discord.slash(
            self.host, self.channel, "quiz start", seconds=15,
            rounds=self.rng.choice(self.hall.rounds),
            mode=self.rng.choice(("all", "teams", "survival")),
            penalty=self.rng.random() < 0.5,
        )  # fmt: skip

    async def _act(self, verb: str, no: str) -> None:
        if verb == "join":
            await self._gather()
        elif self.plan == "stop":
            await self._command(self.host, "quiz stop", "stop")
        elif self.plan == "leave" and ("leave", "") not in self.done:
            self.done |= {("leave", ""), (self.guests[0], no)}
            await self._command(self.guests[0], "quiz leave", "leave")
        else:
            await self._lock(no)

    async def _gather(self) -> None:
        for who in self.guests[:-1]:  # the last one comes by pressing an option
            if (who, "join") not in self.done:
                await self._click(who, "Join", "join")
                self.done.add((who, "join"))
        if self.plan == "call off":
            await self._command(self.host, "quiz stop", "stop")
        elif self.plan != "wait":
            await self._click(self.host, "Start now", "begin")
