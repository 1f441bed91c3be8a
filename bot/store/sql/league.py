"""What quizzes brought for the league, in SQL."""

from collections.abc import Mapping
from datetime import date

from bot.domain.league import Score, earned, week_at
from bot.domain.quiz import FEWEST
from bot.store.sql.games import Games
from bot.store.sql.relays import Relays
from bot.store.sql.values import Sql, instant, text


class League:
    """The table `league_score`, and the columns that it sums: `player.earned`, `game.week`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def enter(
        self, guild_id: int, game_id: int, week: date, brought: Mapping[int, int]
    ) -> None:
        """Count a quiz in the week of that Monday; nothing happens when it has been counted."""
        counted = await self._sql.run(
            "UPDATE game SET week = ? WHERE id = ? AND week IS NULL", (text(week), game_id)
        )
        if not counted:
            return
        for user_id, points in brought.items():
            await self._sql.run(
                "UPDATE player SET earned = ? WHERE game_id = ? AND user_id = ?",
                (points, game_id, user_id),
            )
            await self._sql.run(
                "INSERT INTO league_score (user_id, guild_id, week, points, quizzes) "
                "VALUES (?, ?, ?, ?, 1) ON CONFLICT (user_id, guild_id, week) DO UPDATE SET "
                "points = league_score.points + excluded.points, "
                "quizzes = league_score.quizzes + 1",
                (user_id, guild_id, text(week), points),
            )

    async def scores(self, guild_id: int) -> list[Score]:
        """What each week brought everybody in a guild."""
        rows = await self._sql.all(
            "SELECT user_id, week, points, quizzes FROM league_score WHERE guild_id = ?",
            (guild_id,),
        )
        return [Score(row[0], date.fromisoformat(row[1]), row[2], row[3]) for row in rows]

    async def hidden(self, guild_id: int) -> frozenset[int]:
        """Who has played there and does not want to be on boards."""
        rows = await self._sql.all(
            "SELECT DISTINCT l.user_id FROM sharing s JOIN league_score l ON l.user_id = s.user_id "
            "WHERE s.on_boards = 0 AND l.guild_id = ?",
            (guild_id,),
        )
        return frozenset(row[0] for row in rows)


async def rebuild_league(sql: Sql) -> None:
    """Recreate `player.earned` and `league_score` from the replies.

    A quiz stays in the week in which it was counted; one from before there was a league counts in
    that in which it ended.
    """
    await _earn(sql)
    await sql.run("DELETE FROM league_score")
    await sql.run(
        "INSERT INTO league_score (user_id, guild_id, week, points, quizzes) "
        "SELECT p.user_id, g.guild_id, g.week, SUM(p.earned), COUNT(*) FROM game g "
        "JOIN player p ON p.game_id = g.id WHERE g.week IS NOT NULL AND p.earned IS NOT NULL "
        "GROUP BY p.user_id, g.guild_id, g.week"
    )


async def _earn(sql: Sql) -> None:
    """Work out what every quiz brought everybody, and its week where it has none."""
    await sql.run("UPDATE player SET earned = NULL")
    rows = await sql.all(
        "SELECT g.id, g.week, g.ended_at, COALESCE(s.zone_name, 'UTC') FROM game g "
        "LEFT JOIN schedule s ON s.guild_id = g.guild_id "
        "WHERE g.kind = 'quiz' AND g.rated = 1 AND g.ending = 'played'"
    )
    for game_id, week, ended_at, zone_name in rows:
        brought = await _brought(sql, game_id)
        if week is None and len(brought) < FEWEST:
            continue
        counted = week or text(week_at(instant(ended_at), zone_name))
        await sql.run("UPDATE game SET week = ? WHERE id = ?", (counted, game_id))
        for user_id, points in brought.items():
            await sql.run(
                "UPDATE player SET earned = ? WHERE game_id = ? AND user_id = ?",
                (points, game_id, user_id),
            )


async def _brought(sql: Sql, game_id: int) -> dict[int, int]:
    games = Games(sql)
    game = await games.get(game_id)
    assert game is not None  # noqa: S101 - it was there a moment ago, in the same unit
    return earned(
        game,
        await games.players(game_id),
        await games.rounds(game_id),
        await games.replies(game_id),
        await Relays(sql).turns(game_id),
    )
