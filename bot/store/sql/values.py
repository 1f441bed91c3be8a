"""How values of the domain are kept in columns, the same in every engine.

Instants are UTC microseconds in a BIGINT: exact, they sort as they are, and no engine's idea of
a time zone gets between. Scores are millionths in a BIGINT: sums of integers come out the same in
whatever order they are added up, so roll-ups can be compared with their rebuilt selves exactly.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import floor
from typing import Any, Protocol, overload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MILLION = 1_000_000

Row = Sequence[Any]


class Sql(Protocol):
    """What a repository needs of an engine; parameters are `?`, as in SQLite."""

    async def run(self, query: str, parameters: Row = ()) -> int:
        """Execute; the number of rows changed."""
        ...

    async def one(self, query: str, parameters: Row = ()) -> Row | None:
        """The first row, if there is one."""
        ...

    async def all(self, query: str, parameters: Row = ()) -> Sequence[Row]:
        """Every row."""
        ...

    async def named(self, query: str, parameters: Row = ()) -> list[dict[str, Any]]:
        """Every row, by the names of its columns."""
        ...


@overload
def stamp(at: datetime) -> int: ...
@overload
def stamp(at: None) -> None: ...
@overload
def stamp(at: datetime | None) -> int | None: ...
def stamp(at: datetime | None) -> int | None:
    """An instant as it is stored; a naive one raises TypeError."""
    return None if at is None else (at - EPOCH) // MICROSECOND


@overload
def instant(stamp: int) -> datetime: ...
@overload
def instant(stamp: None) -> None: ...
@overload
def instant(stamp: int | None) -> datetime | None: ...
def instant(stamp: int | None) -> datetime | None:
    """A stored instant, in UTC."""
    return None if stamp is None else EPOCH + timedelta(microseconds=stamp)


def text(day: date | None) -> str | None:
    """A date as it is stored."""
    return None if day is None else day.isoformat()


def day(text: str | None) -> date | None:
    """A stored date."""
    return None if text is None else date.fromisoformat(text)


def millionths(score: float) -> int:
    """A score, or a difference of scores, as it is stored: halves up, so differences add up."""
    return floor(score * MILLION + 0.5)


def score(millionths: int) -> float:
    """A stored score."""
    return millionths / MILLION


def marks(columns: str) -> str:
    """One `?` for each of these comma-separated columns."""
    return ", ".join("?" for _ in columns.split(","))
