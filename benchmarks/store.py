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
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.store_answers import GUILDS, PEOPLE, answers, checked, prepared
from bot.content import load_bank
from bot.domain.attempt import Attempt
from bot.domain.bank import Bank
from bot.services.answering import Asked, Outcome, record
from bot.settings import QUESTIONS
from bot.store.port import Tx
from bot.store.sql.tx import SqlTx
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.link import connect
from bot.store.sqlite.units import DirectSql, drive

LEAST_RATIO, WORST_P99_MS = 2.5, 40.0
QUIET = 0.35
"""Cores."""


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
    parser.add_argument("--days", type=int, default=4, help="200 answers a day (4)")
    parser.add_argument("--slices", type=int, default=8, help="of each variant (8)")
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
    bank = load_bank(QUESTIONS)
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
    checked(path, result.answers)
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
    checked(path, result.answers)
    return result


if __name__ == "__main__":
    sys.exit(main())
