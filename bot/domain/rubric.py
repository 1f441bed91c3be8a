"""The deterministic assessor: which key points an answer covers, and the words that show it.

Design section 5; figures and limits in notes/assessor.md. Pure: the same answer to the same
question always gets the same verdict.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from bot.domain import lexicon, shape
from bot.domain.cue import Cue, parse_cue, parse_misconception
from bot.domain.evidence import evidence
from bot.domain.hearing import Heard, Match, Span
from bot.domain.question import Form, KeyPoint, Probe, Question
from bot.domain.spelling import Vocabulary
from bot.domain.text import Text, read, stems
from bot.domain.verdict import PointVerdict, State, Verdict

GRADER: Final = "rubric 1"
"""Raised with every change that can change a verdict; shown to the person."""

LONGEST_ANSWER: Final = 4000
WIDEST: Final = (0, 16, 16, 26, 32)
"""Words that a cue of 1, 2, 3 or 4 groups may span; what means one thing is said together.

Over the bank's strong answers and the labelled ones 202 of 203 matches are narrower; of the
matches in answers to other questions every third is wider.
"""
WIDEST_PART: Final = 15
FEWEST_WORDS: Final = 15
"""Words of content; with fewer, nobody can tell what an answer is about."""
_TWO_THIRDS: Final = 2 / 3
_ECHO_SHARE: Final = 0.7
_FUNCTION: Final = frozenset(stems(" ".join(lexicon.FUNCTION)))
_OFF_TOPIC: Final = ((0, 0.35), (1, 0.28))
"""Points hit, and the share of the question's words below which an answer is about another one.

Over 60 answers to their own questions the smallest share is .44; half of 300 answers to questions
of other topics lie below .35.
"""


@dataclass(frozen=True, slots=True)
class _Point:
    point: KeyPoint
    cues: tuple[Cue, ...]
    misconceptions: tuple[tuple[Cue, str], ...]
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rubric:
    """Everything about a question or a probe that does not depend on the answer."""

    question: Question
    points: tuple[_Point, ...]
    prompt: frozenset[str]
    prompt_runs: frozenset[tuple[str, ...]]
    subject: frozenset[str]
    vocabulary: Vocabulary
    follow_up: bool


class _Key:
    """A question or probe by its hash, so that looking a rubric up costs nothing."""

    __slots__ = ("probe", "question")

    def __init__(self, question: Question, probe: Probe | None) -> None:
        self.question = question
        self.probe = probe

    def _name(self) -> tuple[str, str | None]:
        return self.question.hash, self.probe.id if self.probe else None

    def __hash__(self) -> int:
        return hash(self._name())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._name() == other._name()


def assess(question: Question, answer: str) -> Verdict:
    """The verdict on an answer to the question itself."""
    return _assess(_compiled(_Key(question, None)), answer)


def assess_probe(probe: Probe, question: Question, answer: str) -> Verdict:
    """The verdict on a reply to one of the question's probes, over the probe's key points."""
    return _assess(_compiled(_Key(question, probe)), answer)


@lru_cache(maxsize=256)
def _compiled(key: _Key) -> _Rubric:
    question, asked = key.question, key.probe or key.question
    points = tuple(
        _Point(
            point,
            tuple(parse_cue(c) for c in point.cues),
            tuple((parse_misconception(m.cue), m.correction) for m in point.misconceptions),
            frozenset(stems(f"{point.statement} {point.about}")),
        )
        for point in asked.key_points
    )
    cues = [c for p in points for c in (*p.cues, *(m for m, _ in p.misconceptions))]
    prompt = stems(asked.prompt)
    subject, known = _vocabulary(_Key(question, None))
    return _Rubric(
        question,
        points,
        frozenset(prompt) | _FUNCTION,
        shape.runs(prompt) | shape.runs(stems(question.prompt)),
        subject,
        Vocabulary.of(cues, known),
        follow_up=key.probe is not None,
    )


@lru_cache(maxsize=64)
def _vocabulary(key: _Key) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a question's subject, and with those of its cues all that are no typos."""
    question = key.question
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


@dataclass(frozen=True)
class _Answer:
    """An answer and what its shape takes away from it."""

    heard: Heard
    keywords: frozenset[int]
    items: frozenset[int]
    echo: frozenset[int]
    claims: dict[str, tuple[Match, str]]
    rubric: _Rubric

    @property
    def text(self) -> Text:
        return self.heard.text

    @cached_property
    def ignored(self) -> frozenset[int]:
        """Tokens that argue for nothing: lists, echoes, and the very words of a wrong claim."""
        wrong = (i for m, _ in self.claims.values() for i in range(m.first, m.last + 1))
        return self.keywords | self.items | self.echo | frozenset(wrong)

    def is_fresh(self, span: Span) -> bool:
        """Whether a span says something the prompt did not."""
        tokens = self.text.tokens[span[0] : span[1] + 1]
        return any(t.stem not in self.rubric.prompt for t in tokens)

    def argued(self, match: Match) -> bool:
        """Whether half of the heard groups stand outside lists and echoes."""
        free = sum(s[0] not in self.ignored for s in match.heard)
        return free >= 1 and 2 * free >= len(match.heard)

    def own(self, match: Match) -> bool:
        """Whether a match is the person's own: not the prompt's words in the prompt's sentence."""
        if any(self.is_fresh(s) for s in match.heard):
            return True
        said = shape.content(self.text.tokens[match.window[0] : match.window[1] + 1])
        return sum(s in self.rubric.prompt for s in said) < _ECHO_SHARE * len(said)


def _assess(rubric: _Rubric, answer: str) -> Verdict:
    text = read(answer[:LONGEST_ANSWER])
    form = rubric.question.form
    heard = Heard(text, rubric.vocabulary)
    answered = _Answer(
        heard,
        frozenset() if form is Form.LIST else shape.keywords(text),
        frozenset() if form is Form.LIST else shape.enumerated(text),
        shape.echoed(text, rubric.prompt_runs),
        _claims(rubric, heard),
        rubric,
    )
    points = tuple(_judge(p, answered) for p in rubric.points)
    off_topic = _is_off_topic(answered, points)
    if off_topic:
        points = tuple(_silenced(p) for p in points)
    return _verdict(answered, points, off_topic)


def _verdict(answered: _Answer, points: tuple[PointVerdict, ...], off_topic: bool) -> Verdict:
    rubric = answered.rubric
    weights = [p.point.weight for p in rubric.points]
    score = sum(w * p.share for w, p in zip(weights, points, strict=True)) / sum(weights)
    missed = [r for r, p in zip(rubric.points, points, strict=True) if p.state != State.COVERED]
    found = shape.pattern(
        shape.Shape(
            text=answered.text,
            form=rubric.question.form,
            topic=rubric.question.topic,
            kinds=tuple(p.point.kind for p in rubric.points),
            follow_up=rubric.follow_up,
            framing=rubric.question.form is Form.DESIGN or "framing" in rubric.question.id,
            open=tuple(p.about for p in missed),
            prompt=rubric.prompt,
            listed=answered.keywords | answered.items,
            echo=answered.echo,
            states=tuple(p.state for p in points),
            score=score,
            off_topic=off_topic,
        )
    )
    return Verdict(
        question_id=rubric.question.id,
        question_hash=rubric.question.hash,
        points=points,
        score=score,
        pattern=found,
        grader=GRADER,
    )


def _claims(rubric: _Rubric, heard: Heard) -> dict[str, tuple[Match, str]]:
    """For each point that is contradicted the first wrong claim, and what puts it right."""
    found: dict[str, tuple[Match, str]] = {}
    for point in rubric.points:
        claims = ((heard.claim(cue), correction) for cue, correction in point.misconceptions)
        made = next(((claim, right) for claim, right in claims if claim), None)
        if made:
            found[point.point.id] = made
    return found


def _judge(point: _Point, answered: _Answer) -> PointVerdict:
    """Contradicted, else covered, else unclear, else missing."""
    if claimed := answered.claims.get(point.point.id):
        return PointVerdict(
            point_id=point.point.id,
            state=State.CONTRADICTED,
            share=0.0,
            evidence=evidence(answered.text, claimed[0]),
            correction=claimed[1],
        )
    best: tuple[float, Match | None] = (0.0, None)
    for cue in point.cues:
        for match in answered.heard.matches(cue, answered.ignored):
            share = _share(match, answered)
            if share > best[0]:
                best = (share, match)
    share, shown = best
    state = State.COVERED if share == 1 else State.UNCLEAR if share else State.MISSING
    return PointVerdict(
        point_id=point.point.id,
        state=state,
        share=share,
        evidence=evidence(answered.text, shown) if shown else None,
    )


def _share(match: Match, answered: _Answer) -> float:
    """1 for every group, ½ for two thirds of them, ¼ for half; no credit for the prompt's words.

    A part counts only with the first group, which names the subject.
    A cue heard in full inside an enumeration is named but not argued: ¼, so a probe asks.
    """
    if any(s[0] in answered.keywords for s in match.heard):
        return 0.0
    if (
        match.fraction == 1
        and match.width <= WIDEST[min(len(match.spans), 4)]
        and answered.own(match)
    ):
        return 1.0 if answered.argued(match) else 0.25
    if match.spans[0] is None or match.width > WIDEST_PART:
        return 0.0
    if not any(answered.is_fresh(s) and s[0] not in answered.ignored for s in match.heard):
        return 0.0
    if match.fraction >= _TWO_THIRDS:
        return 0.5
    return 0.25 if match.fraction >= 0.5 else 0.0


def _is_off_topic(answered: _Answer, points: tuple[PointVerdict, ...]) -> bool:
    """An answer to another question: hardly a word of this one's, and at most one point hit."""
    said = shape.content(answered.text.tokens)
    if len(said) < FEWEST_WORDS:
        return False
    share = sum(s in answered.rubric.subject for s in said) / len(said)
    hit = sum(p.state in {State.COVERED, State.CONTRADICTED} for p in points)
    return any(hit <= most and share < least for most, least in _OFF_TOPIC)


def _silenced(point: PointVerdict) -> PointVerdict:
    return PointVerdict(point_id=point.point_id, state=State.MISSING, share=0.0)
