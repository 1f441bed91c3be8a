"""The plan of one person: when it began, what it says today, and what their results moved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.aim import Aim, interview_day
from bot.domain.bank import Bank
from bot.domain.errors import Invalid
from bot.domain.local_time import instant, zone
from bot.domain.person import Person
from bot.domain.plan import (
    USUAL,
    Begun,
    Change,
    Day,
    Focus,
    History,
    Plan,
    changes,
    focus_of,
    last_day,
    plan,
)
from bot.domain.question import Question, Role, Round, Seniority
from bot.domain.standing import Evidence, Last, evidence
from bot.domain.streak import NIGHT, study_day
from bot.services.streaks import zone_of
from bot.store.port import Store, Tx

NO_DATE = "none"


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan as somebody sees it on a day."""

    plan: Plan
    aim: Aim
    begun: Begun
    today: date
    shown: Mapping[Focus, Evidence]
    done: frozenset[Focus]
    """What something has been done about today."""
    changes: list[Change]
    project: Question | None
    """Where a project story is told."""

    @property
    def step(self) -> Day:
        """What today is for."""
        return self.plan.days[0]


class Planning:
    """Plans, computed whenever somebody looks."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._bank = store, bank

    async def aim(
        self,
        user_id: int,
        guild_id: int | None,
        now: datetime,
        *,
        role: Role | None = None,
        seniority: Seniority | None = None,
        interview: str | None = None,
    ) -> None:
        """Note what they prepare for, where they say so.

        Raises:
            Invalid: the date cannot be read, or has passed.
        """

        async def work(tx: Tx) -> None:
            aim = await tx.aims.get(user_id)
            tz = await _zone(tx, user_id, guild_id)
            said = replace(aim, role=role or aim.role, seniority=seniority or aim.seniority)
            if interview is not None:
                never = interview.strip().casefold() == NO_DATE
                day = None if never else interview_day(interview, study_day(now, tz))
                said = replace(said, interview_on=day)
            if said != aim:
                await tx.aims.save(said)

        if role or seniority or interview is not None:
            await self._store.write(work)

    async def look(self, user_id: int, guild_id: int | None, now: datetime) -> Outlook:
        """The plan as it stands today; it begins with the first look.

        Raises:
            Invalid: no role has been said, the interview has passed, or is too far away.
        """

        async def work(tx: Tx) -> Outlook:
            aim = await tx.aims.get(user_id)
            if aim.role is None:
                raise Invalid(
                    "What do you prepare for? Tell me with `/plan role:`, and `interview:` "
                    "if you have a date, like 2026-12-24."
                )
            tz = await _zone(tx, user_id, guild_id)
            begun = _begun(await tx.preparations.plan(user_id), aim, study_day(now, tz), now)
            await tx.preparations.save_plan(begun)
            return await self._outlook(tx, aim, begun, tz, now)

        return await self._store.write(work)

    async def today(self, user_id: int, guild_id: int | None, now: datetime) -> Outlook | None:
        """The same for somebody who has a plan that goes on; it changes nothing."""

        async def work(tx: Tx) -> Outlook | None:
            begun = await tx.preparations.plan(user_id)
            aim = await tx.aims.get(user_id)
            tz = await _zone(tx, user_id, guild_id)
            today = study_day(now, tz)
            if begun is None or aim.role is None or begun.ends_on < today:
                return None
            try:
                begun = _begun(begun, aim, today, now)
            except Invalid:  # the interview was moved to where no plan reaches
                return None
            return await self._outlook(tx, aim, begun, tz, now)

        return await self._store.read(work)

    async def _outlook(
        self, tx: Tx, aim: Aim, begun: Begun, tz: ZoneInfo, now: datetime
    ) -> Outlook:
        role, seniority = aim.role or Role.MLE, aim.seniority or Seniority.MID
        today = study_day(now, tz)
        # What is done today moves tomorrow's plan: a step that changes under way helps nobody.
        dawn = instant(today, int(NIGHT.total_seconds() // 60), tz)
        cut = max(dawn, begun.began_at)
        before = self._shown(await tx.preparations.lasts(aim.user_id, begun.began_at))
        shown = self._shown(await tx.preparations.lasts(aim.user_id, cut))
        since = min(begun.began_at, dawn)
        touched: dict[Focus, set[date]] = {}
        for at, question_id, topic in await tx.preparations.touched(aim.user_id, since, now):
            if focus := self._focus(question_id, topic):
                touched.setdefault(focus, set()).add(study_day(at, tz))
        done = {f: len(on - {today}) for f, on in touched.items()}
        history = History(shown, done)
        return Outlook(
            plan=plan(role, seniority, today, begun.ends_on, history),
            aim=replace(aim, role=role, seniority=seniority),
            begun=begun,
            today=today,
            shown=shown,
            done=frozenset(f for f, on in touched.items() if today in on),
            changes=changes(role, seniority, before, shown),
            project=next((q for q in self._bank if q.round is Round.PROJECT), None),
        )

    def _shown(self, lasts: list[Last]) -> dict[Focus, Evidence]:
        found: dict[Focus, list[Last]] = {}
        for last in lasts:
            if focus := self._focus(last.question_id, last.topic):
                found.setdefault(focus, []).append(last)
        return {focus: evidence(of) for focus, of in found.items()}

    def _focus(self, question_id: str, topic: str | None) -> Focus | None:
        question = self._bank.by_id.get(question_id)
        if question is not None:
            return focus_of(question.topic, question.round)
        return focus_of(topic or "", None)


async def _zone(tx: Tx, user_id: int, guild_id: int | None) -> ZoneInfo:
    person = await tx.persons.get(user_id) or Person(user_id)
    return zone(await zone_of(tx, person, guild_id))


def _begun(known: Begun | None, aim: Aim, today: date, now: datetime) -> Begun:
    """The plan that goes on, up to the interview as it is set now; or one that begins."""
    goes_on = known is not None and known.ends_on >= today
    if known is None or not goes_on:
        return Begun(aim.user_id, now, today, last_day(aim, today))
    if aim.interview_on is None:
        usual = min(known.ends_on, known.began_on + USUAL)
        return replace(known, ends_on=max(usual, today))
    return replace(known, ends_on=last_day(aim, today))
