"""A copy of the database as it is at one instant, while the bot goes on writing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.port import StoreTrouble


def back_up(database: Path, target: Path) -> None:
    """Copy `database` to `target`, checked and flushed to disk before it gets its name.

    `VACUUM INTO` reads one snapshot and waits for nobody; SQLite's backup API would begin anew
    whenever another process writes.

    Raises:
        StoreTrouble: the target is there already, or the copy failed.
    """
    if not database.is_file():
        raise StoreTrouble(f"There is no database at {database}.")
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))  # claims the name
    except FileExistsError:
        raise StoreTrouble(f"{target} is there already; name another file.") from None
    except OSError as error:
        raise StoreTrouble(f"The backup cannot be written: {error.strerror}.") from error
    part = target.with_name(target.name + ".part")
    try:
        _copy(database, part)
        part.replace(target)
        _flush(target.parent, os.O_RDONLY)
    except BaseException as error:
        part.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        if isinstance(error, (sqlite3.Error, OSError)):
            raise StoreTrouble(f"The backup failed and was removed: {error}.") from error
        raise


def _copy(database: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    part.touch(0o600)
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as db:
        db.execute("VACUUM INTO ?", (str(part),))
    with closing(sqlite3.connect(part)) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    _flush(part, os.O_RDWR)


def _flush(path: Path, flags: int) -> None:
    file = os.open(path, flags)
    try:
        os.fsync(file)
    finally:
        os.close(file)
