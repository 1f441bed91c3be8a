"""A relay: one of each team answers for all, in the order they joined."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import quiz as q
from bot.domain.errors import NotAllowed
from bot.domain.game import Mode, Player
from bot.domain.relay import Turn, check_turn, next_turns
from tests.domain.test_game import NOW, a_reply, a_round
from tests.domain.test_quiz import a_quiz

seats = st.builds(
    Player,
    game_id=st.just(99),
    user_id=st.integers(1, 20),
    since=st.integers(1, 6),
    until=st.none() | st.integers(0, 9),
    team=st.integers(1, 3),
).map(lambda p: replace(p, joined=p.since * 100 + p.user_id * 7 % 20))
fields = st.lists(seats, unique_by=lambda p: p.user_id, max_size=12)
"""Whoever plays from a later round on has joined later."""
ROUNDS = 9


def played(players: list[Player], rounds: int = ROUNDS) -> list[Turn]:
    """Every turn of a relay of these people, of whom each is seen only once they have joined."""
    turns: list[Turn] = []
    for no in range(1, rounds + 1):
        there = [p for p in players if p.since <= no]
        turns += next_turns(there, turns, no)
    return turns


def seated(*user_ids: int, **fields: int) -> list[Player]:
    """In that order: whoever is named first has the highest id, so that ids decide nothing."""
    return [Player(99, u, joined=at, **fields) for at, u in enumerate(user_ids, start=1)]


def order(players: list[Player], rounds: int = ROUNDS) -> list[int]:
    return [turn.user_id for turn in played(players, rounds)]


def test_people_answer_in_the_order_they_joined_and_start_again():
    assert order(seated(7, 5, 6, team=1), 7) == [7, 5, 6, 7, 5, 6, 7]


def test_whoever_leaves_is_skipped_and_whoever_is_late_comes_last():
    first, second, third = seated(7, 5, 6, team=1)
    left = [first, replace(second, until=1), third]
    assert order(left, 4) == [7, 6, 7, 6]
    late = Player(99, 1, since=3, joined=9, team=1)
    assert order([first, second, third, late], 8) == [7, 5, 6, 1, 7, 5, 6, 1]


def test_a_turn_of_each_team_and_none_of_a_team_that_is_gone():
    one, two = seated(7, team=1), seated(5, until=1, team=2)
    assert played([*one, *two], 2) == [Turn(99, 1, 1, 7), Turn(99, 1, 2, 5), Turn(99, 2, 1, 7)]


@given(fields)
def test_one_of_each_team_that_is_there_answers(players):
    for no in range(1, ROUNDS + 1):
        turns = [t for t in played(players) if t.no == no]
        there = {p.team for p in players if p.plays(no)}
        assert [t.team for t in turns] == sorted(there)
        assert {(t.team, t.user_id) for t in turns} <= {
            (p.team, p.user_id) for p in players if p.plays(no)
        }


@given(fields, st.randoms(use_true_random=False))
def test_no_order_of_rows_changes_whose_turn_it_is(players, rng):
    mixed = list(players)
    rng.shuffle(mixed)
    turns = played(players)
    assert played(mixed) == turns
    rng.shuffle(turns)
    assert next_turns(mixed, turns, ROUNDS + 1) == next_turns(players, turns, ROUNDS + 1)


@given(fields)
def test_nobody_answers_twice_while_somebody_who_was_there_waits(players):
    turns = played(players)
    for player in players:
        mine = [t.no for t in turns if t.user_id == player.user_id]
        for one, following in pairwise(mine):
            between = {t.user_id for t in turns if one < t.no < following}
            stayed = {
                p.user_id
                for p in players
                if p.team == player.team and p.since <= one and p.plays(following)
            }
            assert stayed - {player.user_id} <= between


@given(st.integers(1, 7), st.integers(1, 25))
def test_turns_are_shared_evenly_among_those_who_stay(members, rounds):
    shares = Counter(order(seated(*range(members, 0, -1), team=1), rounds))
    counts = [shares[user_id] for user_id in range(1, members + 1)]
    assert max(counts) - min(counts) <= 1


def test_whose_turn_it_is_not_is_told_whose_it_is():
    turns = [Turn(99, 1, 1, 7), Turn(99, 1, 2, 5)]
    check_turn(turns, Player(99, 5, team=2))
    with pytest.raises(NotAllowed, match="<@7> answers for your team"):
        check_turn(turns, Player(99, 6, team=1))
    with pytest.raises(NotAllowed, match="Nobody answers for your team"):
        check_turn(turns, Player(99, 6, team=3))


def test_a_team_of_one_and_a_team_of_three_have_the_same_chances():
    players = [*seated(7, team=1), *seated(4, 5, 6, team=2)]
    rounds = [a_round(no, asked_at=NOW) for no in (1, 2, 3)]
    game, turns = a_quiz(Mode.RELAY), played(players, 3)
    made = [a_reply(t.no, t.user_id, after=0) for t in turns]
    assert q.team_points(game, players, rounds, made) == {1: 300, 2: 300}
    missed = [r for r in made if (r.no, r.user_id) != (2, 5)]
    assert q.team_points(game, players, rounds, missed) == {1: 300, 2: 200}, "nobody took it"


def test_whoever_never_had_a_turn_has_no_place():
    players = [*seated(7, team=1), *seated(4, 5, 6, team=2)]
    rounds = [a_round(no, asked_at=NOW) for no in (1, 2)]
    turns = played(players, 2)
    made = [a_reply(1, 7, score=0), a_reply(1, 4, after=0)]
    final = q.standings(a_quiz(Mode.RELAY, round=2), players, rounds, made, turns)
    assert [(s.user_id, s.place, s.points) for s in final] == [(4, 1, 100), (5, 1, 0), (7, 3, 0)]
