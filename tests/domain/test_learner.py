"""Predicted recall against what simulated learners do; the figures are in docs/decisions/0014."""

from random import Random

import pytest

from tests.domain.learner import (
    QUESTIONS,
    Asked,
    Learner,
    half_a_year,
    half_a_year_in_turn,
    kept,
)

PEOPLE = 10


def asked(pace: float, comes: float) -> list[Asked]:
    return [
        review
        for person in range(PEOPLE)
        for review in half_a_year(Learner(Random(person), pace), comes=comes)
    ]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("pace", "comes", "off"),
    [
        (1.0, 1.0, 0.03),  # predicted 0.887, right 0.913
        (0.5, 1.0, 0.03),  # predicted 0.888, right 0.871: forgets twice as fast
        (2.0, 1.0, 0.08),  # predicted 0.886, right 0.953: half as fast, so asked too early
        (1.0, 0.3, 0.05),  # predicted 0.843, right 0.875: comes two days a week
    ],
)
def test_what_is_predicted_is_near_what_happens(pace: float, comes: float, off: float):
    reviews = asked(pace, comes)
    predicted = mean([r.predicted for r in reviews])
    assert predicted == pytest.approx(mean([float(r.right) for r in reviews]), abs=off)


def test_what_is_thought_forgotten_is_forgotten_more_often():
    """Somebody who comes two days a week is often asked late, so predictions differ."""
    reviews = asked(1.0, 0.3)
    likely = [float(r.right) for r in reviews if r.predicted >= 0.8]
    doubtful = [float(r.right) for r in reviews if 0.6 <= r.predicted < 0.7]
    unlikely = [float(r.right) for r in reviews if r.predicted < 0.6]
    assert mean(likely) > mean(doubtful) + 0.1 > mean(unlikely) + 0.2


def test_the_same_answers_keep_more_than_asking_in_turn():
    spaced, in_turn = [], []
    for person in range(PEOPLE):
        learner = Learner(Random(person))
        answers = len(list(half_a_year(learner))) + QUESTIONS
        spaced.append(kept(learner))
        other = Learner(Random(person))
        half_a_year_in_turn(other, answers)
        in_turn.append(kept(other))
    assert mean(spaced) > 0.9 > 0.65 > mean(in_turn)  # 0.916 against 0.620
