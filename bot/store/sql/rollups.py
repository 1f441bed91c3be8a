"""Roll-ups in SQL: sums that change only by expressions, in the unit that changes the attempt.

| table          | counts                       | so that                                     |
|----------------|------------------------------|---------------------------------------------|
| `member`       | scored attempts in a guild   | who belongs to a group, and their totals    |
| `period_score` | scored attempts in a guild   | boards: a row a period (domain/board.py)    |
| `topic_stat`   | every attempt                | what somebody is good at                    |
| `card`         | every attempt (sql/cards.py) | what to ask somebody again, and when        |
"""

from bot.domain.attempt import Attempt
from bot.domain.board import counted_in
from bot.domain.person import Member
from bot.domain.streak import Streak
from bot.store.sql.boards import shown
from bot.store.sql.cards import Cards
from bot.store.sql.streaks import streak_of
from bot.store.sql.values import Sql, instant, millionths, score, stamp


class Rollups:
    """The tables `member`, `period_score`, `topic_stat` and `card`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._cards = Cards(sql)

    async def add(self, attempt: Attempt, week: str) -> None:
        """Count a stored attempt everywhere it counts; `week` is its guild's ISO week."""
        right = millionths(attempt.score)
        if attempt.scored and attempt.guild_id is not None:
            await self._add_in_guild(attempt, week, right)
        await self._sql.run(
            "INSERT INTO topic_stat (user_id, topic, answered, score_sum) VALUES (?, ?, 1, ?) "
            "ON CONFLICT (user_id, topic) DO UPDATE SET answered = topic_stat.answered + 1, "
            "score_sum = topic_stat.score_sum + excluded.score_sum",
            (attempt.user_id, attempt.topic, right),
        )
        await self._cards.review(attempt)

    async def _add_in_guild(self, attempt: Attempt, week: str, right: int) -> None:
        key = (attempt.user_id, attempt.guild_id)
        await self._sql.run("UPDATE attempt SET week = ? WHERE id = ?", (week, attempt.id))
        await self._sql.run(
            "INSERT INTO member (user_id, guild_id, answered, score_sum, points, last_at) "
            "VALUES (?, ?, 1, ?, ?, ?) "
            "ON CONFLICT (user_id, guild_id) DO UPDATE SET answered = member.answered + 1, "
            "score_sum = member.score_sum + excluded.score_sum, "
            "points = member.points + excluded.points, last_at = CASE "
            "WHEN excluded.last_at > member.last_at THEN excluded.last_at "
            "ELSE member.last_at END",
            (*key, right, attempt.points, stamp(attempt.at)),
        )
        periods = counted_in(week, attempt.topic)
        await self._sql.run(
            "INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points) "  # noqa: S608
            f"VALUES {', '.join(['(?, ?, ?, 1, ?, ?)'] * len(periods))} "
            "ON CONFLICT (user_id, guild_id, period) DO UPDATE SET "
            "answered = period_score.answered + 1, "
            "score_sum = period_score.score_sum + excluded.score_sum, "
            "points = period_score.points + excluded.points",
            [value for period in periods for value in (*key, period, right, attempt.points)],
        )

    async def shift(self, attempt: Attempt, week: str, score: float, points: int) -> None:
        """Move an attempt's share of every sum by these differences.

        It moves in the week it was counted in, even if the guild lives in another zone by now.
        """
        moved = millionths(score)
        if attempt.scored and attempt.guild_id is not None:
            key = (attempt.user_id, attempt.guild_id)
            await self._sql.run(
                "UPDATE member SET score_sum = score_sum + ?, points = points + ? "
                "WHERE user_id = ? AND guild_id = ?",
                (moved, points, *key),
            )
            row = await self._sql.one("SELECT week FROM attempt WHERE id = ?", (attempt.id,))
            periods = counted_in(row[0] if row and row[0] else week, attempt.topic)
            places = ", ".join("?" for _ in periods)
            await self._sql.run(
                "UPDATE period_score SET score_sum = score_sum + ?, points = points + ? "  # noqa: S608
                f"WHERE user_id = ? AND guild_id = ? AND period IN ({places})",
                (moved, points, *key, *periods),
            )
        await self._sql.run(
            "UPDATE topic_stat SET score_sum = score_sum + ? WHERE user_id = ? AND topic = ?",
            (moved, attempt.user_id, attempt.topic),
        )

    async def member(self, guild_id: int, user_id: int) -> Member | None:
        """What that person did in that guild."""
        row = await self._sql.one(
            "SELECT answered, score_sum, points, last_at FROM member "
            "WHERE user_id = ? AND guild_id = ?",
            (user_id, guild_id),
        )
        if row is None:
            return None
        return Member(guild_id, user_id, row[0], score(row[1]), row[2], instant(row[3]))

    async def guilds_of(self, user_id: int) -> list[int]:
        """Guilds in which the person has a scored attempt."""
        rows = await self._sql.all(
            "SELECT guild_id FROM member WHERE user_id = ? ORDER BY guild_id", (user_id,)
        )
        return [row[0] for row in rows]

    async def longest_streaks(self, guild_id: int, most: int) -> list[tuple[int, Streak]]:
        """(user id, streak) of the guild's members with the longest runs, unsettled.

        Those who do not want to be on boards are left out.
        """
        rows = await self._sql.all(
            "SELECT m.user_id, s.length, s.best, s.freezes, s.settled_through, s.last_counted "  # noqa: S608
            "FROM member m JOIN streak s ON s.user_id = m.user_id "
            f"WHERE m.guild_id = ? AND s.length > 0 AND {shown('m.user_id')} "
            "ORDER BY s.length DESC, s.best DESC, m.user_id LIMIT ?",
            (guild_id, most),
        )
        return [(row[0], streak_of(row[1:])) for row in rows]
