"""What the report counts: agreement per key point, order of answers, and the like."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bot.domain.verdict import State, Verdict
from bot.harness.labelled import Labelled
from bot.harness.lines import first_probe

RANK: Final = {"strong": 3, "partial": 2, "definition-only": 1, "wrong": 1, "stuffed": 1}
"""Higher should score higher; between definition-only, wrong and stuffed nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A labelled answer and the verdict on it."""

    answer: Labelled
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """Verdicts against labels, a pair for each key point of each answer."""

    both: int = 0
    only_heard: int = 0
    only_labelled: int = 0
    neither: int = 0

    @property
    def total(self) -> int:
        """All pairs."""
        return self.both + self.only_heard + self.only_labelled + self.neither

    @property
    def precision(self) -> float:
        """Of what was counted as covered, the share that is."""
        return share(self.both, self.both + self.only_heard)

    @property
    def recall(self) -> float:
        """Of what is covered, the share that was heard."""
        return share(self.both, self.both + self.only_labelled)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return share(2 * self.both, 2 * self.both + self.only_heard + self.only_labelled)

    @property
    def kappa(self) -> float:
        """Cohen's: agreement beyond what the two base rates bring about by themselves."""
        if not self.total:
            return 0.0
        heard, labelled = self.both + self.only_heard, self.both + self.only_labelled
        silent, empty = self.total - heard, self.total - labelled
        chance = (heard * labelled + silent * empty) / self.total**2
        return share((self.both + self.neither) / self.total - chance, 1 - chance)


def share(part: float, whole: float) -> float:
    """A part of a whole; 1 where there was nothing to get wrong."""
    return part / whole if whole else 1.0


def agreement(graded: Iterable[Graded]) -> Agreement:
    """Covered or not, heard and labelled; half-said points are counted on neither side."""
    pairs = Counter(
        (state is State.COVERED, point_id in one.answer.covers)
        for one in graded
        for point_id, state in judged(one)
    )
    return Agreement(pairs[True, True], pairs[True, False], pairs[False, True], pairs[False, False])


def judged(graded: Graded) -> Iterator[tuple[str, State]]:
    """The key points that the labels take a side on, with the state they got."""
    for point in graded.verdict.points:
        if point.point_id in graded.answer.known - graded.answer.half:
            yield point.point_id, point.state


@dataclass(frozen=True, slots=True)
class Order:
    """Pairs of answers to one question of which one is better by its level."""

    right: int = 0
    equal: int = 0
    wrong: int = 0

    @property
    def pairs(self) -> int:
        """All of them."""
        return self.right + self.equal + self.wrong

    @property
    def soft(self) -> float:
        """Pairs in the right order; an equal pair counts half."""
        return share(self.right + self.equal / 2, self.pairs)

    @property
    def strict(self) -> float:
        """Pairs in the right order; an equal pair counts as wrong."""
        return share(self.right, self.pairs)


def orders(scored: Sequence[tuple[Labelled, float]]) -> dict[tuple[str, str], Order]:
    """How answers to one question are ordered, for each pair of levels and for "all"."""
    counts: Counter[tuple[tuple[str, str], int]] = Counter()
    for (one, first), (other, second) in combinations(scored, 2):
        better = RANK[one.level] - RANK[other.level]
        if one.question.id != other.question.id or not better:
            continue
        levels = (one.level, other.level) if better > 0 else (other.level, one.level)
        ahead = (first - second) * (1 if better > 0 else -1)
        sign = (ahead > 0) - (ahead < 0)
        counts[levels, sign] += 1
        counts[("all", "pairs"), sign] += 1
    keys = sorted({levels for levels, _ in counts})
    return {k: Order(counts[k, 1], counts[k, 0], counts[k, -1]) for k in keys}


@dataclass(frozen=True, slots=True)
class Claims:
    """What became of the wrong claims that the labels name."""

    accepted: int
    """Counted as covered."""
    vetoed: int
    listed: int
    unfair: int
    """Key points called contradicted in answers that cover them."""

    @property
    def accepted_share(self) -> float:
        """Of the listed claims; 0 is best."""
        return self.accepted / self.listed if self.listed else 0.0


def claims(graded: Iterable[Graded]) -> Claims:
    """Wrong claims that are accepted or vetoed, and right ones that are vetoed."""
    graded = list(graded)
    states = [g.verdict.state_of(p) for g in graded for p in g.answer.contradicts - g.answer.covers]
    unfair = sum(
        state is State.CONTRADICTED and p in g.answer.covers
        for g in graded
        for p, state in judged(g)
    )
    return Claims(
        states.count(State.COVERED), states.count(State.CONTRADICTED), len(states), unfair
    )


def pattern_agreement(graded: Iterable[Graded], level: str) -> Agreement:
    """Whether the pattern of that name is told to the answers of that level."""
    pairs = Counter((g.verdict.pattern == level, g.answer.level == level) for g in graded)
    return Agreement(pairs[True, True], pairs[True, False], pairs[False, True], pairs[False, False])


def probe_aims(graded: Iterable[Graded]) -> tuple[int, int]:
    """Of the answers below strong: whose first probe aims at something left out, and all."""
    weak = [g for g in graded if g.answer.level != "strong" and g.answer.complete]
    probes = [(first_probe(g.answer.question, g.verdict), g.answer.covers) for g in weak]
    return sum(bool(p and set(p.aims_at) - covers) for p, covers in probes), len(weak)
