from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.memory import Card, rating, reviewed

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
