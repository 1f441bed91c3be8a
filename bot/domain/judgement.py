"""What a language model says about an answer, and how far it is believed.

It may point: at a key point, at a state, at words of the answer. Whether those words are there and
speak of that point is decided here, and so is what they are worth (docs/decisions/0010).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import shape
from bot.domain.answer_key import AnswerKey, Expected, answer_key
from bot.domain.attempt import weighted
from bot.domain.evidence import LONGEST_EVIDENCE
from bot.domain.hearing import Heard
from bot.domain.judge import Finding, Judgement, Said
from bot.domain.question import Form, Question
from bot.domain.spans import Span
from bot.domain.text import Text, read
from bot.domain.verdict import Pattern, PointVerdict, State, Verdict

FEWEST_QUOTED: Final = 4
"""Words; fewer are a term, not something said about it."""
LONGEST_QUOTE: Final = 400
"""Characters; more is no quotation but the answer over again."""
MOST_SENTENCES: Final = 2
"""As for a cue: what means one thing is said within two adjacent sentences."""
TIED: Final = 2
"""Words of its own that a key point must have in a quotation to be covered by it; fewer are a hint.

And no other key point may have more. What 1, 2 and 3 let a model do is in docs/decisions/0010.
"""
NOT_SENT: Final = frozenset(
    {Pattern.ECHO, Pattern.TOO_SHORT, Pattern.OFF_TOPIC, Pattern.BUZZWORD_LIST}
)
"""Nothing in these is said about the question, so there is nothing for a model to find."""
NOT_LISTED: Final = "that does not hold here; the strong answer shows what does."
"""Puts a wrong claim right that no author has foreseen; the model's own words are never shown."""


def is_worth_judging(verdict: Verdict) -> bool:
    """Whether the rubric engine found an answer at all."""
    return verdict.pattern not in NOT_SENT


def found(question: Question, answer: str, said: Sequence[Said]) -> Judgement:
    """The claims whose words are in the answer; of two about one key point, neither."""
    text = read(answer)
    times = Counter(s.point_id for s in said)
    findings: list[Finding] = []
    for claim in said:
        span = _located(text, claim.quote)
        told = claim.state is not State.MISSING and times[claim.point_id] == 1
        if span and told and question.point(claim.point_id):
            findings.append(
                Finding(
                    point_id=claim.point_id,
                    state=claim.state,
                    start=text.tokens[span[0]].start,
                    end=text.tokens[span[1]].end,
                    misconception=claim.misconception,
                )
            )
    return Judgement(findings=tuple(findings))


def _located(text: Text, quote: str) -> Span | None:
    """Where the quoted words stand, one after the other; case, marks and spaces do not matter."""
    if len(quote) > LONGEST_QUOTE:
        return None
    wanted = [t.word for t in read(quote).tokens]
    words = [t.word for t in text.tokens]
    size = len(wanted)
    if size < FEWEST_QUOTED:
        return None
    starts = range(len(words) - size + 1)
    return next(((i, i + size - 1) for i in starts if words[i : i + size] == wanted), None)


def graded(
    question: Question, answer: str, rubric: Verdict, judgement: Judgement, name: str
) -> Verdict:
    """The rubric engine's verdict where the model showed nothing, moved where it did."""
    reading = _Reading.of(question, answer)
    findings = {f.point_id: f for f in judgement.findings}
    points = tuple(
        reading.moved(before, findings[before.point_id]) if before.point_id in findings else before
        for before in rubric.points
    )
    return Verdict(
        question_id=rubric.question_id,
        question_hash=rubric.question_hash,
        points=points,
        score=weighted(question, points),
        # A shape is named for what the rubric engine heard; once that has moved, it may be wrong.
        pattern=rubric.pattern if points == rubric.points else None,
        grader=f"{name}, {rubric.grader} checked",
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """An answer beside its key, and the words in it that argue for nothing."""

    key: AnswerKey
    heard: Heard
    ignored: frozenset[int]

    @classmethod
    def of(cls, question: Question, answer: str) -> "_Reading":
        key, text = answer_key(question), read(answer)
        heard = Heard(text, key.vocabulary)
        ignored = shape.echoed(text, key.prompt_runs)
        if question.form is not Form.LIST:
            cued = heard.said_by(c for p in key.points for c in p.cues)
            ignored |= shape.keywords(text, cued) | shape.enumerated(text, cued)
        return cls(key, heard, ignored)

    def moved(self, before: PointVerdict, finding: Finding) -> PointVerdict:
        """One key point after what the model showed; where the two disagree it is unclear."""
        span = self._span(finding)
        point = next(p for p in self.key.points if p.point.id == before.point_id)
        ties = self._ties(point, span) if span else 0
        if span is None or not ties or before.state is State.CONTRADICTED:
            return before
        quote = self._quoted(span)
        plain = ties >= TIED and all(ties >= self._ties(p, span) for p in self.key.points)
        if finding.state is State.CONTRADICTED:
            if before.state is State.COVERED:
                return _unclear(before, 0.5, quote)
            return PointVerdict(
                point_id=before.point_id,
                state=State.CONTRADICTED,
                share=0.0,
                evidence=quote,
                correction=_correction(point, finding.misconception),
            )
        if before.state is State.COVERED:
            return before
        if finding.state is State.COVERED and plain:
            return PointVerdict(
                point_id=before.point_id, state=State.COVERED, share=1.0, evidence=quote
            )
        return _unclear(before, 0.5 if plain else 0.25, quote)

    def _span(self, finding: Finding) -> Span | None:
        """The tokens of a finding, if they are one thought."""
        text = self.heard.text
        inside = [
            i
            for i, t in enumerate(text.tokens)
            if finding.start <= t.start and t.end <= finding.end
        ]
        touched = [s for s in text.sentences if inside and s[0] <= inside[-1] and inside[0] < s[1]]
        return (inside[0], inside[-1]) if 0 < len(touched) <= MOST_SENTENCES else None

    def _ties(self, point: Expected, span: Span) -> int:
        """How many of the key point's own words are in a span: not the prompt's, not a list's."""
        tokens, prompt = self.heard.text.tokens, self.key.prompt
        own = {i for i in range(span[0], span[1] + 1) if tokens[i].stem in point.about}
        for cue in point.cues:
            for first, last in (s for group in cue.wanted for s in self.heard.group(group)):
                fresh = [i for i in range(first, last + 1) if tokens[i].stem not in prompt]
                if fresh and span[0] <= first and last <= span[1]:
                    own.add(fresh[0])
        return len({tokens[i].stem for i in own - self.ignored} - prompt)

    def _quoted(self, span: Span) -> str:
        """What the person wrote there, as much of it as fits beside a key point."""
        text = self.heard.text
        fits = [
            i
            for i in range(span[0], span[1] + 1)
            if len(text.quote(span[0], i)) <= LONGEST_EVIDENCE
        ]
        return text.quote(span[0], fits[-1]) if fits else text.quote(*span)[:LONGEST_EVIDENCE]


def _unclear(before: PointVerdict, share: float, quote: str) -> PointVerdict:
    """Close; never less than the rubric engine's own hint, whose words stay where it is as much."""
    if before.state is State.UNCLEAR and before.share >= share:
        return before
    return PointVerdict(point_id=before.point_id, state=State.UNCLEAR, share=share, evidence=quote)


def _correction(point: Expected, misconception: int) -> str:
    """The author's words for that wrong claim, if it is one that was foreseen."""
    if 0 < misconception <= len(point.misconceptions):
        return point.misconceptions[misconception - 1][1]
    return NOT_LISTED
