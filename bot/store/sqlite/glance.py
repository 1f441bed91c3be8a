"""A look into a database that a running bot has open; it waits for nobody and changes nothing."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot.store.port import StoreTrouble, Tx
from bot.store.sql.tx import SqlTx
from bot.store.sqlite.units import DirectSql, drive

T = TypeVar("T")


def glance(database: Path, work: Callable[[Tx], Awaitable[T]]) -> T:
    """What a unit of work that only reads finds there.

    Raises:
        StoreTrouble: there is no database, or it is not one of this program's.
    """
    if not database.is_file():
        raise StoreTrouble(f"There is no database at {database}.")
    try:
        # Not `mode=ro`: without a bot running, the write-ahead log's index has to be made anew.
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as db:
            db.execute("PRAGMA query_only = ON")
            return drive(work, SqlTx(DirectSql(db)))
    except sqlite3.Error as error:
        raise StoreTrouble(
            f"{database} cannot be read: {error}. `loopmate migrate` brings it up to date."
        ) from error
