"""The follow-up: which probe an answer calls for, and what a ladder of them shows.

A ladder is one answer and up to three probes, each aimed at what is still open. What counts as
open is read from the first verdict and from what the replies repaired or broke.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.question import Family, Kind, Probe, Question
from bot.domain.verdict import Pattern, State, Verdict

DEEPEST = 3
"""Probes of one ladder; an interviewer rarely goes further on one question."""
ANSWERED_WELL = 0.75
"""Score of a reply from which the probe's aim counts as shown."""

_URGENCY = {State.CONTRADICTED: 0, State.UNCLEAR: 1, State.MISSING: 2, State.COVERED: 3}
_FITTING: Mapping[Pattern, tuple[Family, ...]] = MappingProxyType(
    {
        Pattern.DEFINITION_ONLY: (Family.WHY_THAT_CHOICE, Family.WHAT_IF_IT_CHANGES),
        Pattern.BUZZWORD_LIST: (Family.WHY_THAT_CHOICE, Family.HOW_WOULD_YOU_KNOW),
        Pattern.NO_COST_ARGUMENT: (Family.WHAT_WOULD_YOU_GIVE_UP, Family.THRESHOLD),
        Pattern.CURE_BEFORE_DIAGNOSIS: (Family.HOW_WOULD_YOU_KNOW,),
        Pattern.MODEL_BEFORE_FRAMING: (Family.WHY_THAT_CHOICE, Family.WHAT_WOULD_YOU_GIVE_UP),
        Pattern.NOTHING_BROKE: (Family.WHAT_WOULD_YOU_DO_DIFFERENTLY,),
    }
)
_DEEPER = (Family.DRIFT, Family.WHAT_IF_IT_CHANGES, Family.WHAT_WOULD_YOU_GIVE_UP)
"""What is asked of an answer that left nothing open (coverage.md, "Seniority")."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One probe of a ladder, with the reply and what came of it."""

    probe_id: str
    reply: str
    verdict: Verdict
    """On the probe's own key points."""
    again: Verdict
    """On the question's key points, heard in the reply."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """A row of `ladder`: somebody's follow-ups on one question."""

    id: int
    user_id: int
    guild_id: int | None
    question_id: str
    started_at: datetime
    first: Verdict | None
    """On the answer that it began with; nothing said yet without one."""
    rungs: tuple[Rung, ...] = ()
    public: bool = False
    """Whether the group listens in."""

    @property
    def asked(self) -> frozenset[str]:
        """Probes that were replied to."""
        return frozenset(rung.probe_id for rung in self.rungs)

    def climbed(self, rung: Rung) -> "Ladder":
        """The ladder with one more reply."""
        return replace(self, rungs=(*self.rungs, rung))


@dataclass(frozen=True, slots=True)
class Pressure:
    """What a ladder showed, as key point ids of the question in their order."""

    held: tuple[str, ...]
    """Covered at first, and not contradicted since."""
    repaired: tuple[str, ...]
    """Open at first, covered in a reply."""
    shaken: tuple[str, ...]
    """Covered before, contradicted later."""
    still_open: tuple[str, ...]
    score: float
    """Mean score of the replies on their own probes, 0..1."""


def standing(question: Question, ladder: Ladder) -> dict[str, State]:
    """How each key point of the question stands by now: the last word on it counts.

    A probe that was answered well shows the points it aims at, whatever words were used.
    """
    aims = {p.id: p.aims_at for p in question.probes}
    states = {
        p.id: ladder.first.state_of(p.id) if ladder.first else State.MISSING
        for p in question.key_points
    }
    for rung in ladder.rungs:
        if rung.verdict.score >= ANSWERED_WELL:
            states |= {i: State.COVERED for i in aims.get(rung.probe_id, ()) if i in states}
        for point_id in states:
            heard = rung.again.state_of(point_id)
            if heard in {State.COVERED, State.CONTRADICTED}:
                states[point_id] = heard
    return states


def next_probe(question: Question, ladder: Ladder) -> Probe | None:
    """The probe that aims at the most valuable gap; None when the ladder is at its top.

    Contradicted before unclear before missing, then by weight; definitions last, since an
    interviewer has no use for them. Among the probes of one gap, the family that fits the
    answer's weak pattern. When nothing is open, one that goes deeper.
    """
    left = [p for p in question.probes if p.id not in ladder.asked]
    if len(ladder.rungs) >= DEEPEST or not left:
        return None
    states = standing(question, ladder)
    kinds = {p.id: p.kind for p in question.key_points}
    weights = {p.id: p.weight for p in question.key_points}
    pattern = ladder.first.pattern if ladder.first else None
    liked = _FITTING.get(pattern, ()) if pattern else ()

    def urgency(point_id: str) -> tuple[int, bool, int]:
        return _URGENCY[states[point_id]], kinds[point_id] is Kind.DEFINITION, -weights[point_id]

    def rank(probe: Probe) -> tuple[tuple[int, bool, int], int]:
        best = min(urgency(point_id) for point_id in probe.aims_at)
        family = _place(probe.family, _DEEPER if best[0] == _URGENCY[State.COVERED] else liked)
        return best, family

    return min(left, key=rank)


def pressure(question: Question, ladder: Ladder) -> Pressure:
    """What held, what was repaired, what gave way and what is still open."""
    before = {
        p.id for p in question.key_points
        if ladder.first and ladder.first.state_of(p.id) is State.COVERED
    }  # fmt: skip
    after = standing(question, ladder)
    ids = [p.id for p in question.key_points]
    covered = {i for i in ids if after[i] is State.COVERED}
    scores = [rung.verdict.score for rung in ladder.rungs]
    return Pressure(
        held=_those(ids, before & covered),
        repaired=_those(ids, covered - before),
        shaken=_those(ids, {i for i in before if after[i] is State.CONTRADICTED}),
        still_open=_those(ids, {i for i in ids if i not in before and i not in covered}),
        score=sum(scores) / len(scores) if scores else 0.0,
    )


def _those(ids: list[str], wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(i for i in ids if i in wanted)


def _place(family: Family, liked: tuple[Family, ...]) -> int:
    return liked.index(family) if family in liked else len(liked)
