"""`loopmate bank import`: all or nothing, nothing twice, and whole files whatever happens."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
import yaml

from bot.content import load_bank
from bot.domain.bank import Bank
from bot.intake.admission import CannotImport, admitted, bank_in
from bot.intake.command import bring_in
from bot.intake.files import NotWritten, file_of, write_all
from bot.settings import QUESTIONS
from tests.conftest import BANK
from tests.domain.questions import make_choice, make_question
from tests.intake.sheets import sheet

ROOT = Path(__file__).resolve().parents[2]
WORDS = sorted(set(re.findall(r"[a-z]{4,}", (ROOT / "questions/README.md").read_text("utf-8"))))


def rows(count: int) -> list[dict[str, str]]:
    """Rows that have little in common but their options."""
    rng = Random(1)
    return [
        {"title": f"Number {n}", "prompt": " ".join(rng.sample(WORDS, 14))} for n in range(count)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of one question, in a folder of its own."""
    folder = tmp_path / "questions"
    write_all(
        folder, [make_choice("there-already", prompt="Is this one here, or is it elsewhere?")]
    )
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def a_file(folder: Path, content: str, name: str = "a.csv") -> Path:
    file = folder.parent / name
    file.write_text(content, "utf-8")
    return file


def test_a_sheet_becomes_a_file_for_each_question(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_file(folder, sheet({}, {"title": "Other", "topic": "data", "prompt": "Which, why?"}))
    assert bring_in(file, folder, skip_refused=False) == 0
    assert names(folder) == {
        "evaluation/there-already.yaml",
        "trees/bagging-and-bias.yaml",
        "data/other.yaml",
    }
    assert len(load_bank(folder)) == 3
    assert "Imported 2 questions" in capsys.readouterr().out


def test_a_new_bank_may_begin_with_a_sheet(tmp_path: Path) -> None:
    file = a_file(tmp_path / "new", sheet({}))
    bring_in(file, tmp_path / "new", skip_refused=False)
    assert [q.id for q in load_bank(tmp_path / "new")] == ["bagging-and-bias"]


def test_any_refusal_means_that_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_file(folder, sheet({}, {"title": "B", "topic": "x"}))
    before = names(folder)
    with pytest.raises(CannotImport, match=r"1 fault, so nothing .* would import 1\."):
        bring_in(file, folder, skip_refused=False)
    assert names(folder) == before
    assert capsys.readouterr().out.startswith("a.csv:3: b: topic should be")
    assert bring_in(file, folder, skip_refused=True) == 0
    assert names(folder) - before == {"trees/bagging-and-bias.yaml"}


def test_what_is_there_is_not_imported_again(folder: Path) -> None:
    file = a_file(folder, sheet({}))
    bring_in(file, folder, skip_refused=False)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    with pytest.raises(CannotImport, match="nothing was written"):
        bring_in(file, folder, skip_refused=False)
    with pytest.raises(CannotImport, match="no question that could be imported"):
        bring_in(file, folder, skip_refused=True)
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_each_reason_against_a_sound_question_is_told(tmp_path: Path) -> None:
    bank = Bank.of([make_choice("taken"), make_question("alerts")])
    same = make_question().prompt
    twice = {
        "title": "Twice",
        "prompt": "What is it that stands here twice in one and the same file?",
    }
    columns = (*sheet().strip().split(","), "id")
    content = sheet(
        {"id": "taken"},
        {"id": "own-1", "prompt": "Whose is the question that begins with these letters?"},
        {"id": "again", "prompt": same},
        twice,
        twice,
        twice | {"id": "thrice"},
        {"title": "Fine", "prompt": "How would you tell a drifting feature from a broken sensor?"},
        columns=columns,
    )
    welcome, faults = admitted(a_file(tmp_path / "x", content), bank)
    assert [q.id for q in welcome] == ["fine"]
    assert [(f.line, f.question_id, f.says) for f in faults] == [
        (2, "taken", "this id is in the bank already"),
        (3, "own-1", "begins like those of servers' own questions"),
        (4, "again", "asks nearly the same as alerts"),
        (6, "twice", "this id stands in the file twice"),
        (7, "thrice", "asks nearly the same as twice"),
    ]


def test_yaml_of_our_own_schema_comes_in_with_its_rubric(folder: Path) -> None:
    shipped = load_bank(QUESTIONS)
    some = [q for q in shipped if q.topic == "trees"][:3]
    questions = [q.model_dump(mode="json", exclude={"topic"}, exclude_none=True) for q in some]
    content = yaml.safe_dump({"version": 1, "topic": "trees", "questions": questions})
    bring_in(a_file(folder, content, "many.yaml"), folder, skip_refused=False)
    bank = load_bank(folder)
    assert [bank.get(q.id) for q in some] == some
    with pytest.raises(CannotImport, match="3 faults"):
        bring_in(a_file(folder, content, "many.yaml"), folder, skip_refused=False)


def test_yaml_is_refused_with_the_line_of_its_question(tmp_path: Path) -> None:
    content = (BANK / "evaluation.yaml").read_text("utf-8")
    bank = load_bank(BANK)
    file = a_file(tmp_path / "x", content, "again.yml")
    welcome, faults = admitted(file, bank)
    assert welcome == []
    ids = [n for n, line in enumerate(content.splitlines(), 1) if line.startswith("  - id: ")]
    assert [(f.line, f.says) for f in faults] == [
        (line, "this id is in the bank already") for line in ids
    ]
    broken = a_file(tmp_path / "x", content.replace("threshold|", "threshold||", 1), "broken.yaml")
    welcome, faults = admitted(broken, Bank.of(()))
    assert faults[0].question_id == "alerts-500"
    assert "key_points" in faults[0].says
    assert "alerts-500" not in {q.id for q in welcome}


@pytest.mark.parametrize(
    ("name", "says"), [("none.csv", "There is no file"), ("a.txt", "neither YAML")]
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(CannotImport, match=says):
        admitted(tmp_path / name, Bank.of(()))


def test_everything_we_ship_would_be_read_as_it_is_written(tmp_path: Path) -> None:
    shipped = load_bank(QUESTIONS)
    write_all(tmp_path, list(shipped))
    assert load_bank(tmp_path).by_id == shipped.by_id


@pytest.mark.parametrize("text", ["a: b # c", "- x", "'", "yes", "1", "{x}", "x" * 90 + " \\n: y"])
def test_texts_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    question = make_choice(prompt=text, title=text[:45])
    assert "yaml-language-server" in file_of(question)
    write_all(tmp_path, [question])
    assert list(load_bank(tmp_path)) == [question]


def test_a_disk_that_refuses_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [make_choice(f"new-{n}") for n in range(3)]
    before, rename = names(folder), Path.rename

    def full(part: Path, place: Path) -> Path:
        if place.name == "new-2.yaml":
            raise OSError(28, "No space left on device")
        return rename(part, place)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(NotWritten, match="No space left"):
        write_all(folder, questions)
    assert names(folder) == before


def test_a_file_under_that_name_is_never_overwritten(folder: Path) -> None:
    place = folder / "evaluation/fresh.yaml"
    place.write_text("a note of mine")
    before = names(folder)
    with pytest.raises(NotWritten, match="there already"):
        write_all(folder, [make_choice("other"), make_choice("fresh")])
    assert place.read_text() == "a note of mine"
    assert names(folder) == before


def test_a_process_that_is_killed_leaves_whole_files_only(folder: Path) -> None:
    file = a_file(folder, sheet(*rows(150)))
    command = [sys.executable, "-m", "bot", "bank", "import", "--skip-refused", str(file)]
    environment = os.environ | {"LOOPMATE_QUESTIONS": str(folder), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while not list(folder.rglob("*.part")) and process.poll() is None:
        assert time.monotonic() < until
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(bank_in(folder)) >= 1, "what is there can be read"
    bring_in(file, folder, skip_refused=True)
    assert not list(folder.rglob("*.part"))
    assert len(bank_in(folder)) > 100
