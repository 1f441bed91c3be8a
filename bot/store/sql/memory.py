"""What people remember, read from the roll-ups that every answer moves (sql/rollups.py)."""

from datetime import datetime

from bot.domain.memory import Card
from bot.store.sql.cards import card_of
from bot.store.sql.values import Sql, instant, score, stamp

SELECT = (
    "SELECT question_id, stability, difficulty, due_at, last_at, reviews, lapses "
    "FROM card WHERE user_id = ?"
)


class Memory:
    """The tables `card` and `topic_stat`, read."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def cards(self, user_id: int) -> dict[str, Card]:
        """Every card of a person, by question."""
        rows = await self._sql.all(SELECT, (user_id,))
        return {row[0]: card_of(row[1:]) for row in rows}

    async def due(self, user_id: int, now: datetime, until: datetime) -> list[tuple[str, Card]]:
        """(question id, card) of all that is due before `until`, the most forgotten `now` first.

        Memory fades with the time gone over stability (`memory.recall`), so that orders them.
        """
        rows = await self._sql.all(
            f"{SELECT} AND due_at < ? ORDER BY (? - last_at) / stability DESC, question_id",
            (user_id, stamp(until), stamp(now)),
        )
        return [(row[0], card_of(row[1:])) for row in rows]

    async def next_due_at(self, user_id: int, after: datetime) -> datetime | None:
        """When the first question is due from `after` on."""
        row = await self._sql.one(
            "SELECT MIN(due_at) FROM card WHERE user_id = ? AND due_at >= ?",
            (user_id, stamp(after)),
        )
        return instant(row[0]) if row else None

    async def means(self, user_id: int) -> dict[str, float]:
        """The person's mean score, 0..1, on every topic they have answered."""
        rows = await self._sql.all(
            "SELECT topic, score_sum, answered FROM topic_stat WHERE user_id = ?", (user_id,)
        )
        return {topic: score(total) / answered for topic, total, answered in rows}
