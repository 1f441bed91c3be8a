"""Every roll-up again from attempts and replies: what `loopmate rebuild` does, the tests' oracle.

Set-based and on purpose not written with `rollups.py`, so that a mistake in one shows against
the other. Cards are a fold, so they go through `domain/memory.py` person by person.
"""

from itertools import groupby

from bot.domain.memory import Card, rating, reviewed
from bot.store.sql.league import rebuild_league
from bot.store.sql.values import Sql, instant, score, stamp

SUMS = (
    "DELETE FROM member",
    "INSERT INTO member (user_id, guild_id, answered, score_sum, points, last_at) "
    "SELECT user_id, guild_id, COUNT(*), SUM(score), SUM(points), MAX(at) FROM attempt "
    "WHERE scored = 1 AND guild_id IS NOT NULL GROUP BY user_id, guild_id",
    "DELETE FROM period_score",
    "INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points) "
    "SELECT user_id, guild_id, 'all', COUNT(*), SUM(score), SUM(points) FROM attempt "
    "WHERE scored = 1 AND guild_id IS NOT NULL GROUP BY user_id, guild_id",
    "INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points) "
    "SELECT user_id, guild_id, week, COUNT(*), SUM(score), SUM(points) FROM attempt "
    "WHERE scored = 1 AND guild_id IS NOT NULL AND week IS NOT NULL "
    "GROUP BY user_id, guild_id, week",
    "INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points) "
    "SELECT user_id, guild_id, substr(week, 1, 4) || CASE WHEN substr(week, 7) < '14' THEN '-S1' "
    "WHEN substr(week, 7) < '27' THEN '-S2' WHEN substr(week, 7) < '40' THEN '-S3' "
    "ELSE '-S4' END AS season, COUNT(*), SUM(score), SUM(points) FROM attempt "
    "WHERE scored = 1 AND guild_id IS NOT NULL AND week IS NOT NULL "
    "GROUP BY user_id, guild_id, season",
    "INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points) "
    "SELECT user_id, guild_id, 'all/' || topic, COUNT(*), SUM(score), SUM(points) FROM attempt "
    "WHERE scored = 1 AND guild_id IS NOT NULL GROUP BY user_id, guild_id, topic",
    "DELETE FROM topic_stat",
    "INSERT INTO topic_stat (user_id, topic, answered, score_sum) "
    "SELECT user_id, topic, COUNT(*), SUM(score) FROM attempt GROUP BY user_id, topic",
    "DELETE FROM card",
)
"""Everything but cards, statement by statement; `benchmarks.many` fills databases with it too."""


async def rebuild(sql: Sql) -> None:
    """Recreate `member`, `period_score`, `topic_stat`, `card`, `league_score`, and what it sums."""
    for statement in SUMS:
        await sql.run(statement)
    for (user_id,) in await sql.all("SELECT DISTINCT user_id FROM attempt"):
        await _cards(sql, user_id)
    await rebuild_league(sql)


async def _cards(sql: Sql, user_id: int) -> None:
    rows = await sql.all(
        "SELECT question_id, at, score, confidence FROM attempt WHERE user_id = ? "
        "ORDER BY question_id, at, id",
        (user_id,),
    )
    for question_id, answers in groupby(rows, key=lambda row: row[0]):
        card: Card | None = None
        for _, at, right, sure in answers:
            card = reviewed(card, rating(score(right), sure), instant(at))
        if card:
            await sql.run(
                "INSERT INTO card (user_id, question_id, stability, difficulty, due_at, last_at, "
                "reviews, lapses) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (user_id, question_id, card.stability, card.difficulty, stamp(card.due_at),
                 stamp(card.last_at), card.reviews, card.lapses),
            )  # fmt: skip
