"""Readiness: six questions, one a competency, and what so few can tell.

Four options judge what somebody recognises. How they tell a story is not among it, so the
behavioral round has no competency here; the plan makes room for it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from bot.domain.loop import rounds_of, theory_of
from bot.domain.question import Question, Role, Round, Seniority, Topic
from bot.domain.standing import interval

TIME = timedelta(minutes=5)
REMEMBERED = timedelta(days=90)
"""How long an earlier check says something about today."""
SOLID, GAP = 0.6, 0.5
"""What even the lower end of the interval must reach, and what its upper end must not pass."""


class Competency(StrEnum):
    """What a question of the check stands for."""

    FUNDAMENTALS = "fundamentals"
    EVALUATION = "evaluation"
    DATA_AND_TREES = "data-and-trees"
    DEEP_LEARNING = "deep-learning"
    CODING = "coding"
    SYSTEMS = "systems"


TOPICS: Mapping[Competency, tuple[Topic, ...]] = {
    Competency.FUNDAMENTALS: (Topic.FOUNDATIONS, Topic.STATISTICS, Topic.DERIVATIONS),
    Competency.EVALUATION: (Topic.EVALUATION,),
    Competency.DATA_AND_TREES: (Topic.DATA, Topic.TREES, Topic.UNSUPERVISED),
    Competency.DEEP_LEARNING: (Topic.DEEP_LEARNING, Topic.LLM),
    Competency.CODING: (Topic.CODING,),
    Competency.SYSTEMS: (Topic.PRODUCTION, Topic.SYSTEM_DESIGN),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a check."""

    competency: Competency
    question_id: str
    order: tuple[int, ...]
    """Which option is shown where."""
    picked: int | None = None
    """Of the question's own options."""
    right: bool | None = None
    """None where it was not reached in time."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """A row of `readiness`: one check."""

    id: int
    """Of the interaction that began it; a later one is larger."""
    user_id: int
    role: Role
    seniority: Seniority
    started_at: datetime
    items: tuple[Item, ...]

    @property
    def until(self) -> datetime:
        """When its time is up."""
        return self.started_at + TIME

    @property
    def at(self) -> int | None:
        """The question that is next, counted from 0; None after the last."""
        return next((n for n, item in enumerate(self.items) if item.right is None), None)

    def over(self, now: datetime) -> bool:
        """Whether there is nothing more to answer."""
        return self.at is None or now >= self.until

    @property
    def answered(self) -> tuple[Item, ...]:
        """What was reached in time."""
        return tuple(item for item in self.items if item.right is not None)

    def picked(self, number: int, option: int, *, right: bool) -> "Readiness":
        """The check with one more answer."""
        items = list(self.items)
        items[number] = replace(items[number], picked=option, right=right)
        return replace(self, items=tuple(items))


def draw(
    questions: Iterable[Question],
    role: Role,
    seniority: Seniority,
    seen: Mapping[str, datetime],
    closed: Collection[str],
    rng: Random,
) -> tuple[Item, ...]:
    """One question a competency, as near to the role and seniority as there is one.

    Args:
        questions: all that may be asked.
        role: whose questions are wanted.
        seniority: on which level.
        seen: when they last answered which; the longest ago is as good as new.
        closed: what must not be asked now.
        rng: decides among equals, and the order of options.
    """
    fitting = [q for q in questions if q.id not in closed]
    items = []
    for competency, topics in TOPICS.items():
        found = [q for q in fitting if q.topic in topics]
        if not found:
            continue
        rng.shuffle(found)
        best = min(found, key=lambda q: _distance(q, role, seniority, seen))
        order = list(range(len(best.choice.options)))
        rng.shuffle(order)
        items.append(Item(competency, best.id, tuple(order)))
    return tuple(items)


def _distance(
    question: Question, role: Role, seniority: Seniority, seen: Mapping[str, datetime]
) -> tuple[bool, bool, int, float]:
    levels = list(Seniority)
    last = seen.get(question.id)
    return (
        role not in question.roles,
        last is not None,
        abs(levels.index(question.seniority) - levels.index(seniority)),
        last.timestamp() if last else 0.0,
    )


class Sign(StrEnum):
    """What the answers on a competency come to."""

    SOLID = "solid"
    GAP = "gap"
    HOPEFUL = "hopeful"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one competency."""

    competency: Competency
    now: bool | None
    """Right, wrong, or not reached in this check."""
    right: int
    asked: int
    """Over all checks that still count."""
    low: float
    high: float
    sign: Sign
    share: float
    """Of the role's loop, among the competencies that are checked."""

    @property
    def missing(self) -> float:
        """How much of the loop stands on this and is not shown yet."""
        return self.share * (1 - self.right / self.asked) if self.asked else self.share


def judged(checks: Sequence[Readiness]) -> list[Judged]:
    """The verdict of the first of these checks, with what those before it add.

    Args:
        checks: the one that is judged, and earlier ones on the same level.
    """
    check = checks[0]
    shares = shares_of(check.role, check.seniority)
    found = []
    for item in check.items:
        seen = [i for c in checks for i in c.answered if i.competency is item.competency]
        right = sum(bool(i.right) for i in seen)
        low, high = interval(right, len(seen))
        sign = _sign(right, len(seen), low, high)
        share = shares[item.competency]
        found.append(Judged(item.competency, item.right, right, len(seen), low, high, sign, share))
    return found


def counts(earlier: Readiness, check: Readiness) -> bool:
    """Whether an earlier check adds to this one: the same level, and not too long ago."""
    return (
        earlier.id < check.id
        and earlier.seniority is check.seniority
        and check.started_at - REMEMBERED <= earlier.started_at
    )


def _sign(right: int, asked: int, low: float, high: float) -> Sign:
    if not asked:
        return Sign.UNKNOWN
    if low >= SOLID:
        return Sign.SOLID
    if high <= GAP:
        return Sign.GAP
    return Sign.HOPEFUL if 2 * right > asked else Sign.DOUBTFUL


def shares_of(role: Role, seniority: Seniority) -> dict[Competency, float]:
    """How much of the role's loop each competency carries; they add up to 1."""
    rounds, theory = rounds_of(role, seniority), theory_of(role)
    whole = {Topic.CODING: rounds[Round.CODING], Topic.SYSTEM_DESIGN: rounds[Round.SYSTEM_DESIGN]}
    parts = {
        competency: sum(whole.get(t, 0.0) + rounds[Round.THEORY] * theory.get(t, 0.0) for t in of)
        for competency, of in TOPICS.items()
    }
    total = sum(parts.values())
    return {competency: part / total for competency, part in parts.items()}
