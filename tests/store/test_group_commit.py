"""How the SQLite writer shares commits, and what it tells people when the disk fails them."""

import asyncio
import sqlite3
import threading

import pytest

from bot.domain.errors import AlreadyDone, Unavailable
from bot.store.port import Tx
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.writer import LARGEST_BATCH
from tests.store.samples import ANNA, MONDAY, practice


async def count(tx: Tx) -> tuple[int, int]:
    return await tx.streaks.progress(ANNA, MONDAY, post=False)


class Held:
    """A unit that keeps the writer busy until it is let go, like a slow disk."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    async def __call__(self, tx: Tx) -> None:
        self.begun.set()
        assert self.let_go.wait(30)


async def busy(store: SqliteStore) -> tuple[Held, asyncio.Task[None]]:
    """The store with its writer occupied."""
    held = Held()
    task = asyncio.create_task(store.write(held))
    await asyncio.to_thread(held.begun.wait, 30)
    return held, task


async def test_fifty_writers_share_one_commit(sqlite: SqliteStore):
    held, first = await busy(sqlite)
    before = sqlite.commits
    writers = [asyncio.create_task(sqlite.write(count)) for _ in range(50)]
    await asyncio.sleep(0)  # all of them have handed in their unit
    held.let_go.set()
    await asyncio.gather(first, *writers)
    assert sqlite.commits - before == 2  # the one that held, and everybody else
    assert await sqlite.write(count) == (0, 51)


async def test_a_flood_is_split_into_batches_in_the_order_it_came(sqlite: SqliteStore):
    held, first = await busy(sqlite)
    before = sqlite.commits
    writers = [asyncio.create_task(sqlite.write(count)) for _ in range(2 * LARGEST_BATCH + 1)]
    await asyncio.sleep(0)
    held.let_go.set()
    await first
    assert await asyncio.gather(*writers) == [(0, n + 1) for n in range(2 * LARGEST_BATCH + 1)]
    assert sqlite.commits - before == 4


async def test_units_without_company_commit_alone(sqlite: SqliteStore):
    before = sqlite.commits
    for _ in range(3):
        await sqlite.write(count)
    assert sqlite.commits - before == 3


async def test_a_waiting_caller_may_be_cancelled_without_anybody_being_lost(sqlite: SqliteStore):
    held, first = await busy(sqlite)
    writers = [
        asyncio.create_task(sqlite.write(lambda tx, n=n: tx.attempts.insert(practice(n))))
        for n in range(20)
    ]
    await asyncio.sleep(0)
    for writer in writers[::2]:
        writer.cancel()
    await asyncio.gather(*writers[::2], return_exceptions=True)  # gone before their units ran
    held.let_go.set()
    assert all(await asyncio.gather(*writers[1::2]))
    await first
    assert len(await sqlite.read(lambda tx: tx.attempts.latest(ANNA, 99))) == 20


async def test_a_locked_database_is_told_kindly_to_everybody_and_passes(
    sqlite: SqliteStore, path, caplog
):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    outcomes = await asyncio.gather(
        *(sqlite.write(count) for _ in range(10)), return_exceptions=True
    )
    other.execute("ROLLBACK")
    other.close()
    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert len({id(outcome) for outcome in outcomes}) == 10  # an exception belongs to one caller
    assert "database is locked" in caplog.text
    assert "nothing was saved" in str(outcomes[0])
    assert await sqlite.write(count) == (0, 1)


async def bloat(tx: Tx) -> None:
    for n in range(40):
        await tx.attempts.insert(practice(1000 + n, answer="x" * 100_000))


async def test_a_full_disk_is_told_kindly_and_passes(sqlite: SqliteStore):
    await limit(sqlite, more_pages=100)
    with pytest.raises(Unavailable):
        await sqlite.write(bloat)
    assert await sqlite.write(count) == (0, 1)  # there was room for that
    await limit(sqlite, more_pages=1 << 20)
    await sqlite.write(bloat)
    assert len(await sqlite.read(lambda tx: tx.attempts.latest(ANNA, 99))) == 40


async def test_a_full_disk_takes_nobody_else_down(sqlite: SqliteStore):
    await limit(sqlite, more_pages=100)
    held, first = await busy(sqlite)
    writers = [asyncio.create_task(sqlite.write(work)) for work in (count, bloat, count)]
    await asyncio.sleep(0)
    held.let_go.set()
    outcomes = await asyncio.gather(first, *writers, return_exceptions=True)
    for outcome in outcomes:  # or the transaction went with it: then all of them are told
        assert outcome in (None, (0, 1), (0, 2)) or isinstance(outcome, Unavailable)
    assert isinstance(outcomes[2], Unavailable)
    counted = sum(isinstance(outcome, tuple) for outcome in outcomes)
    assert await sqlite.write(count) == (0, counted + 1)


async def limit(store: SqliteStore, more_pages: int) -> None:
    """Let the database grow by so many pages; SQLite then answers as on a full disk."""

    def work(db: sqlite3.Connection) -> None:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + more_pages}").fetchone()

    await store._open.writer._link.call(work)


async def test_a_commit_that_fails_undoes_the_whole_batch(sqlite: SqliteStore, caplog):
    """A reference that is checked at the commit only stands for a disk that fails there."""

    async def fails_at_commit(tx) -> None:
        await tx.sql.run("PRAGMA defer_foreign_keys = ON")
        await tx.sql.run(
            "INSERT INTO claim (attempt_id, point_id, user_id, at, reason, state) "
            "VALUES (404, 'x', 1, 0, '', 'open')"
        )

    async def refused(tx: Tx) -> None:
        raise AlreadyDone("seen in a state that never came to be")

    held, first = await busy(sqlite)
    writers = [
        asyncio.create_task(sqlite.write(work)) for work in (count, fails_at_commit, count, refused)
    ]
    await asyncio.sleep(0)
    held.let_go.set()
    outcomes = await asyncio.gather(*writers, return_exceptions=True)
    await first
    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert "4 units of work could not be committed" in caplog.text
    assert await sqlite.write(count) == (0, 1)


async def test_a_transaction_that_ends_under_a_unit_fails_its_batch(sqlite: SqliteStore, caplog):
    async def ends_it(tx) -> None:
        await tx.sql.run("ROLLBACK")  # as SQLite itself does on some failures of the disk
        raise sqlite3.OperationalError("disk I/O error")

    held, first = await busy(sqlite)
    writers = [asyncio.create_task(sqlite.write(work)) for work in (count, ends_it, count)]
    await asyncio.sleep(0)
    held.let_go.set()
    outcomes = await asyncio.gather(*writers, return_exceptions=True)
    await first
    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert "disk I/O error" in caplog.text
    assert await sqlite.write(count) == (0, 1)


async def test_a_mistake_in_the_sql_is_not_blamed_on_the_disk(sqlite: SqliteStore):
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await sqlite._open.writer.write(lambda tx: tx.sql.run("DELETE FROM nowhere"))
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await sqlite.read(lambda tx: tx.sql.all("SELECT 1 FROM nowhere"))


async def test_a_failing_disk_is_told_kindly_to_one_unit_and_to_one_read(sqlite: SqliteStore):
    async def unreadable(tx: Tx) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    told = await asyncio.gather(
        sqlite.write(unreadable), sqlite.write(count), return_exceptions=True
    )
    assert isinstance(told[0], Unavailable)
    assert told[1] == (0, 1)
    with pytest.raises(Unavailable, match="look things up"):
        await sqlite.read(unreadable)


async def test_a_unit_may_raise_any_error_of_its_own(sqlite: SqliteStore):
    async def fails(tx: Tx) -> None:
        raise RuntimeError("mine")

    for run in (sqlite.write, sqlite.read):
        with pytest.raises(RuntimeError, match="mine"):
            await run(fails)


async def test_a_read_is_one_snapshot(sqlite: SqliteStore):
    begun, written = threading.Event(), threading.Event()

    async def twice(tx: Tx) -> list[int]:
        before = len(await tx.attempts.latest(ANNA, 99))
        begun.set()
        assert written.wait(30)
        return [before, len(await tx.attempts.latest(ANNA, 99))]

    reading = asyncio.create_task(sqlite.read(twice))
    await asyncio.to_thread(begun.wait, 30)
    await sqlite.write(lambda tx: tx.attempts.insert(practice(1)))
    seen = await sqlite.read(lambda tx: tx.attempts.latest(ANNA, 99))  # the other reader
    written.set()
    assert len(seen) == 1
    assert await reading == [0, 0]
