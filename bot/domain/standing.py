"""Where somebody stands: their last answer to each question, and what little that proves."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import TypeVar

PRIOR = 4
"""Answers' worth of doubt: nobody is perfect, or hopeless, after a single question."""
MIDDLE = 0.5
GOOD = 0.7
"""A mean score from which nobody needs to be sent back to read."""
Z = 1.96
"""Of a 95 % interval."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Last:
    """Somebody's last answer to one question."""

    question_id: str
    guild_id: int | None
    topic: str
    at: datetime
    score: float
    """0..1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a number of answers came to."""

    answers: int = 0
    score: float = 0.0
    """Their sum."""

    @property
    def mean(self) -> float:
        """Of the answers alone; 0 without any."""
        return self.score / self.answers if self.answers else 0.0

    @property
    def level(self) -> float:
        """How good they seem to be, 0..1, drawn to the middle while there is little to go by."""
        return (self.score + PRIOR * MIDDLE) / (self.answers + PRIOR)


def evidence(lasts: Iterable[Last]) -> Evidence:
    """Of these answers, all together."""
    scores = [last.score for last in lasts]
    return Evidence(len(scores), sum(scores))


def evidence_by(lasts: Iterable[Last], key: Callable[[Last], Key | None]) -> dict[Key, Evidence]:
    """What they came to on each topic, say; answers without a key count for none."""
    found: dict[Key, list[Last]] = {}
    for last in lasts:
        if (of := key(last)) is not None:
            found.setdefault(of, []).append(last)
    return {of: evidence(theirs) for of, theirs in found.items()}


def weakest(topics: dict[str, Evidence], most: int) -> list[str]:
    """The topics on which they seem weakest, of those that are not good."""
    behind = [topic for topic, shown in topics.items() if shown.mean < GOOD]
    return sorted(behind, key=lambda topic: (topics[topic].level, topic))[:most]


def interval(right: int, asked: int) -> tuple[float, float]:
    """The shares of right answers, in the long run, that go well with so many (Wilson 1927)."""
    if not asked:
        return 0.0, 1.0
    share, room = right / asked, Z**2 / asked
    middle = (share + room / 2) / (1 + room)
    reach = Z * sqrt(share * (1 - share) / asked + room / (4 * asked)) / (1 + room)
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
