"""The steps of a drill, answered: by an option, or in words."""

from dataclasses import dataclass, replace

from bot.domain.attempt import LONGEST_ANSWER, Attempt, Mode, Origin, choice_score
from bot.domain.bank import Bank
from bot.domain.drill import Done, Drill, Step, layout, went_on
from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.question import Question
from bot.domain.verdict import Assessor
from bot.services.answering import Press
from bot.services.drill import asked, known_question, theirs
from bot.services.shelf import Shelf
from bot.services.studying import study
from bot.store.port import Store, Tx


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


class Steps:
    """Answers within drills and reviews."""

    def __init__(self, store: Store, bank: Bank, assessor: Assessor) -> None:
        self._store, self._shelf, self._assessor = store, Shelf(bank), assessor

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
            drill = await theirs(tx, drill_id, press)
            if before := await self._marked(tx, drill, no):
                return before
            question = await self._asked(tx, drill, no, press)
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
            return await self._asked(tx, await theirs(tx, drill_id, press), no, press)

        return await self._store.read(work)

    async def write(
        self, drill_id: int, no: int, text: str, confidence: float | None, press: Press
    ) -> Marked:
        """Assess and record a step answered in words; handed in twice, it says how.

        Raises:
            Invalid: there is nothing to assess.
            AlreadyDone: it has been answered with other words, or the drill is over.
            NotFound, NotAllowed: as for `choose`.
        """
        if not any(character.isalnum() for character in text):
            raise Invalid("There are no words in that answer yet. A sentence or two will do.")

        async def opened(tx: Tx) -> Marked | Question:
            drill = await theirs(tx, drill_id, press)
            return await self._marked(tx, drill, no) or await self._asked(tx, drill, no, press)

        found, text = await self._store.read(opened), text[:LONGEST_ANSWER]
        if isinstance(found, Marked):
            return _the_same(found, text)
        question = found
        verdict = await self._assessor.assess(
            question, text, guild_id=press.guild_id, now=press.now
        )

        async def work(tx: Tx) -> Marked:
            drill = await theirs(tx, drill_id, press)
            if before := await self._marked(tx, drill, no):
                return _the_same(before, text)
            await self._asked(tx, drill, no, press)
            attempt = replace(
                _attempt(drill, question, Mode.OPEN, press),
                answer=text,
                score=verdict.score,
                confidence=confidence,
                verdict=verdict,
            )
            return await self._take(tx, drill, question, attempt)

        return await self._store.write(work)

    async def _marked(self, tx: Tx, drill: Drill, no: int) -> Marked | None:
        """What came of a step, if it has been answered: a second press shows it again."""
        if not 0 <= no < drill.no:
            return None
        attempt = await tx.attempts.get(drill.done[no].attempt_id)
        question = await known_question(tx, self._shelf, drill, drill.steps[no].question_id)
        return Marked(drill, no, question, attempt) if attempt and question else None

    async def _asked(self, tx: Tx, drill: Drill, no: int, press: Press) -> Question:
        step, kind = drill.step, drill.kind
        if step is None:
            over = f"That {kind} is over; what you did counts."
            raise AlreadyDone(f"{over} `/{kind}` starts another.")
        if no != drill.no:
            raise AlreadyDone(f"You have answered that one. `/{kind}` shows where you are.")
        return await asked(tx, self._shelf, drill, step, press)

    async def _take(self, tx: Tx, drill: Drill, question: Question, attempt: Attempt) -> Marked:
        if await study(tx, attempt) is None:
            raise AlreadyDone("That answer has been recorded already.")
        no = drill.no
        drill = went_on(drill, Done(attempt.id, attempt.score), attempt.at)
        await tx.drills.save(drill)
        return Marked(drill, no, question, attempt)


def _the_same(before: Marked, text: str) -> Marked:
    """What came of that answer; another one is handed back, not passed over in silence.

    Raises:
        AlreadyDone: the step has been answered with other words.
    """
    if before.attempt.answer != text:
        raise AlreadyDone("You have answered that one, and the first answer counts.")
    return before


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
