"""How fast what is due is found, as the number of everybody's cards grows a hundredfold.

    python -m benchmarks.due

Everybody remembers 200 questions, a third of them due; one person asks at a time.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.content import load_bank
from bot.services.due import Dues
from bot.settings import QUESTIONS
from bot.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EACH, ASKED, ALLOWED_MS, ALLOWED_GROWTH = 200, 2000, 10.0, 2.0
PEOPLE = (500, 5_000, 50_000)


def fill(path: Path, people: int, ids: list[str]) -> None:
    """Cards for everybody; their index is made at the end, or filling would take an hour."""
    rng, now = Random(7), int(NOW.timestamp()) * 1_000_000
    day = 86_400_000_000

    def rows():
        for person in range(1, people + 1):
            for question in ids:
                stability, gone = rng.lognormvariate(2, 1), rng.randrange(1, 40)
                due = now + (rng.randrange(1, 60) if rng.random() > 1 / 3 else -1) * day
                yield person, question, stability, 5.0, due, now - gone * day, 3, 0

    with closing(sqlite3.connect(path)) as db, db:
        (index,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'card_due'").fetchone()
        db.execute("DROP INDEX card_due")
        db.executemany("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows())
        db.execute(index)


async def measure(people: int) -> tuple[float, float]:
    """Median and p99 of `dues.of` in milliseconds."""
    bank = load_bank(QUESTIONS)
    ids = sorted(bank.by_id)[:EACH]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "due.db"
        await SqliteStore(path, now=NOW).migrate()
        fill(path, people, ids)
        store = SqliteStore(path, now=NOW)
        await store.open()
        dues, rng, taken = Dues(store, bank), Random(11), []
        for _ in range(ASKED):
            begun = time.perf_counter()
            found = await dues.of(rng.randrange(1, people + 1), None, NOW + timedelta(minutes=1))
            taken.append((time.perf_counter() - begun) * 1000)
            assert found.questions
        await store.close()
    taken.sort()
    return taken[ASKED // 2], taken[int(ASKED * 0.99)]


def main() -> int:
    """Measure each size; 1 if a demand was missed."""
    p99 = {}
    for people in PEOPLE:
        median, p99[people] = asyncio.run(measure(people))
        print(f"{people * EACH:>12,} cards: median {median:.2f} ms, p99 {p99[people]:.2f} ms")
    growth = p99[PEOPLE[-1]] / p99[PEOPLE[0]]
    print(f"grows {growth:.2f} times (allowed {ALLOWED_GROWTH})")
    return int(max(p99.values()) > ALLOWED_MS or growth > ALLOWED_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
