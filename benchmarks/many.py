"""What people look at, with few attempts in the database and with very many.

    python -m benchmarks.many --sizes 100000 1000000 [--folder DIR]

Leaderboards, profiles, what is due and what `/today` says, as the services read them, for random
people of random groups, every fifth of the group of 500: milliseconds a call, one after the other.
Everybody has a plan, so nearly every `/today` is a first look of the day, which makes it anew and
saves it. Ends with status
1 when a p99 is over 10 ms, or more than twice what it was with the fewest attempts. With
--folder the databases are kept there, and found again.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter

from benchmarks.many_attempts import BIG, EACH, NOW, Crowd, filled
from bot.assessors.rubric import RubricAssessor
from bot.content import load_bank
from bot.domain.bank import Bank
from bot.domain.board import ALL_TIME, SEASON, STREAK, WEEK
from bot.services import Services
from bot.settings import QUESTIONS
from bot.store.sqlite import SqliteStore

WORST_P99_MS, STEEPEST = 10.0, 2.0
COLD = 50
"""Calls before the measured ones, which find Python and SQLite cold."""
FLOOR_MS = 0.5
"""Under this a ratio tells more about the machine than about the database."""
Look = Callable[[Services, int, int], Awaitable[object]]


def board(name: str) -> Look:
    return lambda services, person, group: services.boards.board(group, person, name, 0, NOW)


async def today(services: Services, person: int, group: int) -> None:
    """All that `/today` asks for."""
    await services.planning.today(person, group, NOW)
    asked = await services.answering.today(person, group)
    await services.answering.scored(asked.post.id, person)


LOOKS: dict[str, Look] = {
    "leaderboard week": board(WEEK),
    "leaderboard season": board(SEASON),
    "leaderboard all": board(ALL_TIME),
    "leaderboard topic": board("evaluation"),
    "leaderboard streak": board(STREAK),
    "profile": lambda services, person, group: services.profiles.of(person, person, group, NOW),
    "due": lambda services, person, group: services.dues.of(person, group, NOW),
    "today": today,
}
Waits = dict[str, list[float]]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--calls", type=int, default=1000, help="of each kind (1000)")
    parser.add_argument("--folder", type=Path, help="keep the databases here")
    options = parser.parse_args()
    bank = load_bank(QUESTIONS)
    with tempfile.TemporaryDirectory() as passing:
        folder = options.folder or Path(passing)
        found = [measured(folder, bank, size, options.calls) for size in options.sizes]
    return told(options.sizes, found)


def measured(folder: Path, bank: Bank, attempts: int, calls: int) -> Waits:
    path, crowd = folder / f"many-{attempts}.db", Crowd(attempts // EACH)
    if not path.exists():
        begun = perf_counter()
        filled(path, bank, attempts)
        print(f"{attempts:,} attempts made in {perf_counter() - begun:.0f} s", flush=True)
    print(f"{path.stat().st_size / 1e6:,.0f} MB, {crowd.people:,} people, {crowd.groups:,} groups")
    return asyncio.run(waits(path, bank, crowd, calls))


async def waits(path: Path, bank: Bank, crowd: Crowd, calls: int) -> Waits:
    store = SqliteStore(path, now=NOW)
    await store.open()
    try:
        services = Services.over(store, bank, RubricAssessor())
        found: Waits = {name: [] for name in LOOKS}
        chance = random.Random(7)
        for call in range(COLD + calls):
            person = chance.randrange(BIG if call % 5 == 0 else crowd.people)
            for name, look in LOOKS.items():
                begun = perf_counter()
                await look(services, 1 + person, crowd.group_of(person))
                if call >= COLD:
                    found[name].append((perf_counter() - begun) * 1000)
    finally:
        await store.close()
    return found


def told(sizes: list[int], found: list[Waits]) -> int:
    print(f"\n{'p50 / p99, ms':20}" + "".join(f"{size:>18,}" for size in sizes) + "    ratio")
    missed = 0
    for name in LOOKS:
        p99 = [share(waits[name], 0.99) for waits in found]
        ratio = max(p99) / max(p99[0], FLOOR_MS)
        good = max(p99) <= WORST_P99_MS and ratio <= STEEPEST
        missed += not good
        cells = (f"{share(w[name], 0.5):9.2f} /{p:7.2f}" for w, p in zip(found, p99, strict=True))
        print(f"{name:20}" + "".join(cells) + f"{ratio:9.2f}{'' if good else '  too slow'}")
    return 1 if missed else 0


def share(waits: list[float], part: float) -> float:
    return sorted(waits)[int(part * (len(waits) - 1))]


if __name__ == "__main__":
    sys.exit(main())
