"""Kill the bot at random moments of duels and quizzes; every one ends, once, as its replies say.

Each lane is a bot with a loopback Discord in a process of its own, and people who play by what
Discord shows them. While the bot is dead, `torture_rows.py` moves some of what is due.
"""

import asyncio
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.torture_audit import Audit, Evidence, Life
from benchmarks.torture_people import Duellists, Group, Noticed, Quizzers
from benchmarks.torture_rows import SECOND, Moved, meddle, opened, under_way
from benchmarks.torture_tally import GameTally
from bot.bank_cache import cached_bank
from tests.wire.loopback import Remote
from tests.wire.process import BOT, ROOT, Process, loopmate

LANES = 4
GUILDS = 2
"""In each lane, with two channels each."""
PAIRS, QUIZZES, A_QUIZ = 4, 4, 4
"""Duels and quizzes at a time in a lane, and people in a quiz; they share the channels."""
QUESTIONS, CACHE = ROOT / "questions", "loopmate.db.bank"
TOKEN_LIVES = (900.0, 60.0)
"""Seconds that the token of an interaction serves; later edits go the other way."""
FLIGHT = 0.3
"""Seconds that a request may be under way."""
MOMENT = 3.0
"""Seconds that a kill waits for its moment."""
LIVES, LIFE = 30, 1.5
"""Once nothing is killed any more: at most so many lives of so many seconds, or thrice that."""
DUE = "SELECT 1 FROM game WHERE due_at < ? UNION ALL SELECT 1 FROM reply WHERE recorded = 0"
OPEN = "SELECT message_id FROM game WHERE message_id IS NOT NULL AND phase = 'asking'"


class Lane:
    """One bot that is killed again and again while people play."""

    def __init__(
        self,
        name: str,
        kills: int,
        rng: Random,
        tally: GameTally,
        folder: Path,
        command: Sequence[str],
        rounds: Sequence[int],
    ) -> None:
        self.kills, self.rng, self.tally, self.command = kills, rng, tally, command
        self.rounds = rounds
        self.folder = folder / name
        self.folder.mkdir()
        self.noticed = Noticed()
        self.lives: list[Life] = []
        self.moved = Moved()
        self.removed: set[str] = set()
        self.ending = False
        """Whether no new game is begun any more."""

    async def run(self) -> None:
        """Kill it so often, let every game end, compare."""
        people = 2 * PAIRS + A_QUIZ * QUIZZES
        async with Remote("--guilds", str(GUILDS), "--people", str(people)) as self.discord:
            await self.discord.configure(token_life=self.rng.choice(TOKEN_LIVES))
            world = await self.discord.world()
            self.users = {name: int(user_id) for name, user_id in world["users"].items()}
            self.channels = list(world["channels"])
            self.process = Process(self.folder, self.discord.env, command=self.command)
            self.process.env["LOOPMATE_QUESTIONS"] = str(QUESTIONS)
            await loopmate("migrate", folder=self.folder)
            shutil.copy(self.folder.parent / CACHE, self.folder)
            groups = [asyncio.create_task(group.sit()) for group in self._groups()]
            try:
                for _ in range(self.kills):
                    await self._live_and_die()
                await self._let_them_end()
            finally:
                for group in groups:
                    group.cancel()
                ends = await asyncio.gather(*groups, return_exceptions=True)
                await self.process.kill()
            self._trouble(*(repr(e) for e in ends if not isinstance(e, asyncio.CancelledError)))
            self._trouble(*await self.discord.faults())
            if self.process.traceback:
                self._trouble(self.process.traceback)
            await Audit(self.process.database, await self._evidence(), self.tally).compare()

    def _groups(self) -> Iterator[Group]:
        """Quizzes have a channel each, with duels beside them."""
        names = iter(f"p{number}" for number in range(1, 2 * PAIRS + A_QUIZ * QUIZZES + 1))
        for number in range(PAIRS):
            channel = self.channels[number % len(self.channels)]
            yield Duellists(self, [next(names) for _ in range(2)], channel)
        for number in range(QUIZZES):
            yield Quizzers(self, [next(names) for _ in range(A_QUIZ)], self.channels[-number])

    def _trouble(self, *what: str) -> None:
        self.tally.wrong["trouble"] += what

    # What people ask

    def awake(self) -> bool:
        """Whether there is a bot at all."""
        return self.process.running

    def may_begin(self, game_id: int) -> bool:
        """Whether that game is through, or never was; and another one is welcome."""
        going_on = "SELECT id FROM game WHERE id = ? AND due_at IS NOT NULL"
        return not self.ending and not self._rows(going_on, game_id)

    async def shown(self, channel: str, game_id: int) -> dict[str, Any] | None:
        """The message of a game, found by its buttons or by the row that knows its id."""
        known = {str(m) for (m,) in self._rows("SELECT message_id FROM game WHERE id = ?", game_id)}
        marks = [f"'{verb}:{game_id}" for verb in ("takeup", "join", "lock")]
        for message in reversed(await self.discord.messages(channel)):
            if message["id"] in known or any(mark in str(message) for mark in marks):
                return dict(message)
        return None

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the bot has committed."""
        with opened(self.process.database) as db:
            return db.execute(query, values).fetchall()

    # One life

    async def _live_and_die(self) -> None:
        await self._make_rough()
        with self._alive():
            await self.process.start()
            with suppress(AssertionError):
                await self._moment()
            if not self.process.running:
                self._trouble(f"it ended by itself: {self.process.log[-800:]}")
            await self.process.kill()
        self.tally.kills += 1
        await self.discord.offline()
        self.tally.found += under_way(self.process.database)
        self._meddle()

    def _meddle(self) -> None:
        meddle(self.process.database, self.rng, self.moved, hurry=self.ending)

    @contextmanager
    def _alive(self) -> Iterator[None]:
        self.life = Life(time.time())
        self.lives.append(self.life)
        yield
        self.life.ended = time.time()

    async def _connected(self) -> None:
        await self.discord.online(1, 60)
        self.life.connected = time.time()

    async def _make_rough(self) -> None:
        """Latency for all, and now and then an answer that is lost or an error."""
        await self.discord.calm()
        flight = self.rng.uniform(0, FLIGHT)
        edits, posts = ("PATCH", "*"), ("POST", "/channels/*")
        match self.rng.choice(("outage", "errors", "losses", "", "", "")):
            case "outage":  # nothing can be shown in this life, but new messages
                await self.discord.mishap(*edits, times=None, status=503)
            case "errors":
                await self.discord.mishap(*self.rng.choice((edits, posts)), times=2, status=503)
            case "losses":
                await self.discord.mishap(
                    *self.rng.choice((edits, posts)), times=2, delay=flight, cut="reset_after"
                )
        for sent in (edits, posts):
            await self.discord.mishap(*sent, times=None, delay=flight)
        await self.discord.mishap("POST", "/interactions/*", times=None, delay=flight / 5)

    async def _moment(self) -> None:
        """Wait for the moment to kill it."""
        kinds = {"press": 30, "due": 25, "request": 25, "early": 10, "whenever": 10}
        (kind,) = self.rng.choices(list(kinds), list(kinds.values()))
        if kind == "early":
            await asyncio.sleep(self.rng.uniform(0, 3))
            return
        await self._connected()
        await asyncio.sleep(self.rng.uniform(0.3, 1.5))
        if kind == "press":
            await self._press()
        elif kind == "due":
            ((due,),) = self._rows("SELECT min(due_at) FROM game") or [(None,)]
            wait = min((due or 0) / SECOND - time.time(), MOMENT)
            await asyncio.sleep(max(wait + self.rng.uniform(-0.02, 0.25), 0))
        elif kind == "request":
            await self._request()
        else:
            await asyncio.sleep(self.rng.uniform(0.5, MOMENT))

    async def _press(self) -> None:
        """As somebody presses, or has just been told that it counts."""
        noticed = self.noticed
        event = self.rng.choice((noticed.pressed, noticed.heard))
        event.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), MOMENT)
        await asyncio.sleep(0 if event is noticed.heard else self.rng.uniform(0, 0.03))

    async def _request(self) -> None:
        """While a message is edited or sent; perhaps because a moderator has deleted the last."""
        if self.rng.random() < 0.4:
            open_ = self._rows(OPEN)
            if open_:
                ((message,),) = self.rng.sample(open_, 1)
                await self.discord.delete_message(str(message))
                self.removed.add(str(message))
        sent = self.rng.choice((("PATCH", "*"), ("POST", "/channels/*")))
        before = len(await self.discord.requests(*sent))
        await self.discord.seen(*sent, before + 1, MOMENT)
        await asyncio.sleep(self.rng.uniform(0, FLIGHT * 1.2))

    # Afterwards

    async def _let_them_end(self) -> None:
        """Life after life, until every game is over and shown; only waiting is cut short."""
        self.ending = True
        await self.discord.calm()
        for _ in range(LIVES):
            self._meddle()
            with self._alive():
                await self.process.start()
                await self._connected()
                await asyncio.sleep(LIFE)
                with suppress(TimeoutError):
                    async with asyncio.timeout(2 * LIFE):
                        while self._rows(DUE, (time.time() + 2) * SECOND):  # noqa: ASYNC110
                            await asyncio.sleep(0.1)  # another process's database rings no bell
                if (status := await self.process.stop()) != 0:
                    self._trouble(f"it ended with {status}: {self.process.log[-800:]}")
            await self.discord.offline()
            if not self._unfinished():
                return
        self.tally.wrong["games that did not end"] += map(str, self._unfinished())

    def _unfinished(self) -> list[tuple[Any, ...]]:
        return self._rows(
            "SELECT id, kind, phase, round FROM game WHERE due_at IS NOT NULL "
            "UNION ALL SELECT id, 'unrecorded', no, 0 FROM reply WHERE recorded = 0"
        )

    async def _evidence(self) -> Evidence:
        promises = self.noticed.promises
        answers = await self.discord.answers([promise.exchange for promise in promises], 0.1)
        channels = {channel: await self.discord.messages(channel) for channel in self.channels}
        return Evidence(promises, answers, channels, self.lives, self.moved, self.removed)


async def torture(
    moments: int,
    seed: int,
    folder: Path,
    *,
    lanes: int = LANES,
    command: Sequence[str] = BOT,
    rounds: Sequence[int] = (1, 2, 3),
) -> GameTally:
    """Kill `moments` times in so many lanes at once, while games of so many rounds are played."""
    tally = GameTally()
    cached_bank(QUESTIONS, folder / CACHE)  # checking every question takes seconds: once for all
    shares = [moments // lanes + (n < moments % lanes) for n in range(lanes)]
    async with asyncio.TaskGroup() as group:
        for n, kills in enumerate(shares):
            rng = Random(f"{seed}:games:{n}")
            lane = Lane(f"games-{n}", kills, rng, tally, folder, command, rounds)
            group.create_task(lane.run())
    return tally
