"""Units of work, driven to their end without an event loop."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from bot.domain.errors import Unavailable
from bot.store.sql.tx import SqlTx
from bot.store.sql.values import Row

T = TypeVar("T")

STRAYED = "A unit of work awaits nothing but its Tx: load, ask the domain, save."


class DirectSql:
    """`Sql` over an sqlite3 connection; it answers at once, so awaiting it never suspends."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    async def run(self, query: str, parameters: Row = ()) -> int:
        """Execute; the number of rows changed."""
        return self._db.execute(query, parameters).rowcount

    async def one(self, query: str, parameters: Row = ()) -> Row | None:
        """The first row, if there is one."""
        rows = self._db.execute(query, parameters).fetchall()
        return rows[0] if rows else None

    async def all(self, query: str, parameters: Row = ()) -> list[Row]:
        """Every row."""
        return self._db.execute(query, parameters).fetchall()

    async def named(self, query: str, parameters: Row = ()) -> list[dict[str, Any]]:
        """Every row, by the names of its columns."""
        cursor = self._db.execute(query, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def drive(work: Callable[[SqlTx], Awaitable[T]], tx: SqlTx) -> T:
    """What `work` returns, run here and now.

    Raises:
        RuntimeError: it awaited something that takes time.
    """
    steps = work(tx).__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: T = done.value
        return result
    except RuntimeError as error:
        if str(error) == "no running event loop":
            raise RuntimeError(STRAYED) from error
        raise
    steps.close()
    raise RuntimeError(STRAYED)


class Unit(Generic[T]):
    """A unit of work on its way through the writer, and what came of it."""

    def __init__(self, work: Callable[[SqlTx], Awaitable[T]]) -> None:
        self._work = work
        self._context = copy_context()  # so that log lines name the interaction they belong to
        self._result: T
        self._error: BaseException | None = None

    def run(self, db: sqlite3.Connection, tx: SqlTx) -> None:
        """Do the work within its own savepoint; nothing is left of a unit that raises.

        Raises:
            sqlite3.Error: the transaction around it is gone too.
        """
        db.execute("SAVEPOINT unit")
        try:
            self._result = self._context.run(drive, self._work, tx)
        except BaseException as error:
            if not db.in_transaction:  # a full disk ends the transaction at once
                raise
            self._error = error
            if outside(error):
                self.fail(error)
            db.execute("ROLLBACK TO unit")
        db.execute("RELEASE unit")

    def fail(self, cause: BaseException) -> None:
        """Say that whatever it did is gone, through no fault of its own."""
        self._error = Unavailable(
            "I can't write things down just now, so nothing was saved. "
            "Please try again in a minute."
        )
        self._error.__cause__ = cause

    def outcome(self) -> T:
        """What it returned; or raise what it raised."""
        if self._error is not None:
            raise self._error
        return self._result


_OUTSIDE = frozenset({
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CORRUPT,
})  # fmt: skip


def outside(error: BaseException) -> bool:
    """Whether that went wrong outside the program: a full disk is nobody's mistake."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTSIDE
