"""Every number that the bank states and that can be computed, computed again."""

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.content import load_bank
from bot.domain.question import Question
from bot.settings import QUESTIONS

BANK: Final = load_bank(QUESTIONS)
NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
MINUS: Final = str.maketrans({"−": "-", "\u202f": " ", "\u00a0": " "})


def shown(question_id: str, phrase: str, value: float) -> None:
    """Assert that the question says `phrase`, and that its one number is `value` as printed."""
    texts = list(_texts(BANK.get(question_id)))
    assert any(phrase.translate(MINUS) in text for text in texts), f"nobody says {phrase!r}"
    (printed,) = NUMBER.findall(phrase)
    digits = printed.replace(",", "")
    assert abs(value - float(digits)) <= _half_a_unit(digits) * 1.0001, f"{value} is not {phrase}"


def _half_a_unit(digits: str) -> float:
    """Half of the last digit that was not rounded away: 500 for 154000, 0.05 for 2.8."""
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.split(".")[1])
    return 0.5 * 10.0 ** (len(digits) - len(digits.rstrip("0") or digits))


def _texts(question: Question) -> Iterator[str]:
    """Everything that people read of a question."""
    return _strings(question.model_dump(exclude={"id", "sources"}))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.translate(MINUS)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"cues", "cue"}:
                yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
