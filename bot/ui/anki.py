"""Missed questions as a deck for Anki, by genanki (docs/decisions/0015)."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from html import escape
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.domain.question import Question
from bot.ui.text import LETTERS

DECK, NOTE_TYPE = 1_764_403_200, 1_764_403_201
"""For ever: by them Anki knows its deck and note type again at the next import."""
NAME = "Loopmate: missed questions"
FIELDS = ("Title", "Question", "Strong answer", "Key points", "Sources")
FRONT = '<div class="title">{{Title}}</div>{{Question}}'
BACK = (
    "{{FrontSide}}<hr id=answer>{{Strong answer}}"
    "{{#Key points}}<p>What it must say</p>{{Key points}}{{/Key points}}"
    '{{#Sources}}<div class="sources">{{Sources}}</div>{{/Sources}}'
)
STYLE = (
    ".card { font: 18px sans-serif; text-align: left; max-width: 40em; margin: auto; }"
    ".title { font-weight: bold; margin-bottom: .6em; }"
    "pre { font-size: 14px; white-space: pre-wrap; } .sources { font-size: 13px; opacity: .7; }"
)


def deck(questions: Sequence[Question], now: datetime) -> bytes:
    """An `.apkg` with a card a question. It takes a while: not for the event loop.

    A question's card keeps its identity, so that a second import renews it and its schedule stays.
    """
    import genanki  # type: ignore[import-untyped]  # noqa: PLC0415 - when somebody asks

    model = genanki.Model(
        NOTE_TYPE,
        "Loopmate question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Answer aloud", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    cards = genanki.Deck(DECK, NAME)
    for question in questions:
        cards.add_note(
            genanki.Note(
                model=model,
                fields=_fields(question),
                tags=[question.topic.value, question.difficulty.value],
                guid=genanki.guid_for("loopmate", question.id),
            )
        )
    return _packed(genanki.Package(cards), now)


def _packed(package: Any, now: datetime) -> bytes:  # noqa: ANN401 - genanki has no types
    """What its own `write_to_file` does, without the file that it forgets to delete."""
    stamp = now.timestamp()
    with closing(sqlite3.connect(":memory:")) as db:
        package.write_to_db(db.cursor(), stamp, count(int(stamp * 1000)))
        db.commit()
        collection = db.serialize()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", collection)
        archive.writestr("media", "{}")
    return out.getvalue()


def _fields(question: Question) -> list[str]:
    return [
        escape(question.title),
        _asked(question),
        _strong(question),
        _list(point.statement for point in question.key_points),
        escape("; ".join(question.sources)),
    ]


def _asked(question: Question) -> str:
    code = f"<pre>{escape(question.code.shown.rstrip())}</pre>" if question.code else ""
    if question.in_words:
        return _lines(question.prompt) + code
    options = (
        f"{letter} · {option.text}"
        for letter, option in zip(LETTERS, question.choice.options, strict=True)
    )
    return _lines(question.prompt) + code + _list(options)


def _strong(question: Question) -> str:
    if question.in_words:
        return _lines(question.strong_answer)
    right = question.choice.options[question.choice.right]
    return _lines(f"{LETTERS[question.choice.right]} · {right.text}\n{right.because}")


def _lines(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _list(items: Iterable[str]) -> str:
    inside = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""
