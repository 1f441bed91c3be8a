from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from tests.services.world import World, at


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Services over an empty database."""
    store = SqliteStore(tmp_path / "loopmate.db", now=at(0, 0))
    await store.open()
    yield World.over(store)
    await store.close()
