"""Where somebody stands: evidence, and what little it proves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.standing import Evidence, Last, evidence, evidence_by, interval, weakest
from tests.store.samples import NOON


def last(topic: str, score: float, question_id: str = "leak") -> Last:
    return Last(question_id, None, topic, NOON, score)


def test_little_evidence_is_drawn_to_the_middle():
    assert evidence([]).level == evidence([last("data", 0.5)]).level == 0.5
    assert evidence([last("data", 1.0)]).level == 0.6
    assert evidence([last("data", 1.0)] * 16).level == 0.9
    assert (Evidence().mean, evidence([last("data", 0.2), last("data", 0.4)]).mean) == (
        0,
        pytest.approx(0.3),
    )


def test_the_weakest_topics_come_first_and_good_ones_not_at_all():
    lasts = [last("data", 0.0), last("trees", 0.0), last("trees", 0.1), last("llm", 0.9)]
    topics = evidence_by(lasts, lambda one: one.topic)
    assert evidence_by(lasts, lambda one: one.topic if one.score else None).keys() == {
        "trees",
        "llm",
    }
    assert weakest(topics, 5) == ["trees", "data"]
    assert weakest(topics, 1) == ["trees"]


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [
        (0, 0, 0, 1),
        (1, 1, 0.207, 1),
        (0, 1, 0, 0.793),
        (4, 6, 0.300, 0.903),
        (60, 100, 0.502, 0.691),
    ],
)
def test_wilson_intervals_as_published(right: int, asked: int, low: float, high: float):
    assert interval(right, asked) == pytest.approx((low, high), abs=0.001)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_what_was_seen_and_narrows(seen: tuple[int, int]):
    right, asked = seen
    low, high = interval(right, asked)
    assert 0 <= low <= right / asked <= high <= 1
    narrower = interval(2 * right, 2 * asked)
    assert narrower[1] - narrower[0] < high - low
