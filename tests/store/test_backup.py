"""Backups of SQLite databases."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.port import StoreTrouble, Tx
from bot.store.sqlite import SqliteStore, back_up
from tests.store.samples import ANNA, BEN, NOON, a_post, practice


async def pair(tx: Tx, n: int) -> None:
    """Two rows that belong together."""
    await tx.attempts.insert(practice(2 * n, ANNA, answer="x" * 500))
    await tx.attempts.insert(practice(2 * n + 1, BEN, answer="x" * 500))


async def test_a_backup_is_consistent_while_writes_go_on(sqlite: SqliteStore, path: Path):
    target = path.with_name("backup.db")
    some, done = asyncio.Event(), asyncio.Event()

    async def keep_writing() -> int:
        n = 0
        while not done.is_set() or n < 200:
            await sqlite.write(lambda tx, n=n: pair(tx, n))
            n += 1
            if n == 50:
                some.set()
        return n

    writing = asyncio.create_task(keep_writing())
    await some.wait()
    await sqlite.backup(target)
    done.set()
    await writing
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        people = dict(copy.execute("SELECT user_id, COUNT(*) FROM attempt GROUP BY user_id"))
    assert people[ANNA] == people[BEN] >= 50
    assert sorted(p.name for p in path.parent.glob("backup*")) == ["backup.db"]
    assert target.stat().st_mode & 0o077 == 0


async def test_a_backup_opens_as_a_store(sqlite: SqliteStore, path: Path):
    await sqlite.write(lambda tx: tx.posts.insert(a_post()))
    target = path.with_name("backup.db")
    await sqlite.backup(target)
    copy = SqliteStore(target, now=NOON)
    await copy.open()
    assert copy.applied == []
    assert await copy.read(lambda tx: tx.posts.get(a_post().id)) == a_post()
    await copy.close()


async def test_a_backup_overwrites_nothing(sqlite: SqliteStore, path: Path):
    target = path.with_name("backup.db")
    target.write_text("precious")
    with pytest.raises(StoreTrouble, match="is there already"):
        await sqlite.backup(target)
    assert target.read_text() == "precious"


async def test_a_backup_can_be_taken_from_outside_of_a_running_bot(sqlite: SqliteStore, path: Path):
    await sqlite.write(lambda tx: tx.posts.insert(a_post()))
    back_up(path, path.with_name("backup.db"))
    with closing(sqlite3.connect(path.with_name("backup.db"))) as copy:
        assert copy.execute("SELECT COUNT(*) FROM post").fetchone() == (1,)


def test_a_backup_of_nothing_or_to_nowhere_is_refused(tmp_path: Path):
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    with pytest.raises(StoreTrouble, match="There is no database"):
        back_up(source, target)
    source.touch()
    with pytest.raises(StoreTrouble, match="cannot be written"):
        back_up(source, tmp_path / "nowhere" / "b.db")


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path):
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    source.write_bytes(b"not a database at all " * 100)
    with pytest.raises(StoreTrouble, match="failed and was removed"):
        back_up(source, target)
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]
