"""What a person remembers of one question, and when to ask it again (FSRS, Ye et al. 2022).

An answer is a review. The steps of minutes with which flash cards begin are left out: a bot that
asks once a day has no use for them, so a card is scheduled in days from its first review on.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import fsrs

RETENTION = 0.9
"""How likely a question should still be remembered on the day it is due."""
FORGOTTEN, SHAKY, EXCELLENT = 0.4, 0.7, 0.9
"""Scores under which an answer was forgotten, or shaky; and from which it may have been easy."""
SURE, GUESSED = 0.8, 0.3
"""The confidence from which an excellent answer was easy; and up to which it was luck."""

# Fuzz would draw from the global random, and a rebuild would no longer come out the same.
_SCHEDULER = fsrs.Scheduler(
    desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False
)
_DECAY: float = -_SCHEDULER.parameters[20]
_FACTOR: float = 0.9 ** (1 / _DECAY) - 1


@dataclass(frozen=True, slots=True)
class Card:
    """A person's memory of one question."""

    stability: float
    """Days until the chance of remembering has fallen to nine in ten."""
    difficulty: float
    """1 easy .. 10 hard, for this person."""
    due_at: datetime
    last_at: datetime
    reviews: int
    lapses: int
    """How often it was forgotten after it had been answered before."""


def rating(score: float, confidence: float | None) -> fsrs.Rating:
    """How well it was remembered; a wrong option scores 0, so it was forgotten."""
    if score < FORGOTTEN:
        return fsrs.Rating.Again
    if score < SHAKY or (confidence is not None and confidence <= GUESSED):
        return fsrs.Rating.Hard
    easy = score >= EXCELLENT and confidence is not None and confidence >= SURE
    return fsrs.Rating.Easy if easy else fsrs.Rating.Good


def reviewed(card: Card | None, rating: fsrs.Rating, at: datetime) -> Card:
    """The card after a review.

    Args:
        card: as it stood, or nothing before the first review.
        rating: how well it was remembered.
        at: when; aware.
    """
    at = at.astimezone(UTC)
    after, _ = _SCHEDULER.review_card(_given(card, at), rating, at)
    assert after.stability is not None and after.difficulty is not None  # noqa: S101, PT018
    lapsed = card is not None and rating is fsrs.Rating.Again
    return Card(
        stability=after.stability,
        difficulty=after.difficulty,
        due_at=after.due,
        last_at=at,
        reviews=(card.reviews if card else 0) + 1,
        lapses=(card.lapses if card else 0) + lapsed,
    )


def recall(card: Card, at: datetime) -> float:
    """How likely it is remembered at an instant, 0..1: FSRS's own curve, between whole days too."""
    days = max((at - card.last_at) / timedelta(days=1), 0.0)
    return float((1 + _FACTOR * days / card.stability) ** _DECAY)


def _given(card: Card | None, at: datetime) -> fsrs.Card:
    # Without an id fsrs sleeps a millisecond, without `due` it reads the clock.
    if card is None:
        return fsrs.Card(card_id=0, due=at)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        last_review=card.last_at,
    )
