"""A drill: questions one person works through alone, with what they missed coming back.

Its queue and what came of it are the whole state: the step that is next is the number of steps
that are done, so a drill is taken up again days later as if nothing had happened in between.
A review is a drill whose questions are those that are due (domain/memory.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import TypeVar

from bot.domain.attempt import Mode
from bot.domain.bank import Selection
from bot.domain.errors import Invalid
from bot.domain.memory import Card, recall
from bot.domain.question import Difficulty, Question, Role, Topic
from bot.domain.round import RIGHT

Named = TypeVar("Named", bound=StrEnum)

MOST = 30
"""Questions of one drill; half an hour is as long as anybody stays sharp."""
USUAL = 10
GAP = 3
"""Questions between a miss and its return: far enough to be remembered, not merely repeated."""


class Kind(StrEnum):
    """Why these questions."""

    DRILL = "drill"
    REVIEW = "review"


class Style(StrEnum):
    """How they are answered."""

    CHOICE = "choice"
    EXPLAIN = "explain"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to be asked; nothing in particular leaves everything in."""

    topic: Topic | None = None
    difficulty: Difficulty | None = None
    role: Role | None = None
    count: int = USUAL
    style: Style = Style.CHOICE

    def takes(self, question: Question) -> bool:
        """Whether the question is one of those wanted, and can be answered that way."""
        selection = Selection(
            topics=frozenset({self.topic} if self.topic else ()),
            difficulties=frozenset({self.difficulty} if self.difficulty else ()),
            roles=frozenset({self.role} if self.role else ()),
        )
        return selection.takes(question) and (self.style is not Style.EXPLAIN or question.in_words)


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a drill."""

    question_id: str
    mode: Mode
    again: bool = False
    """Whether it was missed earlier in this drill."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step."""

    attempt_id: int
    score: float

    @property
    def right(self) -> bool:
        """Whether it was answered rather than missed."""
        return self.score >= RIGHT


@dataclass(frozen=True, slots=True)
class Drill:
    """A row of `drill`."""

    id: int
    user_id: int
    guild_id: int | None
    """Where it was begun: a group's own questions are found with it."""
    kind: Kind
    wanted: Wanted
    steps: tuple[Step, ...]
    began_at: datetime
    done: tuple[Done, ...] = ()
    ended_at: datetime | None = None

    @property
    def no(self) -> int:
        """The step that is next, from 0."""
        return len(self.done)

    @property
    def step(self) -> Step | None:
        """What is asked next; nothing once it is over."""
        if self.ended_at is not None or self.no >= len(self.steps):
            return None
        return self.steps[self.no]

    @property
    def answered(self) -> list[tuple[Step, Done]]:
        """Every step that is done, with what came of it."""
        return list(zip(self.steps, self.done, strict=False))


def wanted(topic: str, difficulty: str, role: str, count: int, style: str) -> Wanted:
    """What somebody typed into `/drill`, empty where they did not mind.

    Raises:
        Invalid: there is no such topic, difficulty, role or style, or the count is out of range.
    """
    if not 1 <= count <= MOST:
        raise Invalid(f"A drill has 1 to {MOST} questions.")
    return Wanted(
        _chosen(Topic, topic, "topic"),
        _chosen(Difficulty, difficulty, "difficulty"),
        _chosen(Role, role, "role"),
        count,
        _chosen(Style, style, "style") or Style.CHOICE,
    )


def _chosen(kind: type[Named], typed: str, what: str) -> Named | None:
    wanted = typed.strip().casefold().replace(" ", "-")
    if not wanted:
        return None
    if wanted not in set(kind):
        raise Invalid(f"I don't know that {what}. There are {', '.join(kind)}.")
    return kind(wanted)


def draw(
    questions: Sequence[Question],
    cards: Mapping[str, Card],
    means: Mapping[str, float],
    now: datetime,
    count: int,
    rng: Random,
) -> list[Question]:
    """What this person gains most from, in no order that gives anything away.

    Up to half is what they are about to forget, the most forgotten first. Then comes what they
    have never seen, weak topics more often, and at last what they know, the shakiest first.

    Args:
        questions: all that fit what is wanted.
        cards: what the person remembers, by question.
        means: their mean score, 0..1, by topic.
        now: when it is drawn.
        count: how many, if there are as many.
        rng: decides among equals, and the order.
    """
    seen = sorted(
        (q for q in questions if q.id in cards), key=lambda q: (recall(cards[q.id], now), q.id)
    )
    due = [q for q in seen if cards[q.id].due_at <= now]
    known = [q for q in seen if cards[q.id].due_at > now]
    new = sorted(
        (q for q in questions if q.id not in cards),
        # The larger the weight, the likelier an early place (Efraimidis and Spirakis 2006).
        key=lambda q: -(rng.random() ** (1 / _weight(means.get(q.topic, 0.5)))),
    )
    half = (count + 1) // 2
    chosen = [*due[:half], *new, *due[half:], *known][:count]
    rng.shuffle(chosen)
    return chosen


def _weight(mean: float) -> float:
    """Four times as likely where nothing was right as where everything was."""
    return 1.6 - 1.2 * mean


def steps_for(questions: Iterable[Question], style: Style) -> tuple[Step, ...]:
    """A step for each question; mixed asks for words every second time, where there are any."""
    return tuple(Step(q.id, _mode(q, style, at)) for at, q in enumerate(questions))


def _mode(question: Question, style: Style, at: int) -> Mode:
    in_words = style is Style.EXPLAIN or (style is Style.MIXED and at % 2 == 1)
    return Mode.OPEN if in_words and question.in_words else Mode.CHOICE


def layout(drill: Drill, no: int) -> tuple[int, ...]:
    """Which option stands at each letter in that step: another order when it comes back."""
    order = list(range(4))
    Random(f"{drill.id}:{no}").shuffle(order)  # noqa: S311 - an order, not a secret
    return tuple(order)


def went_on(drill: Drill, done: Done, now: datetime) -> Drill:
    """The drill after its next step: a question that was missed comes back once, before the end."""
    no, steps = drill.no, drill.steps
    step = steps[no]
    if not done.right and not step.again:
        at = min(no + 1 + GAP, len(steps))
        steps = (*steps[:at], replace(step, again=True), *steps[at:])
    over = now if no + 1 == len(steps) else None
    return replace(drill, steps=steps, done=(*drill.done, done), ended_at=over)


def without(drill: Drill, gone: str, now: datetime) -> Drill:
    """The drill without a question that is no longer there, as far as it lies ahead."""
    ahead = tuple(s for s in drill.steps[drill.no :] if s.question_id != gone)
    steps = (*drill.steps[: drill.no], *ahead)
    return replace(drill, steps=steps, ended_at=drill.ended_at or (None if ahead else now))


def stopped(drill: Drill, now: datetime) -> Drill:
    """The drill ended where it stands; what was done stays."""
    return drill if drill.ended_at is not None else replace(drill, ended_at=now)
