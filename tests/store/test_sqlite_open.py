"""Opening and closing a SQLite database: what is refused, in which words, and what is left."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store.port import StoreTrouble
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.link import connect
from tests.store.samples import NOON


def store_at(path: Path) -> SqliteStore:
    return SqliteStore(path, now=NOON, patience=0.05)


async def refused(path: Path) -> str:
    """The sentence with which opening is refused; nothing may be left open behind it."""
    threads, files = threading.active_count(), open_files()
    with pytest.raises(StoreTrouble) as trouble:
        await store_at(path).open()
    assert (threading.active_count(), open_files()) == (threads, files)
    sentence = str(trouble.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def open_files() -> int:
    files = Path("/proc/self/fd")
    return len(list(files.iterdir())) if files.exists() else 0


def overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b" if path.exists() else "wb") as file:
        file.seek(start)
        file.write(content)


async def test_a_new_database_is_made_where_there_is_none(tmp_path: Path):
    path = tmp_path / "data" / "here" / "loopmate.db"
    store = store_at(path)
    await store.open()
    await store.close()
    assert path.exists()
    assert path.stat().st_mode & 0o077 == 0  # answers are nobody else's business
    assert not path.with_name("loopmate.db-wal").exists()


async def test_the_settings_that_durability_stands_on(sqlite: SqliteStore):
    def pragmas(db: sqlite3.Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "query_only")
        return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    connected = sqlite._open
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "query_only": 0}
    assert await connected.writer._link.call(pragmas) == expected
    for _ in range(2):
        assert await next(connected.readers).call(pragmas) == {**expected, "query_only": 1}


async def test_every_thread_ends_with_close(path: Path):
    threads, files = threading.active_count(), open_files()
    store = store_at(path)
    await store.open()
    assert threading.active_count() == threads + 3
    await store.close()
    assert (threading.active_count(), open_files()) == (threads, files)


async def test_a_file_that_is_no_database_is_refused(path: Path):
    overwrite(path, 0, b"Dear diary, today I learned about leakage. " * 100)
    assert "is not a database" in await refused(path)


async def test_a_damaged_database_is_refused(path: Path):
    await store_at(path).migrate()
    overwrite(path, 100, b"\xff" * 3996)
    assert "is damaged" in await refused(path)


async def test_the_database_of_another_program_is_refused_and_left_alone(path: Path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    assert "another program" in await refused(path)
    other = sqlite3.connect(path)
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["recipe"]
    other.close()


async def test_a_folder_is_refused(tmp_path: Path):
    assert "cannot be used" in await refused(tmp_path)


async def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    assert "cannot be used" in await refused(tmp_path / "file" / "loopmate.db")


LOCKER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute(f"PRAGMA journal_mode = {sys.argv[2]}")
db.execute("PRAGMA locking_mode = EXCLUSIVE")
db.execute("BEGIN EXCLUSIVE")
db.execute("UPDATE migration SET name = name")
print("ready", flush=True)
sys.stdin.read()
"""


def test_a_disk_without_a_write_ahead_log_is_refused():
    with pytest.raises(StoreTrouble, match="write-ahead log"):
        connect(Path(":memory:"), patience=0.05)  # for one


@contextmanager
def another_program(script: str, *arguments: str) -> Iterator[None]:
    """A process that has done its `script` up to "ready", and is killed at the end."""
    command = [sys.executable, "-c", script, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield
        process.kill()


@pytest.mark.parametrize("mode", ["delete", "wal"])
async def test_a_database_locked_by_another_program_is_refused(path: Path, mode: str):
    await store_at(path).migrate()
    with another_program(LOCKER, str(path), mode):
        assert "locked by another program" in await refused(path)
    assert await store_at(path).migrate() == []


async def test_two_bots_cannot_have_the_same_database(path: Path):
    first = store_at(path)
    await first.open()
    assert "Another Loopmate is running" in await refused(path)
    await first.close()
    assert await store_at(path).migrate() == []


HOLDER = """
import asyncio, datetime, pathlib, sys
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.link import connect

async def main():
    store = SqliteStore(pathlib.Path(sys.argv[1]), now=datetime.datetime.now(datetime.UTC))
    await store.open()
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_bot_that_was_killed_leaves_no_lock(path: Path):
    with another_program(HOLDER, str(path)):
        assert "Another Loopmate is running" in await refused(path)
    assert await store_at(path).migrate() == []
