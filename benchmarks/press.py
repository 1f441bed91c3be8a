"""CPU that one press costs: an option of ours beside the button of the smallest bot there is.

`python -m benchmarks.press`. Ours records a scored attempt with all it moves and shows the result;
the other one says "ok". Every press is by another person or on another post. Both bots run at the
same time, each with a loopback Discord of its own, and are pressed in turns, one press at a time.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

from bot.domain.schedule import Schedule
from bot.store.port import Tx
from bot.store.sqlite import SqliteStore
from tests.wire.loopback import Remote
from tests.wire.process import BARE, BOT, Process

PEOPLE = ("owner", "admin", "ann", "bob", "cleo")
TURN = 50
"""Presses of one bot before it is the other one's turn."""
ALLOWED = 3.0


class Pressed:
    """A running bot, the presses that wait for it, and what they have cost so far."""

    def __init__(self, process: Process, presses: list[Callable[[], Awaitable[object]]]) -> None:
        self.process, self._presses = process, presses
        self.cpu, self.count = 0.0, 0

    async def turn(self, *, counted: bool = True) -> None:
        """Press a few times."""
        now, self._presses = self._presses[:TURN], self._presses[TURN:]
        before = cpu_seconds(self.process.pid)
        for press in now:
            await press()
        if counted:
            self.cpu += cpu_seconds(self.process.pid) - before
            self.count += len(now)

    @property
    def milliseconds(self) -> float:
        """CPU of one press."""
        return self.cpu / self.count * 1000


def cpu_seconds(pid: int) -> float:
    """What all threads of a process have used so far."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


async def ours(stack: AsyncExitStack, folder: Path, guilds: int) -> Pressed:
    """Our bot with a post in every guild and everybody looking at the four options."""
    discord = await stack.enter_async_context(Remote("--guilds", str(guilds)))
    world = await discord.world()
    channels = [i for i, c in world["channels"].items() if c["name"] == "study"]
    await plan(folder / "loopmate.db", world)
    process = await stack.enter_async_context(Process(folder, discord.env, command=BOT))
    for channel in channels:
        await discord.seen("POST", f"/channels/{channel}/messages", 1, 60)
    waiting = []
    for channel in channels:
        (post,) = await discord.messages(channel)
        for person in PEOPLE:
            offered = await discord.click(person, post["id"], "Pick A–D")
            offered = await discord.reply(offered["exchange"])
            waiting.append((person, offered["message"]["id"]))

    async def press(person: str, message: str) -> None:
        pressed = await discord.click(person, message, "A")
        assert "mistake" in (await discord.reply(pressed["exchange"]))["text"]

    return Pressed(process, [lambda w=w: press(*w) for w in waiting])


async def plan(database: Path, world: dict) -> None:
    """Have every guild ask now."""
    now = datetime.now(UTC)
    minute = (now.hour * 60 + now.minute - 120) % 1440  # its own time of day is hours away
    store = SqliteStore(database, now=now)
    await store.open()

    async def work(tx: Tx) -> None:
        for channel, about in world["channels"].items():
            if about["name"] == "study":
                await tx.schedules.save(
                    Schedule(
                        int(about["guild_id"]),
                        int(channel),
                        minute,
                        "UTC",
                        next_day=date(2020, 1, 1),
                        next_run_at=now + timedelta(seconds=1),
                    )
                )

    await store.write(work)
    await store.close()


async def bare(stack: AsyncExitStack, folder: Path, guilds: int) -> Pressed:
    """The smallest bot with a button in every guild."""
    discord = await stack.enter_async_context(Remote("--guilds", str(guilds)))
    process = await stack.enter_async_context(Process(folder, discord.env, command=BARE))
    await discord.online(1, 60)
    world = await discord.world()
    waiting = []
    for channel in (i for i, c in world["channels"].items() if c["name"] == "study"):
        posted = await discord.slash("admin", channel, "bare")
        posted = await discord.reply(posted["exchange"])
        waiting += [(person, posted["message"]["id"]) for person in PEOPLE]

    async def press(person: str, message: str) -> None:
        pressed = await discord.click(person, message, "Press")
        assert (await discord.reply(pressed["exchange"]))["text"] == "ok"

    return Pressed(process, [lambda w=w: press(*w) for w in waiting])


async def compare(presses: int, folder: Path) -> tuple[Pressed, Pressed]:
    """Press both in turns."""
    turns = -(-presses // TURN)
    guilds = -(-(turns + 1) * TURN // len(PEOPLE))
    for name in ("ours", "bare"):
        (folder / name).mkdir()
    async with AsyncExitStack() as stack:
        one = await ours(stack, folder / "ours", guilds)
        other = await bare(stack, folder / "bare", guilds)
        await one.turn(counted=False)
        await other.turn(counted=False)
        for _ in range(turns):
            await one.turn()
            await other.turn()
        with closing(connect(folder / "ours" / "loopmate.db")) as db:
            recorded = db.execute("SELECT count(*) FROM attempt WHERE scored").fetchone()[0]
        assert recorded == one.count + TURN, "every press is a scored attempt"
    return one, other


def main() -> int:
    """Measure, print; 1 if ours costs more than three times as much."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.press", description=__doc__)
    parser.add_argument("--presses", type=int, default=600)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        one, other = asyncio.run(compare(options.presses, Path(folder)))
    ratio = one.milliseconds / other.milliseconds
    print(f"ours: {one.milliseconds:.2f} ms of CPU for each of {one.count} scored options")
    print(f"bare: {other.milliseconds:.2f} ms of CPU for each of {other.count} pressed buttons")
    print(f"ratio: {ratio:.2f} (allowed: {ALLOWED:.0f})")
    return 0 if ratio <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
