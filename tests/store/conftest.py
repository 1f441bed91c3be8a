"""The contract suite runs once for every engine behind the port."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.port import Store
from bot.store.sqlite import SqliteStore
from tests.store.engines import ENGINES, Engine
from tests.store.samples import NOON


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine with a database of its own."""
    return request.param(tmp_path)


@pytest.fixture
async def store(engine: Engine) -> AsyncIterator[Store]:
    """An open store, empty, of each engine in turn."""
    store = engine.store()
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a SQLite database may be."""
    return tmp_path / "loopmate.db"


@pytest.fixture
async def sqlite(path: Path) -> AsyncIterator[SqliteStore]:
    """An open SQLite store, for what only SQLite has."""
    store = SqliteStore(path, now=NOON, patience=0.05)
    await store.open()
    yield store
    await store.close()
