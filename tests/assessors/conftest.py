"""A judge over real HTTP, with a real database behind it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.assessors.llm import LlmJudge, endpoint
from bot.services.judging import Judging
from bot.store.port import Store
from bot.store.sqlite import SqliteStore
from tests.assessors.endpoint import Endpoint
from tests.store.samples import NOON

KEY = "sk-loopback-0123456789"


@pytest.fixture
async def model() -> AsyncIterator[Endpoint]:
    """The endpoint that a test tells what to say."""
    async with Endpoint() as server:
        yield server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "loopmate.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """An open store, empty."""
    store = SqliteStore(path, now=NOON)
    await store.open()
    yield store
    await store.close()


def judging(store: Store, url: str, model: str = "openai:gpt-4o-mini", **fields: Any) -> Judging:
    """The assessor under test; `daily` and `patience` have sane defaults."""
    limits = {"daily": 50, "patience": 5.0, **fields}
    return Judging(store, LlmJudge(endpoint(model, url, KEY)), **limits)


@pytest.fixture
def assessor(store: Store, model: Endpoint) -> Judging:
    """An assessor that asks the endpoint."""
    return judging(store, model.url)
