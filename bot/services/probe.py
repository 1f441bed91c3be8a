"""Follow-ups: a ladder of probes on one answer, which can be left and taken up again."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.attempt import LONGEST_ANSWER
from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.local_time import zone
from bot.domain.probe import Ladder, Pressure, Rung, next_probe, pressure
from bot.domain.question import Probe, Question
from bot.domain.suggestion import is_own
from bot.services.streaks import person_of, studied, zone_of
from bot.store.port import Store, Tx

LATEST = 20
"""Answers among which the last one with follow-ups is looked for."""


@dataclass(frozen=True, slots=True)
class Climb:
    """A ladder as somebody sees it: where they stand and what is asked next."""

    ladder: Ladder
    question: Question
    next: Probe | None
    pressure: Pressure


class Probing:
    """Ladders of probes."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._bank = store, bank

    async def follow_up(
        self, attempt_id: int, user_id: int, ladder_id: int, now: datetime
    ) -> Climb:
        """The ladder on one answer: taken up where it was left, else begun.

        Raises:
            NotFound: the answer is gone, somebody else's, or its question has been retired.
        """

        async def work(tx: Tx) -> Ladder:
            attempt = await tx.attempts.get(attempt_id)
            if attempt is None or attempt.user_id != user_id:
                raise NotFound("That answer is not here any more.")
            if left := await tx.ladders.on_attempt(attempt_id):
                return left
            self._probed(attempt.question_id)
            ladder = Ladder(
                ladder_id, user_id, attempt.guild_id, attempt.question_id, now, attempt.verdict
            )
            await tx.ladders.insert(ladder, attempt_id)
            return ladder

        return self._climb(await self._store.write(work))

    async def begin(
        self,
        typed: str,
        user_id: int,
        guild_id: int | None,
        ladder_id: int,
        now: datetime,
        *,
        public: bool = False,
    ) -> Climb:
        """A ladder on a question, by id or title, without an answer to begin with.

        Raises:
            NotFound: there is no such question.
        """
        question = self._bank.by_id.get(typed) or next(iter(self.questions(typed, 1)), None)
        if question is None or not question.in_words:
            raise NotFound(
                "I don't know that question. Type a word of it and choose one from the list."
            )
        ladder = Ladder(ladder_id, user_id, guild_id, question.id, now, None, public=public)
        await self._store.write(lambda tx: tx.ladders.insert(ladder, None))
        return self._climb(ladder)

    async def on_last_answer(self, user_id: int, ladder_id: int, now: datetime) -> Climb:
        """The ladder on the person's last answer to a question that has follow-ups.

        Raises:
            NotFound: there is none.
        """
        latest = await self._store.read(lambda tx: tx.attempts.latest(user_id, LATEST))
        if not latest:
            raise NotFound("You have not answered anything yet. `/today` has a question for you.")
        probed = (a for a in latest if (q := self._bank.by_id.get(a.question_id)) and q.in_words)
        last = next(probed, latest[0])
        return await self.follow_up(last.id, user_id, ladder_id, now)

    async def look(self, ladder_id: int, user_id: int) -> Climb:
        """Where a ladder stands.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is somebody else's.
        """
        ladder = await self._store.read(lambda tx: tx.ladders.get(ladder_id))
        return self._climb(_theirs(ladder, user_id))

    async def to_reply(self, ladder_id: int, user_id: int, probe_id: str) -> Probe:
        """The follow-up that somebody is about to reply to, or the one now in its place.

        Raises:
            NotFound: it is gone, or that follow-up has been replied to.
            NotAllowed: it is somebody else's.
        """
        climb = await self.look(ladder_id, user_id)
        if climb.next is None or probe_id in climb.ladder.asked:
            raise NotFound("You have replied to that one. My latest message has what comes next.")
        return climb.next

    async def solved(self, ladder_id: int, user_id: int) -> Climb:
        """Where a ladder stands, for somebody who may see the strong answer.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is somebody else's, or its question is open to them unanswered.
        """

        async def work(tx: Tx) -> Ladder:
            ladder = _theirs(await tx.ladders.get(ladder_id), user_id)
            places = {*await tx.rollups.guilds_of(user_id), ladder.guild_id}
            for place in places - {None}:
                post = await tx.posts.current(place or 0)
                asked = post is not None and post.question_id == ladder.question_id
                if post and asked and await tx.attempts.scored(post.id, user_id) is None:
                    raise NotAllowed("That is today's question. Answer it first: `/today` has it.")
            return ladder

        return self._climb(await self._store.read(work))

    async def reply(
        self, ladder_id: int, probe_id: str, user_id: int, text: str, now: datetime
    ) -> Climb:
        """Assess and record a reply to one probe.

        Raises:
            Invalid: there is nothing to assess.
            AlreadyDone: that probe has been replied to.
            NotFound: the ladder or the probe is gone.
            NotAllowed: the ladder is somebody else's.
        """
        if not any(character.isalnum() for character in text):
            raise Invalid("There are no words in that reply yet. A sentence or two will do.")
        from bot.domain.rubric import assess, assess_probe  # noqa: PLC0415 - not for the start

        text = text[:LONGEST_ANSWER]
        question = (await self.look(ladder_id, user_id)).question
        probe = _probe(question, probe_id)
        rung = Rung(probe_id, text, assess_probe(probe, question, text), assess(question, text))

        async def work(tx: Tx) -> Ladder:
            ladder = _theirs(await tx.ladders.get(ladder_id), user_id)
            if probe_id in ladder.asked:
                raise AlreadyDone(
                    "You have replied to that one; the follow-ups went on from there."
                )
            climbed = ladder.climbed(rung)
            await tx.ladders.save(climbed)
            person = await person_of(tx, user_id, ladder.guild_id)
            tz = zone(await zone_of(tx, person, ladder.guild_id))
            await studied(tx, person, tz, now, post=False)
            return climbed

        return self._climb(await self._store.write(work))

    def questions(self, typed: str, most: int = 25) -> list[Question]:
        """Questions whose title or id holds what was typed, in the order of the bank.

        Those that have follow-ups, that is: a choice has none, nor has any group's own question.
        """
        wanted = typed.strip().casefold()
        fits = (q for q in self._bank if wanted in q.title.casefold() or wanted in q.id)
        return [q for q in fits if q.in_words][:most]

    def _probed(self, question_id: str) -> Question:
        """That question, if it has follow-ups.

        Raises:
            NotFound: it has been retired, or has four options and no more.
        """
        question = None if is_own(question_id) else self._bank.get(question_id)
        if question is None or not question.in_words:
            raise NotFound("That question has four options and no follow-ups.")
        return question

    def _climb(self, ladder: Ladder) -> Climb:
        question = self._probed(ladder.question_id)
        return Climb(ladder, question, next_probe(question, ladder), pressure(question, ladder))


def _theirs(ladder: Ladder | None, user_id: int) -> Ladder:
    if ladder is None:
        raise NotFound("Those follow-ups are not here any more. `/probe` starts new ones.")
    if ladder.user_id != user_id:
        raise NotAllowed("These follow-ups are somebody else's. `/probe` starts your own.")
    return ladder


def _probe(question: Question, probe_id: str) -> Probe:
    found = next((p for p in question.probes if p.id == probe_id), None)
    if found is None:
        raise NotFound("That follow-up has been retired. `/probe` starts with today's.")
    return found
