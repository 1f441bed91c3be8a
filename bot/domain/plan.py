"""The plan: what to do on each day up to the interview.

A pure function of the aim, of a history, and of the date. The history is taken once a day, at the
first look: whoever looks again sees the same, and what somebody does today moves tomorrow's plan.

Days are shared out by Sainte-Laguë's method, as seats in a parliament are: the next block goes to
the round with the largest weight for the blocks that it has had. So every share comes out right
in the end, early on too, and whatever was neglected so far comes next.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.aim import Aim
from bot.domain.errors import Invalid
from bot.domain.focus import ALONE, Focus
from bot.domain.local_time import days
from bot.domain.loop import rounds_of, theory_of
from bot.domain.question import Role, Round, Seniority
from bot.domain.standing import Evidence

WEEKDAY, WEEKEND, LAST = 30, 40, 20
"""Minutes; on the day of the interview only a warm-up."""
USUAL = timedelta(weeks=6)
"""Until an interview without a date: most people take four to eight weeks."""
LONGEST = timedelta(weeks=26)
BEHIND = 7
"""Blocks, half a week's: so much counts of what was done before, at most."""
NEGLECT = 1.25
"""Rounds that nobody has touched weigh more: people over-prepare one and leave the others."""
STORIES = (Round.BEHAVIORAL, Round.PROJECT)


@dataclass(frozen=True, slots=True)
class Begun:
    """A row of `plan`: where it began, and the history it was last made from."""

    user_id: int
    began_at: datetime
    began_on: date
    ends_on: date
    made_on: date
    first: Mapping[Focus, Evidence]
    """What their last answers came to when it began."""
    shown: Mapping[Focus, Evidence]
    """The same on the day that it was last made."""
    done: Mapping[Focus, float]
    """How many blocks of it were done on earlier days."""


class Why(StrEnum):
    """Why a block stands where it does."""

    GAP = "gap"
    UNTOUCHED = "untouched"
    ROLE = "role"
    KEEP = "keep"
    STORIES = "stories"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a day."""

    focus: Focus
    minutes: int
    why: Why


@dataclass(frozen=True, slots=True)
class Day:
    """What to do on one date."""

    on: date
    blocks: tuple[Block, ...]

    @property
    def minutes(self) -> int:
        """All told."""
        return sum(block.minutes for block in self.blocks)


@dataclass(frozen=True, slots=True)
class History:
    """What a plan is made from."""

    shown: Mapping[Focus, Evidence]
    """What their last answers came to."""
    done: Mapping[Focus, float]
    """How many blocks of it were done since the plan began."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every day from today to the interview."""

    role: Role
    seniority: Seniority
    days: tuple[Day, ...]

    @property
    def weeks(self) -> list[tuple[Day, ...]]:
        """The days by sevens, from today."""
        return [self.days[at : at + 7] for at in range(0, len(self.days), 7)]


def last_day(aim: Aim, today: date) -> date:
    """The day of the interview, or the one that a plan without a date ends on.

    Raises:
        Invalid: it has passed, or is too far away to plan for.
    """
    day = aim.interview_on or today + USUAL
    if day < today:
        raise Invalid(
            "That interview has passed. `/plan interview:` with the next date starts a new plan."
        )
    if day - today > LONGEST:
        near = (today + LONGEST).isoformat()
        raise Invalid(
            f"Your interview is more than half a year away; plans reach to {near} at most. "
            "`/plan interview:` with an earlier date, or `none`, makes one now."
        )
    return day


def plan(role: Role, seniority: Seniority, today: date, end: date, history: History) -> Plan:
    """The plan from today to the interview, both included."""
    weights = weights_of(role, seniority, history.shown)
    sharing = _Sharing(weights, _behind(history.done))
    slots = _slots(list(days(today, end)))
    stories = len(slots) > 1
    needed = set(Round) - set(STORIES) if stories else set(Round)
    left = sum(len(minutes) for day, minutes in slots if not (stories and day == end))
    made = []
    for day, minutes in slots:
        focuses: list[Focus] = []
        for _ in minutes:
            # Whatever the weights say, no round of the loop is left out.
            allowed = needed if left <= len(needed) else set(Round)
            if stories and day == end:
                allowed = set(STORIES)
            focus = sharing.next(allowed - {f.round for f in focuses})
            focuses.append(focus)
            needed -= {focus.round}
            left -= 1
        blocks = zip(focuses, minutes, strict=True)
        made.append(
            Day(day, tuple(Block(f, m, _why(f, history, ends=day == end)) for f, m in blocks))
        )
    return Plan(role, seniority, tuple(made))


def weights_of(
    role: Role, seniority: Seniority, shown: Mapping[Focus, Evidence]
) -> dict[Focus, float]:
    """How much of the time everything deserves: its share of the loop, more where there is a gap.

    From half its share for somebody who can do it, to one and a half for somebody who cannot.
    """
    parts: dict[Focus, float] = {}
    for part, share in rounds_of(role, seniority).items():
        topics = theory_of(role) if part is Round.THEORY else {ALONE[part]: 1.0}
        touched = any(focus.round is part and e.answers for focus, e in shown.items())
        lean = 1.0 if touched or part is Round.THEORY else NEGLECT
        for topic, portion in topics.items():
            focus = Focus(part, topic)
            level = shown.get(focus, Evidence()).level
            parts[focus] = share * portion * lean * (1.5 - level)
    whole = sum(parts.values())
    return {focus: part / whole for focus, part in parts.items()}


def _behind(done: Mapping[Focus, float]) -> dict[Focus, float]:
    """What was done, made small where it is a lot.

    It shall say what was neglected; making up for all of a long time would leave no room for the
    rest of the loop.
    """
    whole = sum(done.values())
    return {focus: blocks * min(1.0, BEHIND / whole) for focus, blocks in done.items() if whole}


class _Sharing:
    """Who has had how much, and whose turn it is."""

    def __init__(self, weights: Mapping[Focus, float], had: dict[Focus, float]) -> None:
        self._weights, self._had = weights, had

    def next(self, allowed: Collection[Round]) -> Focus:
        """The round whose turn it is, and within it the topic."""
        rounds = {r: [f for f in self._weights if f.round is r] for r in Round if r in allowed}
        turn = max(rounds, key=lambda r: self._claim(rounds[r]))
        focus = max(rounds[turn], key=lambda f: self._claim([f]))
        self._had[focus] = self._had.get(focus, 0) + 1
        return focus

    def _claim(self, focuses: Iterable[Focus]) -> float:
        weight = had = 0.0
        for focus in focuses:
            weight += self._weights[focus]
            had += self._had.get(focus, 0)
        return weight / (2 * had + 1)


def _slots(dates: Sequence[date]) -> list[tuple[date, tuple[int, ...]]]:
    """The minutes of each block of each day; the fewer days, the more goes into the first."""
    end = dates[-1]
    if len(dates) == 1:
        return [(end, (8, 8, 8, 8, 8))]
    halves = (LAST // 2, LAST // 2)
    if len(dates) == 2:
        return [(dates[0], (14, 13, 13)), (end, halves)]
    return [*((day, _split(day)) for day in dates[:-1]), (end, halves)]


def _split(day: date) -> tuple[int, int]:
    whole = WEEKEND if day.weekday() >= 5 else WEEKDAY
    return whole // 2, whole // 2


WEAK, STRONG = 0.6, 0.8
"""Mean scores below and from which a topic is a gap, or kept warm."""


def _why(focus: Focus, history: History, *, ends: bool) -> Why:
    shown = history.shown.get(focus, Evidence())
    if ends and focus.round in STORIES:
        return Why.STORIES
    if shown.answers and shown.mean < WEAK:
        return Why.GAP
    if not shown.answers and focus.round is not Round.THEORY:
        return Why.UNTOUCHED
    if shown.answers and shown.mean >= STRONG:
        return Why.KEEP
    return Why.ROLE


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan gives more or less of than it did, and the results that made it so."""

    focus: Focus
    before: Evidence
    now: Evidence
    more: bool

    @property
    def explained(self) -> bool:
        """Whether these results are the reason: a share moves also because others do."""
        if not self.before.answers:
            return self.now.answers > 0
        rise = round(100 * self.now.mean) - round(100 * self.before.mean)
        return rise < 0 if self.more else rise > 0


MOVED = 0.15
"""By how much of itself a share must have moved to be worth a sentence."""


def changes(
    role: Role,
    seniority: Seniority,
    before: Mapping[Focus, Evidence],
    now: Mapping[Focus, Evidence],
    most: int = 3,
) -> list[Change]:
    """What the results since the plan began have moved, the most first."""
    old, new = weights_of(role, seniority, before), weights_of(role, seniority, now)
    found = [
        (
            abs(new[f] / old[f] - 1),
            Change(f, before.get(f, Evidence()), now.get(f, Evidence()), new[f] > old[f]),
        )
        for f in new
    ]
    told = [(moved, change) for moved, change in found if moved >= MOVED and change.explained]
    moved = sorted(told, key=lambda c: (-c[0], c[1].focus))
    return [change for _, change in moved[:most]]
