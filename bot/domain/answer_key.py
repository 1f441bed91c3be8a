"""What a question or a probe expects of an answer, compiled once: cues, vocabulary, prompt."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.domain import lexicon, shape
from bot.domain.cue import Cue, parse_cue, parse_misconception
from bot.domain.question import KeyPoint, Probe, Question
from bot.domain.spelling import Vocabulary
from bot.domain.text import stems

_FUNCTION: Final = frozenset(stems(" ".join(lexicon.FUNCTION)))


@dataclass(frozen=True, slots=True)
class Expected:
    """A key point with its cues parsed; `about` are the stems of what it is about."""

    point: KeyPoint
    cues: tuple[Cue, ...]
    misconceptions: tuple[tuple[Cue, str], ...]
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """Everything about a question or a probe that does not depend on the answer."""

    question: Question
    points: tuple[Expected, ...]
    prompt: frozenset[str]
    prompt_order: tuple[str, ...]
    prompt_runs: frozenset[tuple[str, ...]]
    subject: frozenset[str]
    vocabulary: Vocabulary
    follow_up: bool


class _Name:
    """A question or probe by its hash, so that looking its key up costs nothing."""

    __slots__ = ("probe", "question")

    def __init__(self, question: Question, probe: Probe | None) -> None:
        self.question = question
        self.probe = probe

    def _pair(self) -> tuple[str, str | None]:
        return self.question.hash, self.probe.id if self.probe else None

    def __hash__(self) -> int:
        return hash(self._pair())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Name) and self._pair() == other._pair()


@lru_cache(maxsize=1024)
def _compiled(name: _Name) -> AnswerKey:
    question, asked = name.question, name.probe or name.question
    points = tuple(
        Expected(
            point,
            tuple(parse_cue(c) for c in point.cues),
            tuple((parse_misconception(m.cue), m.correction) for m in point.misconceptions),
            frozenset(stems(f"{point.statement} {point.about}")),
        )
        for point in asked.key_points
    )
    cues = [c for p in points for c in (*p.cues, *(m for m, _ in p.misconceptions))]
    prompt = stems(asked.prompt)
    subject, known = _vocabulary(_Name(question, None))
    return AnswerKey(
        question,
        points,
        frozenset(prompt) | _FUNCTION,
        tuple(prompt),
        shape.runs(prompt) | shape.runs(stems(question.prompt)),
        subject,
        Vocabulary.of(cues, known),
        follow_up=name.probe is not None,
    )


@lru_cache(maxsize=512)
def _vocabulary(name: _Name) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a question's subject, and with those of its cues all that are no typos."""
    question = name.question
    subject = {s for text in _texts(question) for s in stems(text)} - _FUNCTION
    points = (*question.key_points, *(k for p in question.probes for k in p.key_points))
    return frozenset(subject), frozenset(subject).union(
        *(stems(cue) for point in points for cue in point.cues)
    )


def _texts(question: Question) -> Iterable[str]:
    """Everything the question says, for its vocabulary."""
    yield from (question.prompt, question.hint, question.title, question.strong_answer)
    yield from (question.weak_answer, question.choice.prompt or "")
    yield from (o.text for o in question.choice.options)
    for point in (*question.key_points, *(k for p in question.probes for k in p.key_points)):
        yield f"{point.statement} {point.about}"
        yield from (m.correction for m in point.misconceptions)
    for probe in question.probes:
        yield f"{probe.prompt} {probe.model_reply}"


def answer_key(question: Question, probe: Probe | None = None) -> AnswerKey:
    """The key to a question, or to one of its probes; made once for each wording."""
    return _compiled(_Name(question, probe))
