"""Files that people take along, and the words beside them."""

import csv
import json
from codecs import BOM_UTF8
from collections.abc import Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.services.export import MOST_ANSWERS, Answered
from bot.ui.text import LETTERS, counted

COLUMNS = (
    "answered at (UTC)", "question", "title", "topic", "round", "difficulty", "asked in",
    "answered by", "score of 100", "sure, of 100", "answer",
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula and runs it (OWASP's list)."""


def table(answers: Sequence[Answered], room: int) -> tuple[bytes, int]:
    """Their answers as CSV that a spreadsheet opens as it is, and how many of them fit into it.

    Args:
        answers: the latest first.
        room: bytes that Discord takes as one file.
    """
    made = bytearray(BOM_UTF8 + _line(COLUMNS))  # without the mark Excel reads it as Latin-1
    for rows, answered in enumerate(answers):
        line = _line([_harmless(cell) for cell in _row(answered)])
        if len(made) + len(line) > room:
            return bytes(made), rows
        made += line
    return bytes(made), len(answers)


def held(what: object, room: int) -> tuple[bytes, str]:
    """All that is held about somebody as a file, and its name: packed where it would not fit."""
    text = json.dumps(what, indent=2, ensure_ascii=False).encode()
    if len(text) <= room:
        return text, "loopmate.json"
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("loopmate.json", text)
    return out.getvalue(), "loopmate.zip"


def _line(cells: Sequence[str]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _row(answered: Answered) -> list[str]:
    attempt, question = answered.attempt, answered.question
    sure = "" if attempt.confidence is None else str(round(100 * attempt.confidence))
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
        attempt.answer or _picked(answered),
    ]


def _picked(answered: Answered) -> str:
    """The option in its words: a drill shows options in another order each time."""
    choice, question = answered.attempt.choice, answered.question
    if choice is None:
        return ""
    return question.choice.options[choice].text if question else LETTERS[choice]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def deck_said(cards: int) -> str:
    """Beside the deck."""
    return (
        f"{counted(cards, 'card')} of questions you missed, with key points and a strong answer. "
        "Open the file with Anki; importing a later one renews the cards and keeps their schedule."
    )


def table_said(rows: int, found: int) -> str:
    """Beside the table, which holds so many rows of what was found."""
    if rows < found or found == MOST_ANSWERS:
        return f"Your last {rows:,} answers, the latest first. `/privacy export` has all of them."
    return f"All you have answered, the latest first: {counted(rows, 'row')}."
