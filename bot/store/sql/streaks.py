"""Streaks and their ledger in SQL."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.streak import DayKind, Entry, Streak
from bot.store.sql.values import Row, Sql, day, stamp, text


class Streaks:
    """The tables `streak`, `ledger` and `progress`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, user_id: int) -> Streak:
        """The person's streak as last saved; an empty one before the first."""
        row = await self._sql.one(
            "SELECT length, best, freezes, settled_through, last_counted FROM streak "
            "WHERE user_id = ?",
            (user_id,),
        )
        return streak_of(row) if row else Streak()

    async def save(self, user_id: int, streak: Streak) -> None:
        """Add or replace it."""
        await self._sql.run(
            "INSERT INTO streak (user_id, length, best, freezes, settled_through, last_counted) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id) DO UPDATE SET "
            "length = excluded.length, best = excluded.best, freezes = excluded.freezes, "
            "settled_through = excluded.settled_through, last_counted = excluded.last_counted",
            (user_id, streak.length, streak.best, streak.freezes, text(streak.settled_through),
             text(streak.last_counted)),
        )  # fmt: skip

    async def append(self, user_id: int, entries: Sequence[Entry], at: datetime) -> None:
        """Write these lines below the others."""
        for entry in entries:
            await self._sql.run(
                "INSERT INTO ledger (user_id, seq, day, kind, length, freezes, through, detail, "
                "repaired_by, at) VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger "
                "WHERE user_id = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
                (user_id, user_id, entry.day.isoformat(), entry.kind.value, entry.length,
                 entry.freezes, text(entry.through), entry.detail, entry.by, stamp(at)),
            )  # fmt: skip

    async def ledger(self, user_id: int, most: int | None = None) -> list[Entry]:
        """The last `most` entries, oldest first; all without a limit."""
        query = (
            "SELECT day, kind, length, freezes, through, detail, repaired_by FROM ledger "
            "WHERE user_id = ? ORDER BY seq DESC"
        )
        if most is None:
            rows = await self._sql.all(query, (user_id,))
        else:
            rows = await self._sql.all(f"{query} LIMIT ?", (user_id, most))
        return [_entry(row) for row in reversed(rows)]

    async def progress(self, user_id: int, day: date, *, post: bool) -> tuple[int, int]:
        """Note one more question on that day; (post answers, questions) as they now stand."""
        row = await self._sql.one(
            "INSERT INTO progress (user_id, day, post_answers, questions) VALUES (?, ?, ?, 1) "
            "ON CONFLICT (user_id, day) DO UPDATE SET "
            "post_answers = progress.post_answers + excluded.post_answers, "
            "questions = progress.questions + 1 RETURNING post_answers, questions",
            (user_id, day.isoformat(), int(post)),
        )
        post_answers, questions = row or (0, 0)
        return post_answers, questions


def streak_of(row: Row) -> Streak:
    """A streak from length, best, freezes, settled_through, last_counted."""
    length, best, freezes, settled_through, last_counted = row
    return Streak(length, best, freezes, day(settled_through), day(last_counted))


def _entry(row: Row) -> Entry:
    on, kind, length, freezes, through, detail, by = row
    return Entry(date.fromisoformat(on), DayKind(kind), length, freezes, day(through), detail, by)
