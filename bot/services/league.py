"""The league of a guild: what a quiz brings, and the tables."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.league import (
    TOP,
    Fate,
    Line,
    Period,
    Season,
    champions,
    division_in,
    earned,
    replayed,
    season_before,
    season_of,
    short_of,
    table_of,
    week_at,
    without,
)
from bot.domain.local_time import ONE_WEEK, instant, zone
from bot.services.streaks import zone_of_guild
from bot.services.table import Table
from bot.store.port import Store, Tx


@dataclass(frozen=True, slots=True)
class Board:
    """A table of the league, and where the one who looks stands."""

    division: int
    """The one that is shown."""
    own: int
    """The one of whoever looks."""
    period: Period
    week: date
    season: Season
    ends_at: datetime
    """When the week, or the season, is over."""
    lines: tuple[Line, ...]
    mine: Line | None
    """Their line, where they have one in it."""
    to_rise: int | None
    """Points more they need to go up at the end of the week; None where that cannot be."""
    to_stay: int
    """Points more they need not to go down."""
    champions: tuple[Line, ...]
    """Of the season before; shown with this one, and in its first week."""


class Leagues:
    """Leagues of guilds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def board(
        self,
        guild_id: int,
        user_id: int,
        now: datetime,
        division: int | None = None,
        period: Period = Period.WEEK,
    ) -> Board:
        """A division's table as it stands; of one's own division where none is named."""

        async def work(tx: Tx) -> Board:
            zone_name = await zone_of_guild(tx, guild_id)
            week = week_at(now, zone_name)
            scores = await tx.league.scores(guild_id)
            hidden = await tx.league.hidden(guild_id)
            ranks = replayed(scores, week)
            own = division_in(ranks.get(user_id), week)
            shown = division or own
            season = season_of(week)
            lines = without(table_of(scores, ranks, week, shown, period), hidden - {user_id})
            mine = table_of(scores, ranks, week, own, Period.WEEK)
            last_week = week if period is Period.WEEK else season.last
            crowning = period is Period.SEASON or week == season.first
            return Board(
                division=shown,
                own=own,
                period=period,
                week=week,
                season=season,
                ends_at=instant(last_week + ONE_WEEK, 0, zone(zone_name)),
                lines=tuple(lines),
                mine=next((line for line in lines if line.user_id == user_id), None),
                to_rise=short_of(mine, user_id, own, Fate.UP) if own > TOP else None,
                to_stay=short_of(mine, user_id, own, Fate.STAY),
                champions=tuple(
                    without(champions(scores, season_before(season)), hidden) if crowning else ()
                ),
            )

        return await self._store.read(work)


async def enter(tx: Tx, table: Table, now: datetime) -> None:
    """Count a quiz that is over in the week of its guild."""
    game = table.game
    week = week_at(now, await zone_of_guild(tx, game.guild_id))
    brought = earned(game, table.players, table.rounds, table.replies, table.turns)
    await tx.league.enter(game.guild_id, game.id, week, brought)
