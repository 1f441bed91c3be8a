"""Duels: being right decides, being quick breaks ties, leaving loses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duel import MOST_ROUNDS, require, result, tally, terms
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.game import Ending, Player, Terms
from bot.domain.question import Topic
from bot.domain.round import Style
from tests.domain.test_game import ADA, BOB, NOW, a_game, a_reply, a_round

BOTH = [Player(99, ADA), Player(99, BOB)]
ROUNDS = [a_round(no, asked_at=NOW) for no in (1, 2, 3)]
replies = st.builds(
    a_reply,
    no=st.sampled_from([1, 2, 3]),
    user_id=st.sampled_from([ADA, BOB]),
    score=st.sampled_from([0, 1]),
    after=st.floats(0, 30),
)
games = st.lists(replies, unique_by=lambda r: (r.no, r.user_id))


def test_terms_are_checked():
    assert terms("trees", 3, Style.CHOICE, rated=True) == Terms(Topic.TREES, 3, 30)
    assert terms("", 1, Style.EXPLAIN, rated=False).seconds == 180
    for rounds in (0, MOST_ROUNDS + 1):
        with pytest.raises(Invalid, match="1 to 15"):
            terms(None, rounds, Style.CHOICE, rated=True)
    with pytest.raises(Invalid, match="evaluation, data"):
        terms("cooking", 3, Style.CHOICE, rated=True)


def test_being_right_decides():
    quick_and_wrong = [a_reply(no, BOB, 0, after=1) for no in (1, 2)]
    slow_and_right = [a_reply(no, ADA, 1, after=29) for no in (1, 2)]
    outcome = result(a_game(), BOTH, ROUNDS, quick_and_wrong + slow_and_right)
    assert (outcome.ending, outcome.winner) == (Ending.PLAYED, ADA)
    assert [outcome.place_of(p) for p in (ADA, BOB)] == [1, 2]


def test_being_quick_breaks_ties():
    level = [a_reply(1, ADA, 1, after=9), a_reply(2, BOB, 1, after=8)]
    assert result(a_game(), BOTH, ROUNDS, level).winner == BOB


def test_typing_is_no_race():
    game = a_game(terms=Terms(style=Style.EXPLAIN))
    level = [a_reply(1, ADA, 0.5, after=100), a_reply(1, BOB, 0.5, after=8)]
    outcome = result(game, BOTH, ROUNDS, level)
    assert outcome.winner is None
    assert outcome.counts
    assert [outcome.place_of(p) for p in (ADA, BOB)] == [1, 1]


def test_a_void_round_counts_for_nobody():
    rounds = [replace(ROUNDS[0], void=True), *ROUNDS[1:]]
    made = [a_reply(1, ADA, 1), a_reply(2, BOB, 1)]
    assert tally(a_game(), ADA, rounds, made).replies == 0
    assert result(a_game(), BOTH, rounds, made).winner == BOB


@given(games)
def test_leaving_loses_wherever_the_points_are(made):
    outcome = result(a_game(), [BOTH[0], replace(BOTH[1], until=0)], ROUNDS, made)
    assert (outcome.ending, outcome.winner) == (Ending.RESIGNED, ADA)


@pytest.mark.parametrize("players", [[], BOTH[:1], [replace(p, until=0) for p in BOTH]])
def test_without_two_people_it_is_void(players):
    outcome = result(a_game(), players, ROUNDS, [a_reply(1, ADA)])
    assert outcome.ending is Ending.VOID
    assert outcome.place_of(ADA) is None


def test_a_duel_that_nobody_answered_is_void():
    assert result(a_game(), BOTH, ROUNDS, []).ending is Ending.VOID


@given(games, st.randoms(use_true_random=False))
def test_it_comes_out_the_same_in_whatever_order_replies_arrive(made, rng):
    mixed = list(made)
    rng.shuffle(mixed)
    assert result(a_game(), BOTH, ROUNDS, mixed) == result(a_game(), BOTH, ROUNDS, made)


@given(games)
def test_it_comes_out_the_same_from_either_side(made):
    swapped = [replace(r, user_id=BOB if r.user_id == ADA else ADA) for r in made]
    one = result(a_game(), BOTH, ROUNDS, made).winner
    other = result(a_game(), BOTH, ROUNDS, swapped).winner
    assert other == {ADA: BOB, BOB: ADA, None: None}[one]


def test_the_clock_of_a_round_begins_when_it_was_shown():
    shown_late = [a_round(1, asked_at=NOW + timedelta(seconds=4))]
    assert tally(a_game(), ADA, shown_late, [a_reply(1, ADA, after=5)]).seconds == pytest.approx(1)


def test_only_players_play():
    players = [Player(99, 1), Player(99, 2, until=0)]
    assert require(players, 1) == players[0]
    with pytest.raises(NotAllowed, match="left"):
        require(players, 2)
    with pytest.raises(NotAllowed, match="other people"):
        require(players, 3)
