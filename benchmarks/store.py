"""Recording answers on a disk whose fsync costs a millisecond: ours against plain sqlite3.

    python -m benchmarks.store

Both run the very unit of work that an answer is (`bot.services.answering.record`, every roll-up
and the streak included) with the same statements on the same settings, in turn, in one process:

ours    `SqliteStore.write` with 50 answers in flight
plain   the standard library's sqlite3 in one thread, BEGIN IMMEDIATE .. COMMIT for each answer

Every slice is a fresh database in memory (tmpfs) behind `fsync_1ms.c`; medians of the slices.
Pairs of slices during which other programs took more than a third of a core are done again, up to
four times as many as asked for.
Ends with status 1 when group commit is worth less than 2.5 times, or an answer waits over 40 ms.
"""

import argparse
import asyncio
import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bot.content import load_bank
from bot.domain.attempt import Attempt, Mode, Origin
from bot.domain.bank import Bank
from bot.domain.person import Guild
from bot.domain.post import Post, PostState, post_id
from bot.domain.schedule import Schedule
from bot.domain.verdict import PointVerdict, State, Verdict
from bot.services.answering import Asked, Outcome, record
from bot.store.port import Tx
from bot.store.sql.tx import SqlTx
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.link import connect
from bot.store.sqlite.units import DirectSql, drive

LEAST_RATIO, WORST_P99_MS = 2.5, 40.0
QUIET = 0.35
"""Cores."""
FIRST_DAY = date(2026, 3, 2)
GUILDS, PEOPLE = 20, 10
"""Groups, and people in each."""
ANSWER = "I would look at what the reviewers can take in a day and set the threshold there. " * 4


@dataclass(frozen=True, slots=True)
class Slice:
    """What one run of one variant came to."""

    answers: int
    seconds: float
    waits: list[float]
    fsyncs: int

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    def wait_ms(self, share: float) -> float:
        return sorted(self.waits)[int(share * (len(self.waits) - 1))] * 1000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--days", type=int, default=15, help="200 answers a day (15)")
    parser.add_argument("--slices", type=int, default=5, help="of each variant (5)")
    parser.add_argument("--in-flight", type=int, default=50)
    options = parser.parse_args()
    shim = os.environ.get("LOOPMATE_FSYNC_SHIM")
    if shim is None:
        return run_behind_shim()
    return measure(options.days, options.slices, options.in_flight, ctypes.CDLL(shim).fsyncs)


def run_behind_shim() -> int:
    """Compile the slow disk and start over with it in between."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        print("This benchmark needs Linux and a C compiler (cc).")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        shim = Path(folder) / "fsync_1ms.so"
        source = Path(__file__).with_name("fsync_1ms.c")
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True
        )
        slow = {**os.environ, "LD_PRELOAD": str(shim), "LOOPMATE_FSYNC_SHIM": str(shim)}
        again = [sys.executable, "-m", "benchmarks.store", *sys.argv[1:]]
        return subprocess.run(again, env=slow, check=False).returncode


def measure(days: int, slices: int, in_flight: int, fsyncs: Callable[[], int]) -> int:
    bank = load_bank()
    pairs: list[tuple[float, Slice, Slice]] = []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        one = fsync_ms(Path(folder))
        for n in range(4 * slices):
            if sum(others < QUIET for others, _, _ in pairs) >= slices:
                break
            fresh, before = Path(folder) / str(n), busy()
            plain = run_plain(fresh.with_suffix(".plain"), bank, days, fsyncs)
            our = asyncio.run(run_ours(fresh.with_suffix(".ours"), bank, days, in_flight, fsyncs))
            pairs.append((others_since(before), our, plain))
    quietest = sorted(pairs, key=lambda pair: pair[0])[:slices]
    ours, plains = [pair[1] for pair in quietest], [pair[2] for pair in quietest]
    print(f"other programs took up to {quietest[-1][0]:.2f} cores meanwhile")
    ratio = median(a.rate / b.rate for a, b in zip(ours, plains, strict=True))
    p99 = median(s.wait_ms(0.99) for s in ours)
    print(f"fsync {one:.3f} ms · {days * GUILDS * PEOPLE} answers a slice · {slices} slices each\n")
    print("                     answers/s   p50 ms   p99 ms   fsyncs/answer")
    for name, variant in ((f"ours, {in_flight} in flight", ours), ("plain, one by one", plains)):
        rate = median(s.rate for s in variant)
        waits = [median(s.wait_ms(share) for s in variant) for share in (0.5, 0.99)]
        flushed = median(s.fsyncs / s.answers for s in variant)
        print(f"{name:20} {rate:9,.0f} {waits[0]:8.2f} {waits[1]:8.2f} {flushed:15.3f}")
    good = ratio >= LEAST_RATIO and p99 <= WORST_P99_MS
    print(f"\nratio {ratio:.2f}, at least {LEAST_RATIO}; p99 {p99:.1f} ms, at most {WORST_P99_MS}")
    return 0 if good else 1


def busy() -> tuple[float, float, float]:
    """Seconds by the clock, of all processors, and of ours."""
    ticks = [int(n) for n in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    at_work = sum(ticks) - ticks[3] - ticks[4]  # but for idle and waiting for a disk
    return perf_counter(), at_work / os.sysconf("SC_CLK_TCK"), process_time()


def others_since(before: tuple[float, float, float]) -> float:
    """How many cores other programs have used since then."""
    clock, everybody, we = (now - then for now, then in zip(busy(), before, strict=True))
    return max(0.0, (everybody - we) / clock)


def fsync_ms(folder: Path) -> float:
    """What the disk really costs, as a check on the shim."""
    with (folder / "probe").open("wb") as file:
        begun = perf_counter()
        for _ in range(100):
            os.fsync(file.fileno())
        return (perf_counter() - begun) * 10


def run_plain(path: Path, bank: Bank, days: int, fsyncs: Callable[[], int]) -> Slice:
    """One thread, one commit an answer."""
    asyncio.run(prepared(path, bank, days))
    with closing(connect(path, 5.0)) as db:
        tx = SqlTx(DirectSql(db))
        waits: list[float] = []
        given = list(answers(bank, days))
        before, begun = fsyncs(), perf_counter()
        for asked, attempt in given:
            at = perf_counter()
            db.execute("BEGIN IMMEDIATE")
            drive(lambda tx, q=asked, a=attempt: record(tx, q, a), tx)
            db.execute("COMMIT")
            waits.append(perf_counter() - at)
        result = Slice(len(waits), perf_counter() - begun, waits, fsyncs() - before)
    checked(path, result)
    return result


async def run_ours(
    path: Path, bank: Bank, days: int, in_flight: int, fsyncs: Callable[[], int]
) -> Slice:
    """The store, with so many people waiting for their answer to be kept."""
    await prepared(path, bank, days)
    store = SqliteStore(path, now=datetime.now(UTC))
    await store.open()
    waits: list[float] = []
    given = iter(list(answers(bank, days)))

    async def person() -> None:
        for asked, attempt in given:
            at = perf_counter()

            async def work(tx: Tx, asked: Asked = asked, attempt: Attempt = attempt) -> Outcome:
                return await record(tx, asked, attempt)

            await store.write(work)
            waits.append(perf_counter() - at)

    before, begun = fsyncs(), perf_counter()
    await asyncio.gather(*(person() for _ in range(in_flight)))
    result = Slice(len(waits), perf_counter() - begun, waits, fsyncs() - before)
    await store.close()
    checked(path, result)
    return result


async def prepared(path: Path, bank: Bank, days: int) -> None:
    """A database with its groups and their questions, nothing answered yet."""
    store = SqliteStore(path, now=datetime.now(UTC))
    await store.open()

    async def fill(tx: Tx) -> None:
        for guild_id in range(1, GUILDS + 1):
            await tx.guilds.save(Guild(guild_id, joined_at=noon(0)))
            await tx.schedules.save(Schedule(guild_id, guild_id, 720, "Europe/Berlin"))
            for day in range(days):
                await tx.posts.insert(the_post(bank, guild_id, day))

    await store.write(fill)
    await store.close()


def answers(bank: Bank, days: int) -> Iterator[tuple[Asked, Attempt]]:
    """Everybody's answers, day after day."""
    attempt_id = 1 << 60
    for day in range(days):
        for person in range(PEOPLE):
            for guild_id in range(1, GUILDS + 1):
                attempt_id += 1
                post = the_post(bank, guild_id, day)
                asked = Asked(post, bank.get(post.question_id))
                user_id = (guild_id << 32) + person
                yield asked, the_attempt(asked, attempt_id, user_id, noon(day))


def noon(day: int) -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=day)


def the_post(bank: Bank, guild_id: int, day: int) -> Post:
    on = FIRST_DAY + timedelta(days=day)
    question = list(bank)[day % len(bank)]
    return Post(
        id=post_id(guild_id, on),
        guild_id=guild_id,
        day=on,
        question_id=question.id,
        channel_id=guild_id,
        due_at=noon(day),
        state=PostState.SENT,
        lease_until=noon(day),
        posted_at=noon(day),
        finished=True,
    )


def the_attempt(asked: Asked, attempt_id: int, user_id: int, at: datetime) -> Attempt:
    share = (attempt_id * 7 % 5) / 4
    points = tuple(
        PointVerdict(point_id=p.id, state=State.UNCLEAR, share=share, evidence=ANSWER[:60])
        for p in asked.question.key_points
    )
    return Attempt(
        id=attempt_id,
        user_id=user_id,
        guild_id=asked.post.guild_id,
        post_id=asked.post.id,
        question_id=asked.question.id,
        topic=asked.question.topic,
        origin=Origin.POST,
        mode=Mode.OPEN,
        at=at,
        study_day=at.date(),
        score=share,
        points=0,
        scored=True,
        answer=ANSWER,
        confidence=0.5,
        verdict=Verdict(
            question_id=asked.question.id,
            question_hash="00",
            points=points,
            score=share,
            grader="benchmark",
        ),
    )


def checked(path: Path, result: Slice) -> None:
    """All of it is there, in the roll-ups too."""
    with closing(sqlite3.connect(path)) as db:
        for query in (
            "SELECT COUNT(*) FROM attempt",
            "SELECT SUM(answered) FROM member",
            "SELECT SUM(answered) FROM post",
            "SELECT SUM(reviews) FROM card",
            "SELECT SUM(length) FROM streak",
        ):
            (found,) = db.execute(query).fetchone()
            assert found == result.answers, (query, found, result.answers)


if __name__ == "__main__":
    sys.exit(main())
