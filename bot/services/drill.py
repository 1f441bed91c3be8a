"""Drills and reviews: begun, taken up again, stopped, summed up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bot.domain.bank import Bank
from bot.domain.drill import (
    Drill,
    Kind,
    Step,
    Style,
    Wanted,
    draw,
    layout,
    steps_for,
    stopped,
    without,
)
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.question import Question
from bot.domain.suggestion import is_own
from bot.services.answering import Press
from bot.services.due import due_questions
from bot.services.shelf import Shelf
from bot.services.streaks import Today, today_of
from bot.services.waiting import waiting
from bot.store.port import Store, Tx

GONE = "That drill is not here any more. `/drill` starts a new one."


@dataclass(frozen=True, slots=True)
class Sight:
    """A drill as its person sees it: the question that is next, or how it went."""

    drill: Drill
    question: Question | None
    """What is asked next; nothing once it is over."""
    missed: tuple[Question, ...] = ()
    """What was missed at first sight; known once it is over."""
    due: int = 0
    """How many questions are due today besides; known once it is over."""
    next_due_at: datetime | None = None
    """When the next one will be; known once it is over."""
    today: Today | None = None
    """How the study day stands; known once it is over."""

    @property
    def layout(self) -> tuple[int, ...]:
        """Which option stands at each letter."""
        return layout(self.drill, self.drill.no)


class Drilling:
    """Drills and reviews of one person."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def begin(self, wanted: Wanted, press: Press) -> Sight:
        """A new drill on what this person gains most from; one that was open is stopped.

        Raises:
            NotFound: no question fits.
        """

        async def work(tx: Tx) -> Sight:
            if same := await tx.drills.get(press.id):  # the press came twice
                return await self._sight(tx, same, press)
            fitting = [q for q in await self._offered(tx, press) if wanted.takes(q)]
            if not fitting:
                raise NotFound("No question fits that. Leave one of the choices out and try again.")
            cards = await tx.memory.cards(press.user_id)
            means = await tx.memory.means(press.user_id)
            rng = Random(press.id)  # noqa: S311 - a draw, not a secret
            drawn = draw(fitting, cards, means, press.now, wanted.count, rng)
            steps = steps_for(drawn, wanted.style)
            had = replace(wanted, count=len(drawn))
            return await self._begun(tx, Kind.DRILL, had, steps, press)

        return await self._store.write(work)

    async def review(self, press: Press, most: int, style: Style | None = None) -> Sight:
        """The review this person is in, else one of what is due, the most forgotten first.

        Args:
            press: who asks.
            most: how many questions at most.
            style: how they want to answer; a review that asks in another way is stopped.

        Raises:
            NotFound: nothing is due; says when something will be.
        """

        async def work(tx: Tx) -> Sight:
            left = await tx.drills.open_of(press.user_id, Kind.REVIEW)
            if left and style in (None, left.wanted.style):
                sight = await self._sight(tx, left, press)
                if sight.question is not None:
                    return sight
            due = await due_questions(tx, self._shelf, press.user_id, press.guild_id, press.now)
            if not due.questions:
                raise NotFound(due.nothing)
            wanted = Wanted(count=min(most, len(due.questions)), style=style or Style.CHOICE)
            steps = steps_for(due.questions[:most], wanted.style)
            return await self._begun(tx, Kind.REVIEW, wanted, steps, press)

        return await self._store.write(work)

    async def resume(self, press: Press) -> Sight | None:
        """The drill this person is in, where they left it."""

        async def work(tx: Tx) -> Sight | None:
            left = await tx.drills.open_of(press.user_id, Kind.DRILL)
            sight = await self._sight(tx, left, press) if left else None
            return sight if sight and sight.question else None

        return await self._store.write(work)

    async def look(self, drill_id: int, press: Press) -> Sight:
        """A drill where it stands.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is somebody else's.
        """

        async def work(tx: Tx) -> Sight:
            return await self._sight(tx, await theirs(tx, drill_id, press), press)

        return await self._store.write(work)

    async def stop(self, drill_id: int, press: Press) -> Sight:
        """End a drill where it stands.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is somebody else's.
        """

        async def work(tx: Tx) -> Sight:
            drill = stopped(await theirs(tx, drill_id, press), press.now)
            await tx.drills.save(drill)
            return await self._sight(tx, drill, press)

        return await self._store.write(work)

    async def fitting(self, variants: Sequence[Wanted], press: Press) -> list[int]:
        """How many questions there are for each of these wishes."""

        async def work(tx: Tx) -> list[int]:
            offered = await self._offered(tx, press)
            return [sum(w.takes(q) for q in offered) for w in variants]

        return await self._store.read(work)

    async def _offered(self, tx: Tx, press: Press) -> list[Question]:
        """All that this person may be drilled on here."""
        bank = await self._shelf.of(tx, press.guild_id) if press.guild_id else self._shelf.bank
        today = await waiting(tx, press.user_id, press.guild_id)
        return [q for q in bank if q.id not in today]

    async def _begun(
        self, tx: Tx, kind: Kind, wanted: Wanted, steps: tuple[Step, ...], press: Press
    ) -> Sight:
        if left := await tx.drills.open_of(press.user_id, kind):
            await tx.drills.save(stopped(left, press.now))
        # Without a question of the group's own there is nothing to look up in the group.
        own = any(is_own(step.question_id) for step in steps)
        place = press.guild_id if own else None
        drill = Drill(press.id, press.user_id, place, kind, wanted, steps, press.now)
        await tx.drills.save(drill)
        return await self._sight(tx, drill, press)

    async def _sight(self, tx: Tx, drill: Drill, press: Press) -> Sight:
        """Where a drill stands, past questions that cannot be asked any more."""
        before, now = drill, press.now
        question: Question | None = None
        while (step := drill.step) and question is None:
            try:
                question = await asked(tx, self._shelf, drill, step, press)
            except NotFound:
                drill = without(drill, step.question_id, now)
        if drill != before:
            await tx.drills.save(drill)
        if question is not None:
            return Sight(drill, question)
        missed = [s.question_id for s, d in drill.answered if not (d.right or s.again)]
        known = [
            await known_question(tx, self._shelf, drill, question_id) for question_id in missed
        ]
        due = await due_questions(tx, self._shelf, drill.user_id, drill.guild_id, now)
        today = await today_of(tx, drill.user_id, drill.guild_id, now)
        return Sight(
            drill, None, tuple(q for q in known if q), len(due.questions), due.next_at, today
        )


async def theirs(tx: Tx, drill_id: int, press: Press) -> Drill:
    """That drill.

    Raises:
        NotFound: it is gone.
        NotAllowed: it is somebody else's.
    """
    drill = await tx.drills.get(drill_id)
    if drill is None:
        raise NotFound(GONE)
    if drill.user_id != press.user_id:
        raise NotAllowed("This drill is somebody else's. `/drill` starts your own.")
    return drill


async def asked(tx: Tx, shelf: Shelf, drill: Drill, step: Step, press: Press) -> Question:
    """What a step asks.

    Raises:
        NotFound: it has been retired since, or waits to be answered as a question of the day.
    """
    on = f"`/{drill.kind}` goes on with the next one."
    if not step.again and step.question_id in await waiting(tx, press.user_id, press.guild_id):
        raise NotFound(f"That one waits for you as a question of the day by now. {on}")
    try:
        return await shelf.get(tx, step.question_id, drill.guild_id, to_ask=True)
    except NotFound:
        raise NotFound(f"That question has been retired since. {on}") from None


async def known_question(tx: Tx, shelf: Shelf, drill: Drill, question_id: str) -> Question | None:
    """A question of a drill, unless it has been retired since."""
    try:
        return await shelf.get(tx, question_id, drill.guild_id)
    except NotFound:
        return None
