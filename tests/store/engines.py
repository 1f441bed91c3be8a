"""The engines that the contract suite runs over; a second one is added to ENGINES."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.store.port import Store, Tx
from bot.store.sqlite import SqliteStore
from tests.store.samples import NOON

T = TypeVar("T")


class Rebuildable(Store, Protocol):
    async def rebuild(self) -> None: ...


class Engine(Protocol):
    """One database, however often it is opened."""

    def store(self) -> Rebuildable: ...


class SqliteEngine:
    def __init__(self, folder: Path) -> None:
        self._path = folder / "contract.db"

    def store(self) -> Rebuildable:
        return SqliteStore(self._path, now=NOON)


ENGINES = [SqliteEngine]


def both(*works: Callable[[Tx], Awaitable[Any]]) -> Callable[[Tx], Awaitable[list[Any]]]:
    """Several calls as one unit of work."""

    async def work(tx: Tx) -> list[Any]:
        return [await one(tx) for one in works]

    return work
