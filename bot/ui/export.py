"""Files that people take along, and the words beside them."""

import csv
from collections.abc import Sequence
from io import StringIO

from bot.services.export import MOST_ANSWERS, Answered
from bot.ui.text import LETTERS, counted

COLUMNS = (
    "answered at (UTC)", "question", "title", "topic", "round", "difficulty", "asked in",
    "answered by", "score of 100", "sure, of 100", "answer",
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula and runs it (OWASP's list)."""


def table(answers: Sequence[Answered]) -> bytes:
    """Their answers as CSV that a spreadsheet opens as it is."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _row(answered)] for answered in answers)
    return out.getvalue().encode("utf-8-sig")  # without the mark Excel reads it as Latin-1


def _row(answered: Answered) -> list[str]:
    attempt, question = answered.attempt, answered.question
    sure = "" if attempt.confidence is None else str(round(100 * attempt.confidence))
    picked = "" if attempt.choice is None else LETTERS[attempt.choice]
    return [
        f"{attempt.at:%Y-%m-%d %H:%M:%S}",
        attempt.question_id,
        question.title if question else "",
        attempt.topic,
        question.round.value if question else "",
        question.difficulty.value if question else "",
        attempt.origin.value,
        attempt.mode.value,
        str(round(100 * attempt.score)),
        sure,
        attempt.answer or picked,
    ]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def deck_said(cards: int) -> str:
    """Beside the deck."""
    return (
        f"{counted(cards, 'card')} of questions you missed, with key points and a strong answer. "
        "Open the file with Anki; importing a later one renews the cards and keeps their schedule."
    )


def table_said(rows: int) -> str:
    """Beside the table."""
    if rows == MOST_ANSWERS:
        return f"Your last {rows:,} answers, the latest first. `/privacy export` has all of them."
    return f"All you have answered, the latest first: {counted(rows, 'row')}."
