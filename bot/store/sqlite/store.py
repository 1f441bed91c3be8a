"""The store: opens, checks and migrates a database, then takes units of work."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from bot.domain.errors import Unavailable
from bot.store.port import StoreTrouble, Tx
from bot.store.sql.rebuild import rebuild
from bot.store.sql.tx import SqlTx
from bot.store.sqlite.backup import back_up
from bot.store.sqlite.link import Link, connect, connect_reader
from bot.store.sqlite.lock import FileLock
from bot.store.sqlite.migrate import known, migrate
from bot.store.sqlite.units import DirectSql, drive, outside
from bot.store.sqlite.writer import Writer

T = TypeVar("T")

READERS = 2


@dataclass(frozen=True, slots=True)
class _Connected:
    writer: Writer
    readers: Iterator[Link]


class SqliteStore:
    """`bot.store.port.Store` over one SQLite file, for one process at a time."""

    def __init__(self, path: Path, *, now: datetime, patience: float = 5.0) -> None:
        """Name a database; nothing is touched before `open`.

        Args:
            path: the file, made if missing.
            now: the instant that migrations are recorded with.
            patience: seconds to wait for a lock that another process holds.
        """
        self._path, self._now, self._patience = path, now, patience
        self._links = AsyncExitStack()
        self._connected: _Connected | None = None
        self.applied: list[str] = []
        """Migrations that `open` has applied."""

    async def open(self) -> None:
        """Connect, check and migrate.

        Raises:
            StoreTrouble: the database is locked, newer than this program, or not ours.
        """
        async with AsyncExitStack() as links:
            try:
                links.callback(FileLock(self._path).release)
                writer = await self._link(links, self._connect_first)
                reader = partial(connect_reader, self._path, self._patience)
                readers = [await self._link(links, reader) for _ in range(READERS)]
            except (sqlite3.Error, OSError) as error:
                raise StoreTrouble(_trouble(self._path, error)) from error
            self._links = links.pop_all()
        self._connected = _Connected(Writer(writer), cycle(readers))

    async def close(self) -> None:
        """Finish what was handed in, then disconnect."""
        self._connected = None
        await self._links.aclose()

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run a unit of work; durable once this returns, without a trace if it raises.

        Raises:
            Unavailable: the disk is full, the database is locked, or we are closing.
        """
        return await self._open.writer.write(work)

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run a unit of work that only reads, on one consistent snapshot."""
        return await next(self._open.readers).call(partial(_snapshot, copy_context(), work))

    async def migrate(self) -> list[str]:
        """Bring the database up to date and close it again; the migrations that took."""
        await self.open()
        await self.close()
        return self.applied

    async def rebuild(self) -> None:
        """Recreate every roll-up from attempts, as one unit of work."""
        await self._open.writer.write(lambda tx: rebuild(tx.sql))

    async def backup(self, target: Path) -> None:
        """Copy the database to `target` while units of work go on.

        Raises:
            StoreTrouble: the target is there already, or the copy failed.
        """
        await asyncio.to_thread(back_up, self._path, target)

    @property
    def commits(self) -> int:
        """How often the disk has been asked to keep something since `open`."""
        return self._open.writer.commits

    @property
    def _open(self) -> _Connected:
        if self._connected is None:
            raise Unavailable("I am just restarting. Please try again in a minute.")
        return self._connected

    @staticmethod
    async def _link(links: AsyncExitStack, connect: Callable[[], sqlite3.Connection]) -> Link:
        link = Link(connect)
        await link.open()
        links.push_async_callback(link.close)
        return link

    def _connect_first(self) -> sqlite3.Connection:
        self._path.touch(0o600)  # what people answered is nobody else's business
        db = connect(self._path, self._patience)
        try:
            self.applied = [m.name for m in migrate(db, known(), self._now)]
        except BaseException:
            db.close()
            raise
        return db


def _snapshot(context: Context, work: Callable[[Tx], Awaitable[T]], db: sqlite3.Connection) -> T:
    db.execute("BEGIN")  # without it every statement would see a state of its own
    try:
        return context.run(drive, work, SqlTx(DirectSql(db)))
    except sqlite3.Error as error:
        if outside(error):
            raise Unavailable(
                "I can't look things up just now. Please try again in a minute."
            ) from error
        raise
    finally:
        db.execute("ROLLBACK")


def _trouble(path: Path, error: sqlite3.Error | OSError) -> str:
    """One sentence for the operator."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"{path} is locked by another program; close that one first."
    if code == sqlite3.SQLITE_NOTADB:
        return f"{path} is not a database; name another file."
    if code == sqlite3.SQLITE_CORRUPT:
        return f"{path} is damaged; put a backup in its place."
    return f"{path} cannot be used: {error}."
