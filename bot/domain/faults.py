"""What the schema cannot say: faults of a question that would mislead people or the assessor."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bot.domain.cue import parse_cue, parse_misconception
from bot.domain.question import KeyPoint, Kind, Question
from bot.domain.suggestion import is_own

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the question down to the fault, as in the YAML."""
Found: TypeAlias = tuple[Path, str]

STRONG_WORDS = range(90, 181)
"""Words of a strong answer: about a minute of speech (issue "The bank")."""


def faults_of(question: Question) -> Iterator[Found]:
    """Every fault of one question of the bank, with the path to it."""
    if is_own(question.id):
        yield ("id",), "begins like those of servers' own questions"
    if not question.in_words:
        return
    for at, point in enumerate(question.key_points):
        yield from _point_faults(point, ("key_points", at))
    for at, probe in enumerate(question.probes):
        for inner, point in enumerate(probe.key_points):
            yield from _point_faults(point, ("probes", at, "key_points", inner))
    yield from _answer_faults(question)
    yield from _probe_faults(question)


def _point_faults(point: KeyPoint, path: Path) -> Iterator[Found]:
    for at, cue in enumerate(point.cues):
        yield from _unreadable(parse_cue, cue, (*path, "cues", at))
    for at, wrong in enumerate(point.misconceptions):
        yield from _unreadable(parse_misconception, wrong.cue, (*path, "misconceptions", at, "cue"))
    if point.about.casefold().rstrip(".") in point.statement.casefold():
        yield (*path, "about"), "gives the answer away: it stands word for word in the statement"


def _unreadable(parse: Callable[[str], object], cue: str, path: Path) -> Iterator[Found]:
    try:
        parse(cue)
    except ValueError as fault:
        yield path, str(fault)


def _answer_faults(question: Question) -> Iterator[Found]:
    words = len(question.strong_answer.split())
    if words not in STRONG_WORDS:
        yield ("strong_answer",), f"has {words} words; a strong answer takes 90 to 180"
    if all(p.kind is Kind.DEFINITION for p in question.key_points):
        yield ("key_points",), "are all definitions; a strong answer decides something"


def _probe_faults(question: Question) -> Iterator[Found]:
    aimed = {point for probe in question.probes for point in probe.aims_at}
    for at, point in enumerate(question.key_points):
        if point.weight >= 2 and point.id not in aimed:
            yield ("key_points", at), "weighs 2 or more, and no probe aims at it"
    if len({p.family for p in question.probes}) < 3:
        yield ("probes",), "need three different families"
