"""The bank: every question by id, and which one a group is asked next."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from bot.domain.errors import NotFound
from bot.domain.question import Difficulty, Question, Role, Seniority, Topic


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions somebody wants; an empty part leaves everything in."""

    topics: frozenset[Topic] = frozenset()
    difficulties: frozenset[Difficulty] = frozenset()
    seniorities: frozenset[Seniority] = frozenset()
    roles: frozenset[Role] = frozenset()

    def takes(self, question: Question) -> bool:
        """Whether the question is one of those wanted."""
        return (
            (not self.topics or question.topic in self.topics)
            and (not self.difficulties or question.difficulty in self.difficulties)
            and (not self.seniorities or question.seniority in self.seniorities)
            and (not self.roles or not self.roles.isdisjoint(question.roles))
        )


EVERYTHING = Selection()


class Bank:
    """All questions, in the order of their files; read when the first of them is asked for."""

    def __init__(self, read: Callable[[], Iterable[Question]]) -> None:
        self._read = read

    @classmethod
    def of(cls, questions: Iterable[Question]) -> "Bank":
        """The bank of these questions; a later one of the same id wins."""
        known = tuple(questions)
        return cls(lambda: known)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question by its id."""
        return {q.id: q for q in self._read()}

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.by_id.values())

    def get(self, question_id: str) -> Question:
        """That question.

        Raises:
            NotFound: it has been retired.
        """
        try:
            return self.by_id[question_id]
        except KeyError:
            raise NotFound("That question has been retired from the bank.") from None

    def in_words(self) -> "Bank":
        """The bank of those that can be answered in words."""
        return Bank.of(q for q in self if q.in_words)

    def matching(self, selection: Selection) -> list[Question]:
        """The questions of a selection, in the order of the bank."""
        return [q for q in self if selection.takes(q)]

    def pick(self, selection: Selection, asked: Collection[str], rng: Random) -> Question:
        """The next question for a group that was asked `asked`, oldest first.

        Nothing repeats until the selection is exhausted; then the half asked longest ago is
        drawn from, so that yesterday's question never comes back tomorrow.

        Raises:
            NotFound: no question fits the selection.
        """
        fitting = self.matching(selection)
        if not fitting:
            raise NotFound("No question fits that choice of topics and difficulty.")
        last = {question_id: at for at, question_id in enumerate(asked)}
        fresh = [q for q in fitting if q.id not in last]
        if not fresh:
            oldest = sorted(fitting, key=lambda q: last[q.id])
            fresh = oldest[: (len(oldest) + 1) // 2]
        return rng.choice(fresh)
