"""What `loopmate bank check` finds beyond faults: a bank may be sound and still not be good.

Faults (domain/faults.py) break a question; this is about the bank as a whole and about habits of
authors: the same question twice, options that give themselves away, cues that anything matches.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import extract
from rapidfuzz.utils import default_process

from bot.domain.bank import Bank
from bot.domain.cue import Cue, parse_cue
from bot.domain.likeness import lookalike
from bot.domain.question import KeyPoint, Question
from bot.harness.labelled import Labelled

SAME_POINT: Final = 93.0
"""Of 100, over sorted words: two statements this much alike are one key point written twice."""
ENOUGH: Final = 20
"""Questions from which on shares over the whole bank say something."""
LONGEST_SHARE: Final = 1 / 3
"""Of questions whose right option may be the longest; chance alone would be a quarter."""
PLACES: Final = (0.17, 0.33)
"""Share of the right options at each of the four places; a quarter, give or take."""
TELLING_LENGTH: Final = 1.5
"""A right option this many times as long as the mean of the others is known by its length."""
ABSOLUTE: Final = re.compile(
    r"\b(always|never|only|every|all|none|impossible|guarantee\w*)\b", re.IGNORECASE
)
GENERIC: Final = frozenset({
    "case", "cases", "data", "example", "feature", "features", "kind", "method", "methods", "model",
    "models", "number", "numbers", "part", "point", "problem", "problems", "result", "results",
    "system", "systems", "thing", "things", "type", "use", "used", "uses", "value", "values", "way",
    "weight", "weights",
})  # fmt: skip
"""Nouns that say nothing by themselves: a cue that hears one of them hears nearly anything."""
_CODE: Final = re.compile(r"`[^`]*`|```.*?```", re.DOTALL)
_FORMATTING: Final = re.compile(
    r"(?<!\*)\*(?!\*)[^*\n]*\*|(?<!\w)_[^_\n]+_(?!\w)|\|\||~~|^\s*[#>] ", re.MULTILINE
)
_BREAKING: Final = 2
"""Groups up to which a generic noun decides; a third group makes up for it."""


def findings(bank: Bank, answers: Sequence[Labelled] = ()) -> Iterator[str]:
    """One line for everything that keeps the bank from being good.

    Args:
        bank: without faults.
        answers: its labelled answers; without any, nothing is said of them.
    """
    questions = list(bank)
    yield from _twins(questions)
    yield from _same_points(questions)
    yield from _give_aways(questions)
    for question in questions:
        yield from _options(question)
        yield from _generic(question)
        yield from _formatting(question)
    if answers:
        yield from _unheard(questions, answers)


def _twins(questions: Sequence[Question]) -> Iterator[str]:
    for at, question in enumerate(questions):
        twin = lookalike(question, questions[:at])
        if twin is not None:
            yield f"{question.id}: asks nearly the same as {twin.id}"


def _same_points(questions: Sequence[Question]) -> Iterator[str]:
    """Statements that stand in two questions."""
    points = [(q.id, p.id, p.statement) for q in questions for p in q.key_points]
    statements = [statement for _, _, statement in points]
    for at, (question_id, point_id, statement) in enumerate(points):
        alike = extract(
            statement,
            statements[:at],
            scorer=token_sort_ratio,
            processor=default_process,
            score_cutoff=SAME_POINT,
            limit=1,
        )
        for _, _, other in alike:
            if points[other][0] != question_id:
                where = f"{points[other][1]} of {points[other][0]}"
                yield f"{question_id}: {point_id}: is nearly {where}"


def _give_aways(questions: Sequence[Question]) -> Iterator[str]:
    """What somebody who knows nothing could learn from the bank about right options."""
    if len(questions) < ENOUGH:
        return
    n = len(questions)
    longest = sum(_is_longest(q) for q in questions)
    if longest > n * LONGEST_SHARE:
        yield f"the right option is the longest in {longest} of {n} questions"
    places = Counter(q.choice.right for q in questions)
    for place in range(4):
        if not PLACES[0] <= places[place] / n <= PLACES[1]:
            there = f"{places[place]} of {n} questions"
            yield f"the right option stands at place {place + 1} in {there}"


def _is_longest(question: Question) -> bool:
    lengths = [len(o.text) for o in question.choice.options]
    return lengths[question.choice.right] == max(lengths)


def _options(question: Question) -> Iterator[str]:
    right = question.choice.options[question.choice.right]
    wrong = [o for o in question.choice.options if not o.correct]
    mean = sum(len(o.text) for o in wrong) / len(wrong)
    if len(right.text) > TELLING_LENGTH * mean:
        yield f"{question.id}: the right option is far longer than the others"
    if len(right.text) * TELLING_LENGTH < min(len(o.text) for o in wrong):
        yield f"{question.id}: the right option is far shorter than the others"
    if not ABSOLUTE.search(right.text) and all(ABSOLUTE.search(o.text) for o in wrong):
        yield f"{question.id}: every wrong option says always, never or only, and the right one not"


def _generic(question: Question) -> Iterator[str]:
    for whose, point in _points(question):
        for source in point.cues:
            for noun in _generic_nouns(parse_cue(source)):
                yield f"{question.id}: {whose}: the cue “{_start(source)}” hears “{noun}”"


def _points(question: Question) -> Iterator[tuple[str, KeyPoint]]:
    for point in question.key_points:
        yield point.id, point
    for probe in question.probes:
        for point in probe.key_points:
            yield f"{probe.id}: {point.id}", point


def _generic_nouns(cue: Cue) -> Iterator[str]:
    if len(cue.wanted) > _BREAKING:
        return
    for group in cue.wanted:
        for alternative in group.alternatives:
            if len(alternative.words) == 1 and alternative.words[0].written in GENERIC:
                yield alternative.words[0].written


def _start(source: str) -> str:
    return " ".join(source.split())[:40] + "…"


def _formatting(question: Question) -> Iterator[str]:
    """Prose that Discord would take for formatting: a product becomes italics."""
    for text in _prose(question):
        if _FORMATTING.search(_CODE.sub("", text)):
            yield f"{question.id}: Discord would format “{_start(text)}”; put code in backticks"


def _prose(question: Question) -> Iterator[str]:
    shown = question.model_dump(mode="json", exclude={"code": True})
    return _strings(shown)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"cues", "cue"}:
                yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _unheard(questions: Iterable[Question], answers: Sequence[Labelled]) -> Iterator[str]:
    """Questions that nobody has answered for us, and key points that no answer covers."""
    covered: dict[str, set[str]] = {}
    for answer in answers:
        covered.setdefault(answer.question.id, set()).update(answer.covers)
    for question in questions:
        if question.id not in covered:
            yield f"{question.id}: has no labelled answers"
            continue
        for point in question.key_points:
            if point.id not in covered[question.id]:
                yield f"{question.id}: {point.id}: no labelled answer covers it"
