"""A connection with its own thread, to which whole functions are handed.

aiosqlite hops to its thread and back for every statement, which costs more than the statement.
`call` makes one hop for as many as a function likes. It stands on `Connection._execute`, `_tx` and
`_thread`, so the version of aiosqlite is pinned (docs/decisions/0003).
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite

from bot.store.port import StoreTrouble

T = TypeVar("T")

PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit that was reported survives the power going off
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",  # KiB
    "PRAGMA journal_size_limit = 67108864",  # a long backup lets the log grow; give it back after
)


class Link(aiosqlite.Connection):
    """An sqlite3 connection living in a thread of its own."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connect, iter_chunk_size=64)

    async def open(self) -> None:
        """Start the thread and connect; if that fails no thread is left behind."""
        try:
            await self
        except BaseException:
            self._thread.join()
            raise

    async def close(self) -> None:
        """Finish what was handed in, disconnect and end the thread."""
        await super().close()
        self._thread.join()

    def post(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Have `work` run in the connection's thread, and go on; it must not raise."""
        self._tx.put_nowait((None, partial(work, self._conn)))

    async def call(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in the connection's thread; it runs even if the caller is cancelled."""
        result: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return result


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """A connection set up our way, transactions being ours to begin and end.

    Args:
        path: the database, which must be there.
        patience: seconds to wait for a lock.
    """
    db = sqlite3.connect(path, timeout=patience, isolation_level=None, cached_statements=256)
    try:
        mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise StoreTrouble(f"{path} is on a disk that cannot keep a write-ahead log.")
        for pragma in PRAGMAS:
            db.execute(pragma)
    except BaseException:
        db.close()
        raise
    return db


def connect_reader(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that refuses to write."""
    db = connect(path, patience)
    db.execute("PRAGMA query_only = ON")
    return db
