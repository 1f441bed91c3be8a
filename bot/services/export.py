"""What somebody takes along: the questions they missed, and every answer they gave."""

from contextlib import suppress
from dataclasses import dataclass

from bot.domain.attempt import Attempt
from bot.domain.bank import Bank
from bot.domain.errors import NotFound
from bot.domain.memory import SHAKY
from bot.domain.question import Question
from bot.services.shelf import Shelf
from bot.services.waiting import waiting
from bot.store.port import Store, Tx

NOTHING_YET = "You have not answered anything yet. `/today` has a question for you."
MOST_ANSWERS = 20_000
"""Rows of one file; some megabytes, and more than anybody answers in years."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer with its question, or without where that is gone."""

    attempt: Attempt
    question: Question | None


class Export:
    """Files for other programs."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def missed(self, user_id: int) -> list[Question]:
        """The questions whose last answer was not good enough, the worst first.

        Not the one that is open to them unanswered: a card shows its strong answer.

        Raises:
            NotFound: there is none.
        """

        async def work(tx: Tx) -> tuple[bool, list[Question]]:
            lasts = await tx.preparations.lasts(user_id)
            closed = await waiting(tx, user_id)
            found = []
            for last in lasts:
                if last.score < SHAKY and last.question_id not in closed:
                    key = (last.question_id, last.guild_id)
                    with suppress(NotFound):  # retired since
                        found.append(await self._shelf.get(tx, *key, to_ask=True))
            return bool(lasts), found

        answered, found = await self._store.read(work)
        if found:
            return found
        if answered:
            raise NotFound(
                "Nothing to put on cards: your last answer to every question was good. "
                "`/export csv` has all your answers."
            )
        raise NotFound(NOTHING_YET)

    async def answers(self, user_id: int) -> list[Answered]:
        """Their answers, the latest first.

        Raises:
            NotFound: there are none.
        """

        async def work(tx: Tx) -> list[Answered]:
            found: dict[tuple[str, int | None], Question | None] = {}
            answers = await tx.attempts.latest(user_id, MOST_ANSWERS)
            for attempt in answers:
                key = (attempt.question_id, attempt.guild_id)
                if key not in found:
                    found[key] = None
                    with suppress(NotFound):
                        found[key] = await self._shelf.get(tx, *key)
            return [Answered(a, found[a.question_id, a.guild_id]) for a in answers]

        answers = await self._store.read(work)
        if not answers:
            raise NotFound(NOTHING_YET)
        return answers
