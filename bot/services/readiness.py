"""Readiness checks: begin or go on, answer, judge with what earlier checks add."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.domain.attempt import Attempt, Mode, Origin, choice_score
from bot.domain.bank import Bank
from bot.domain.errors import Invalid, NotAllowed, NotFound
from bot.domain.question import Question
from bot.domain.readiness import Judged, Readiness, counts, draw, judged
from bot.services.studying import study
from bot.services.waiting import waiting
from bot.store.port import Store, Tx

HISTORY = 30
"""Checks that are looked back on; one a day for a month."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A check as somebody sees it: the next question, or the verdict."""

    check: Readiness
    questions: dict[str, Question]
    over: bool
    judged: list[Judged]
    before: list[Readiness]
    """Checks before it, the latest first."""

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        at = self.check.at
        return None if self.over or at is None else self.questions[self.check.items[at].question_id]


class Readying:
    """Readiness checks."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._bank = store, bank

    async def begin(
        self, user_id: int, guild_id: int | None, check_id: int, now: datetime
    ) -> Standing:
        """The check that is running for the role they aim at, or a new one.

        Raises:
            Invalid: they have named no role.
            NotFound: there is no question to ask.
        """

        async def work(tx: Tx) -> Standing:
            aim = await tx.aims.get(user_id)
            if aim.role is None:
                raise Invalid("Ready for what? Tell me with `/readiness role:`.")
            before = await tx.preparations.checks(user_id, HISTORY)
            running = before[0] if before and not self._over(before[0], now) else None
            if running and (running.role, running.seniority) == (aim.role, aim.level):
                return self._standing(running, before, now)
            seen = {last.question_id: last.at for last in await tx.preparations.lasts(user_id)}
            closed = await waiting(tx, user_id, guild_id)
            items = draw(self._bank, aim.role, aim.level, seen, closed, Random(check_id))  # noqa: S311
            if not items:
                raise NotFound("There is no question I could check you with just now.")
            check = Readiness(check_id, user_id, aim.role, aim.level, now, items)
            await tx.preparations.save_check(check)
            return self._standing(check, before, now)

        return await self._store.write(work)

    async def pick(
        self,
        check_id: int,
        number: int,
        place: int,
        user_id: int,
        guild_id: int | None,
        attempt_id: int,
        now: datetime,
    ) -> Standing:
        """Answer a question of a check; pressed again, or too late, it changes nothing.

        Raises:
            NotFound: the check is gone.
            NotAllowed: it is somebody else's.
        """

        async def work(tx: Tx) -> Standing:
            check = _theirs(await tx.preparations.check(check_id), user_id)
            if number == check.at and not self._over(check, now):
                item = check.items[number]
                question = self._bank.get(item.question_id)
                option = item.order[place]
                score = choice_score(question, option)
                attempt = Attempt(
                    id=attempt_id,
                    user_id=user_id,
                    guild_id=guild_id,
                    post_id=None,
                    question_id=question.id,
                    topic=question.topic,
                    origin=Origin.READINESS,
                    mode=Mode.CHOICE,
                    at=now,
                    study_day=now.date(),
                    score=score,
                    points=0,
                    scored=False,
                    choice=option,
                )
                await study(tx, attempt)
                check = check.picked(number, option, right=score == 1.0)
                await tx.preparations.save_check(check)
            before = await tx.preparations.checks(user_id, HISTORY)
            return self._standing(check, before, now)

        return await self._store.write(work)

    async def look(self, check_id: int, user_id: int, now: datetime) -> Standing:
        """How a check stands.

        Raises:
            NotFound: the check is gone.
            NotAllowed: it is somebody else's.
        """

        async def work(tx: Tx) -> Standing:
            check = _theirs(await tx.preparations.check(check_id), user_id)
            return self._standing(check, await tx.preparations.checks(user_id, HISTORY), now)

        return await self._store.read(work)

    def _over(self, check: Readiness, now: datetime) -> bool:
        """Also where the question that comes next has been retired since."""
        at = check.at
        return at is None or check.over(now) or check.items[at].question_id not in self._bank.by_id

    def _standing(self, check: Readiness, checks: list[Readiness], now: datetime) -> Standing:
        questions = {}
        for item in check.items:
            with suppress(NotFound):
                questions[item.question_id] = self._bank.get(item.question_id)
        before = [c for c in checks if c.id < check.id]
        adding = [c for c in before if counts(c, check)]
        return Standing(check, questions, self._over(check, now), judged([check, *adding]), before)


def _theirs(check: Readiness | None, user_id: int) -> Readiness:
    if check is None:
        raise NotFound("That check is not here any more. `/readiness` begins a new one.")
    if check.user_id != user_id:
        raise NotAllowed("That check is somebody else's. `/readiness` begins yours.")
    return check
