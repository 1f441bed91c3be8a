from datetime import UTC, datetime, timedelta, timezone

import fsrs
import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.memory import Card, rating, recall, reviewed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ratings = st.sampled_from(Rating)


@pytest.mark.parametrize(
    ("score", "confidence", "expected"),
    [
        (0.0, None, Rating.Again),
        (0.0, 1.0, Rating.Again),
        (0.399, None, Rating.Again),
        (0.4, None, Rating.Hard),
        (0.699, 1.0, Rating.Hard),
        (0.7, None, Rating.Good),
        (0.7, 1.0, Rating.Good),
        (0.899, 1.0, Rating.Good),
        (0.9, None, Rating.Good),
        (0.9, 0.79, Rating.Good),
        (0.9, 0.8, Rating.Easy),
        (1.0, 1.0, Rating.Easy),
        (1.0, 0.31, Rating.Good),
        (1.0, 0.3, Rating.Hard),
        (0.0, 0.2, Rating.Again),
    ],
)
def test_rating(score: float, confidence: float | None, expected: Rating):
    assert rating(score, confidence) is expected


def test_a_card_is_scheduled_in_days_from_its_first_review_on():
    cards = [reviewed(None, r, NOON) for r in Rating]
    assert [(card.due_at - NOON).days for card in cards] == [1, 1, 2, 8]
    assert all(card.due_at - NOON >= DAY for card in cards)
    assert all((card.last_at, card.reviews, card.lapses) == (NOON, 1, 0) for card in cards)


def test_remembering_lengthens_the_interval_and_forgetting_shortens_it():
    card = reviewed(None, Rating.Good, NOON)
    intervals = []
    for _ in range(4):
        card = reviewed(card, Rating.Good, card.due_at)
        intervals.append(card.due_at - card.last_at)
    assert intervals == sorted(set(intervals))
    forgot = reviewed(card, Rating.Again, card.due_at)
    assert forgot.due_at - forgot.last_at < intervals[-1]
    assert (forgot.reviews, forgot.lapses) == (6, 1)
    assert forgot.difficulty > card.difficulty


def test_an_instant_of_another_zone_is_the_same_instant():
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    card = reviewed(None, Rating.Good, NOON)
    assert reviewed(None, Rating.Good, tokyo) == card
    assert reviewed(card, Rating.Good, tokyo + DAY) == reviewed(card, Rating.Good, NOON + DAY)


@given(st.lists(st.tuples(ratings, st.integers(0, 2000)), min_size=1, max_size=20))
def test_any_history_gives_the_same_sane_card_every_time(history: list[tuple[Rating, int]]):
    def folded() -> Card:
        card, at = None, NOON
        for rated, hours in history:
            at += timedelta(hours=hours)
            card = reviewed(card, rated, at)
        assert card
        return card

    card = folded()
    assert folded() == card
    assert card.stability > 0
    assert 1 <= card.difficulty <= 10
    assert card.due_at >= card.last_at + DAY
    assert card.reviews == len(history)
    assert card.lapses == sum(rated is Rating.Again for rated, _ in history[1:])


@given(ratings, ratings, st.integers(0, 400))
def test_a_better_answer_never_comes_back_earlier(first: Rating, second: Rating, days: int):
    card = reviewed(None, first, NOON)
    at = NOON + days * DAY
    worse, better = sorted((second, Rating.Good))
    assert reviewed(card, worse, at).due_at <= reviewed(card, better, at).due_at


GOLDEN = [
    # (days since the last review, rating, days until the next)
    (0, Rating.Good, 2),
    (2, Rating.Good, 11),
    (11, Rating.Hard, 32),
    (26, Rating.Good, 84),
    (100, Rating.Again, 4),
    (4, Rating.Good, 8),
    (1, Rating.Easy, 11),
    (30, Rating.Good, 36),
    (400, Rating.Hard, 111),
    (0, Rating.Again, 29),
]


def library(history: list[tuple[float, Rating]]) -> list[fsrs.Card]:
    """What fsrs itself makes of it, without learning steps, fuzz and our wrapping."""
    scheduler = fsrs.Scheduler(
        desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card, at, cards = fsrs.Card(card_id=1, due=NOON), NOON, []
    for days, rated in history:
        at += days * DAY
        card, _ = scheduler.review_card(card, rated, at)
        cards.append(card)
    return cards


def ours(history: list[tuple[float, Rating]]) -> list[Card]:
    card, at, cards = None, NOON, []
    for days, rated in history:
        at += days * DAY
        card = reviewed(card, rated, at)
        cards.append(card)
    return cards


def test_a_golden_sequence_is_scheduled_as_the_library_does():
    history = [(days, rated) for days, rated, _ in GOLDEN]
    cards = ours(history)
    assert [(c.due_at - c.last_at).days for c in cards] == [then for *_, then in GOLDEN]
    for card, theirs in zip(cards, library(history), strict=True):
        assert (card.due_at, card.stability, card.difficulty) == (
            theirs.due,
            theirs.stability,
            theirs.difficulty,
        )


@given(
    st.lists(st.tuples(st.floats(0, 500), ratings), min_size=1, max_size=12),
    st.integers(0, 1000),
)
def test_any_history_is_the_librarys_and_so_is_what_is_recalled(
    history: list[tuple[float, Rating]], later: int
):
    card, theirs = ours(history)[-1], library(history)[-1]
    assert (card.due_at, card.stability) == (theirs.due, theirs.stability)
    at = card.last_at + later * DAY
    expected = fsrs.Scheduler().get_card_retrievability(theirs, at)
    assert recall(card, at) == pytest.approx(expected)


def test_nine_in_ten_are_remembered_after_the_stability_and_all_at_once():
    card = reviewed(None, Rating.Good, NOON)
    assert recall(card, NOON + card.stability * DAY) == pytest.approx(0.9)
    assert recall(card, NOON) == recall(card, NOON - DAY) == 1
