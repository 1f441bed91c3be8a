"""Drills: begun, taken up again, answered step by step, stopped, summed up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bot.domain.attempt import LONGEST_ANSWER, Attempt, Mode, Origin, choice_score
from bot.domain.bank import Bank
from bot.domain.drill import (
    Done,
    Drill,
    Kind,
    Step,
    Style,
    Wanted,
    draw,
    layout,
    steps_for,
    stopped,
    went_on,
    without,
)
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.question import Question
from bot.domain.suggestion import is_own
from bot.domain.verdict import Assessor
from bot.services.answering import Press
from bot.services.due import due_questions, open_unanswered
from bot.services.shelf import Shelf
from bot.services.studying import study
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

    @property
    def layout(self) -> tuple[int, ...]:
        """Which option stands at each letter."""
        return layout(self.drill, self.drill.no)


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of one step."""

    drill: Drill
    no: int
    question: Question
    attempt: Attempt

    @property
    def step(self) -> Step:
        """The step that was answered."""
        return self.drill.steps[self.no]

    @property
    def done(self) -> Done:
        """How it counted within the drill."""
        return self.drill.done[self.no]

    @property
    def layout(self) -> tuple[int, ...]:
        """Which option stood at each letter."""
        return layout(self.drill, self.no)


class Drilling:
    """Drills and reviews of one person."""

    def __init__(self, store: Store, bank: Bank, assessor: Assessor) -> None:
        self._store, self._shelf, self._assessor = store, Shelf(bank), assessor

    async def begin(self, wanted: Wanted, press: Press) -> Sight:
        """A new drill on what this person gains most from; one that was open is stopped.

        Raises:
            NotFound: no question fits.
        """

        async def work(tx: Tx) -> Sight:
            if same := await tx.drills.get(press.id):  # the press came twice
                return await self._sight(tx, same, press.now)
            fitting = [q for q in await self._offered(tx, press) if wanted.takes(q)]
            if not fitting:
                raise NotFound("No question fits that. Leave one of the choices out and try again.")
            cards = await tx.memory.cards(press.user_id)
            means = await tx.memory.means(press.user_id)
            rng = Random(press.id)  # noqa: S311 - a draw, not a secret
            drawn = draw(fitting, cards, means, press.now, wanted.count, rng)
            steps = steps_for(drawn, wanted.style)
            return await self._begun(tx, Kind.DRILL, wanted, steps, press)

        return await self._store.write(work)

    async def review(self, press: Press, most: int, style: Style = Style.CHOICE) -> Sight:
        """The review this person is in, else one of what is due, the most forgotten first.

        Raises:
            NotFound: nothing is due; says when something will be.
        """

        async def work(tx: Tx) -> Sight:
            if left := await tx.drills.open_of(press.user_id, Kind.REVIEW):
                sight = await self._sight(tx, left, press.now)
                if sight.question is not None:
                    return sight
            due = await due_questions(tx, self._shelf, press.user_id, press.guild_id, press.now)
            if not due.questions:
                raise NotFound(due.nothing)
            wanted = Wanted(count=min(most, len(due.questions)), style=style)
            steps = steps_for(due.questions[:most], style)
            return await self._begun(tx, Kind.REVIEW, wanted, steps, press)

        return await self._store.write(work)

    async def resume(self, press: Press) -> Sight | None:
        """The drill this person is in, where they left it."""

        async def work(tx: Tx) -> Sight | None:
            left = await tx.drills.open_of(press.user_id, Kind.DRILL)
            sight = await self._sight(tx, left, press.now) if left else None
            return sight if sight and sight.question else None

        return await self._store.write(work)

    async def look(self, drill_id: int, press: Press) -> Sight:
        """A drill where it stands.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is somebody else's.
        """

        async def work(tx: Tx) -> Sight:
            return await self._sight(tx, await _theirs(tx, drill_id, press), press.now)

        return await self._store.write(work)

    async def stop(self, drill_id: int, press: Press) -> Sight:
        """End a drill where it stands.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is somebody else's.
        """

        async def work(tx: Tx) -> Sight:
            drill = stopped(await _theirs(tx, drill_id, press), press.now)
            await tx.drills.save(drill)
            return await self._sight(tx, drill, press.now)

        return await self._store.write(work)

    async def choose(
        self, drill_id: int, no: int, picked: int, confidence: float | None, press: Press
    ) -> Marked:
        """Answer a step by an option's place in the question; one answered before says how.

        Raises:
            NotFound: the drill, the question or the option is gone.
            NotAllowed: it is somebody else's.
            AlreadyDone: the drill is over.
        """

        async def work(tx: Tx) -> Marked:
            drill = await _theirs(tx, drill_id, press)
            if before := await self._marked(tx, drill, no):
                return before
            question = await self._asked(tx, drill, no)
            if not 0 <= picked < len(question.choice.options):
                raise NotFound("I don't know that option.")
            attempt = _attempt(drill, question, Mode.CHOICE, press)
            attempt = replace(
                attempt,
                choice=picked,
                score=choice_score(question, picked),
                confidence=confidence,
            )
            return await self._take(tx, drill, question, attempt)

        return await self._store.write(work)

    async def question(self, drill_id: int, no: int, press: Press) -> Question:
        """The question that somebody is about to write on.

        Raises:
            NotFound: the drill or the question is gone.
            NotAllowed: it is somebody else's.
            AlreadyDone: it has been answered, or the drill is over.
        """

        async def work(tx: Tx) -> Question:
            return await self._asked(tx, await _theirs(tx, drill_id, press), no)

        return await self._store.read(work)

    async def write(
        self, drill_id: int, no: int, text: str, confidence: float | None, press: Press
    ) -> Marked:
        """Assess and record a step answered in words; one answered before says how.

        Raises:
            Invalid: there is nothing to assess.
            NotFound, NotAllowed, AlreadyDone: as for `choose`.
        """
        if not any(character.isalnum() for character in text):
            raise Invalid("There are no words in that answer yet. A sentence or two will do.")

        async def asked(tx: Tx) -> Marked | Question:
            drill = await _theirs(tx, drill_id, press)
            return await self._marked(tx, drill, no) or await self._asked(tx, drill, no)

        found = await self._store.read(asked)
        if isinstance(found, Marked):
            return found
        question, text = found, text[:LONGEST_ANSWER]
        verdict = await self._assessor.assess(
            question, text, guild_id=press.guild_id, now=press.now
        )

        async def work(tx: Tx) -> Marked:
            drill = await _theirs(tx, drill_id, press)
            if before := await self._marked(tx, drill, no):
                return before
            await self._asked(tx, drill, no)
            attempt = replace(
                _attempt(drill, question, Mode.OPEN, press),
                answer=text,
                score=verdict.score,
                confidence=confidence,
                verdict=verdict,
            )
            return await self._take(tx, drill, question, attempt)

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
        today = await open_unanswered(tx, press.user_id, press.guild_id)
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
        return await self._sight(tx, drill, press.now)

    async def _sight(self, tx: Tx, drill: Drill, now: datetime) -> Sight:
        """Where a drill stands, past questions that have been retired since."""
        before = drill
        question: Question | None = None
        while (step := drill.step) and question is None:
            try:
                question = await self._shelf.get(tx, step.question_id, drill.guild_id)
            except NotFound:
                drill = without(drill, step.question_id, now)
        if drill != before:
            await tx.drills.save(drill)
        if question is not None:
            return Sight(drill, question)
        missed = [s.question_id for s, d in drill.answered if not (d.right or s.again)]
        known = [await self._known(tx, drill, question_id) for question_id in missed]
        due = await due_questions(tx, self._shelf, drill.user_id, drill.guild_id, now)
        return Sight(
            drill, None, tuple(q for q in known if q), len(due.questions), due.next_at
        )  # fmt: skip

    async def _known(self, tx: Tx, drill: Drill, question_id: str) -> Question | None:
        try:
            return await self._shelf.get(tx, question_id, drill.guild_id)
        except NotFound:
            return None

    async def _marked(self, tx: Tx, drill: Drill, no: int) -> Marked | None:
        """What came of a step, if it has been answered: a second press shows it again."""
        if not 0 <= no < drill.no:
            return None
        attempt = await tx.attempts.get(drill.done[no].attempt_id)
        question = await self._known(tx, drill, drill.steps[no].question_id)
        return Marked(drill, no, question, attempt) if attempt and question else None

    async def _asked(self, tx: Tx, drill: Drill, no: int) -> Question:
        step = drill.step
        if step is None:
            raise AlreadyDone("That drill is over; what you did counts. `/drill` starts another.")
        if no != drill.no:
            raise AlreadyDone("You have answered that one. `/drill` shows where you are.")
        return await self._shelf.get(tx, step.question_id, drill.guild_id)

    async def _take(self, tx: Tx, drill: Drill, question: Question, attempt: Attempt) -> Marked:
        if await study(tx, attempt) is None:
            raise AlreadyDone("That answer has been recorded already.")
        no = drill.no
        drill = went_on(drill, Done(attempt.id, attempt.score), attempt.at)
        await tx.drills.save(drill)
        return Marked(drill, no, question, attempt)


async def _theirs(tx: Tx, drill_id: int, press: Press) -> Drill:
    drill = await tx.drills.get(drill_id)
    if drill is None:
        raise NotFound(GONE)
    if drill.user_id != press.user_id:
        raise NotAllowed("This drill is somebody else's. `/drill` starts your own.")
    return drill


def _attempt(drill: Drill, question: Question, mode: Mode, press: Press) -> Attempt:
    return Attempt(
        id=press.id,
        user_id=press.user_id,
        guild_id=drill.guild_id or press.guild_id,
        post_id=None,
        question_id=question.id,
        topic=question.topic,
        origin=Origin(drill.kind.value),
        mode=mode,
        at=press.now,
        study_day=press.now.date(),
        score=0.0,
        points=0,
        scored=False,
    )
