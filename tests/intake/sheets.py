"""Sheets for tests: a row has sane cells, so a test says only what it is about."""

import csv
from io import StringIO

from bot.intake.sheet import NEEDED

ROW = {
    "topic": "trees",
    "title": "Bagging and bias",
    "prompt": "Deep trees have little bias each. What does averaging 500 of them do?",
    "right": "Cuts variance",
    "because": "Errors that differ cancel.",
    "wrong1": "Cuts bias",
    "because1": "The average has the bias of each.",
    "wrong2": "Cuts both",
    "because2": "Bias is not averaged away.",
    "wrong3": "Neither",
    "because3": "Then nobody would do it.",
}


def sheet(*rows: dict[str, str], columns: tuple[str, ...] = NEEDED, separator: str = ",") -> str:
    """A CSV file with these rows, each of them `ROW` but for what it says."""
    written = StringIO()
    lines = csv.DictWriter(
        written, columns, delimiter=separator, extrasaction="ignore", lineterminator="\n"
    )
    lines.writeheader()
    lines.writerows(ROW | row for row in rows)
    return written.getvalue()
