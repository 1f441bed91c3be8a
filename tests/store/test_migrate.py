"""Migrations of SQLite databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.port import StoreTrouble
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.migrate import Migration, known, migrate, statements
from tests.store.samples import NOON

ONE = Migration(1, "one", "CREATE TABLE a (x INTEGER PRIMARY KEY);\nINSERT INTO a VALUES (7);\n")
TWO = Migration(2, "two", "ALTER TABLE a ADD COLUMN y TEXT; -- why\n-- the end\n")


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        yield db


def recorded(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return db.execute("SELECT number, name, sha256, applied_at FROM migration").fetchall()


def tables(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_every_migration_is_applied_once_with_its_record(db: sqlite3.Connection):
    assert migrate(db, [ONE], NOON) == [ONE]
    assert migrate(db, [ONE, TWO], datetime(2027, 1, 1, tzinfo=UTC)) == [TWO]
    assert migrate(db, [ONE, TWO], NOON) == []
    microseconds = [1772452800123456, 1798761600000000]
    assert recorded(db) == [
        (m.number, m.name, m.sha256, at) for m, at in zip([ONE, TWO], microseconds, strict=True)
    ]
    assert db.execute("SELECT x, y FROM a").fetchall() == [(7, None)]


def test_a_migration_that_fails_leaves_nothing_of_itself(db: sqlite3.Connection):
    broken = Migration(2, "broken", "CREATE TABLE b (x);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(db, [ONE, broken], NOON)
    assert tables(db) == {"a", "migration"}
    assert len(recorded(db)) == 1
    assert migrate(db, [ONE, TWO], NOON) == [TWO]


def test_a_changed_migration_is_refused(db: sqlite3.Connection):
    migrate(db, [ONE, TWO], NOON)
    with pytest.raises(StoreTrouble, match=r"0001_one\.sql was changed after"):
        migrate(db, [replace(ONE, script=ONE.script + "\n"), TWO], NOON)


def test_a_database_that_is_newer_than_the_program_is_refused(db: sqlite3.Connection):
    migrate(db, [ONE, TWO], NOON)
    with pytest.raises(StoreTrouble, match=r"newer Loopmate.*update the program"):
        migrate(db, [ONE], NOON)


def test_a_table_that_others_refer_to_can_be_rebuilt(db: sqlite3.Connection):
    child = Migration(
        2,
        "child",
        "CREATE TABLE b (x REFERENCES a (x) ON DELETE CASCADE);INSERT INTO b VALUES (7);",
    )
    rebuild = Migration(
        3,
        "rebuild",
        "CREATE TABLE a2 (x INTEGER PRIMARY KEY, z);\nINSERT INTO a2 SELECT x, 1 FROM a;\n"
        "DROP TABLE a;\nALTER TABLE a2 RENAME TO a;\n",
    )
    migrate(db, [ONE, child, rebuild], NOON)
    assert db.execute("SELECT x FROM b").fetchall() == [(7,)]
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    stray = Migration(4, "stray", "DELETE FROM a;")
    with pytest.raises(StoreTrouble, match="0004 leaves references to nothing"):
        migrate(db, [ONE, child, rebuild, stray], NOON)
    assert db.execute("SELECT x FROM a").fetchall() == [(7,)]


def test_scripts_are_cut_into_statements():
    script = (
        "-- a; comment\nCREATE TABLE a (x TEXT DEFAULT ';');\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  DELETE FROM a;\nEND;\n"
        "SELECT 1"
    )
    assert len(list(statements(script))) == 3
    assert list(statements("-- nothing\n\n")) == []


def test_our_migrations_are_numbered_without_a_gap():
    assert [m.number for m in known()] == list(range(1, len(known()) + 1))


async def test_a_store_migrates_an_empty_database_and_finds_nothing_to_do_next_time(path: Path):
    assert await SqliteStore(path, now=NOON).migrate() == [m.name for m in known()]
    assert await SqliteStore(path, now=NOON).migrate() == []


async def test_a_store_refuses_a_newer_database(path: Path):
    await SqliteStore(path, now=NOON).migrate()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO migration VALUES (9999, 'later', '', 0)")
    with pytest.raises(StoreTrouble, match="newer"):
        await SqliteStore(path, now=NOON).open()
