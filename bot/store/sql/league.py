"""What quizzes brought for the league, in SQL."""

from datetime import date

from bot.domain.league import Score, earned, week_at
from bot.domain.quiz import FEWEST
from bot.store.sql.games import Games
from bot.store.sql.relays import Relays
from bot.store.sql.values import Sql, day, instant, text


class League:
    """The columns `game.week` and `player.earned`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def enter(self, game_id: int, week: date) -> None:
        """Let a quiz count in the week of that Monday."""
        await self._sql.run("UPDATE game SET week = ? WHERE id = ?", (text(week), game_id))

    async def scores(self, guild_id: int) -> list[Score]:
        """What each week brought everybody in a guild."""
        rows = await self._sql.all(
            "SELECT p.user_id, g.week, SUM(p.earned), COUNT(*) FROM game g "
            "JOIN player p ON p.game_id = g.id WHERE g.guild_id = ? AND g.week IS NOT NULL "
            "AND p.earned IS NOT NULL GROUP BY g.week, p.user_id",
            (guild_id,),
        )
        return [Score(row[0], date.fromisoformat(row[1]), row[2], row[3]) for row in rows]


async def rebuild_earned(sql: Sql) -> None:
    """Recreate `player.earned` from the replies; the week stays that in which a quiz was counted.

    A quiz from before there was a league counts in the week in which it ended.
    """
    await sql.run("UPDATE player SET earned = NULL")
    games = Games(sql)
    rows = await sql.all(
        "SELECT g.id, g.week, g.ended_at, COALESCE(s.zone_name, 'UTC') FROM game g "
        "LEFT JOIN schedule s ON s.guild_id = g.guild_id "
        "WHERE g.kind = 'quiz' AND g.rated = 1 AND g.ending = 'played'"
    )
    for game_id, week, ended_at, zone_name in rows:
        game = await games.get(game_id)
        assert game is not None  # noqa: S101 - it was there a moment ago, in the same unit
        brought = earned(
            game,
            await games.players(game_id),
            await games.rounds(game_id),
            await games.replies(game_id),
            await Relays(sql).turns(game_id),
        )
        if week is None and len(brought) < FEWEST:
            continue
        await League(sql).enter(game_id, day(week) or week_at(instant(ended_at), zone_name))
        for user_id, points in brought.items():
            await sql.run(
                "UPDATE player SET earned = ? WHERE game_id = ? AND user_id = ?",
                (points, game_id, user_id),
            )
