"""What people remember of each question, in SQL: attempts folded through `domain/memory.py`.

Every attempt is a review, whatever its origin. Cards fold in the order in which people answered,
not in which answers arrived: one that was graded slowly is folded in at its own place.
"""

from bot.domain.attempt import Attempt
from bot.domain.memory import Card, rating, reviewed
from bot.store.sql.values import Row, Sql, instant, millionths, score, stamp


class Cards:
    """The table `card`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def review(self, attempt: Attempt) -> None:
        """Let a stored attempt count as a review."""
        row = await self._sql.one(
            "SELECT stability, difficulty, due_at, last_at, reviews, lapses FROM card "
            "WHERE user_id = ? AND question_id = ?",
            (attempt.user_id, attempt.question_id),
        )
        card = card_of(row) if row else None
        if card and attempt.at <= card.last_at:
            await self.fold(attempt.user_id, attempt.question_id)
            return
        # The score as it is kept, so that a rebuild rates it alike.
        rated = rating(score(millionths(attempt.score)), attempt.confidence)
        await self._save(attempt.user_id, attempt.question_id, reviewed(card, rated, attempt.at))

    async def fold(self, user_id: int, question_id: str) -> None:
        """Recreate one card from its attempts."""
        rows = await self._sql.all(
            "SELECT at, score, confidence FROM attempt WHERE user_id = ? AND question_id = ? "
            "ORDER BY at, id",
            (user_id, question_id),
        )
        card: Card | None = None
        for at, right, sure in rows:
            card = reviewed(card, rating(score(right), sure), instant(at))
        if card:
            await self._save(user_id, question_id, card)

    async def _save(self, user_id: int, question_id: str, card: Card) -> None:
        await self._sql.run(
            "INSERT INTO card (user_id, question_id, stability, difficulty, due_at, last_at, "
            "reviews, lapses) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (user_id, question_id) DO UPDATE SET stability = excluded.stability, "
            "difficulty = excluded.difficulty, due_at = excluded.due_at, "
            "last_at = excluded.last_at, reviews = excluded.reviews, lapses = excluded.lapses",
            (user_id, question_id, card.stability, card.difficulty, stamp(card.due_at),
             stamp(card.last_at), card.reviews, card.lapses),
        )  # fmt: skip


def card_of(row: Row) -> Card:
    """From stability, difficulty, due_at, last_at, reviews, lapses."""
    stability, difficulty, due_at, last_at, reviews, lapses = row
    return Card(stability, difficulty, instant(due_at), instant(last_at), reviews, lapses)
