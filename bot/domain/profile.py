"""What somebody's study has come to, as their profile shows it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Final

from bot.domain.aim import Aim
from bot.domain.attempt import Calibration
from bot.domain.local_time import ONE_WEEK
from bot.domain.rating import Rating
from bot.domain.sharing import Visibility
from bot.domain.standing import MIDDLE, Evidence, Last, evidence_by
from bot.domain.streak import Streak
from bot.domain.verdict import Pattern

YEAR: Final = timedelta(days=364)
"""Fifty-two weeks back from today."""
WEEKS: Final = 4
"""Over which a trend is told."""
ENOUGH: Final = 3
"""Questions before a topic is called strong or weak, answers before a week makes a trend."""
NAMED: Final = 2
"""Topics named as strongest, and as weakest."""
LAST_VERDICTS: Final = 10
"""Verdicts in which habits are looked for."""
HABIT: Final = 2
"""Twice is a habit, once is an accident."""
GLANCES: Final = 400
"""Answers looked back at: more than four busy weeks."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One answer, as far as a profile looks."""

    at: datetime
    score: float
    confidence: float | None = None
    graded: bool = False
    """Whether a verdict was given, which may have named a pattern."""
    pattern: Pattern | None = None


@dataclass(frozen=True, slots=True)
class TopicStat:
    """What somebody has made of a topic."""

    topic: str
    shown: Evidence
    """Of their last answer to each of its questions: what they can do by now."""


@dataclass(frozen=True, slots=True)
class DayDone:
    """What was done on a day."""

    day: date
    questions: int
    counts: bool
    """Whether it was a study day."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A weak pattern that keeps coming back."""

    pattern: Pattern
    times: int
    of: int
    """Verdicts looked at."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a trend."""

    answers: int
    mean: float


@dataclass(frozen=True, slots=True)
class Sureness:
    """Answers of about the same confidence: how many of them, and how right they were."""

    answers: int
    sure: float
    right: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that is shown of somebody; what is not shared is empty."""

    user_id: int
    today: date
    visibility: Visibility
    """How much of it there is."""
    streak: Streak = field(default_factory=Streak)
    days: tuple[DayDone, ...] = ()
    topics: tuple[TopicStat, ...] = ()
    ratings: tuple[Rating, ...] = ()
    calibration: Calibration | None = None
    sureness: tuple[Sureness, ...] = ()
    habits: tuple[Habit, ...] = ()
    trend: tuple[Week, ...] = ()
    aim: Aim | None = None

    @property
    def answered(self) -> int:
        """Different questions answered, ever and anywhere."""
        return sum(t.shown.answers for t in self.topics)

    @property
    def study_days(self) -> int:
        """Study days within the last year."""
        return sum(d.counts for d in self.days)

    @property
    def heat(self) -> Mapping[date, int]:
        """Questions by day."""
        return {d.day: d.questions for d in self.days}

    @property
    def change(self) -> float | None:
        """From the first week of the trend that tells anything to the last one; 1 is all."""
        telling = [week.mean for week in self.trend if week.answers >= ENOUGH]
        return telling[-1] - telling[0] if len(telling) > 1 else None


def shared(profile: Profile, visibility: Visibility) -> Profile:
    """What others get to see: for progress, nothing that went wrong; what for, never."""
    seen = replace(profile, visibility=visibility, aim=None)
    if visibility is Visibility.EVERYTHING:
        return seen
    return replace(
        seen,
        topics=strongest(profile.topics),
        calibration=None,
        sureness=(),
        habits=(),
        trend=(),
    )


def topic_stats(lasts: Iterable[Last]) -> tuple[TopicStat, ...]:
    """What their last answers came to, topic by topic."""
    return tuple(TopicStat(*of) for of in evidence_by(lasts, lambda last: last.topic).items())


def strongest(topics: Sequence[TopicStat]) -> tuple[TopicStat, ...]:
    """The topics that go best, of those with enough questions to tell and at least half right."""
    return tuple(t for t in _enough(topics) if t.shown.mean >= MIDDLE)[:NAMED]


def weakest(topics: Sequence[TopicStat]) -> tuple[TopicStat, ...]:
    """The topics that go worst, the worst first; none that is among the strongest."""
    return tuple(reversed(_enough(topics)[len(strongest(topics)) :][-NAMED:]))


def ranked(topics: Iterable[TopicStat]) -> list[TopicStat]:
    """Topics, the one that goes best first."""
    return sorted(topics, key=lambda t: (-t.shown.level, t.topic))


def _enough(topics: Sequence[TopicStat]) -> tuple[TopicStat, ...]:
    return tuple(ranked(t for t in topics if t.shown.answers >= ENOUGH))


def habits(glances: Sequence[Glance]) -> tuple[Habit, ...]:
    """The weak patterns of the last verdicts, the most frequent first."""
    last = [g.pattern for g in glances if g.graded][:LAST_VERDICTS]
    counts = Counter(pattern for pattern in last if pattern)
    return tuple(
        Habit(pattern, times, len(last))
        for pattern, times in counts.most_common()
        if times >= HABIT
    )


def trend(glances: Sequence[Glance], now: datetime) -> tuple[Week, ...]:
    """The last four times seven days, the earliest first."""
    weeks = [
        [g.score for g in glances if now - (back + 1) * ONE_WEEK < g.at <= now - back * ONE_WEEK]
        for back in reversed(range(WEEKS))
    ]
    return tuple(Week(len(scores), fmean(scores) if scores else 0.0) for scores in weeks)


def sureness(glances: Sequence[Glance]) -> tuple[Sureness, ...]:
    """How right answers were, by how sure somebody had been of them, the least sure first."""
    by_confidence: dict[float, list[float]] = {}
    for glance in glances:
        if glance.confidence is not None:
            by_confidence.setdefault(glance.confidence, []).append(glance.score)
    return tuple(
        Sureness(len(scores), sure, fmean(scores)) for sure, scores in sorted(by_confidence.items())
    )
