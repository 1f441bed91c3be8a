"""Quizzes: being right counts, being quick counts up to half, and no order of arrival matters."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import quiz as q
from bot.domain.errors import Invalid
from bot.domain.game import Ending, Kind, Mode, Player, Terms
from bot.domain.question import Topic
from bot.domain.round import Style
from tests.domain.test_game import NOW, a_game, a_reply, a_round

PEOPLE = range(1, 7)
ROUNDS = [a_round(no, asked_at=NOW) for no in (1, 2, 3)]
VOID = replace(ROUNDS[1], void=True)

replies = st.lists(
    st.builds(
        a_reply,
        no=st.sampled_from([1, 2, 3]),
        user_id=st.sampled_from(PEOPLE),
        score=st.sampled_from([0, 1]),
        after=st.floats(0, 30),
    ),
    unique_by=lambda r: (r.no, r.user_id),
)
seats = st.builds(
    Player,
    game_id=st.just(99),
    user_id=st.sampled_from(PEOPLE),
    since=st.integers(1, 4),
    until=st.none() | st.integers(0, 3),
    team=st.integers(1, 3),
)
fields = st.lists(seats, unique_by=lambda p: p.user_id)
modes = st.sampled_from([mode for mode in Mode if mode is not Mode.RELAY])
"""Those in which everybody answers; tests/domain/test_relay.py has the other."""


def a_quiz(mode: Mode = Mode.ALL, **fields: object):
    terms = Terms(mode=mode, teams=3 if mode.in_teams else 0)
    return a_game(**{"kind": Kind.QUIZ, "terms": terms, "round": 3} | fields)


def seated(*user_ids: int, **fields: int) -> list[Player]:
    return [Player(99, user_id, **fields) for user_id in user_ids]


def test_terms_are_checked():
    made = q.terms("trees", 7, None, Style.CHOICE, Mode.ALL, teams=4, penalty=True, rated=False)
    assert made == Terms(Topic.TREES, 7, 30, rated=False, penalty=True)
    assert q.terms("", 7, None, Style.EXPLAIN, Mode.SURVIVAL).seconds == 180
    assert q.terms("", 7, 45, Style.EXPLAIN, Mode.TEAMS, teams=8).teams == 8
    for rounds in (0, q.MOST_ROUNDS + 1):
        with pytest.raises(Invalid, match="1 to 30"):
            q.terms("", rounds, None, Style.CHOICE, Mode.ALL)
    for teams in (1, 9):
        for mode in (Mode.TEAMS, Mode.RELAY):
            with pytest.raises(Invalid, match="2 to 8"):
                q.terms("", 3, None, Style.CHOICE, mode, teams=teams)
    with pytest.raises(Invalid, match="evaluation, data"):
        q.terms("cooking", 3, None, Style.CHOICE, Mode.ALL)


@pytest.mark.parametrize(("after", "worth"), [(0, 100), (15, 75), (30, 50)])
def test_being_quick_counts_up_to_half(after, worth):
    assert q.points(a_quiz(), ROUNDS[0], a_reply(after=after)) == worth


def test_guessing_costs_where_the_host_says_so():
    wrong = a_reply(score=0)
    assert q.points(a_quiz(), ROUNDS[0], wrong) == 0
    assert q.points(a_quiz(terms=Terms(penalty=True)), ROUNDS[0], wrong) == -25


def test_writing_is_no_race():
    game = a_quiz(terms=Terms(style=Style.EXPLAIN, seconds=180))
    assert q.points(game, ROUNDS[0], a_reply(score=0.64, after=170)) == 64


@given(st.booleans(), st.sampled_from([0, 1]), st.floats(-60, 60), st.booleans())
def test_points_have_bounds(penalty, score, after, void):
    round_ = replace(ROUNDS[0], void=void)
    worth = q.points(
        a_quiz(terms=Terms(penalty=penalty)), round_, a_reply(score=score, after=after)
    )
    assert (50 <= worth <= 100) if score and not void else worth in {0, -25 * penalty}
    assert not (void and worth)


@given(modes, fields, replies, st.randoms(use_true_random=False))
def test_it_comes_out_the_same_in_whatever_order_things_arrive(mode, players, made, rng):
    mixed, around = list(made), list(players)
    rng.shuffle(mixed)
    rng.shuffle(around)
    straight = q.standings(a_quiz(mode), players, ROUNDS, made)
    assert q.standings(a_quiz(mode), around, ROUNDS, mixed) == straight
    assert q.team_points(a_quiz(mode), around, ROUNDS, mixed) == q.team_points(
        a_quiz(mode), players, ROUNDS, made
    )


@given(modes, fields, replies)
def test_places_are_in_order_and_somebody_is_first(mode, players, made):
    final = q.standings(a_quiz(mode), players, ROUNDS, made)
    places = [s.place for s in final]
    assert places == sorted(places)
    assert places[:1] in ([], [1])
    assert {s.user_id for s in final} == {p.user_id for p in players if p.since <= 3}
    if mode is Mode.ALL:
        points = [s.points for s in final]
        assert points == sorted(points, reverse=True)


def test_who_is_level_shares_the_place():
    final = q.standings(a_quiz(), seated(1, 2, 3), ROUNDS, [a_reply(1, 3), a_reply(1, 2)])
    assert [(s.user_id, s.place, s.right) for s in final] == [(2, 1, 1), (3, 1, 1), (1, 3, 0)]


def test_void_rounds_and_strangers_replies_count_for_nobody():
    rounds = [ROUNDS[0], VOID]
    made = [a_reply(2, 1), a_reply(1, 9), a_reply(3, 1)]
    assert [(s.points, s.right) for s in q.standings(a_quiz(), seated(1), rounds, made)] == [(0, 0)]
    assert q.ending(rounds, [a_reply(2, 1)]) is Ending.VOID
    assert q.ending(rounds, [a_reply(1, 1)]) is Ending.PLAYED


def test_whoever_stood_longest_is_first_in_a_survival():
    players = [Player(99, 1, until=1), Player(99, 2, until=2), Player(99, 3)]
    made = [a_reply(1, 1, after=0), a_reply(1, 2, after=9), a_reply(1, 3, after=29)]
    final = q.standings(a_quiz(Mode.SURVIVAL), players, ROUNDS, made)
    assert [s.user_id for s in final] == [3, 2, 1]


def test_a_team_has_the_average_of_those_who_were_in_it_then():
    one, two = seated(1, 2, team=1), seated(3, team=2)
    made = [a_reply(1, 1, after=0), a_reply(1, 3, after=0), a_reply(2, 1, after=0)]
    game = a_quiz(Mode.TEAMS)
    assert q.team_points(game, one + two, ROUNDS, made) == {1: 100, 2: 100}
    left = [one[0], replace(one[1], until=1), *two]
    assert q.team_points(game, left, ROUNDS, made) == {1: 150, 2: 100}, "drags nobody down"
    late = [*one, *two, Player(99, 4, since=3, team=2)]
    assert q.team_points(game, late, ROUNDS, made)[2] == 100
    assert q.team_points(game, seated(1, since=9, team=1), ROUNDS, made) == {1: 0}
    assert [s.place for s in q.standings(game, left, ROUNDS, made)] == [1, 1, 3]


def test_whoever_is_not_right_is_out_unless_nobody_was():
    players = [*seated(1, 2, 3), Player(99, 4, until=1), Player(99, 5, since=3)]
    made = [a_reply(2, 1), a_reply(2, 2, score=0)]
    assert q.fallen(players, ROUNDS[1], made) == players[1:3]
    assert q.fallen(players, ROUNDS[1], made[1:]) == []
    assert q.fallen(players, VOID, made) == []


@given(fields, replies)
def test_a_survival_never_puts_everybody_out(players, made):
    standing = [p for p in players if not p.left and p.plays(2)]
    out = q.fallen(players, ROUNDS[1], made)
    assert len(out) < max(len(standing), 1)
    assert all(p in standing for p in out)


@given(st.integers(2, 8), st.integers(0, 60))
def test_teams_are_filled_evenly(teams, players):
    sizes: dict[int, int] = {}
    for _ in range(players):
        team = q.team_for(sizes, teams)
        sizes[team] = sizes.get(team, 0) + 1
    full = [sizes.get(team, 0) for team in range(1, teams + 1)]
    assert max(full) - min(full) <= 1


def test_without_teams_there_is_no_team():
    assert q.team_for({0: 3}, 0) == 0


def test_the_host_hands_over_to_the_oldest_player():
    players = [*seated(1, 5), Player(99, 2, since=3), Player(99, 3, until=1)]
    assert q.heir(players, leaving=1) == 5
    assert q.heir(seated(1), leaving=1) is None


def test_a_host_who_is_not_there_is_stood_in_for():
    assert q.presiding(a_quiz(host_id=5), seated(1, 5)) == 5
    assert q.presiding(a_quiz(host_id=5), seated(2, 1)) == 1
    assert q.presiding(a_quiz(host_id=5), [Player(99, 5, until=0), *seated(2)]) == 2
    assert q.presiding(a_quiz(host_id=5), []) == 5


def test_the_hardest_question_is_the_one_that_fewest_got_right():
    made = [a_reply(1, 1), a_reply(2, 1, score=0), a_reply(2, 2), a_reply(3, 1, score=0)]
    assert q.tallied(ROUNDS[1], made) == (1, 2)
    assert q.hardest(ROUNDS[:2], made) == ROUNDS[1]
    assert q.hardest(ROUNDS, made) == ROUNDS[2]
    assert q.hardest([replace(ROUNDS[2], void=True)], made) is None


@given(modes, fields, replies)
def test_whatever_happens_points_are_finite(mode, players, made):
    totals = q.team_points(a_quiz(mode), players, ROUNDS, made)
    assert all(0 <= total <= 300 < inf for total in totals.values())
