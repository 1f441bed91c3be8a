"""The deterministic assessor: which key points an answer covers, and the words that show it.

Design section 5; figures and limits in notes/assessor.md. Pure: the same answer to the same
question always gets the same verdict.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.domain import lexicon, shape, weakness
from bot.domain.answer_key import AnswerKey, Expected, answer_key
from bot.domain.evidence import evidence
from bot.domain.hearing import Heard, Match
from bot.domain.question import Form, Probe, Question
from bot.domain.spans import Span
from bot.domain.text import Text, read, stems
from bot.domain.verdict import PointVerdict, State, Verdict

GRADER: Final = "rubric 4"
"""Raised with every change that can change a verdict; shown to the person."""

LONGEST_ANSWER: Final = 4000
WIDEST: Final = (0, 16, 20, 29, 40)
"""Words that a cue of 1, 2, 3 or 4 groups may span; what means one thing is said together.

On 144 answers by people who had not seen the cues: precision .88, recall .75. A quarter narrower
.88 and .71, without any limit .86 and .77; of matches in answers to other questions every third
is wider.
"""
WIDEST_PART: Final = 15
FEWEST_WORDS: Final = 13
"""Words of content that are not common to all answers; with fewer, nobody can tell the subject."""
FEWEST_TOLD: Final = 30
LEAST_TOLD: Final = 0.035
"""Of the words, verbs in the past tense; stories have .056 or more, four of five others less."""
_TWO_THIRDS: Final = 2 / 3
_ECHO_SHARE: Final = 0.7
_TALK: Final = frozenset(stems(" ".join(lexicon.TALK | lexicon.FUNCTION)))
_SMALL: Final = frozenset(stems(" ".join(lexicon.SMALL_TALK)))
_COMMON: Final = frozenset(stems(" ".join(lexicon.COMMON | lexicon.FUNCTION)))
_OFF_TOPIC: Final = (0.28, 0.25, 0.15)
"""By points hit: the share of the question's words below which an answer is about another one.

With none or one hit, 47 labelled answers have .31 or more, 1300 of 1340 answers to questions of
other topics less than .28; with two hits .20 and .16 are the smallest and the median.
"""


def assess(question: Question, answer: str) -> Verdict:
    """The verdict on an answer to the question itself."""
    return _assess(answer_key(question), answer)


def assess_probe(probe: Probe, question: Question, answer: str) -> Verdict:
    """The verdict on a reply to one of the question's probes, over the probe's key points."""
    return _assess(answer_key(question, probe), answer)


@dataclass(frozen=True)
class _Answer:
    """An answer and what its shape takes away from it."""

    heard: Heard
    keywords: frozenset[int]
    items: frozenset[int]
    echo: frozenset[int]
    claims: dict[str, tuple[Match, str]]
    key: AnswerKey

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
        return any(t.stem not in self.key.prompt for t in tokens)

    @cached_property
    def talk(self) -> frozenset[int]:
        """Tokens of empty talk; some words are empty only in a sentence of nothing else."""
        found: set[int] = set()
        for sentence in (range(a, b) for a, b in self.text.sentences):
            stems_ = {i: self.text.tokens[i].stem for i in sentence}
            empty = {i for i, s in stems_.items() if s in _TALK}
            small = {i for i, s in stems_.items() if s in _SMALL}
            found |= empty | small if len(empty | small) == len(sentence) else empty
        return frozenset(found)

    def is_telling(self, span: Span) -> bool:
        """Whether a span says something beyond empty talk."""
        return any(i not in self.talk for i in range(span[0], span[1] + 1))

    def is_rare(self, span: Span) -> bool:
        """Whether a span says something beyond the words that every answer has."""
        return any(t.stem not in _COMMON for t in self.text.tokens[span[0] : span[1] + 1])

    def argued(self, match: Match) -> bool:
        """Whether half of the heard groups stand outside lists and echoes."""
        free = sum(s[0] not in self.ignored for s in match.heard)
        return free >= 1 and 2 * free >= len(match.heard)

    def own(self, match: Match) -> bool:
        """Whether a match is the person's own: not the prompt's words in the prompt's sentence."""
        if any(self.is_fresh(s) for s in match.heard):
            return True
        tokens = self.text.tokens[match.window[0] : match.window[1] + 1]
        said = shape.content(tokens)
        if sum(s in self.key.prompt for s in said) < _ECHO_SHARE * len(said):
            return True
        if any(t.word in lexicon.ADDING and t.stem not in self.key.prompt_order for t in tokens):
            return True
        order = iter(self.key.prompt_order)
        own_order = any(
            s not in order for s in shape.content(self.text.tokens[match.first : match.last + 1])
        )
        return own_order and shape.count(tokens, lexicon.PREDICATES) > 0


def _assess(key: AnswerKey, answer: str) -> Verdict:
    text = read(answer[:LONGEST_ANSWER])
    heard = Heard(text, key.vocabulary)
    keywords, items = _listed(key, heard)
    answered = _Answer(
        heard,
        keywords,
        items,
        shape.echoed(text, key.prompt_runs),
        _claims(key, heard),
        key,
    )
    points = tuple(_judge(p, answered) for p in key.points)
    story = key.question.form is Form.STORY  # a story has words of its own
    off_topic = not story and _is_off_topic(answered, points)
    if off_topic or (story and _tells_nothing(answered)):
        points = tuple(_silenced(p) for p in points)
    return _verdict(answered, points, off_topic)


def _listed(key: AnswerKey, heard: Heard) -> tuple[frozenset[int], frozenset[int]]:
    """Tokens of keyword lists and of enumerations; an answer that is half a list is a list."""
    if key.question.form is Form.LIST:
        return frozenset(), frozenset()
    cued = heard.said_by(c for p in key.points for c in p.cues)
    keywords = shape.keywords(heard.text, cued)
    items = shape.enumerated(heard.text, cued)
    return (keywords | items if 2 * len(items) > len(heard.text.tokens) else keywords), items


def _verdict(answered: _Answer, points: tuple[PointVerdict, ...], off_topic: bool) -> Verdict:
    key = answered.key
    weights = [p.point.weight for p in key.points]
    score = sum(w * p.share for w, p in zip(weights, points, strict=True)) / sum(weights)
    missed = [r for r, p in zip(key.points, points, strict=True) if p.state != State.COVERED]
    found = weakness.pattern(
        weakness.Shape(
            text=answered.text,
            form=key.question.form,
            topic=key.question.topic,
            kinds=tuple(p.point.kind for p in key.points),
            follow_up=key.follow_up,
            framing=key.question.form is Form.DESIGN or "framing" in key.question.id,
            open=tuple(p.about for p in missed),
            prompt=key.prompt,
            listed=answered.keywords | answered.items,
            echo=answered.echo,
            states=tuple(p.state for p in points),
            score=score,
            off_topic=off_topic,
        )
    )
    return Verdict(
        question_id=key.question.id,
        question_hash=key.question.hash,
        points=points,
        score=score,
        pattern=found,
        grader=GRADER,
    )


def _claims(key: AnswerKey, heard: Heard) -> dict[str, tuple[Match, str]]:
    """For each point that is contradicted the first wrong claim, and what puts it right."""
    found: dict[str, tuple[Match, str]] = {}
    for point in key.points:
        claims = ((heard.claim(cue), correction) for cue, correction in point.misconceptions)
        made = next(((claim, right) for claim, right in claims if claim), None)
        if made:
            found[point.point.id] = made
    return found


def _judge(point: Expected, answered: _Answer) -> PointVerdict:
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
        for match in answered.heard.matches(cue, answered.ignored, answered.talk):
            share = _share(match, answered)
            if share > best[0]:
                best = (share, match)
            if share == 1:
                break
    share, shown = best
    state = State.COVERED if share == 1 else State.UNCLEAR if share else State.MISSING
    return PointVerdict(
        point_id=point.point.id,
        state=state,
        share=share,
        evidence=evidence(answered.text, shown) if shown else None,
    )


def _share(match: Match, answered: _Answer) -> float:
    """1 for every group; no credit for keywords, empty talk and the prompt's words.

    A cue heard in full inside an enumeration is named but not argued: ¼, so a probe asks.
    """
    telling = sum(answered.is_telling(s) for s in match.heard) / len(match.spans)
    if not telling or any(s[0] in answered.keywords for s in match.heard):
        return 0.0
    near = match.width <= WIDEST[min(len(match.spans), 4)]
    if match.fraction == 1 and near and answered.own(match):
        return 1.0 if answered.argued(match) else 0.25
    return _part(match, answered, telling)


def _part(match: Match, answered: _Answer, telling: float) -> float:
    """½ for two thirds of the groups, ¼ for half; only with the first, which names the subject."""
    if match.spans[0] is None or match.width > WIDEST_PART:
        return 0.0
    if not any(answered.is_fresh(s) and s[0] not in answered.ignored for s in match.heard):
        return 0.0
    if not any(answered.is_rare(s) for s in match.heard):
        return 0.0  # half a thought in words that every answer has
    if telling >= _TWO_THIRDS:
        return 0.5
    return 0.25 if telling >= 0.5 else 0.0


def _is_off_topic(answered: _Answer, points: tuple[PointVerdict, ...]) -> bool:
    """An answer to another question: hardly a word of this one's, and at most two points hit."""
    said = [s for s in shape.content(answered.text.tokens) if s not in _COMMON]
    if len(said) < FEWEST_WORDS:
        return False
    share = sum(s in answered.key.subject for s in said) / len(said)
    hit = sum(p.state in {State.COVERED, State.CONTRADICTED} for p in points)
    return hit < len(_OFF_TOPIC) and share < _OFF_TOPIC[hit]


def _tells_nothing(answered: _Answer) -> bool:
    """A story's question answered by what holds in general; a reply to a probe may do so."""
    text, hollow = answered.text, answered.heard.hollow
    meant = [text.tokens[a:b] for n, (a, b) in enumerate(text.sentences) if n not in hollow]
    tokens = [token for sentence in meant for token in sentence]
    if answered.key.follow_up or len(tokens) < FEWEST_TOLD:
        return False
    return shape.told(tokens) < LEAST_TOLD * len(tokens)


def _silenced(point: PointVerdict) -> PointVerdict:
    return PointVerdict(point_id=point.point_id, state=State.MISSING, share=0.0)
