"""Kill the bot at random moments; no post may be missing or double, no answer lost.

Each lane is a bot with a database and a loopback Discord of its own, the latter in its own process,
so that requests which were in flight arrive after the bot's death as they would in earnest. What is
compared at the end is what people saw in Discord, not what the bot believes.
"""

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.torture_rows import copied, opened
from benchmarks.torture_tally import PostTally
from bot.domain.post import PostState, post_id
from bot.domain.schedule import Schedule
from bot.store.port import Tx
from bot.store.sqlite import SqliteStore
from tests.wire.loopback import Remote
from tests.wire.process import Process

LANES = 4
GUILDS = 10
"""In each lane."""
PEOPLE = ("owner", "admin", "ann", "bob", "cleo")
AT_ONCE = 2
"""People of a lane who answer at the same time."""
FIRST_DAY = date(2020, 1, 1)
"""A guild's posts are of one date each; the dates are made up, the due instants are not."""
FLIGHT = 0.3
"""Seconds that a request may be under way; every lease is well longer."""
LEASES = ("1.2", "4")
WORDS = "I would look at precision among the 500 alerts that the team can review."
RECORDED = re.compile(r'"strong:(\d+)"')
"""The button under every verdict names the attempt that the person was told of."""
OPEN = "state IN ('claimed', 'sending') OR (state = 'sent' AND finished = 0)"


class Lane:
    """One bot that is killed again and again."""

    def __init__(self, number: int, kills: int, seed: int, folder: Path, tally: PostTally) -> None:
        self.kills, self.tally = kills, tally
        self.rng = Random(f"{seed}:{number}")
        self.folder = folder / str(number)
        self.folder.mkdir()
        self.brief_nonces = number % 2 == 0
        """Discord forgets nonces at once; otherwise some channels hide their history instead."""
        self.channels: dict[int, str] = {}
        self.asked: dict[int, int] = {}
        self.awaited: list[str] = []
        """Channels with a post to come in this life."""
        self.handed_in: list[str] = []
        self.told: set[int] = set()
        self.pressed, self.heard = asyncio.Event(), asyncio.Event()
        """Somebody has handed an answer in; somebody has been told what it came to."""

    async def run(self) -> None:
        """Kill it so often, let it recover, compare."""
        async with Remote("--guilds", str(GUILDS)) as self.discord:
            await self._settle_in()
            self.process = Process(self.folder, self.discord.env)
            people = [asyncio.create_task(self._answer()) for _ in range(AT_ONCE)]
            try:
                for number in range(self.kills):
                    await self._live_and_die(plan=number % 2 == 0)
            finally:
                for person in people:
                    person.cancel()
                ends = await asyncio.gather(*people, return_exceptions=True)
                await self.process.kill()
            self.tally.troubles += (
                repr(e) for e in ends if not isinstance(e, asyncio.CancelledError)
            )
            await self._recover()
            await self._compare()

    async def _settle_in(self) -> None:
        world = await self.discord.world()
        study = {c["guild_id"]: i for i, c in world["channels"].items() if c["name"] == "study"}
        self.channels = {int(guild): channel for guild, channel in study.items()}
        self.asked = dict.fromkeys(self.channels, 0)
        await self.discord.configure(nonce_window=0.05 if self.brief_nonces else 120.0)
        if not self.brief_nonces:
            for channel in list(study.values())[::3]:
                await self.discord.permit(channel, read_message_history=False)

    # One life

    async def _live_and_die(self, *, plan: bool) -> None:
        if plan:
            await self._plan()
        await self._make_rough()
        self.process.env["LOOPMATE_LEASE_SECONDS"] = self.rng.choice(LEASES)
        await self.process.start()
        await self._moment()
        if not self.process.running:
            self.tally.troubles.append(f"it ended by itself: {self.process.log[-500:]}")
        await self.process.kill()
        self.tally.kills += 1
        await self.discord.offline()
        await self._look()

    async def _plan(self) -> None:
        """Have every guild whose last post is done with ask again in the next seconds."""
        now = datetime.now(UTC)
        times = [now + timedelta(seconds=self.rng.uniform(1, 5)) for _ in range(3)]
        store = SqliteStore(self.folder / "loopmate.db", now=now)
        await store.open()

        async def work(tx: Tx) -> list[int]:
            due = []
            for guild_id, channel in self.channels.items():
                last = await tx.posts.latest(guild_id)
                days_asked = self.asked[guild_id]
                if days_asked and (last is None or last.day != _day(days_asked - 1)):
                    continue  # not even claimed yet
                if last and not (last.state is PostState.SENT and last.finished):
                    continue
                schedule = await tx.schedules.get(guild_id) or self._schedule(
                    guild_id, channel, now
                )
                await tx.schedules.save(
                    replace(schedule, next_day=_day(days_asked), next_run_at=self.rng.choice(times))
                )
                due.append(guild_id)
            return due

        due = await store.write(work)
        await store.close()
        for guild_id in due:
            self.asked[guild_id] += 1
        self.awaited = [self.channels[guild_id] for guild_id in due]

    def _schedule(self, guild_id: int, channel: str, now: datetime) -> Schedule:
        # Its own time of day is hours away: only what is planned here falls due.
        minute = (now.hour * 60 + now.minute - 120) % 1440
        extras = self.rng.random() < 0.5
        return Schedule(guild_id, int(channel), minute, "UTC", thread=extras, pin=extras)

    async def _make_rough(self) -> None:
        """Latency for all, and now and then an answer that is lost or an error."""
        await self.discord.calm()
        flight = self.rng.uniform(0, FLIGHT)
        posts = ("POST", "/channels/*/messages")
        rough: dict[str, object] = self.rng.choice(
            [{}, {}, {"cut": "reset_after"}, {"cut": "reset_before"}, {"status": 503}]
        )
        if rough:
            await self.discord.mishap(*posts, times=2, delay=flight, **rough)
        await self.discord.mishap(*posts, times=None, delay=flight)
        await self.discord.mishap("*", "/webhooks/*", times=None, delay=flight / 5)
        await self.discord.mishap("PATCH", "/channels/*", times=None, delay=flight / 5)

    async def _moment(self) -> None:
        """Wait for the moment to kill it: in flight, while answering, starting up, or whenever."""
        kind = self.rng.choices(("post", "answer", "early", "whenever"), (50, 25, 12, 13))[0]
        if kind == "early":
            await asyncio.sleep(self.rng.uniform(0, 3))
            return
        with suppress(AssertionError):
            await self.discord.online(1, 15)
        if kind == "whenever":
            await asyncio.sleep(self.rng.uniform(1.5, 6))
            return
        if kind == "post" and self.awaited:
            path = f"/channels/{self.rng.choice(self.awaited)}/messages"
            before = len(await self.discord.requests("POST", path))
            with suppress(AssertionError):
                await self.discord.seen("POST", path, before + 1, 5)
            await asyncio.sleep(self.rng.uniform(0, FLIGHT * 1.2))
            return
        await asyncio.sleep(self.rng.uniform(0.5, 3))
        event = self.rng.choice((self.pressed, self.heard))
        event.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), 3)
        await asyncio.sleep(0 if event is self.heard else self.rng.uniform(0, 0.03))

    async def _look(self) -> None:
        """How far posts had come."""
        with copied(self.process.database) as db:
            rows = db.execute(f"SELECT id, guild_id, state FROM post WHERE {OPEN}").fetchall()
        self.awaited = [self.channels[guild_id] for _, guild_id, state in rows if state != "sent"]
        for marker, guild_id, state in rows:
            if state == "sending":
                out = await self._out(marker, self.channels[guild_id])
                self.tally.found["sending and out" if out else "sending and not out"] += 1
            else:
                self.tally.found["sent, not finished" if state == "sent" else state] += 1

    # People

    async def _answer(self) -> None:
        """Somebody who answers one post after the other, for as long as this lasts."""
        while True:
            channel = self.rng.choice(list(self.channels.values()))
            messages = await self.discord.messages(channel)
            if not messages or not self.process.running:
                await asyncio.sleep(0.1)
                continue
            # Mostly the open one; now and then one that is closed, late.
            message = messages[-1] if self.rng.random() < 0.8 else self.rng.choice(messages)
            with suppress(AssertionError):  # nobody answers while the bot is dead
                await self._one(self.rng.choice(PEOPLE), message["id"])

    async def _one(self, who: str, message: str) -> None:
        discord = self.discord
        own_words = self.rng.random() < 0.5
        opened = await discord.click(who, message, "answer:*" if own_words else "pick:*")
        opened = await discord.reply(opened["exchange"], 2)
        if own_words:
            answer = await discord.submit_modal(who, opened["exchange"], {"answer": WORDS})
        else:
            button = self.rng.choice("ABCD")
            answer = await discord.click(who, opened["message"]["id"], button)
        self.handed_in.append(answer["exchange"])
        self.pressed.set()
        self._hear(await discord.reply(answer["exchange"], 2))
        self.heard.set()

    def _hear(self, answer: object) -> None:
        self.told |= {int(attempt) for attempt in RECORDED.findall(json.dumps(answer))}

    # Afterwards

    async def _recover(self) -> None:
        """Leave it alone until nothing is unfinished, then ask it to stop."""
        await self.discord.calm()
        await self.process.start()
        await self.discord.online(1, 20)
        deadline = time.monotonic() + 45
        while time.monotonic() < deadline and await self._unfinished():  # noqa: ASYNC110
            await asyncio.sleep(0.25)  # what it waits for happens in two other processes
        if await self._unfinished():
            self.tally.troubles.append("posts are unfinished 45 seconds after the last kill")
        if self.process.traceback:
            self.tally.troubles.append(self.process.traceback)
        if (status := await self.process.stop()) != 0:
            self.tally.troubles.append(f"it ended with {status}: {self.process.log[-500:]}")

    async def _unfinished(self) -> int:
        for guild_id, channel in self.channels.items():
            if self.asked[guild_id] and not await self._out(
                post_id(guild_id, _day(self.asked[guild_id] - 1)), channel
            ):
                return 1
        with opened(self.process.database) as db:
            return int(db.execute(f"SELECT count(*) FROM post WHERE {OPEN}").fetchone()[0])

    async def _out(self, marker: str, channel: str) -> int:
        """How many messages carry this marker."""
        return sum(marker in _markers(m) for m in await self.discord.messages(channel))

    async def _compare(self) -> None:
        tally = self.tally
        for exchange in self.handed_in:  # verdicts that came after somebody had lost patience
            with suppress(AssertionError):
                self._hear(await self.discord.reply(exchange, 0.01))
        for guild_id, channel in self.channels.items():
            messages = await self.discord.messages(channel)
            markers = Counter(marker for m in messages for marker in _markers(m))
            days = [_day(n) for n in range(self.asked[guild_id])]
            for day in days:
                count = markers.pop(post_id(guild_id, day), 0)
                where = f"{self.folder.name}/{guild_id}/{day}"
                tally.missing += [where] if count == 0 else []
                tally.twice += [where] if count > 1 else []
            if markers:
                tally.troubles.append(f"messages that nobody asked for: {markers}")
            tally.posts += len(days)
        with opened(self.process.database) as db:
            kept = {row[0] for row in db.execute("SELECT id FROM attempt")}
        tally.lost += [str(attempt) for attempt in sorted(self.told - kept)]
        tally.answers += len(self.told)
        tally.troubles += await self.discord.faults()


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _markers(message: dict) -> Iterator[str]:
    """Whose post a message is: once for each message, however many buttons it has."""
    yield from set(
        re.findall(r'"(?:answer|pick):([0-9a-f]{24})[":]', json.dumps(message["components"]))
    )


async def torture(moments: int, seed: int, folder: Path, *, lanes: int = LANES) -> PostTally:
    """Kill `moments` times in so many lanes at once."""
    tally = PostTally()
    shares = [moments // lanes + (n < moments % lanes) for n in range(lanes)]
    async with asyncio.TaskGroup() as group:
        for number, kills in enumerate(shares):
            group.create_task(Lane(number, kills, seed, folder, tally).run())
    return tally
