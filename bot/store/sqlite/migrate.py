"""Numbered SQL files, each applied once, together with its record or not at all."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from bot.store.port import StoreTrouble
from bot.store.sql.values import stamp

_NAME = re.compile(r"(\d{4})_(\w+)\.sql")
_RECORD = (
    "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
    "sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    script: str

    @property
    def sha256(self) -> str:
        """Tells an edited file from the one that was applied."""
        return hashlib.sha256(self.script.encode()).hexdigest()


def known() -> list[Migration]:
    """The migrations of this program, in order."""
    folder = files("bot.store") / "migrations"
    named = [(_NAME.fullmatch(file.name), file) for file in folder.iterdir()]
    found = [
        Migration(int(match[1]), match[2], file.read_text("utf-8"))
        for match, file in named
        if match
    ]
    return sorted(found, key=lambda migration: migration.number)


def migrate(
    db: sqlite3.Connection, migrations: Sequence[Migration], now: datetime
) -> list[Migration]:
    """Bring a database up to date; the migrations that were applied.

    Raises:
        StoreTrouble: it is newer than the program, not ours, or history has been rewritten.
    """
    done = _applied(db)
    names = {m.number: m for m in migrations}
    for number, sha256 in done.items():
        if number not in names:
            raise StoreTrouble(
                f"The database has been used by a newer Loopmate (its migration {number:04} is "
                f"unknown to this one); update the program."
            )
        if sha256 != names[number].sha256:
            raise StoreTrouble(
                f"Migration {number:04}_{names[number].name}.sql was changed after it had been "
                f"applied to this database; put the old file back and add a new one."
            )
    fresh = [m for m in migrations if m.number not in done]
    # Tables that others refer to can only be rebuilt while nobody follows the references.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        for migration in fresh:
            _apply(db, migration, now)
    finally:
        db.execute("PRAGMA foreign_keys = ON")
    return fresh


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one after the other."""
    *parts, rest = script.split(";")
    statement = ""
    for part in parts:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):  # not within a text, a comment or a trigger
            yield statement
            statement = ""
    statement += rest
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        yield statement


def _applied(db: sqlite3.Connection) -> dict[int, str]:
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return {}
    columns = [row[1] for row in db.execute("PRAGMA table_info (migration)")]
    if columns != ["number", "name", "sha256", "applied_at"]:
        raise StoreTrouble("That is the database of another program; name another file.")
    return dict(db.execute("SELECT number, sha256 FROM migration ORDER BY number").fetchall())


def _apply(db: sqlite3.Connection, migration: Migration, now: datetime) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(_RECORD)
        for statement in statements(migration.script):
            db.execute(statement)
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreTrouble(f"Migration {migration.number:04} leaves references to nothing.")
        db.execute(
            "INSERT INTO migration (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)",
            (migration.number, migration.name, migration.sha256, stamp(now)),
        )
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
