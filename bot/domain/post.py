"""One question of the day in one guild on one local date, sent exactly once.

claimed ──► sending ──► sent ──► closed
   │           ├──────► failed   (Discord refused: permissions, a deleted channel)
   └───────────┴──────► skipped  (too late, or Discord's answer can no longer be found out)

`sending` is committed before the request leaves, so that a crash can only ever leave a post of
which we know that it may be out there (docs/decisions/0002).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.schedule import missed
from bot.domain.streak import study_day

LEASE = timedelta(seconds=30)
"""How long a request may be in flight before somebody else may look into it."""
STILL_WRITING = timedelta(minutes=15)
"""How long an answer begun before the next question still counts."""
NONCE_WINDOW = timedelta(seconds=90)
"""How long we rely on Discord to recognise a nonce; it says "the past few minutes"."""


class PostState(StrEnum):
    """Where a post is on its way."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    CLOSED = "closed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Timing(StrEnum):
    """How an answer lies to its post."""

    ON_TIME = "on time"
    LATE = "late"
    """After its day, before the next question: half the points."""
    OVER = "over"
    """After the next question: practice."""


class Step(StrEnum):
    """What to do about an unfinished post."""

    WAIT = "wait"
    SEND = "send"
    LOOK = "look"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Post:
    """A row of `post`; `id` is at once key, nonce and the marker in its buttons."""

    id: str
    guild_id: int
    day: date
    question_id: str
    channel_id: int
    due_at: datetime
    state: PostState
    lease_until: datetime
    sending_at: datetime | None = None
    tries: int = 0
    message_id: int | None = None
    posted_at: datetime | None = None
    closed_at: datetime | None = None
    finished: bool = False
    """Whether thread, pin and the recap of the one before have been seen to."""
    thread_id: int | None = None
    trouble: str | None = None
    answered: int = 0
    """People with a scored attempt; survives the deletion of any of them."""
    score_sum: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether answers to it are on time."""
        return self.state is PostState.SENT


def post_id(guild_id: int, day: date, kind: str = "daily") -> str:
    """24 hex characters: fits Discord's nonce (25), and a restored backup finds its own posts."""
    return blake2b(f"{guild_id}|{kind}|{day.isoformat()}".encode(), digest_size=12).hexdigest()


def timing(post: Post, at: datetime, tz: ZoneInfo) -> Timing:
    """Whether an answer given at an instant counts for its post.

    Somebody who was writing while the next question came is late, not lost. A press can come
    before we know that the message is out; it is on time.

    Args:
        post: one that people can see.
        at: when it was answered.
        tz: the guild's time zone, in which the post has its day.
    """
    if post.closed_at is not None and at - post.closed_at > STILL_WRITING:
        return Timing.OVER
    # What is asked between midnight and 03:00 is the question of the day that follows.
    own = max(post.day, study_day(post.posted_at or at, tz))
    overnight = study_day(at, tz) > own
    after = post.closed_at is not None and at >= post.closed_at
    return Timing.LATE if overnight or after else Timing.ON_TIME


def rng_for(guild_id: int, day: date) -> Random:
    """Randomness that a retry repeats: the same guild and date draw the same question."""
    return Random(f"{guild_id}:{day.isoformat()}")  # noqa: S311 - a draw, not a secret


def next_step(post: Post, now: datetime, *, history: bool = True) -> Step:
    """What to do about a post that is neither sent nor given up.

    Args:
        post: in state claimed or sending.
        now: the present instant.
        history: whether we may read the channel to look for it.
    """
    if post.state is PostState.CLAIMED:
        return Step.SKIP if missed(post.due_at, now) else Step.SEND
    if now < post.lease_until:
        return Step.WAIT
    if history:
        return Step.LOOK
    first = post.sending_at or post.due_at
    return Step.SEND if now - first <= NONCE_WINDOW else Step.SKIP


def sending(post: Post, now: datetime, lease: timedelta = LEASE) -> Post:
    """The post as it must be committed before its request leaves."""
    return replace(
        post,
        state=PostState.SENDING,
        sending_at=post.sending_at or now,
        lease_until=now + lease,
        tries=post.tries + 1,
    )


def sent(post: Post, message_id: int, at: datetime) -> Post:
    """The post once its message is known to be there."""
    return replace(post, state=PostState.SENT, message_id=message_id, posted_at=at, trouble=None)


def closed(post: Post, at: datetime) -> Post:
    """The post once the next one is out."""
    return replace(post, state=PostState.CLOSED, closed_at=at)


def given_up(post: Post, state: PostState, trouble: str) -> Post:
    """The post as failed or skipped, with the reason in words."""
    return replace(post, state=state, trouble=trouble)
