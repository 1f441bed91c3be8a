"""Simulated people who forget by laws of their own, and a bot that asks them once a day.

None of them obeys FSRS: they forget exponentially, everyone and every question at its own pace,
and how much a review helps depends on how hard it was to remember (desirable difficulty).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, log
from random import Random

from bot.domain.memory import Card, rating, recall, reviewed

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS, QUESTIONS, NEW_A_DAY, MOST_A_DAY = 180, 120, 3, 20


@dataclass
class Trace:
    """A person's true memory of one question."""

    strength: float
    """Days until the chance of remembering has fallen to nine in ten."""
    at: datetime

    def recall(self, now: datetime) -> float:
        return exp(log(0.9) * ((now - self.at) / DAY) / self.strength)


@dataclass
class Learner:
    """Somebody with a memory: `pace` 1 is the usual one."""

    rng: Random
    pace: float = 1.0
    luck: float = 0.0
    traces: dict[int, Trace] = field(default_factory=dict)

    def answers(self, question: int, now: datetime) -> bool:
        """Whether they are right; and what being asked, and told, does to their memory."""
        trace = self.traces.get(question)
        if trace is None:
            knew = self.rng.random() < 0.5
            strength = self.pace * self.rng.lognormvariate(log(4.0 if knew else 1.2), 0.5)
            self.traces[question] = Trace(strength, now)
            return knew or self.rng.random() < self.luck
        chance = trace.recall(now)
        knew = self.rng.random() < chance
        if knew:
            # The closer it was to being forgotten, the more it gains.
            grown = 1 + self.pace * (0.4 + 14 * (1 - chance)) * trace.strength**-0.15
        else:
            grown = 0.35
        self.traces[question] = Trace(max(0.8, trace.strength * grown), now)
        return knew or self.rng.random() < self.luck


@dataclass(frozen=True)
class Asked:
    """One review: what was predicted, and what happened."""

    predicted: float
    right: bool


def half_a_year(learner: Learner, *, comes: float = 1.0) -> Iterator[Asked]:
    """On every day they come: what is due, the most forgotten first, then something new."""
    cards: dict[int, Card] = {}
    for day in range(DAYS):
        now = START + day * DAY
        if learner.rng.random() >= comes:
            continue
        due = sorted((q for q, c in cards.items() if c.due_at < now + DAY / 2),
                     key=lambda q: recall(cards[q], now))  # fmt: skip
        new = [q for q in range(QUESTIONS) if q not in cards]
        for question in [*due, *new[:NEW_A_DAY]][:MOST_A_DAY]:
            card = cards.get(question)
            right = learner.answers(question, now)
            if card is not None:
                yield Asked(recall(card, now), right)
            cards[question] = reviewed(card, rating(float(right), None), now)


def half_a_year_in_turn(learner: Learner, answers: int) -> None:
    """The same number of answers over the same days, every question as often as any other."""
    for at in range(answers):
        learner.answers(at % QUESTIONS, START + DAYS * DAY * at / answers)


def kept(learner: Learner) -> float:
    """The share of all questions they remember in the end."""
    end = START + DAYS * DAY
    return sum(trace.recall(end) for trace in learner.traces.values()) / QUESTIONS
