"""The plan of one person: when it began, what it says today, and what their results moved."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.aim import Aim, changed
from bot.domain.bank import Bank
from bot.domain.errors import Invalid
from bot.domain.focus import Focus, blocks_done, focus_of
from bot.domain.local_time import instant, zone
from bot.domain.person import Person
from bot.domain.plan import (
    USUAL,
    Begun,
    Change,
    Day,
    History,
    Plan,
    changes,
    last_day,
    plan,
)
from bot.domain.question import Question, Role, Round
from bot.domain.standing import Evidence, Last, evidence_by
from bot.domain.streak import NIGHT, study_day
from bot.services.streaks import zone_of
from bot.store.port import Store, Tx


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan as somebody sees it on a day."""

    plan: Plan
    aim: Aim
    begun: Begun
    today: date
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
        role: str | None = None,
        seniority: str | None = None,
        interview: str | None = None,
    ) -> None:
        """Note what they prepare for, where they say so.

        Raises:
            Invalid: the date cannot be read, or has passed.
        """

        async def work(tx: Tx) -> None:
            aim = await tx.aims.get(user_id)
            today = study_day(now, await _zone(tx, user_id, guild_id))
            said = changed(aim, role, seniority, interview, today)
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
            known = await tx.preparations.plan(user_id)
            begun = _begun(known, aim, study_day(now, tz), now)
            fresh = known is None or known.began_at != begun.began_at
            begun = await self._made(tx, begun, tz, now, fresh=fresh)
            if begun != known:
                await tx.preparations.save_plan(begun)
            return await self._outlook(tx, aim, aim.role, begun, tz, now)

        return await self._store.write(work)

    async def today(self, user_id: int, guild_id: int | None, now: datetime) -> Outlook | None:
        """The same, for somebody who has a plan that goes on; nobody is given one by this."""

        async def work(tx: Tx) -> bool:
            begun = await tx.preparations.plan(user_id)
            tz = await _zone(tx, user_id, guild_id)
            return begun is not None and begun.ends_on >= study_day(now, tz)

        if not await self._store.read(work):
            return None
        try:
            return await self.look(user_id, guild_id, now)
        except Invalid:  # the interview was moved to where no plan reaches
            return None

    async def _made(
        self, tx: Tx, begun: Begun, tz: ZoneInfo, now: datetime, *, fresh: bool
    ) -> Begun:
        """The plan with today's history, which is taken at the first look of a day.

        A step that changes while it is being done helps nobody.
        """
        today = study_day(now, tz)
        if begun.made_on == today and not fresh:
            return begun
        shown = self._shown(await tx.preparations.lasts(begun.user_id))
        if fresh:
            return replace(begun, first=shown, shown=shown)
        since = await self._touched(tx, begun.user_id, tz, begun.made_on, _dawn(today, tz))
        done = {f: begun.done.get(f, 0) + blocks for f, blocks in blocks_done(since).items()}
        return replace(begun, made_on=today, shown=shown, done={**begun.done, **done})

    async def _touched(
        self, tx: Tx, user_id: int, tz: ZoneInfo, first: date, before: datetime
    ) -> list[tuple[Focus, date]]:
        """What they answered was about, and on which study day, an entry a question."""
        rows = await tx.preparations.touched(user_id, _dawn(first, tz), before)
        return [
            (focus, study_day(at, tz))
            for at, question_id, topic in rows
            if (focus := self._focus(question_id, topic))
        ]

    async def _outlook(
        self, tx: Tx, aim: Aim, role: Role, begun: Begun, tz: ZoneInfo, now: datetime
    ) -> Outlook:
        today = study_day(now, tz)
        history = History(begun.shown, begun.done)
        return Outlook(
            plan=plan(role, aim.level, today, begun.ends_on, history),
            aim=aim,
            begun=begun,
            today=today,
            done=frozenset(f for f, _ in await self._touched(tx, aim.user_id, tz, today, now)),
            changes=changes(role, aim.level, begun.first, begun.shown),
            project=next((q for q in self._bank if q.round is Round.PROJECT), None),
        )

    def _shown(self, lasts: list[Last]) -> dict[Focus, Evidence]:
        return evidence_by(lasts, lambda last: self._focus(last.question_id, last.topic))

    def _focus(self, question_id: str, topic: str | None) -> Focus | None:
        question = self._bank.by_id.get(question_id)
        if question is not None:
            return focus_of(question.topic, question.round)
        return focus_of(topic or "", None)


async def _zone(tx: Tx, user_id: int, guild_id: int | None) -> ZoneInfo:
    person = await tx.persons.get(user_id) or Person(user_id)
    return zone(await zone_of(tx, person, guild_id))


def _dawn(day: date, tz: ZoneInfo) -> datetime:
    """When a study day begins."""
    return instant(day, int(NIGHT.total_seconds() // 60), tz)


def _begun(known: Begun | None, aim: Aim, today: date, now: datetime) -> Begun:
    """The plan that goes on, up to the interview as it is set now; or one that begins."""
    if known is not None and known.ends_on >= today:
        ends_on = last_day(aim, today) if aim.interview_on else known.began_on + USUAL
        if ends_on >= today:
            return replace(known, ends_on=ends_on)
    return Begun(aim.user_id, now, today, last_day(aim, today), today, {}, {}, {})
