"""The question of the day on its way to the channel, exactly once (docs/decisions/0002)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, NotFound, StudyError
from bot.domain.local_time import local_date, zone
from bot.domain.person import Guild
from bot.domain.post import (
    LEASE,
    Post,
    PostState,
    Step,
    closed,
    given_up,
    next_step,
    post_id,
    sending,
    sent,
)
from bot.domain.question import Question
from bot.domain.schedule import Schedule, missed
from bot.services.shelf import Shelf
from bot.services.streaks import person_of, settled, zone_of
from bot.services.weekly import Weekly, weekly_of
from bot.store.port import Store, Tx

BATCH = 500
LONGEST_ABSENCE = timedelta(days=60)
"""What was due longer ago is not written down as skipped after an outage; it ends no streak."""
BOARD = 3


@dataclass(frozen=True, slots=True)
class Recap:
    """How the last question went."""

    post: Post
    question: Question
    longest: tuple[tuple[int, int], ...]
    """(user id, days) of the longest running streaks, the longest first."""

    @property
    def mean(self) -> float:
        """Mean score, 0..1."""
        return self.post.score_sum / self.post.answered if self.post.answered else 0.0


class Posting:
    """Claims what is due and keeps what is known of every post."""

    def __init__(self, store: Store, bank: Bank, lease: timedelta = LEASE) -> None:
        self._store, self._shelf, self._lease = store, Shelf(bank), lease

    async def claim_due(self, now: datetime, most: int = BATCH) -> int:
        """Claim a batch of due posts, with their questions; returns how many schedules moved."""

        async def work(tx: Tx) -> int:
            due = await tx.schedules.due(now, most)
            for schedule in due:
                await self._claim_all(tx, schedule, now)
            return len(due)

        return await self._store.write(work)

    async def claim_now(self, guild_id: int, now: datetime) -> Post:
        """Claim today's post ahead of its time.

        Raises:
            NotFound: the guild has not been set up, or no question fits.
            AlreadyDone: today's question is out already.
        """

        async def work(tx: Tx) -> Post:
            schedule = await tx.schedules.get(guild_id)
            if schedule is None:
                raise NotFound("Nothing is set up here yet. Start with `/setup daily`.")
            latest = await tx.posts.latest(guild_id)
            today = local_date(now, schedule.tz)
            # After a move west the last question may be of a date that is still to come.
            day = max(today, latest.day) if latest else today
            post = await self._claim(tx, schedule, day, now, now, again=True)
            if post is None:
                raise AlreadyDone("Today's question is out already; the next one comes on time.")
            if post.trouble:
                raise NotFound(post.trouble)
            await tx.schedules.save(schedule.planned(now, not_before=day + timedelta(days=1)))
            return post

        return await self._store.write(work)

    async def unfinished(self, now: datetime, *, most: int = BATCH) -> list[Post]:
        """Posts that somebody has to see to now."""
        posts = await self._store.read(lambda tx: tx.posts.unfinished(most))
        return [p for p in posts if p.state is PostState.SENT or next_step(p, now) is not Step.WAIT]

    async def begin(self, post: Post, now: datetime) -> Post | None:
        """Commit that the request is about to leave; None when it is somebody else's by now."""

        async def work(tx: Tx) -> Post | None:
            fresh = await tx.posts.get(post.id)
            if fresh is None or (fresh.state, fresh.tries) != (post.state, post.tries):
                return None
            leaving = sending(fresh, now, self._lease)
            await tx.posts.save(leaving)
            return leaving

        return await self._store.write(work)

    async def confirm(self, post: Post, message_id: int, at: datetime) -> Post:
        """The message is there since `at`: the post is open, and the one before it closed.

        One that was found after a later one had gone out is closed itself.
        """

        async def work(tx: Tx) -> Post:
            out = sent(await tx.posts.get(post.id) or post, message_id, at)
            current = await tx.posts.current(post.guild_id)
            if current is not None and current.day > out.day:
                out = replace(closed(out, current.posted_at or at), finished=True)
            elif current is not None and current.id != out.id:
                await tx.posts.save(closed(current, at))
            await tx.posts.save(out)
            await self._shelf.was_asked(tx, out)
            return out

        return await self._store.write(work)

    async def finish(
        self, post: Post, *, thread_id: int | None, trouble: str | None, now: datetime
    ) -> bool:
        """Thread, pin and recap have been seen to; whether what went wrong with them is news."""

        async def work(tx: Tx) -> bool:
            fresh = await tx.posts.get(post.id)
            if fresh is not None:
                thread = thread_id or fresh.thread_id
                await tx.posts.save(replace(fresh, finished=True, thread_id=thread))
            return await _trouble(tx, post.guild_id, trouble, now)

        return await self._store.write(work)

    async def give_up(self, post: Post, state: PostState, trouble: str, now: datetime) -> bool:
        """The post will not come; whether its guild has not been told of this trouble before."""

        async def work(tx: Tx) -> bool:
            fresh = await tx.posts.get(post.id) or post
            await tx.posts.save(given_up(fresh, state, trouble))
            return await _trouble(tx, post.guild_id, trouble, now)

        return await self._store.write(work)

    async def previous(self, post: Post) -> Post | None:
        """The post that this one closed."""
        return await self._store.read(lambda tx: tx.posts.before(post))

    async def recap(self, post: Post, now: datetime) -> Recap | None:
        """How a post went; None when its question has been retired."""

        async def work(tx: Tx) -> Recap | None:
            try:
                question = await self._shelf.get(tx, post.question_id, post.guild_id)
            except NotFound:
                return None
            fresh = await tx.posts.get(post.id) or post
            return Recap(fresh, question, await _longest(tx, post.guild_id, now))

        return await self._store.write(work)

    async def weekly(self, post: Post, now: datetime) -> Weekly | None:
        """The recap of a week that this post brings along, if any."""

        async def work(tx: Tx) -> Weekly | None:
            found = await weekly_of(tx, self._shelf, post)
            return found and replace(found, longest=await _longest(tx, post.guild_id, now))

        return await self._store.write(work)

    async def schedule(self, guild_id: int) -> Schedule | None:
        """What the guild has set up."""
        return await self._store.read(lambda tx: tx.schedules.get(guild_id))

    async def next_run_at(self, now: datetime) -> datetime | None:
        """When the tick is needed next: a schedule is due, or a request has had its time."""

        async def work(tx: Tx) -> datetime | None:
            due = await tx.schedules.next_run_at()
            # A lease that is over is being looked into; if that fails, the next beat tries again.
            leases = [p.lease_until for p in await tx.posts.unfinished(BATCH)]
            ahead = [at for at in leases if at > now]
            return min([due, *ahead] if due else ahead, default=None)

        return await self._store.read(work)

    async def post(self, wanted: str) -> Post | None:
        """That post."""
        return await self._store.read(lambda tx: tx.posts.get(wanted))

    async def question(self, post: Post) -> Question:
        """The question of a post.

        Raises:
            NotFound: it has been retired.
        """
        return await self._store.read(
            lambda tx: self._shelf.get(tx, post.question_id, post.guild_id)
        )

    async def _claim_all(self, tx: Tx, schedule: Schedule, now: datetime) -> None:
        """Claim what is due, write down what was missed, and move the schedule past `now`."""
        oldest = now - LONGEST_ABSENCE
        if schedule.next_run_at is not None and schedule.next_run_at <= oldest:
            schedule = schedule.planned(oldest)
        while schedule.next_day and schedule.next_run_at and schedule.next_run_at <= now:
            await self._claim(tx, schedule, schedule.next_day, schedule.next_run_at, now)
            schedule = schedule.planned(schedule.next_run_at)
        await tx.schedules.save(schedule)

    async def _claim(
        self,
        tx: Tx,
        schedule: Schedule,
        day: date,
        due: datetime,
        now: datetime,
        *,
        again: bool = False,
    ) -> Post | None:
        """Insert the post of one date; None when that date has one.

        `again` takes up a post that failed or was skipped.
        """
        guild_id = schedule.guild_id
        post = Post(
            id=post_id(guild_id, day),
            guild_id=guild_id,
            day=day,
            question_id="",
            channel_id=schedule.channel_id,
            due_at=due,
            state=PostState.CLAIMED,
            lease_until=now,
        )
        if missed(due, now):
            post = given_up(post, PostState.SKIPPED, "I was not running when it was due.")
        else:
            try:
                question = await self._shelf.draw(tx, guild_id, schedule.selection, day)
                post = replace(post, question_id=question.id)
            except StudyError as nothing:
                post = given_up(post, PostState.FAILED, str(nothing))
        if await tx.posts.insert(post):
            return post
        before = await tx.posts.get(post.id)
        return await self._revived(tx, before, post) if before and again else None

    async def _revived(self, tx: Tx, before: Post, post: Post) -> Post | None:
        """A post that came to nothing, put on its way once more."""
        if before.state not in {PostState.FAILED, PostState.SKIPPED}:
            return None
        await tx.posts.save(post)
        return post


async def _trouble(tx: Tx, guild_id: int, trouble: str | None, now: datetime) -> bool:
    """Remember what is wrong in a guild; whether that is news."""
    guild = await tx.guilds.get(guild_id) or Guild(guild_id, joined_at=now)
    if guild.trouble == trouble:
        return False
    await tx.guilds.save(replace(guild, trouble=trouble))
    return trouble is not None


async def _longest(tx: Tx, guild_id: int, now: datetime) -> tuple[tuple[int, int], ...]:
    """The longest streaks that are still running, each judged up to its own yesterday."""
    running: list[tuple[int, int]] = []
    for user_id, _ in await tx.rollups.longest_streaks(guild_id, BOARD * 3):
        person = await person_of(tx, user_id, guild_id)
        tz = zone(await zone_of(tx, person, guild_id))
        change = await settled(tx, person, tz, now)
        running.append((user_id, change.streak.length))
    running.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple((user, days) for user, days in running if days > 1)[:BOARD]
