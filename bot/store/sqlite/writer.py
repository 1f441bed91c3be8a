"""Group commit: whoever waits while the disk is busy shares the next commit.

No task of ours waits for work. Handing in a unit asks the connection's thread for a `_drain`,
which takes everything handed in by then. There are as many drains as units and each takes the
oldest, so a unit is done when the drain that was asked for with it is, by that one or an earlier.
"""

import logging
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
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
        self._handed_in: deque[Unit[Any]] = deque()
        self.commits = 0

    async def write(self, work: Callable[[SqlTx], Awaitable[T]]) -> T:
        """Run a unit of work; durable once this returns. It is done even if we are cancelled."""
        unit = Unit(work)
        self._handed_in.append(unit)
        await self._link.call(self._drain)
        return unit.outcome()

    def _drain(self, db: sqlite3.Connection) -> None:
        """Run what is waiting as one transaction. Runs in the connection's thread."""
        batch = self._batch()
        if not batch:
            return
        try:
            tx = SqlTx(DirectSql(db))
            db.execute("BEGIN IMMEDIATE")
            for unit in batch:
                unit.run(db, tx)
            db.execute("COMMIT")
            self.commits += 1
        except BaseException as error:  # noqa: BLE001 - every caller is told
            log.error("%d units of work could not be committed: %s", len(batch), error)
            for unit in batch:
                unit.fail(error)
            with suppress(sqlite3.Error):  # nothing to roll back: the disk has seen to it
                db.execute("ROLLBACK")

    def _batch(self) -> list[Unit[Any]]:
        size = min(len(self._handed_in), LARGEST_BATCH)
        return [self._handed_in.popleft() for _ in range(size)]
