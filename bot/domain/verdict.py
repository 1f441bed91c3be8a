"""What an assessment says: one state per key point, each with the words that show it."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.question import Frozen, Question


class State(StrEnum):
    """How an answer stands to one key point."""

    COVERED = "covered"
    UNCLEAR = "unclear"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


class Pattern(StrEnum):
    """A weak shape that interviewers know; named to the person, never punished twice."""

    DEFINITION_ONLY = "definition-only"
    BUZZWORD_LIST = "buzzword-list"
    NO_COST_ARGUMENT = "no-cost-argument"
    CURE_BEFORE_DIAGNOSIS = "cure-before-diagnosis"
    MODEL_BEFORE_FRAMING = "model-before-framing"
    NOTHING_BROKE = "nothing-broke"
    ECHO = "echo"
    OFF_TOPIC = "off-topic"
    TOO_SHORT = "too-short"


class PointVerdict(Frozen):
    """One key point's part of a verdict."""

    point_id: str
    state: State
    share: float
    """Of the point's weight that is earned: 1 covered, ½ or ¼ unclear, 0 otherwise."""
    evidence: str | None = None
    """The person's own words, verbatim, where there are any to show."""
    correction: str | None = None
    """What puts a contradicted point right; read after `evidence`."""


class Verdict(Frozen):
    """The assessment of one answer to one question."""

    question_id: str
    question_hash: str
    points: tuple[PointVerdict, ...]
    score: float
    """0..1: earned share of all weights (design section 4)."""
    pattern: Pattern | None = None
    grader: str
    """Who graded it and in which version, as shown to the person: "rubric 1"."""

    def state_of(self, point_id: str) -> State:
        """The state of that key point; missing where the verdict does not know it."""
        return next((p.state for p in self.points if p.point_id == point_id), State.MISSING)


class Assessor(Protocol):
    """Grades answers; the rubric engine and the language model both stand behind this."""

    async def assess(
        self,
        question: Question,
        answer: str,
        *,
        guild_id: int | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """The verdict on `answer`; the same answer always gets the same verdict.

        Where and when it was given is for those who keep a budget by it; the verdict is the same.
        """
        ...
