"""Ratings: winning never costs, losing never pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rating import Rating, rated

strengths = st.builds(
    Rating,
    guild_id=st.just(7),
    user_id=st.integers(1, 9),
    topic=st.just(""),
    mu=st.floats(-50, 100),
    sigma=st.floats(0.5, 8.4),
    games=st.integers(0, 100),
)


def test_everybody_begins_alike():
    new = Rating(7, 1)
    assert (new.shown, new.spread, new.games) == (1500, 980, 0)


def test_a_first_win_between_strangers():
    winner, loser = rated([Rating(7, 1), Rating(7, 2)], [1, 2])
    assert (winner.shown, loser.shown) == (1658, 1342)
    assert winner.games == loser.games == 1
    assert winner.spread == loser.spread < Rating(7, 1).spread


@given(strengths, strengths)
def test_losing_never_pays_and_winning_never_costs(one, other):
    winner, loser = rated([one, other], [1, 2])
    assert winner.mu >= one.mu
    assert loser.mu <= other.mu


@given(strengths, strengths)
def test_the_order_of_the_two_does_not_matter(one, other):
    winner, loser = rated([one, other], [1, 2])
    loser_too, winner_too = rated([other, one], [2, 1])
    assert winner.mu == pytest.approx(winner_too.mu)
    assert loser.mu == pytest.approx(loser_too.mu)


@given(strengths)
def test_a_draw_between_equals_moves_nobody(one):
    for after in rated([one, one], [1, 1]):
        assert after.mu == pytest.approx(one.mu)


def test_a_surprise_moves_more_than_what_was_expected():
    weak, strong = Rating(7, 1, mu=15, sigma=3), Rating(7, 2, mu=35, sigma=3)
    expected = rated([strong, weak], [1, 2])[0].mu - strong.mu
    surprise = rated([weak, strong], [1, 2])[0].mu - weak.mu
    assert surprise > 10 * expected
