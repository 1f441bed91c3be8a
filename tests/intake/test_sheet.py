"""CSV: what becomes a question, and every refusal with its line."""

from pathlib import Path

import pytest

from bot.content import Fault
from bot.domain.question import Form, Question, Role
from bot.intake.found import Found
from bot.intake.sheet import NEEDED, OPTIONAL, read_sheet
from tests.intake.sheets import ROW, sheet

WIDE = (*NEEDED, *OPTIONAL)


def read(folder: Path, content: str | bytes) -> list[Found | Fault]:
    file = folder / "a.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_sheet(file))


def questions(found: list[Found | Fault]) -> list[Question]:
    assert all(isinstance(f, Found) for f in found), found
    return [f.question for f in found if isinstance(f, Found)]


def says(found: list[Found | Fault]) -> list[tuple[int, str, str]]:
    return [(f.line, f.question_id, f.says) for f in found if isinstance(f, Fault)]


def test_a_row_is_a_question_of_four_options(tmp_path: Path) -> None:
    (question,) = questions(read(tmp_path, sheet({})))
    assert (question.id, question.form) == ("bagging-and-bias", Form.CHOICE)
    assert (question.difficulty, question.seniority) == ("medium", "mid")
    assert question.roles == tuple(Role)
    assert {o.text: o.because for o in question.choice.options} == {
        "Cuts variance": "Errors that differ cancel.",
        "Cuts bias": "The average has the bias of each.",
        "Cuts both": "Bias is not averaged away.",
        "Neither": "Then nobody would do it.",
    }
    assert question.choice.options[question.choice.right].text == "Cuts variance"


def test_the_right_one_stands_anywhere(tmp_path: Path) -> None:
    rows = [{"title": f"Title {n}"} for n in range(40)]
    assert {q.choice.right for q in questions(read(tmp_path, sheet(*rows)))} == {0, 1, 2, 3}


def test_what_may_be_said_is_heard(tmp_path: Path) -> None:
    row = {
        "id": "my-own-name",
        "difficulty": "Hard",
        "seniority": "senior",
        "roles": "mle; ai-engineer",
    }
    (question,) = questions(read(tmp_path, sheet(row, columns=WIDE)))
    assert (question.id, question.difficulty, question.seniority) == (
        "my-own-name",
        "hard",
        "senior",
    )
    assert question.roles == (Role.MLE, Role.AI_ENGINEER)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_spreadsheets_write_csv_in_their_own_ways(
    tmp_path: Path, ending: str, separator: str
) -> None:
    row = {"title": "Über Bäume", "prompt": "Two lines:\n\nwhat, then; and how?"}
    text = "\ufeff" + sheet(row, separator=separator).replace("\n", ending)
    (question,) = questions(read(tmp_path, text))
    assert (question.id, question.title) == ("uber-baume", "Über Bäume")
    assert question.prompt == row["prompt"]


def test_lines_are_told_where_a_row_begins_though_cells_and_gaps_are_long(tmp_path: Path) -> None:
    long = {"prompt": "One\ntwo\nthree?", "title": "Long"}
    text = sheet(long) + "\n,,,\n" + sheet(long | {"topic": "tree"}).split("\n", 1)[1]
    found = read(tmp_path, text)
    assert [f.line for f in found] == [2, 7]
    assert says(found)[0][2].startswith("topic should be 'foundations'")


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("", 1, "these columns are missing: topic, title, prompt, right, wrong1"),
        ("topic,title\n", 1, "these columns are missing: prompt, right, wrong1"),
        (sheet(columns=(*NEEDED, "colour")), 1, "I don't know these columns: colour"),
        (sheet(columns=(*NEEDED, "")), 1, "I don't know these columns: one without a name"),
        (sheet(columns=(*NEEDED, "topic")), 1, "these columns are there twice: topic"),
        (sheet({}) + "one,two\n", 3, "has 2 cells where the first line has 11"),
        (sheet({}) + '"trees', 3, "is not readable CSV"),
        ((sheet({}) + "Bäume").encode("latin-1"), 3, "is not UTF-8 text"),
    ],
)
def test_a_sheet_that_is_none_is_told_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, told: str
) -> None:
    (fault,) = [f for f in read(tmp_path, content) if isinstance(f, Fault)]
    assert fault.file == "a.csv"
    assert fault.line == line
    assert fault.says.startswith(told)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"topic": "tree"}, "topic should be 'foundations'"),
        ({"title": "x" * 46}, "title String should have at most 45 characters"),
        ({"title": "?!"}, "title gives no id; add a column id"),
        ({"prompt": " "}, "prompt String should have at least 1 character"),
        ({"right": "x" * 161}, "right String should have at most 160 characters"),
        ({"because": ""}, "because String should have at least 1 character"),
        ({"wrong2": ""}, "wrong2 String should have at least 1 character"),
        ({"because3": "x" * 301}, "because3 String should have at most 300 characters"),
        ({"wrong1": "CUTS VARIANCE"}, "options: option text used twice: cuts variance"),
        ({"id": "Not An Id"}, "id String should match pattern"),
        ({"difficulty": "tricky"}, "difficulty should be 'easy'"),
        ({"roles": "mle janitor"}, "roles should be 'mle'"),
        ({"prompt": "=A1&B1"}, "prompt looks like a formula"),
        ({"wrong1": "-A1"}, "wrong1 looks like a formula"),
        ({"wrong1": "+SUM(B2)"}, "wrong1 looks like a formula"),
        ({"because": "#REF!"}, "because looks like a formula"),
        ({"title": "Bag\x07ging"}, "title holds an invisible character (U+0007)"),
        ({"title": "\u202egniggaB"}, "title holds an invisible character (U+202E)"),
        ({"title": "Bag\x00ging"}, "title holds an invisible character (U+0000)"),
    ],
)
def test_a_row_that_cannot_be_asked_is_told_by_its_column(
    tmp_path: Path, row: dict[str, str], told: str
) -> None:
    found = read(tmp_path, sheet(row, {"title": "Sound"}, columns=WIDE))
    ((line, _, why),) = says(found)
    assert (line, why[: len(told)]) == (2, told)
    assert [f.question.id for f in found if isinstance(f, Found)] == ["sound"]


@pytest.mark.parametrize("answer", ["-1", "-log p", "+0.5", "- log(p)", "#1", "x = 2", "–"])
def test_what_only_looks_a_little_like_a_formula_is_an_answer(tmp_path: Path, answer: str) -> None:
    questions(read(tmp_path, sheet({"wrong1": answer})))


def test_every_fault_of_every_row_is_told(tmp_path: Path) -> None:
    rows = [{"topic": "x", "title": "y" * 50}, {}, {"title": "B", "because": "=B", "right": "@B"}]
    assert [(line, why.split()[0]) for line, _, why in says(read(tmp_path, sheet(*rows)))] == [
        (2, "topic"),
        (2, "title"),
        (4, "right"),
        (4, "because"),
    ]
    assert set(ROW) == set(NEEDED)
