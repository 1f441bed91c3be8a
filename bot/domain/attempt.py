"""One person's answer to one question, anywhere, and what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.question import Question
from bot.domain.verdict import PointVerdict, State, Verdict

OPEN_POINTS = 100
"""Leaderboard points of a full open answer."""
CHOICE_POINTS = 50
"""Picking the right option takes less than saying why (docs/decisions/0006)."""
LONGEST_ANSWER = 4000
"""Characters; Discord's own limit on a text input."""


class Mode(StrEnum):
    """How it was answered."""

    OPEN = "open"
    CHOICE = "choice"


class Origin(StrEnum):
    """Where it was asked."""

    POST = "post"
    PRACTICE = "practice"
    DUEL = "duel"
    QUIZ = "quiz"
    DRILL = "drill"
    REVIEW = "review"
    READINESS = "readiness"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A row of `attempt`; `id` is the interaction's snowflake, so one press is recorded once."""

    id: int
    user_id: int
    guild_id: int | None
    post_id: str | None
    question_id: str
    topic: str
    origin: Origin
    mode: Mode
    at: datetime
    study_day: date
    score: float
    """0..1."""
    points: int
    """Leaderboard points; none for practice."""
    scored: bool
    """The one attempt of this person that counts for its post."""
    late: bool = False
    answer: str = ""
    choice: int | None = None
    confidence: float | None = None
    """How sure they were, 0..1; never part of the score."""
    verdict: Verdict | None = None


def points_for(score: float, mode: Mode, *, late: bool) -> int:
    """Leaderboard points of a scored attempt: whole, and half after the next post is out."""
    full = OPEN_POINTS if mode is Mode.OPEN else CHOICE_POINTS
    return round(full * score / (2 if late else 1))


def choice_score(question: Question, picked: int) -> float:
    """1 for the right option, else 0."""
    return 1.0 if picked == question.choice.right else 0.0


def accepted(verdict: Verdict, question: Question, point_id: str) -> Verdict:
    """The verdict once a moderator has accepted that a claimed key point was there.

    It takes nothing away, even where the question has been given more to say since.
    """
    granted = tuple(
        PointVerdict(point_id=p.point_id, state=State.COVERED, share=1.0, evidence=p.evidence)
        if p.point_id == point_id
        else p
        for p in verdict.points
    )
    score = max(verdict.score, weighted(question, granted))
    return verdict.model_copy(update={"points": granted, "score": score})


def weighted(question: Question, points: Sequence[PointVerdict]) -> float:
    """Earned share of all weights, 0..1 (design section 4)."""
    weights = {p.id: p.weight for p in question.key_points}
    total = sum(weights.values())
    earned = sum(weights.get(p.point_id, 0) * p.share for p in points)
    return min(1.0, earned / total) if total else 0.0


def regraded(attempt: Attempt, verdict: Verdict) -> Attempt:
    """The attempt under another verdict; what was practice stays without points."""
    points = points_for(verdict.score, attempt.mode, late=attempt.late) if attempt.scored else 0
    return replace(attempt, verdict=verdict, score=verdict.score, points=points)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure somebody was against how right they were."""

    answers: int
    sure: float
    """Mean confidence, 0..1."""
    right: float
    """Mean score, 0..1."""
    brier: float
    """Mean squared difference of the two (Brier 1950); 0 is perfect."""


def calibration(pairs: Sequence[tuple[float, float]]) -> Calibration | None:
    """Calibration over (confidence, score) pairs; nothing to say without any."""
    if not pairs:
        return None
    n = len(pairs)
    return Calibration(
        answers=n,
        sure=sum(c for c, _ in pairs) / n,
        right=sum(s for _, s in pairs) / n,
        brier=sum((c - s) ** 2 for c, s in pairs) / n,
    )


class ClaimState(StrEnum):
    """What became of a claim."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that their answer did cover a key point."""

    attempt_id: int
    point_id: str
    user_id: int
    guild_id: int | None
    at: datetime
    reason: str
    state: ClaimState = ClaimState.OPEN
    decided_by: int | None = None
    decided_at: datetime | None = None
