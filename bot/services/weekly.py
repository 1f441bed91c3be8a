"""How a group's week went; a week's first question brings the recap of the one before along.

It needs no post of its own: the question of the day goes out exactly once, and what it brings along
does too (docs/decisions/0002).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.errors import NotFound
from bot.domain.league import RoundUp, round_up
from bot.domain.local_time import ONE_WEEK, instant
from bot.domain.person import week_named
from bot.domain.post import Post
from bot.services.shelf import Shelf
from bot.store.port import Tx

LEADERS = 3
ENOUGH = 3
"""Answers in each week before somebody's change says anything, or people before a question's."""


@dataclass(frozen=True, slots=True)
class Hardest:
    """The question of a week that went worst."""

    question_id: str
    title: str
    mean: float
    answered: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """How a week went in a group."""

    people: int
    leaders: tuple[tuple[int, int], ...]
    """(user id, points), the most first."""
    improved: tuple[int, float] | None
    """(user id, how much their mean score rose), against the week before that."""
    hardest: Hardest | None
    league: RoundUp | None = None
    since: date | None = None
    """Its Monday, where other weeks have gone by since."""
    longest: tuple[tuple[int, int], ...] = ()
    """(user id, days) of the longest running streaks."""


async def weekly_of(tx: Tx, shelf: Shelf, post: Post) -> Weekly | None:
    """The recap that a post brings along, without streaks.

    None unless the group wants one, the post is its week's first, and somebody answered in the
    last week in which the group was asked anything.
    """
    schedule = await tx.schedules.get(post.guild_id)
    last = await tx.posts.before(post)
    if schedule is None or not schedule.weekly or last is None:
        return None
    week, week_before = week_named(last.day), week_named(last.day - ONE_WEEK)
    people = await tx.boards.size(post.guild_id, week)
    if week == week_named(post.day) or not people:
        return None
    rows = await tx.boards.page(post.guild_id, week, 0, LEADERS)
    monday = last.day - timedelta(days=last.day.weekday())
    return Weekly(
        people=people,
        leaders=tuple((user_id, points) for user_id, points, _ in rows if points),
        improved=await tx.boards.improved(post.guild_id, week_before, week, ENOUGH),
        hardest=await _hardest(tx, shelf, post, instant(monday, 0, schedule.tz)),
        league=round_up(
            await tx.league.scores(post.guild_id), monday, await tx.league.hidden(post.guild_id)
        ),
        since=monday if week_named(monday + ONE_WEEK) != week_named(post.day) else None,
    )


async def _hardest(tx: Tx, shelf: Shelf, post: Post, since: datetime) -> Hardest | None:
    posts = await tx.posts.due_between([post.guild_id], since, post.due_at)
    told = [p for p in posts if p.answered >= ENOUGH]
    if not told:
        return None
    worst = min(told, key=lambda p: (p.score_sum / p.answered, p.day))
    try:
        question = await shelf.get(tx, worst.question_id, worst.guild_id)
    except NotFound:
        return None
    return Hardest(question.id, question.title, worst.score_sum / worst.answered, worst.answered)
