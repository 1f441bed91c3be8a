"""The files that people take along open in what they are for."""

import csv
import json
import sqlite3
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.domain.question import Question
from bot.services.export import Answered
from bot.ui.anki import DECK, deck
from bot.ui.export import COLUMNS, held, table, table_said
from tests.domain.questions import make_choice, make_question
from tests.store.samples import NOON, practice

MUCH = 10**7
NASTY = make_choice("own-1", title="<b>bold</b> & more", prompt="Is a<b ? <script>x</script>")


def rows(made: bytes, tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    """What is in the collection of an `.apkg`, read as Anki reads it: from a file."""
    with ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read("media")) == {}
        path = Path(archive.extract("collection.anki2", tmp_path))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return db.execute(query).fetchall()


def test_the_deck_is_a_collection_with_a_card_a_question(tmp_path: Path):
    made = deck([make_question("alerts"), NASTY], NOON)
    notes = rows(made, tmp_path, "SELECT id, flds, tags FROM notes ORDER BY id")
    cards = rows(made, tmp_path, "SELECT nid, did FROM cards ORDER BY nid")
    assert [card[0] for card in cards] == [note[0] for note in notes]
    assert {card[1] for card in cards} == {DECK}
    title, _asked, strong, points, _sources = str(notes[0][1]).split("\x1f")
    question = make_question("alerts")
    assert title == question.title
    assert question.strong_answer in strong
    assert points.count("<li>") == len(question.key_points)
    assert "evaluation" in str(notes[0][2])
    ((models,),) = rows(made, tmp_path, "SELECT models FROM col")
    assert "Key points" in str(models)


def test_what_a_member_wrote_cannot_format_a_card(tmp_path: Path):
    ((fields,),) = rows(deck([NASTY], NOON), tmp_path, "SELECT flds FROM notes")
    title, asked, strong, points, _ = str(fields).split("\x1f")
    assert title == "&lt;b&gt;bold&lt;/b&gt; &amp; more"
    assert "<script" not in asked
    assert asked.count("<li>") == 4
    assert "B · Option two" in strong
    assert points == ""


def test_the_same_question_is_the_same_card_at_the_next_import(tmp_path: Path):
    guid = "SELECT guid FROM notes"
    revised: Question = make_question("alerts", title="Put another way")
    assert rows(deck([make_question("alerts")], NOON), tmp_path, guid) == rows(
        deck([revised], NOON), tmp_path, guid
    )
    assert deck([revised], NOON)[:4] == b"PK\x03\x04"


def test_the_table_opens_as_a_table_and_runs_nothing():
    question = make_question("alerts")
    made, count = table(
        [
            Answered(practice(2, answer='=HYPERLINK("x"), say\nmore', confidence=0.8), question),
            Answered(practice(3, choice=2), question),
            Answered(practice(1, choice=2, question_id="gone"), None),
        ],
        MUCH,
    )
    assert count == 3
    head, first, picked, second = csv.reader(StringIO(made.decode("utf-8-sig"), newline=""))
    assert head == list(COLUMNS)
    assert dict(zip(head, first, strict=True)) == {
        "answered at (UTC)": "2026-03-02 12:00:00", "question": "leak", "title": question.title,
        "topic": "evaluation", "round": "theory", "difficulty": "medium", "asked in": "practice",
        "answered by": "open", "score of 100": "50", "sure, of 100": "80",
        "answer": "'=HYPERLINK(\"x\"), say\nmore",
    }  # fmt: skip
    assert picked[-1] == "Option three", "its letter would be another one in every drill"
    assert (second[1], second[2], second[-1]) == ("gone", "", "C")


def test_a_table_ends_where_discord_would_not_take_it():
    answers = [Answered(practice(number, answer="ü" * 4000), None) for number in range(5)]
    whole, count = table(answers, MUCH)
    assert count == 5
    short, count = table(answers, len(whole) - 1)
    assert count == 4
    assert whole.startswith(short)
    assert table_said(4, 5).startswith("Your last 4 answers")
    assert table_said(5, 5).startswith("All you have answered")


def test_what_is_held_is_packed_where_discord_would_not_take_it():
    found = {"attempt": [{"answer": "word " * 1000}]}
    text, name = held(found, MUCH)
    assert (json.loads(text), name) == (found, "loopmate.json")
    packed, name = held(found, 1000)
    assert name == "loopmate.zip"
    assert len(packed) < 1000
    assert json.loads(ZipFile(BytesIO(packed)).read("loopmate.json")) == found


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_no_cell_is_run_as_a_formula(begins: str):
    made, _ = table([Answered(practice(1, answer=f"{begins}1+1"), None)], MUCH)
    *_, answer = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))[1]
    assert answer == f"'{begins}1+1"
