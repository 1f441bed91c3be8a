"""The league: divisions follow from past weeks, and nothing but points decides who moves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import league as lg
from bot.domain.game import Mode, Player, Terms
from bot.domain.league import Fate, Period, Rank, Score, Season
from bot.domain.local_time import ONE_WEEK
from bot.domain.relay import Turn
from tests.domain.test_game import NOW, a_reply, a_round
from tests.domain.test_quiz import a_quiz, seated

MONDAY = date(2026, 11, 23)
PEOPLE = range(1, 13)
UP, STAY, DOWN = Fate.UP, Fate.STAY, Fate.DOWN
divisions = st.integers(lg.TOP, lg.LOWEST)
fields = st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 6) | st.integers(0, 900))


def week(number: int) -> date:
    return MONDAY + number * ONE_WEEK


rows = st.lists(
    st.builds(
        Score,
        user_id=st.sampled_from(PEOPLE),
        week=st.integers(0, 12).map(week),
        points=st.integers(0, 5) | st.integers(0, 900),
        quizzes=st.integers(1, 4),
    ),
    unique_by=lambda s: (s.user_id, s.week),
    max_size=60,
)


def scored(*points: int) -> dict[int, int]:
    return dict(enumerate(points, start=1))


def a_week(number: int, *points: int) -> list[Score]:
    """What the first, the second and so on made in that week; nothing for None."""
    return [Score(u, week(number), p) for u, p in scored(*points).items() if p is not None]


@pytest.mark.parametrize(
    ("points", "division", "expected"),
    [
        ((9, 8, 7, 6), 2, (UP, STAY, STAY, DOWN)),
        ((9, 8, 7, 6), 1, (STAY, STAY, STAY, DOWN)),
        ((9, 8, 7, 6), 3, (UP, STAY, STAY, STAY)),
        ((9, 8), 2, (UP, DOWN)),
        ((0,), 2, (UP,)),
        ((5,), 1, (STAY,)),
        ((5, 5, 5), 2, (STAY, STAY, STAY)),
        ((5, 5, 1), 2, (UP, UP, DOWN)),
        ((5, 1, 1), 2, (UP, STAY, STAY)),
        ((9, 5, 5, 5, 5, 5, 5, 5), 2, (UP, *(STAY,) * 7)),
        ((8, 7, 6, 5, 4, 3, 2, 1), 2, (UP, UP, STAY, STAY, STAY, STAY, DOWN, DOWN)),
    ],
)
def test_a_quarter_moves_and_the_level_move_alike(points, division, expected):
    assert tuple(lg.fates(scored(*points), division).values()) == expected


@given(fields, divisions)
def test_a_winner_never_goes_down_and_never_do_all_move(made, division):
    going = lg.fates(made, division)
    assert set(going) == set(made)
    best, worst = max(made.values(), default=0), min(made.values(), default=0)
    for user_id, points in made.items():
        assert not (points == best and going[user_id] is DOWN)
        assert not (points == worst and going[user_id] is UP and len(made) > 1)
        assert lg.TOP <= division - going[user_id] <= lg.LOWEST
        assert all(going[o] <= going[user_id] for o, p in made.items() if p <= points)
    if len(set(made.values())) > 1:
        assert (UP in going.values()) == (division > lg.TOP), "at least one"
    if len(made) > 1:
        assert set(going.values()) not in ({UP}, {DOWN})


@given(fields.filter(bool), divisions, st.integers(0, 1000))
def test_more_points_are_never_worse(made, division, more):
    for user_id in made:
        after = lg.fates({**made, user_id: made[user_id] + more}, division)
        assert after[user_id] >= lg.fates(made, division)[user_id]


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(scores, rng):
    mixed = list(scores)
    rng.shuffle(mixed)
    ranks = lg.replayed(scores, week(13))
    assert lg.replayed(mixed, week(13)) == ranks
    for division in (1, 2, 3):
        for period in Period:
            straight = lg.table_of(scores, ranks, week(12), division, period)
            assert lg.table_of(mixed, ranks, week(12), division, period) == straight
    assert lg.champions(mixed, lg.season_of(MONDAY)) == lg.champions(scores, lg.season_of(MONDAY))


@given(rows, st.integers(0, 13))
def test_nobody_is_in_two_divisions(scores, number):
    ranks = lg.replayed(scores, week(number))
    for period in Period:
        tables = [lg.table_of(scores, ranks, week(number), d, period) for d in (1, 2, 3)]
        listed = [line.user_id for table in tables for line in table]
        assert len(listed) == len(set(listed))
        within = {
            s.user_id
            for s in scores
            if (s.week == week(number) if period is Period.WEEK
                else lg.season_of(week(number)).has(s.week))
        }  # fmt: skip
        assert set(listed) == within


@given(rows, st.integers(0, 13))
def test_a_replay_goes_on_from_where_it_was(scores, number):
    """Week by week or all at once, and whatever comes later: the past stays as it was."""
    ranks = lg.replayed(scores, week(number))
    assert lg.replayed([s for s in scores if s.week < week(number)], week(number)) == ranks
    after = lg.replayed(scores, week(number + 1))
    for division in (1, 2, 3):
        for line in lg.table_of(scores, ranks, week(number), division, Period.WEEK):
            assert after[line.user_id] == Rank(division - line.fate, week(number))
    idle = {u for u in ranks if (u, week(number)) not in {(s.user_id, s.week) for s in scores}}
    assert all(after[user_id] == ranks[user_id] for user_id in idle)


@given(rows)
def test_points_of_a_season_are_those_of_its_weeks(scores):
    season = lg.season_of(MONDAY)
    ranks = lg.replayed(scores, season.last)
    lines = [
        line
        for division in (1, 2, 3)
        for line in lg.table_of(scores, ranks, season.last, division, Period.SEASON)
    ]
    within = [s for s in scores if season.has(s.week)]
    assert sum(line.points for line in lines) == sum(s.points for s in within)
    assert sum(line.quizzes for line in lines) == sum(s.quizzes for s in within)


def test_climbing_and_falling():
    scores = [*a_week(0, 9, 8), *a_week(1, 9, None, 5, 4), *a_week(2, 9, 1, 8)]
    assert lg.replayed(scores, week(0)) == {}
    assert lg.replayed(scores, week(1)) == {1: Rank(2, week(0)), 2: Rank(3, week(0))}
    after = lg.replayed(scores, week(2))
    assert (after[1].division, after[3].division) == (1, 2), "alone one goes up, too"
    last = lg.replayed(scores, week(3))
    assert {u: r.division for u, r in last.items()} == {1: 1, 2: 2, 3: 1, 4: 3}


def test_a_few_weeks_away_cost_nothing():
    rank = Rank(1, MONDAY)
    there = [lg.division_in(rank, week(n)) for n in (1, 4, 5, 8, 9, 99)]
    assert there == [1, 1, 2, 2, 3, 3]
    assert lg.division_in(None, MONDAY) == 3


def test_a_week_begins_on_monday_where_the_guild_is():
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    assert lg.week_at(late, "UTC") == MONDAY
    assert lg.week_at(late, "Asia/Tokyo") == MONDAY + timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_seasons_follow_each_other_without_a_gap(day):
    monday = day - timedelta(days=day.weekday())
    season = lg.season_of(monday)
    assert season.has(monday)
    assert 1 <= season.number <= 4
    assert lg.season_of(season.last + ONE_WEEK) == lg.season_after(season)
    assert lg.season_before(lg.season_after(season)) == season
    assert (season.last - season.first) // ONE_WEEK + 1 in {13, 14}


def test_the_last_season_of_a_long_year_has_its_last_week():
    assert lg.season_of(date(2026, 12, 28)) == Season(2026, 4)
    assert Season(2026, 4).last == date(2026, 12, 28)


def test_the_champion_is_first_in_the_highest_division_of_the_last_week():
    season = lg.season_of(MONDAY)
    end = (season.last - MONDAY) // ONE_WEEK
    climbing = [*a_week(end - 2, 9, 8), *a_week(end - 1, 9, 900), *a_week(end, None, 950)]
    (champion,) = lg.champions(climbing, season)
    assert (champion.user_id, champion.points) == (1, 18), "the other one is not there yet"
    level = [Score(1, season.last, 5), Score(2, season.last, 5), Score(3, season.last, 4)]
    assert [line.user_id for line in lg.champions(level, season)] == [1, 2]
    assert lg.champions(level, lg.season_after(season)) == []


@given(fields, divisions, st.sampled_from(PEOPLE), st.sampled_from([STAY, UP]))
def test_what_one_is_short_of_is_enough_and_not_a_point_too_many(made, division, who, wanted):
    if division == lg.TOP and wanted is UP:
        return
    lines = [lg.Line(1, user_id, points, 1) for user_id, points in made.items()]
    short, mine = lg.short_of(lines, who, division, wanted), made.get(who, 0)
    assert short >= 0
    assert lg.fates({**made, who: mine + short}, division)[who] >= wanted
    if short:
        assert lg.fates({**made, who: mine + short - 1}, division)[who] < wanted


def test_what_a_quiz_brings():
    rounds = [a_round(no, asked_at=NOW) for no in (1, 2)]
    made = [a_reply(1, 1, after=0), a_reply(2, 1, after=15), a_reply(1, 2, score=0)]
    assert lg.earned(a_quiz(), seated(1, 2), rounds, made) == {1: 175, 2: 0}
    costly = a_quiz(terms=Terms(penalty=True))
    assert lg.earned(costly, seated(1, 2), rounds, made)[2] == 0, "never less than none"


def test_a_relay_brings_everybody_what_the_team_made_while_they_were_in_it():
    rounds = [a_round(no, asked_at=NOW) for no in (1, 2, 3)]
    one, two, other = seated(1, 2, team=1)[0], Player(99, 2, since=2, team=1), Player(99, 3, team=2)
    never = replace(two, user_id=4)
    turns = [Turn(99, no, team, u) for no, team, u in ((1, 1, 1), (1, 2, 3), (2, 1, 2), (3, 1, 1))]
    made = [a_reply(no, u, after=0) for no, u in ((1, 1), (2, 2), (3, 1), (3, 9), (9, 1))]
    game = a_quiz(Mode.RELAY)
    brought = lg.earned(game, [one, two, other, never], rounds, made, turns)
    assert brought == {1: 300, 2: 200, 3: 0}, "whose turn never came is not in it"


def test_whoever_is_left_out_counts_but_is_not_named():
    lines = lg.table_of(a_week(0, 9, 8, 8, 1), {}, MONDAY, 3, Period.WEEK)
    assert [(x.place, x.user_id, x.fate) for x in lg.without(lines, {1})] == [
        (1, 2, STAY), (1, 3, STAY), (3, 4, STAY),
    ]  # fmt: skip
    assert lg.without(lines, set()) == lines


def test_the_round_up_of_a_week_begins_at_the_top():
    scores = [*a_week(0, 9, 1), *a_week(1, 5, 7, 3)]
    second = lg.round_up(scores, week(1), set())
    assert second is not None
    assert (second.division, [x.user_id for x in second.first], second.up) == (2, [1], (1, 2))
    unseen = lg.round_up(scores, week(1), {1})
    assert unseen is not None
    assert (unseen.division, unseen.up) == (3, (2,))
    assert lg.round_up(scores, week(2), set()) is None
