"""What a person is about to forget, and when the next of it comes."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.bank import Bank
from bot.domain.errors import NotFound
from bot.domain.local_time import zone
from bot.domain.memory import recall
from bot.domain.person import Person
from bot.domain.question import Question
from bot.domain.streak import day_ends_at
from bot.services.shelf import Shelf
from bot.services.streaks import zone_of
from bot.services.waiting import waiting
from bot.store.port import Store, Tx


@dataclass(frozen=True, slots=True)
class Due:
    """What is due until the study day ends."""

    questions: tuple[Question, ...]
    """The most forgotten first."""
    recalls: tuple[float, ...]
    """How likely each of them is remembered now, 0..1."""
    next_at: datetime | None
    """When something will be due that is not yet."""

    @property
    def nothing(self) -> str:
        """Why there is nothing to review, and what to do instead."""
        if self.next_at is None:
            return "You have nothing to review yet. `/drill` has questions that will come back."
        when = f"<t:{int(self.next_at.timestamp())}:R>"
        return f"Nothing is due just now; the next question comes back {when}. `/drill` has more."


class Dues:
    """What is due, looked up."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def of(self, user_id: int, guild_id: int | None, now: datetime) -> Due:
        """What is due for a person today."""
        return await self._store.read(
            lambda tx: due_questions(tx, self._shelf, user_id, guild_id, now)
        )


async def due_questions(
    tx: Tx, shelf: Shelf, user_id: int, guild_id: int | None, now: datetime
) -> Due:
    """What is due until this person's study day ends; a daily bot cares for days, not hours.

    A question that stands open as today's and unanswered waits until it is answered there.
    """
    person = await tx.persons.get(user_id) or Person(user_id)
    tz = zone(await zone_of(tx, person, guild_id))
    until = day_ends_at(now, tz)
    today = await waiting(tx, user_id, guild_id)
    found: list[Question] = []
    recalls: list[float] = []
    for question_id, card in await tx.memory.due(user_id, now, until):
        try:
            question = await shelf.get(tx, question_id, guild_id, to_ask=True)
        except NotFound:  # retired, or of a group that is not this one
            continue
        if question.id not in today:
            found.append(question)
            recalls.append(recall(card, now))
    return Due(tuple(found), tuple(recalls), await tx.memory.next_due_at(user_id, until))
