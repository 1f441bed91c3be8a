"""The rows of games while their bot is dead: looked at, and moved in time.

Rounds take half a minute, and a life of the bot a few seconds. So some pauses are cut short and
some deadlines moved: the next life has something due soon, or comes too late for it.
"""

import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.domain.game import MARGIN, UNWATCHED

SECOND = 1_000_000
"""In the unit of the rows."""
ASKING = """
SELECT g.id, g.round, coalesce(max(r.at), 0), o.deadline FROM game g
JOIN round o ON o.game_id = g.id AND o.no = g.round
LEFT JOIN reply r ON r.game_id = g.id AND r.no = g.round
WHERE g.phase = 'asking' GROUP BY g.id
"""
UNDER_WAY = """
SELECT kind || ' ' || iif(phase = 'over', 'over, not seen', phase), count(*) FROM game
WHERE due_at IS NOT NULL GROUP BY 1
UNION ALL SELECT 'replies, not attempts', count(*) FROM reply WHERE recorded = 0
"""


@dataclass
class Moved:
    """(game, round) whose deadline was put into the past."""

    back: set[tuple[int, int]] = field(default_factory=set)
    late: set[tuple[int, int]] = field(default_factory=set)
    """The ones of those that nobody can have watched."""


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """The database of a bot that has made its tables; changes are committed."""
    address = f"file:{database}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=10)) as db, db:
        yield db


@contextmanager
def copied(database: Path) -> Iterator[sqlite3.Connection]:
    """A copy to look at, so that the bot finds its files as it left them."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(database, folder)
        with suppress(FileNotFoundError):  # there is none after an orderly end
            shutil.copy(f"{database}-wal", folder)
        with opened(Path(folder) / database.name) as db:
            yield db


def under_way(database: Path) -> Counter[str]:
    """What a kill has found."""
    with copied(database) as db:
        return Counter(dict(db.execute(UNDER_WAY).fetchall()))


def meddle(database: Path, rng: Random, moved: Moved, *, hurry: bool) -> None:
    """Have pauses end soon, and some deadlines soon or long ago; in a hurry everything soon."""
    now = time.time_ns() // 1000
    soon = now + int(rng.uniform(0.5, 1.5 if hurry else 4) * SECOND)
    waiting = "'pausing', 'invited'" if hurry else "'pausing'"
    with opened(database) as db:
        db.execute(
            f"UPDATE game SET due_at = ? WHERE phase IN ({waiting}) AND due_at > ?", (soon, soon)
        )
        for game_id, no, last_reply, deadline in db.execute(ASKING).fetchall():
            at = max(now + _shift(rng, hurry=hurry), last_reply)
            if at >= deadline:
                continue
            db.execute(
                "UPDATE round SET deadline = ?, asked_at = min(asked_at, ?) "
                "WHERE game_id = ? AND no = ?", (at, at - SECOND, game_id, no),
            )  # fmt: skip
            due = at + int(MARGIN.total_seconds() * SECOND)
            db.execute("UPDATE game SET due_at = ? WHERE id = ?", (due, game_id))
            if at < now:
                moved.back.add((game_id, no))
            if now - at > UNWATCHED.total_seconds() * SECOND:
                moved.late.add((game_id, no))


def _shift(rng: Random, *, hurry: bool) -> int:
    """How far from now a deadline is wished, mostly too far to matter."""
    drawn = rng.random()
    if hurry or drawn < 0.2:
        seconds = rng.uniform(3, 6 if hurry else 9)
    elif drawn < 0.3:
        seconds = -rng.uniform(0, 2) * UNWATCHED.total_seconds()
    else:
        seconds = 3600.0
    return int(seconds * SECOND)
