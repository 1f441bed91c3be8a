"""The league: three divisions of those who play rated quizzes, by the points of each week.

Nothing of it is kept but what each quiz brought whom. Who is in which division follows from all
past weeks, in whatever order their rows are read.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from itertools import groupby
from operator import attrgetter

from bot.domain.game import Game, Mode, Player
from bot.domain.local_time import ONE_WEEK, local_date, zone
from bot.domain.person import SEASON_WEEKS, season_number
from bot.domain.quiz import points, standings
from bot.domain.relay import Turn
from bot.domain.round import Reply, Round

TOP, LOWEST = 1, 3
"""Divisions. Newcomers begin in the lowest."""
SHARE = 4
"""One in so many goes up at the end of a week, and one in so many down; at least one."""
PATIENCE = 4
"""So many weeks in a row without a quiz cost a division; fewer cost nothing."""


class Fate(IntEnum):
    """Where somebody goes at the end of a week."""

    DOWN = -1
    STAY = 0
    UP = 1


class Period(StrEnum):
    """What a table covers."""

    WEEK = "week"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class Score:
    """What the quizzes of one week brought somebody; a week is named by its Monday."""

    user_id: int
    week: date
    points: int
    quizzes: int = 1


@dataclass(frozen=True, slots=True)
class Rank:
    """The division that somebody had earned by the end of the last week they played."""

    division: int
    played: date


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's line in a table."""

    place: int
    """Equal for those who are level."""
    user_id: int
    points: int
    quizzes: int
    fate: Fate = Fate.STAY


@dataclass(frozen=True, slots=True)
class RoundUp:
    """What there is to say of a week that is over."""

    division: int
    """The highest in which somebody played."""
    first: tuple[Line, ...]
    """Who won it; several where they are level."""
    up: tuple[int, ...]
    """Who went up a division, in any of them."""


@dataclass(frozen=True, slots=True)
class Season:
    """A quarter of an ISO year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first Monday."""
        return date.fromisocalendar(self.year, SEASON_WEEKS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """The Monday of its last week."""
        return season_after(self).first - ONE_WEEK

    def has(self, week: date) -> bool:
        """Whether that week is one of it."""
        return self.first <= week <= self.last


def season_of(week: date) -> Season:
    """The season of a week."""
    year, number, _ = week.isocalendar()
    return Season(year, season_number(number))


def season_after(season: Season) -> Season:
    """The next one."""
    if season.number == 4:
        return Season(season.year + 1, 1)
    return Season(season.year, season.number + 1)


def season_before(season: Season) -> Season:
    """The one before."""
    return season_of(season.first - ONE_WEEK)


def week_at(at: datetime, zone_name: str) -> date:
    """The Monday of the week that an instant falls in, on a guild's calendar."""
    day = local_date(at, zone(zone_name))
    return day - timedelta(days=day.weekday())


def earned(
    game: Game,
    players: Sequence[Player],
    rounds: Sequence[Round],
    replies: Sequence[Reply],
    turns: Sequence[Turn] = (),
) -> dict[int, int]:
    """What a quiz brings everybody who has a place in it: their points, and never less than none.

    In a relay one answers for all: everybody has what their team made while they were in it.
    """
    known, seats = {r.no: r for r in rounds}, {p.user_id: p for p in players}

    def of_team(mine: Player) -> int:
        return sum(
            points(game, known[reply.no], reply)
            for reply in replies
            if reply.no in known
            and reply.user_id in seats
            and seats[reply.user_id].team == mine.team
            and mine.plays(reply.no)
        )

    relay = game.terms.mode is Mode.RELAY
    final = standings(game, players, rounds, replies, turns)
    return {s.user_id: max(0, of_team(seats[s.user_id]) if relay else s.points) for s in final}


def fates(scored: Mapping[int, int], division: int) -> dict[int, Fate]:
    """Where everybody goes who has played in a division that week.

    A quarter goes up and a quarter down. Level with somebody who goes up, one goes up, unless level
    with the last; level with somebody who stays, one stays. Whoever plays alone goes up, so that
    nobody waits for company in an empty room.

    Args:
        scored: their points, by user id.
        division: the one they are in.
    """
    if len(scored) < 2:
        return dict.fromkeys(scored, Fate.UP if division > TOP else Fate.STAY)
    ranked = sorted(scored.values(), reverse=True)
    movers = max(1, len(ranked) // SHARE)
    going_up, staying = ranked[movers - 1], ranked[-movers - 1]

    def fate(made: int) -> Fate:
        if division > TOP and made >= going_up and made > ranked[-1]:
            return Fate.UP
        return Fate.DOWN if division < LOWEST and made < staying else Fate.STAY

    return {user_id: fate(made) for user_id, made in scored.items()}


def replayed(scores: Iterable[Score], week: date) -> dict[int, Rank]:
    """What everybody has earned in all the weeks before that one."""
    ranks: dict[int, Rank] = {}
    by_week = attrgetter("week")
    for monday, played in groupby(sorted(scores, key=by_week), key=by_week):
        if monday >= week:
            break
        in_division: dict[int, dict[int, int]] = defaultdict(dict)
        for score in played:
            division = division_in(ranks.get(score.user_id), monday)
            in_division[division][score.user_id] = score.points
        for division, scored in in_division.items():
            for user_id, fate in fates(scored, division).items():
                ranks[user_id] = Rank(division - fate, monday)
    return ranks


def division_in(rank: Rank | None, week: date) -> int:
    """Somebody's division in a week after that of their rank."""
    if rank is None:
        return LOWEST
    missed = (week - rank.played) // ONE_WEEK - 1
    return min(LOWEST, rank.division + missed // PATIENCE)


def table_of(
    scores: Iterable[Score], ranks: Mapping[int, Rank], week: date, division: int, period: Period
) -> list[Line]:
    """The table of a division: what its members have made in a week, or in its season so far."""
    first, last = week, week
    if period is Period.SEASON:
        first, last = season_of(week).first, season_of(week).last
    points_of: dict[int, int] = defaultdict(int)
    quizzes_of: dict[int, int] = defaultdict(int)
    for score in scores:
        if first <= score.week <= last and division_in(ranks.get(score.user_id), week) == division:
            points_of[score.user_id] += score.points
            quizzes_of[score.user_id] += score.quizzes
    going = fates(points_of, division) if period is Period.WEEK else {}
    ranked = sorted(points_of.values(), reverse=True)
    return [
        Line(ranked.index(made) + 1, user_id, made, quizzes_of[user_id],
             going.get(user_id, Fate.STAY))
        for user_id, made in sorted(points_of.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip


def without(lines: Iterable[Line], hidden: Collection[int]) -> list[Line]:
    """The lines of those who want to be seen, with their places among them.

    Points of those who are left out go on to count for who goes up and down.
    """
    seen = [line for line in lines if line.user_id not in hidden]
    points_of = [line.points for line in seen]
    return [replace(line, place=points_of.index(line.points) + 1) for line in seen]


def round_up(scores: Sequence[Score], week: date, hidden: Collection[int]) -> RoundUp | None:
    """What to say of that week; nothing where nobody played who wants to be seen."""
    ranks = replayed(scores, week)
    tables = [
        (division, without(table_of(scores, ranks, week, division, Period.WEEK), hidden))
        for division in range(TOP, LOWEST + 1)
    ]
    played = [(division, lines) for division, lines in tables if lines]
    if not played:
        return None
    division, lines = played[0]
    up = [line.user_id for _, table in played for line in table if line.fate is Fate.UP]
    return RoundUp(division, tuple(line for line in lines if line.place == 1), tuple(up))


def champions(scores: Sequence[Score], season: Season) -> list[Line]:
    """Who has won a season: of the highest division that had players, those with most points.

    It is the division that counts in which they were in its last week: at the top one has to be
    when it ends.
    """
    ranks = replayed(scores, season.last)
    for division in range(TOP, LOWEST + 1):
        if lines := table_of(scores, ranks, season.last, division, Period.SEASON):
            return [line for line in lines if line.place == 1]
    return []


def short_of(lines: Sequence[Line], user_id: int, division: int, wanted: Fate) -> int:
    """How many points more somebody needs to go where they want to, as the week stands.

    Args:
        lines: of their division's week.
        user_id: who asks, whether or not they have played.
        division: nobody goes up from the first.
        wanted: that, or better.
    """
    scored = {line.user_id: line.points for line in lines}
    mine = scored.get(user_id, 0)
    beats = (made + more for made in scored.values() for more in (0, 1))
    totals = sorted({mine, *(total for total in beats if total > mine)})

    def enough(total: int) -> bool:
        return fates({**scored, user_id: total}, division)[user_id] >= wanted

    return totals[bisect_left(totals, True, key=enough)] - mine
