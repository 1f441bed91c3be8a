"""Labelled answers: those of `tests/answers`, and those of a set with key points of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.bank import Bank
from bot.domain.errors import Trouble
from bot.domain.question import Question

LEVELS: Final = ("strong", "partial", "definition-only", "wrong", "stuffed")


class BadAnswers(Trouble):
    """A file of labelled answers cannot be read; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer, how good it is, and what its author says it covers."""

    question: Question
    level: str
    text: str
    covers: frozenset[str]
    half: frozenset[str]
    """Hinted at or half said: any state but contradicted is right."""
    contradicts: frozenset[str]
    known: frozenset[str]
    """Key points of the bank's question that the labels speak about."""

    @property
    def complete(self) -> bool:
        """Whether the labels speak about every key point of the question."""
        return len(self.known) == len(self.question.key_points)


def read_labelled(bank: Bank, paths: Iterable[Path]) -> list[Labelled]:
    """The answers of these files to questions that the bank has.

    Raises:
        BadAnswers: a file cannot be read, or is of neither shape.
    """
    found: list[Labelled] = []
    for path in paths:
        try:
            groups = yaml.safe_load(path.read_text("utf-8"))
            found += _answers(bank, groups)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
            raise BadAnswers(f"{path} cannot be read: {fault}") from fault
        except (KeyError, TypeError, AttributeError) as fault:
            raise BadAnswers(f"{path} is no file of labelled answers: {fault!r}") from fault
    return found


def _answers(bank: Bank, groups: Iterable[dict[str, Any]]) -> Iterator[Labelled]:
    for group in groups:
        question = bank.by_id.get(group.get("question_id") or group["id"])
        if question is None:
            continue
        ids = frozenset(p.id for p in question.key_points)
        for answer in group["answers"]:
            yield Labelled(
                question=question,
                level=answer["level"],
                text=answer["text"],
                covers=frozenset(answer.get("covers") or ()) & ids,
                half=frozenset(answer.get("half") or ()) & ids,
                contradicts=frozenset(answer.get("contradicts") or ()) & ids,
                known=ids & frozenset(group.get("key_points", ids)),
            )
