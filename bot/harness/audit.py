"""`loopmate bank check`, second part: what only shows when the whole bank is read side by side."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from statistics import fmean
from typing import Final

from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process

from bot.domain.bank import Bank
from bot.domain.cue import Cue, parse_cue
from bot.domain.likeness import lookalike
from bot.domain.question import KeyPoint, Option, Question
from bot.harness.labelled import Labelled

SAME_POINT: Final = 93.0
"""Of 100, over sorted words; from here on two questions ask for one and the same sentence."""
MOST_LONGEST: Final = 1 / 3
POSITIONS: Final = (0.17, 0.33)
"""Shares of questions whose right option is the longest, and of those where it is A, B, C or D."""
MOST_APART: Final = 0.12
"""Between the shares of right and of wrong options that argue, or that sweep."""
FEWEST_FOR_SHARES: Final = 60
"""Below so many questions, shares like these are luck."""
TELLING_LENGTH: Final = 1.5
"""So many times the longest wrong option, a right one shows from afar."""
_GENERIC: Final = (
    "data value values model models weight weights feature features number numbers result results "
    "case cases kind kinds type types problem problems system systems method methods thing things "
    "use"
)
GENERIC: Final = frozenset(_GENERIC.split())
GROUPS_THAT_CARRY: Final = 3
"""With so many groups, the others say what a generic noun in one of them is about."""

_ABSOLUTE: Final = re.compile(
    r"\b(always|never|completely|entirely|impossible|guarantees?|none|every|any)\b", re.IGNORECASE
)
_TELLING: Final = {
    "argue": re.compile(r", (since|as|so|for|which)\b|\bbecause\b|\bso that\b", re.IGNORECASE),
    "sweep": re.compile(r"\b(always|never|every|any|all|none|nothing|only|alone)\b", re.IGNORECASE),
}
"""What a guesser looks for: reasons are given for mistakes, and mistakes know no exception."""
_CODE: Final = re.compile(r"`[^`]*`")
_FORMATS: Final = re.compile(
    r"\*[^*\s][^*]*\*|(?<!\w)_[^_\s][^_]*_(?!\w)|__|~~|\|\||^#{1,3} |^> |^-# ", re.MULTILINE
)


def findings(bank: Bank, answers: Sequence[Labelled] = ()) -> Iterator[str]:
    """One line for everything that misleads people or the assessor; no line in a sound bank.

    Without labelled answers nothing is said about what they do not cover.
    """
    yield from _repeats(bank)
    yield from _shares(bank)
    for question in bank:
        where = f"{question.topic}/{question.id}:"
        yield from (f"{where} {says}" for says in (*_giveaways(question), *_formats(question)))
        yield from (f"{where} {says}" for says in _generic(question))
    if answers:
        yield from _unlabelled(bank, answers)


def _repeats(bank: Bank) -> Iterator[str]:
    """Questions that ask nearly the same, and key points that say nearly the same."""
    before: list[Question] = []
    for question in bank:
        if other := lookalike(question, before):
            yield f"{question.topic}/{question.id}: asks nearly the same as {other.id}"
        before.append(question)
    points = [(q, p) for q in bank for p in q.key_points]
    said = [p.statement for _, p in points]
    alike = cdist(
        said, said, scorer=token_sort_ratio, processor=default_process, score_cutoff=SAME_POINT
    )
    for (i, (one, point)), (j, (other, twin)) in combinations(enumerate(points), 2):
        if alike[i, j] and one is not other:
            yield f"{one.topic}/{one.id}: {point.id} says nearly the same as {other.id}: {twin.id}"


def _shares(bank: Bank) -> Iterator[str]:
    """What nobody can see in one question: where the right option stands, how long it is."""
    asked = list(bank)
    if len(asked) < FEWEST_FOR_SHARES:
        return
    longest = sum(_lengths(q)[0] > _lengths(q)[1] for q in asked)
    if longest > MOST_LONGEST * len(asked):
        yield f"the right option is the longest in {longest} of {len(asked)} questions"
    places = Counter(q.choice.right for q in asked)
    for place, letter in enumerate("ABCD"):
        if not POSITIONS[0] <= places[place] / len(asked) <= POSITIONS[1]:
            yield f"{letter} is the right option in {places[place]} of {len(asked)} questions"
    options = [o for q in asked for o in q.choice.options]
    for how, telling in _TELLING.items():
        right, wrong = (_share(telling, options, correct=c) for c in (True, False))
        if abs(right - wrong) > MOST_APART:
            yield f"{right:.0%} of the right options {how}, and {wrong:.0%} of the wrong ones"


def _share(telling: re.Pattern[str], options: Sequence[Option], *, correct: bool) -> float:
    return fmean(bool(telling.search(o.text)) for o in options if o.correct is correct)


def _lengths(question: Question) -> tuple[int, int]:
    """Characters of the right option, and of the longest wrong one."""
    options = question.choice.options
    right = len(options[question.choice.right].text)
    return right, max(len(o.text) for o in options if not o.correct)


def _giveaways(question: Question) -> Iterator[str]:
    right, wrong = _lengths(question)
    if right >= TELLING_LENGTH * wrong:
        yield "the right option is given away by its length"
    sweeping = [bool(_ABSOLUTE.search(o.text)) for o in question.choice.options]
    if sum(sweeping) >= 2 and not sweeping[question.choice.right]:
        yield "the wrong options are given away by words like “always” and “never”"


def _formats(question: Question) -> Iterator[str]:
    """Prose that Discord would take for formatting; code between backticks is safe."""
    for name, text in _prose(question):
        if found := _FORMATS.search(_CODE.sub("", text)):
            yield f"{name}: Discord reads {found[0]!r} as formatting; put it into backticks"


def _prose(question: Question) -> Iterator[tuple[str, str]]:
    yield from (
        (name, getattr(question, name))
        for name in ("prompt", "hint", "strong_answer", "weak_answer", "weak_because")
    )
    for number, option in enumerate(question.choice.options, 1):
        yield f"option {number}", option.text
        yield f"option {number}", option.because
    yield from _said_by(question.key_points)
    for probe in question.probes:
        yield probe.id, probe.prompt
        yield probe.id, probe.model_reply
        yield from _said_by(probe.key_points)


def _said_by(points: Iterable[KeyPoint]) -> Iterator[tuple[str, str]]:
    for point in points:
        yield point.id, point.statement
        yield point.id, point.about
        yield from ((point.id, wrong.correction) for wrong in point.misconceptions)


def _generic(question: Question) -> Iterator[str]:
    """Nouns of every answer that would be heard as evidence of this one."""
    probed = [(f"{probe.id}: ", p) for probe in question.probes for p in probe.key_points]
    for where, point in [("", p) for p in question.key_points] + probed:
        found = sorted({noun for cue in point.cues for noun in generic_nouns(parse_cue(cue))})
        if found:
            yield f"{where}{point.id}: a cue hears {', '.join(map(repr, found))} alone"


def generic_nouns(cue: Cue) -> Iterator[str]:
    """Alternatives that are nothing but a generic noun, unless two other groups say the rest."""
    if len(cue.wanted) >= GROUPS_THAT_CARRY:
        return
    for alternative in (a for group in cue.wanted for a in group.alternatives):
        if len(alternative.words) == 1 and alternative.words[0].written in GENERIC:
            yield alternative.words[0].written


def _unlabelled(bank: Bank, answers: Sequence[Labelled]) -> Iterator[str]:
    """Key points that no labelled answer covers: nobody has measured whether they are heard."""
    covered = {(a.question.id, point) for a in answers for point in a.covers}
    for question in bank:
        for point in question.key_points:
            if (question.id, point.id) not in covered:
                yield f"{question.topic}/{question.id}: no labelled answer covers {point.id}"
