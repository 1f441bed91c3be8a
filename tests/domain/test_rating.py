"""Ratings: winning never costs, losing never pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rating import Rating, rated, rated_many

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


fields = st.lists(st.tuples(strengths, st.integers(1, 5)), min_size=2, max_size=12)


@given(fields)
def test_in_a_field_the_last_never_gain_and_the_first_never_lose(field):
    before, places = [r for r, _ in field], [place for _, place in field]
    after = rated_many(before, places)
    for old, new, place in zip(before, after, places, strict=True):
        if place == max(places):
            assert new.mu <= old.mu
        if place == min(places):
            assert new.mu >= old.mu
        assert 0 < new.sigma <= old.sigma
        assert new.games == old.games + 1


@given(fields, st.randoms(use_true_random=False))
def test_in_a_field_the_order_of_players_does_not_matter(field, rng):
    mixed = list(enumerate(field))
    rng.shuffle(mixed)
    straight = rated_many([r for r, _ in field], [place for _, place in field])
    shuffled = rated_many([r for _, (r, _) in mixed], [place for _, (_, place) in mixed])
    assert [straight[i] for i, _ in mixed] == shuffled


def test_two_in_a_quiz_move_nearly_as_in_a_duel():
    one, other = Rating(7, 1, mu=30, sigma=4), Rating(7, 2, mu=24, sigma=6)
    for duel, quiz in zip(
        rated([one, other], [1, 2]), rated_many([one, other], [1, 2]), strict=True
    ):
        assert quiz.mu == pytest.approx(duel.mu, abs=0.01)
        assert quiz.sigma == pytest.approx(duel.sigma, abs=0.01)


def test_five_hundred_strangers_end_within_the_bounds_of_two_duels():
    after = rated_many([Rating(7, n) for n in range(500)], list(range(1, 501)))
    shown = [r.shown for r in after]
    assert shown == sorted(shown, reverse=True)
    assert (shown[0], shown[-1]) == (1816, 1184)
    assert all(0 < r.spread < 980 for r in after)


def test_alone_or_level_nothing_moves():
    assert rated_many([Rating(7, 1)], [1])[0].mu == Rating(7, 1).mu
    assert {r.mu for r in rated_many([Rating(7, 1), Rating(7, 2, mu=40)], [1, 1])} == {25.0, 40}
