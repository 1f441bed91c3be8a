"""Group commit: whoever waits while the disk is busy shares the next commit.

No task of ours waits for work. A unit that finds no drain on its way asks the connection's thread
for one; `_drain` runs there, takes what has been handed in, commits it and wakes its callers, all
of a batch at once, until nothing is left.
"""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from bot.store.sql.tx import SqlTx
from bot.store.sqlite.link import Link
from bot.store.sqlite.units import DirectSql, Unit

T = TypeVar("T")

LARGEST_BATCH = 500
"""Units in one commit, so that no caller waits long behind a flood."""

log = logging.getLogger(__name__)


class Writer:
    """The one connection that writes."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._loop = asyncio.get_running_loop()
        self._handed_in: deque[tuple[Unit[Any], asyncio.Future[None]]] = deque()
        self._coming = False
        """A drain has been asked for and has not begun to take."""
        self.commits = 0

    async def write(self, work: Callable[[SqlTx], Awaitable[T]]) -> T:
        """Run a unit of work; durable once this returns. It is done even if we are cancelled."""
        unit, done = Unit(work), self._loop.create_future()
        # In this order: a drain that has not begun to take finds the unit, one that has does not
        # count as coming.
        self._handed_in.append((unit, done))
        if not self._coming:
            self._coming = True
            self._link.post(self._drain)
        await done
        return unit.outcome()

    def _drain(self, db: sqlite3.Connection) -> None:
        """Run and commit all that waits. Runs in the connection's thread."""
        self._coming = False
        while self._handed_in:
            size = min(len(self._handed_in), LARGEST_BATCH)
            batch = [self._handed_in.popleft() for _ in range(size)]
            self._commit(db, [unit for unit, _ in batch])
            with suppress(RuntimeError):  # the loop is gone, and everybody who waited with it
                self._loop.call_soon_threadsafe(_wake, [done for _, done in batch])

    def _commit(self, db: sqlite3.Connection, units: Sequence[Unit[Any]]) -> None:
        try:
            tx = SqlTx(DirectSql(db))
            db.execute("BEGIN IMMEDIATE")
            for unit in units:
                unit.run(db, tx)
            db.execute("COMMIT")
            self.commits += 1
        except BaseException as error:  # noqa: BLE001 - every caller is told
            log.error("%d units of work could not be committed: %s", len(units), error)
            for unit in units:
                unit.fail(error)
            with suppress(sqlite3.Error):  # nothing to roll back: the disk has seen to it
                db.execute("ROLLBACK")


def _wake(waiting: Sequence[asyncio.Future[None]]) -> None:
    for done in waiting:
        if not done.done():  # its caller may have been cancelled
            done.set_result(None)
