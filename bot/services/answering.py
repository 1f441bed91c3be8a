"""Somebody answers: the verdict, the record, and everything that one answer moves."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.attempt import (
    LONGEST_ANSWER,
    Attempt,
    Calibration,
    ClaimState,
    Mode,
    Origin,
    calibration,
    choice_score,
    points_for,
)
from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.local_time import zone
from bot.domain.person import week_of
from bot.domain.post import Post, Timing, timing
from bot.domain.question import KeyPoint, Question
from bot.domain.streak import Change, study_day
from bot.domain.verdict import Assessor, State, Verdict
from bot.services.shelf import Shelf
from bot.services.streaks import person_of, studied, zone_of, zone_of_guild
from bot.store.port import Store, Tx

TWICE = timedelta(seconds=5)
"""Two picks within this are one press that arrived twice."""
RECENT = 20
"""Answers over which calibration is told."""


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, where and when; `id` is the interaction's, so it counts once."""

    id: int
    user_id: int
    guild_id: int | None
    now: datetime
    token: str | None = None
    """Of the interaction, where the message under it is to be edited later."""
    message_id: int | None = None
    """Of the message with the button, where that shows what it is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in a channel."""

    post: Post
    question: Question


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer came to."""

    attempt: Attempt
    question: Question
    streak: Change
    calibration: Calibration | None
    claimed: frozenset[str] = frozenset()
    """Key points the person says were there, undecided."""
    rejected: frozenset[str] = frozenset()
    """Key points that a moderator did not find there."""

    @property
    def disputable(self) -> list[KeyPoint]:
        """Key points that are open and have not been claimed, as the question has them now.

        None for practice: there is nothing to win.
        """
        if not self.attempt.scored:
            return []
        points = self.attempt.verdict.points if self.attempt.verdict else ()
        open_ids = {p.point_id for p in points if p.state is not State.COVERED}
        left = open_ids - self.claimed - self.rejected
        return [p for p in self.question.key_points if p.id in left]


class Answering:
    """Answers to the question of the day."""

    def __init__(self, store: Store, bank: Bank, assessor: Assessor) -> None:
        self._store, self._shelf, self._assessor = store, Shelf(bank), assessor

    async def asked(self, post_id: str, user_id: int, guild_id: int | None) -> Asked:
        """The post behind a button, if this person may answer it here.

        Raises:
            NotFound: it is gone, of a server that is not theirs, or its question is retired.
        """
        return await self._store.read(lambda tx: self._asked(tx, post_id, user_id, guild_id))

    async def asked_in_words(self, post_id: str, user_id: int, guild_id: int | None) -> Asked:
        """The same, where it can be answered in words.

        Raises:
            NotFound: it is gone, of a server that is not theirs, or its question is retired.
            Invalid: it has four options and no more.
        """
        asked = await self.asked(post_id, user_id, guild_id)
        if not asked.question.in_words:
            raise Invalid("That question is answered by picking one of its four options.")
        return asked

    async def today(self, user_id: int, guild_id: int | None) -> Asked:
        """The question that is open in this guild, or in the person's own.

        Raises:
            NotFound: there is none.
        """

        async def work(tx: Tx) -> Asked:
            post = await _open_post(tx, user_id, guild_id)
            try:
                return Asked(post, await self._shelf.get(tx, post.question_id, post.guild_id))
            except NotFound:
                raise NotFound(
                    "Today's question has been retired. The next one comes on time."
                ) from None

        return await self._store.read(work)

    async def scored(self, post_id: str, user_id: int) -> Attempt | None:
        """The person's attempt that counts for that post."""
        return await self._store.read(lambda tx: tx.attempts.scored(post_id, user_id))

    async def answer(
        self,
        asked: Asked,
        press: Press,
        text: str,
        confidence: float | None,
        *,
        practice: bool = False,
    ) -> Outcome:
        """Assess and record an open answer; one given as practice is never scored.

        Raises:
            Invalid: there is nothing to assess.
        """
        if not any(character.isalnum() for character in text):
            raise Invalid("There are no words in that answer yet. A sentence or two will do.")
        verdict = await self._assessor.assess(
            asked.question, text[:LONGEST_ANSWER], guild_id=asked.post.guild_id, now=press.now
        )
        attempt = self._attempt(asked, press, Mode.OPEN, verdict.score)
        attempt = replace(
            attempt, answer=text[:LONGEST_ANSWER], confidence=confidence, verdict=verdict
        )
        return await self._store.write(lambda tx: record(tx, asked, attempt, practice=practice))

    async def choose(
        self, post_id: str, press: Press, picked: int, *, practice: bool = False
    ) -> Outcome:
        """Record a picked option, 0..3; one unit of work, since a whole group may press at once.

        Raises:
            NotFound: the post is gone, of another server, or its question has been retired.
            AlreadyDone: one was picked a moment ago.
        """

        async def work(tx: Tx) -> Outcome:
            asked = await self._asked(tx, post_id, press.user_id, press.guild_id)
            if not 0 <= picked < len(asked.question.choice.options):
                raise NotFound("I don't know that option.")
            score = choice_score(asked.question, picked)
            attempt = replace(self._attempt(asked, press, Mode.CHOICE, score), choice=picked)
            return await record(tx, asked, attempt, practice=practice)

        return await self._store.write(work)

    async def outcome(self, attempt_id: int, user_id: int) -> Outcome:
        """An earlier answer of this person's, as it stands now.

        Raises:
            NotFound: it is gone, or somebody else's.
        """

        async def work(tx: Tx) -> Outcome:
            attempt = await tx.attempts.get(attempt_id)
            if attempt is None or attempt.user_id != user_id:
                raise NotFound("That answer is not here any more.")
            question = await self._shelf.get(tx, attempt.question_id, attempt.guild_id)
            claims = await tx.claims.of_attempt(attempt_id)
            claimed, rejected = (
                frozenset(c.point_id for c in claims if c.state is state)
                for state in (ClaimState.OPEN, ClaimState.REJECTED)
            )
            streak = Change(await tx.streaks.get(user_id))
            return Outcome(attempt, question, streak, None, claimed, rejected)

        return await self._store.read(work)

    async def disputed(self, attempt_id: int, user_id: int) -> Outcome:
        """An earlier answer whose verdict this person wants to dispute.

        Raises:
            NotFound: it is gone, or somebody else's.
            Invalid: it was practice.
            AlreadyDone: nothing is left to claim.
        """
        outcome = await self.outcome(attempt_id, user_id)
        if not outcome.attempt.scored:
            raise Invalid("That was practice: nothing was scored, so there is nothing to dispute.")
        if not outcome.disputable and not outcome.claimed:
            raise AlreadyDone("Nothing is left to claim: all that was open has been decided.")
        if not outcome.disputable:
            raise AlreadyDone("You have claimed all that was open; a moderator will look at it.")
        return outcome

    async def _asked(self, tx: Tx, post_id: str, user_id: int, guild_id: int | None) -> Asked:
        post = await tx.posts.get(post_id)
        if post is None:
            raise NotFound("I don't know that question any more.")
        elsewhere = guild_id is not None and post.guild_id != guild_id
        if elsewhere and await tx.rollups.member(post.guild_id, user_id) is None:
            raise NotFound("That question belongs to another server.")
        return Asked(post, await self._shelf.get(tx, post.question_id, post.guild_id))

    def _attempt(self, asked: Asked, press: Press, mode: Mode, score: float) -> Attempt:
        return Attempt(
            id=press.id,
            user_id=press.user_id,
            guild_id=asked.post.guild_id,
            post_id=asked.post.id,
            question_id=asked.question.id,
            topic=asked.question.topic,
            origin=Origin.POST,
            mode=mode,
            at=press.now,
            study_day=press.now.date(),
            score=score,
            points=0,
            scored=True,
        )


async def _open_post(tx: Tx, user_id: int, guild_id: int | None) -> Post:
    if guild_id and (here := await tx.posts.current(guild_id)):
        return here
    posts = [await tx.posts.current(place) for place in await tx.rollups.guilds_of(user_id)]
    latest = max((p for p in posts if p), key=lambda p: p.due_at, default=None)
    if latest is None:
        where = (
            "here just now; a moderator can ask one with `/setup post-now`"
            if guild_id
            else "in a server where you have answered one"
        )
        raise NotFound(f"No question is open {where}. `/drill` has questions for you alone.")
    return latest


async def record(tx: Tx, asked: Asked, attempt: Attempt, *, practice: bool = False) -> Outcome:
    """Record one attempt with all it moves: one unit, so all of it or nothing.

    Raises:
        AlreadyDone: this very press has been recorded.
    """
    person = await person_of(tx, attempt.user_id, attempt.guild_id)
    tz = zone(await zone_of(tx, person, attempt.guild_id))
    post = await tx.posts.get(asked.post.id) or asked.post
    zone_name = await zone_of_guild(tx, post.guild_id)
    when = timing(post, attempt.at, zone(zone_name))
    before = await tx.attempts.scored(post.id, attempt.user_id)
    first = before is None and when is not Timing.OVER and not practice
    late = first and when is Timing.LATE
    if before is not None and _pressed_twice(before, attempt):
        raise AlreadyDone("You picked one a moment ago; that one counts.")
    attempt = replace(
        attempt,
        study_day=study_day(attempt.at, tz),
        late=late,
        scored=first,
        origin=Origin.POST if first else Origin.PRACTICE,
        points=points_for(attempt.score, attempt.mode, late=late) if first else 0,
    )
    if not await tx.attempts.insert(attempt):
        raise AlreadyDone("That answer has been recorded already.")
    if first:
        await tx.posts.tally(post.id, 1, attempt.score)
    # Before the person joins this guild: what it asked until now they were not asked.
    change = await studied(tx, person, tz, attempt.at, post=first)
    await tx.rollups.add(attempt, week_of(attempt.at, zone_name))
    pairs = await tx.attempts.confidences(attempt.user_id, RECENT)
    return Outcome(attempt, asked.question, change, calibration(pairs))


def _pressed_twice(before: Attempt, attempt: Attempt) -> bool:
    """Whether this is the same finger coming down again, not somebody who practises."""
    both = before.mode is Mode.CHOICE and attempt.mode is Mode.CHOICE
    return both and attempt.at - before.at < TWICE


__all__ = ["Answering", "Asked", "Outcome", "Press", "Verdict", "record"]
