"""*I disagree*: somebody claims a key point, and a moderator decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.attempt import Attempt, Claim, ClaimState, accepted, regraded
from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.person import week_of
from bot.domain.question import Question
from bot.domain.verdict import State
from bot.services.streaks import zone_of_guild
from bot.store.port import Store, Tx

MOST = 200
"""Claims looked through; those of retired questions wait for ever and must not hide the rest."""
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with all that a moderator needs to decide it."""

    claim: Claim
    attempt: Attempt
    question: Question

    @property
    def statement(self) -> str:
        """What the claimed key point says."""
        point = self.question.point(self.claim.point_id)
        return point.statement if point else self.claim.point_id


class Claims:
    """Disputes over verdicts."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._bank = store, bank

    async def claim(
        self, attempt_id: int, user_id: int, point_id: str, reason: str, now: datetime
    ) -> Claim:
        """Record that a key point was there; it is worth nothing until a moderator accepts it.

        Raises:
            NotFound: the answer or the key point is gone, or somebody else's.
            Invalid: the key point counts as covered already.
            AlreadyDone: it has been claimed before.
        """

        async def work(tx: Tx) -> Claim:
            attempt = await tx.attempts.get(attempt_id)
            if attempt is None or attempt.user_id != user_id or attempt.verdict is None:
                raise NotFound("That answer is not here any more.")
            graded = {p.point_id for p in attempt.verdict.points}
            if point_id not in graded or not self._bank.get(attempt.question_id).point(point_id):
                raise NotFound(
                    "The question has changed since; that point can no longer be claimed."
                )
            if attempt.verdict.state_of(point_id) is State.COVERED:
                raise Invalid("That one counts as covered already.")
            claim = Claim(
                attempt_id, point_id, user_id, attempt.guild_id, now, reason[:LONGEST_REASON]
            )
            if not await tx.claims.insert(claim):
                raise AlreadyDone("You have claimed that one before, and once is enough.")
            return claim

        return await self._store.write(work)

    async def open_in(self, guild_id: int) -> list[Case]:
        """Undecided claims of a guild, the oldest first; retired questions left out."""

        async def work(tx: Tx) -> list[Case]:
            cases: list[Case] = []
            for claim in await tx.claims.open_in(guild_id, MOST):
                attempt = await tx.attempts.get(claim.attempt_id)
                question = attempt and self._bank.by_id.get(attempt.question_id)
                if attempt and question:
                    cases.append(Case(claim, attempt, question))
            return cases

        return await self._store.read(work)

    async def decide(
        self, guild_id: int, attempt_id: int, point_id: str, by: int, now: datetime, *, accept: bool
    ) -> Case:
        """Accept or reject a claim; accepting gives the key point its score and points.

        Raises:
            NotFound: there is no such claim in this guild.
            NotAllowed: it is the moderator's own.
            AlreadyDone: somebody has decided it.
        """

        async def work(tx: Tx) -> Case:
            claim = await tx.claims.get(attempt_id, point_id)
            attempt = await tx.attempts.get(attempt_id)
            if claim is None or attempt is None or claim.guild_id != guild_id:
                raise NotFound("That claim is not here any more.")
            if claim.user_id == by:
                raise NotAllowed("That claim is your own; another moderator has to decide it.")
            if claim.state is not ClaimState.OPEN:
                raise AlreadyDone(f"That claim has been {claim.state} already.")
            question = self._bank.get(attempt.question_id)
            state = ClaimState.ACCEPTED if accept else ClaimState.REJECTED
            claim = replace(claim, state=state, decided_by=by, decided_at=now)
            await tx.claims.save(claim)
            if accept:
                attempt = await _grant(tx, attempt, question, point_id)
            return Case(claim, attempt, question)

        return await self._store.write(work)


def decidable(waiting: Sequence[Case], moderator_id: int) -> list[Case]:
    """What a moderator may decide of the claims that wait: all but their own."""
    return [case for case in waiting if case.claim.user_id != moderator_id]


async def _grant(tx: Tx, attempt: Attempt, question: Question, point_id: str) -> Attempt:
    if attempt.verdict is None:
        return attempt
    after = regraded(attempt, accepted(attempt.verdict, question, point_id))
    await tx.attempts.regrade(after)
    score, points = after.score - attempt.score, after.points - attempt.points
    week = week_of(attempt.at, await zone_of_guild(tx, attempt.guild_id))
    await tx.rollups.shift(attempt, week, score, points)
    if attempt.scored and attempt.post_id:
        await tx.posts.tally(attempt.post_id, 0, score)
    return after
