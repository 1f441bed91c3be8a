"""Somebody says that a question is not as it should be; it pings nobody and waits to be read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, NotFound
from bot.domain.question import Question
from bot.domain.report import LONGEST_REPORT, Reason, Report
from bot.domain.suggestion import is_own
from bot.services.answering import Answering
from bot.services.shelf import Shelf
from bot.store.port import Store, Tx

RECENT = 25
"""Questions that are offered to be reported."""
RETIRED = (
    "That question has been retired meanwhile, so nobody is asked it any more. Thank you for "
    "looking closely."
)


class Place(StrEnum):
    """Where somebody met the question; with an id, what a button remembers of it."""

    POST = "post"
    ATTEMPT = "attempt"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Met:
    """A question that may be reported, and in which guild it was met."""

    question: Question
    guild_id: int | None


class Reporting:
    """Reports."""

    def __init__(self, store: Store, bank: Bank, answering: Answering) -> None:
        self._store, self._shelf, self._answering = store, Shelf(bank), answering

    async def met(self, place: Place, key: str, user_id: int, guild_id: int | None) -> Met:
        """The question behind a button or a choice, if this person may see it.

        Raises:
            NotFound: it is gone, or of a server that is not theirs.
        """
        if place is Place.POST:
            asked = await self._answering.asked(key, user_id, guild_id)
            return Met(asked.question, asked.post.guild_id)
        if place is Place.ATTEMPT:
            outcome = await self._answering.outcome(int(key), user_id)
            return Met(outcome.question, outcome.attempt.guild_id)
        try:
            question = await self._store.read(lambda tx: self._shelf.get(tx, key, guild_id))
        except NotFound:
            raise NotFound("I don't know that question. Choose one from the list.") from None
        return Met(question, guild_id)

    async def report(
        self, met: Met, user_id: int, reason: Reason, text: str, now: datetime
    ) -> bool:
        """Keep a report; whether it is the person's first on that question.

        Raises:
            AlreadyDone: it has been retired meanwhile, and no editor looks at it again.
        """
        question = met.question
        report = Report(
            user_id=user_id,
            question_id=question.id,
            guild_id=met.guild_id if is_own(question.id) else None,
            question_hash=question.hash,
            at=now,
            reason=reason,
            text=text.strip()[:LONGEST_REPORT],
        )

        async def work(tx: Tx) -> bool:
            try:
                await self._shelf.get(tx, question.id, report.guild_id, to_ask=True)
            except NotFound:
                raise AlreadyDone(RETIRED) from None
            return await tx.reports.save(report)

        return await self._store.write(work)

    async def recent(self, user_id: int, guild_id: int, typed: str = "") -> list[Question]:
        """Questions that were asked here or answered by them lately, the latest first."""
        wanted = typed.strip().casefold()

        async def work(tx: Tx) -> list[Question]:
            asked = reversed(await tx.posts.asked(guild_id))
            answered = [a.question_id for a in await tx.attempts.latest(user_id, RECENT)]
            found: list[Question] = []
            for question_id in dict.fromkeys([*asked, *answered]):
                try:
                    question = await self._shelf.get(tx, question_id, guild_id, to_ask=True)
                except NotFound:
                    continue
                if wanted in question.title.casefold():
                    found.append(question)
            return found[:RECENT]

        return await self._store.read(work)
