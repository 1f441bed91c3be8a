"""What was found in a file, before it is known whether it may come in."""

from dataclasses import dataclass

from bot.domain.question import Question


@dataclass(frozen=True, slots=True)
class Found:
    """A question that is sound by itself, and the line on which it begins."""

    line: int
    question: Question
