"""The bank: every fault is told with its place, and what we ship keeps its promises."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.content import BrokenBank, Fault, files_of, load_bank, schema
from bot.domain.bank import Bank
from bot.domain.question import RUBRIC, Topic
from bot.domain.rubric import assess, assess_probe
from bot.settings import QUESTIONS
from tests.domain.questions import make_choice, make_point, make_question

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT.parent / "shared/coverage.md"
STRONG = " ".join(["word"] * 100)
WRONG = {"cue": "precision > share", "correction": "That is recall."}


def raw(question_id: str = "alerts", **fields: Any) -> dict[str, Any]:
    """A question without faults as an author would write it."""
    points = [
        make_point("capacity", cues=["top & alerts"]),
        make_point("threshold", misconceptions=[WRONG]),
        make_point("cost"),
    ]
    question = make_question(
        question_id, **({"key_points": points, "strong_answer": STRONG} | fields)
    )
    return question.model_dump(mode="json", exclude={"topic"}, exclude_none=True)


def written(*questions: dict[str, Any], topic: str = "evaluation") -> str:
    """One file of the bank, every value on the line of its key."""
    file = {"version": 1, "topic": topic, "questions": list(questions)}
    return yaml.safe_dump(file, sort_keys=False, width=10_000)


def faults_in(folder: Path) -> list[Fault]:
    with pytest.raises(BrokenBank) as broken:
        load_bank(folder)
    assert str(broken.value) == "\n".join(map(str, broken.value.faults))
    return broken.value.faults


def line_of(text: str, marker: str) -> int:
    (found,) = [n for n, line in enumerate(text.splitlines(), 1) if marker in line]
    return found


def test_a_folder_without_faults_is_a_bank(tmp_path: Path) -> None:
    (tmp_path / "data.yaml").write_text(written(raw("b"), raw("a"), topic="data"))
    (tmp_path / "coding.yaml").write_text(written(raw("c"), topic="coding"))
    (tmp_path / "notes.txt").write_text("not: [a question")
    bank = load_bank(tmp_path)
    assert [(q.id, q.topic) for q in bank] == [("c", "coding"), ("b", "data"), ("a", "data")]


@pytest.mark.parametrize(
    ("old", "new", "marker", "says"),
    [
        ("title: Alerts a day", "title: Alerts\n  colour: red", "colour", "colour Extra inputs"),
        ("title: Alerts a day", "title: yes", "title: yes", "title should be a valid string"),
        ("title: Alerts a day", "title: 1.4", "title: 1.4", "title should be a valid string"),
        ("title: Alerts a day", "topic: data\n  title: A", "topic: data", "topic stands once"),
        ("title: Alerts a day", "title:", "title:", "title should be a valid string"),
        ("title: Alerts a day\n", "\n", "id: alerts", "title Field required"),
        ("difficulty: medium", "difficulty: tricky", "tricky", "difficulty should be 'easy'"),
        ("- mle", "- janitor", "janitor", "roles 1 should be 'mle'"),
        ("weight: 1", "weight: yes", "weight: yes", "key_points 1, weight should be a valid"),
        ("weight: 1", "weight: 4", "weight: 4", "key_points 1, weight should be less"),
        ("- top & alerts", "- yes", "- yes", "key_points 1, cues 1 should be a valid string"),
        ("- top & alerts", "- 'top & '", "top &", "key_points 1, cues 1 at character 7: a group"),
        (
            "cue: precision > share",
            "cue: precision & share",
            "precision &",
            "key_points 2, misconceptions 1, cue at character 11: a misconception joins",
        ),
        (
            "- threshold|cut off & lower*|drop*|reduce",
            "- thre*shold",
            "thre*shold",
            "probes 1, key_points 1, cues 1 at character 5: “*” must end",
        ),
        ("text: Option one", "text: 0.5", "text: 0.5", "choice, options 1, text should be"),
        ("correct: true", "correct: 'yes'", "'yes'", "choice, options 2, correct should be"),
        (
            f"strong_answer: {STRONG}",
            "strong_answer: Too short.",
            "strong_answer",
            "strong_answer has 2 words",
        ),
    ],
)
def test_a_fault_of_a_question_is_told_with_file_line_and_id(
    tmp_path: Path, old: str, new: str, marker: str, says: str
) -> None:
    text = written(raw()).replace(old, new, 1)
    (tmp_path / "evaluation.yaml").write_text(text)
    (fault,) = faults_in(tmp_path)
    assert fault.says.startswith(says)
    assert (fault.file, fault.line) == ("evaluation.yaml", line_of(text, marker))
    assert fault.question_id == "alerts"
    assert str(fault) == f"evaluation.yaml:{fault.line}: alerts: {fault.says}"


def test_a_folded_cue_is_told_with_the_line_on_which_it_begins(tmp_path: Path) -> None:
    folded = '- "top\n      & alerts\n      & "'
    text = written(raw()).replace("- top & alerts", folded, 1)
    (tmp_path / "evaluation.yaml").write_text(text)
    (fault,) = faults_in(tmp_path)
    assert (fault.line, fault.says) == (
        line_of(text, '"top'),
        "key_points 1, cues 1 at character 16: a group is empty.",
    )


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"version: 1\ntopic: [data\n", 3, "did not find expected"),
        (b"version: 1\ntopic:\n\t- data\n", 3, "cannot start any token"),
        (b"version: 1\ntopic: data\ntopic: data\n", 3, "the key 'topic' stands here twice"),
        (b"version: 1\ntopic: data\n[a]: b\n", 3, "a key must be one word"),
        (b"version: 1\ntopic: 2026-13-45\n", 2, "month must be in 1..12"),
        (b"version: 1\ntopic: *nowhere\n", 2, "undefined alias"),
        (b"version: 1\ntopic: !!python/name:os.system x\n", 2, "could not determine"),
        (b"version: 1\n---\ntopic: data\n", 2, "another document"),
        (b"version: 1\n# \xc3\xbc\ntopic: da\x07ta\n", 3, "control characters"),
        ("version: 1\n# ü\ntopic: däta\n".encode("latin-1"), 2, "is not UTF-8 text"),
        (b"", 1, "should be a valid dictionary"),
        (b"- version: 1\n", 1, "should be a valid dictionary"),
        (b"topic: data\nquestions: [{}]\n", 1, "version Field required"),
        (b"version: 2\ntopic: data\nquestions: [{}]\n", 1, "version should be 1"),
        (b"version: 1\ntopic: dta\nquestions: [{}]\n", 2, "topic should be 'foundations'"),
        (b"version: 1\ntopic: data\nquestions: []\n", 3, "questions Tuple should have at least 1"),
        (b"version: 1\ntopic: data\nquestions: [{}]\nby: me\n", 4, "by Extra inputs"),
        (b"version: 1\ntopic: data\nquestions:\n- one\n", 4, "questions 1 should be a valid dict"),
    ],
)
def test_a_fault_of_a_file_is_told_with_its_line(
    tmp_path: Path, content: bytes, line: int, says: str
) -> None:
    (tmp_path / "data.yaml").write_bytes(content)
    (fault,) = faults_in(tmp_path)
    assert (fault.file, fault.line, fault.question_id) == ("data.yaml", line, "")
    assert says in fault.says


def test_a_key_that_stands_twice_deep_inside_is_found_as_well(tmp_path: Path) -> None:
    text = written(raw()).replace("    weight: 1\n", "    weight: 1\n    weight: 2\n", 1)
    (tmp_path / "evaluation.yaml").write_text(text)
    (fault,) = faults_in(tmp_path)
    assert (fault.line, fault.question_id) == (line_of(text, "weight: 2"), "")


def test_every_fault_of_every_file_is_told_at_once_in_order(tmp_path: Path) -> None:
    data = written(raw("one"), raw("two"), topic="data")
    data = data.replace("- id: one", "- id: one\n  colour: red\n  taste: sweet", 1)
    start = data.index("- id: two")
    data = data[:start] + data[start:].replace("- top & alerts", "- '& alerts'", 1)
    (tmp_path / "data.yaml").write_text(data)
    (tmp_path / "coding.yaml").write_text("version: 1\n- topic: coding\n")
    llm = written(raw("three"), topic="llm").replace("hint: ", "hint: 7 #", 1)
    llm = llm.replace("- id: three", "- id: three\n  smell: none", 1)
    (tmp_path / "llm.yaml").write_text(llm)
    (tmp_path / "trees.yaml").write_text(written(raw("four"), topic="trees"))
    assert [(f.file, f.line, f.question_id) for f in faults_in(tmp_path)] == [
        ("coding.yaml", 2, ""),
        ("data.yaml", line_of(data, "colour"), "one"),
        ("data.yaml", line_of(data, "taste"), "one"),
        ("data.yaml", line_of(data, "'& alerts'"), "two"),
        ("llm.yaml", line_of(llm, "smell"), "three"),
        ("llm.yaml", line_of(llm, "hint: 7"), "three"),
    ]


def test_an_id_is_used_once_in_all_files_and_told_where_it_is_used_again(tmp_path: Path) -> None:
    broken = written(raw("one"), raw("two"), topic="coding").replace("hint: ", "hint: 7 #", 1)
    (tmp_path / "coding.yaml").write_text(broken)
    data = written(raw("three"), raw("one"), raw("three"), topic="data")
    (tmp_path / "data.yaml").write_text(data)
    lines = [n for n, line in enumerate(data.splitlines(), 1) if line.startswith("- id: ")]
    told = [(f.file, f.line, f.question_id, f.says) for f in faults_in(tmp_path)]
    assert told[0][0] == "coding.yaml", "the fault of the first one hides nothing"
    assert told[1:] == [
        ("data.yaml", lines[1], "one", "this id is also in coding.yaml"),
        ("data.yaml", lines[2], "three", "this id is also in data.yaml"),
    ]


def test_what_was_refused_is_not_missed_as_well(tmp_path: Path) -> None:
    """One bad option of four is one fault, and not "there must be four" on top."""
    text = written(raw()).replace("because: Because of one.", "because: 1", 1)
    (tmp_path / "evaluation.yaml").write_text(text)
    assert len(faults_in(tmp_path)) == 1


def test_what_is_missing_is_missed(tmp_path: Path) -> None:
    question = raw()
    del question["choice"]["options"][0]
    (tmp_path / "evaluation.yaml").write_text(written(question))
    (fault,) = faults_in(tmp_path)
    assert (
        fault.says == "choice, options Tuple should have at least 4 items after validation, not 3"
    )


def test_a_question_without_an_id_is_told_by_its_line(tmp_path: Path) -> None:
    one, two = raw("one"), raw("two")
    del one["id"], two["id"]
    text = written(one, two)
    (tmp_path / "evaluation.yaml").write_text(text)
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("- title")]
    assert [str(f) for f in faults_in(tmp_path)] == [
        f"evaluation.yaml:{line}: id Field required" for line in starts
    ]


def test_an_empty_folder_is_no_bank(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path)
    assert (fault.file, fault.says) == (str(tmp_path), "there are no questions here")


Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the pure one takes a minute
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema()))


def test_the_schema_is_one_and_accepts_what_we_ship() -> None:
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
    told = {
        path.name: error.message
        for path in QUESTIONS.rglob("*.yaml")
        for error in VALIDATOR.iter_errors(yaml.load(path.read_text("utf-8"), Loader))
    }
    assert told == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 2"),
        ("topic: evaluation", "topic: evalution"),
        ("topic: evaluation", "topic: evaluation\nby: me"),
        ("title: Alerts a day", "title: yes"),
        ("title: Alerts a day", f"title: {'x' * 46}"),
        ("title: Alerts a day\n", "\n"),
        ("id: alerts", "id: Alerts 500"),
        ("difficulty: medium", "difficulty: tricky"),
        ("kind: mechanism", "kind: magic"),
        ("weight: 1", "weight: '1'"),
        ("weight: 1", "weight: 4"),
        ("correct: true", "correct: 'yes'"),
        ("title: Alerts a day", "title: Alerts a day\n  topic: data"),
        ("- text: Option one", "- colour: red\n      text: Option one"),
    ],
)
def test_an_editor_refuses_what_the_bank_refuses(tmp_path: Path, old: str, new: str) -> None:
    sound = written(raw())
    assert VALIDATOR.is_valid(yaml.safe_load(sound))
    assert old in sound
    broken = sound.replace(old, new, 1)
    assert not VALIDATOR.is_valid(yaml.safe_load(broken))
    (tmp_path / "evaluation.yaml").write_text(broken)
    assert faults_in(tmp_path)


def test_an_editor_knows_that_a_choice_needs_no_rubric() -> None:
    choice = make_choice().model_dump(mode="json", exclude={"topic"}, exclude_none=True)
    assert VALIDATOR.is_valid(yaml.safe_load(written(choice)))
    for part in RUBRIC:
        question = raw()
        del question[part]
        assert not VALIDATOR.is_valid(yaml.safe_load(written(question))), part
        assert VALIDATOR.is_valid(yaml.safe_load(written(question | {"form": "choice"})))


# What we ship.


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(QUESTIONS)


def test_no_weekday_group_is_asked_twice_in_nine_months(bank: Bank) -> None:
    assert len(bank) >= 200
    assert {topic: n for topic, n in Counter(q.topic for q in bank).items() if n < 8} == {}
    assert {q.topic for q in bank} == set(Topic)


def test_every_question_has_a_file_of_its_name_in_the_folder_of_its_topic(bank: Bank) -> None:
    homes = {path.relative_to(QUESTIONS).as_posix() for path in files_of(QUESTIONS)}
    assert homes == {f"{q.topic}/{q.id}.yaml" for q in bank}


@pytest.mark.skipif(not COVERAGE.is_file(), reason="the plan of the bank is not in this checkout")
def test_every_question_of_the_plan_is_there(bank: Bank) -> None:
    plan = COVERAGE.read_text("utf-8").split("## Questions that must be in the bank")[1]
    ids = set(re.findall(r"`([a-z0-9-]+)`", plan.split("\n## ")[0]))
    assert len(ids) >= 80
    assert ids - set(bank.by_id) == set()


def ran(*parts: str) -> tuple[int, str]:
    """Exit status of some Python, and what it said last."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", "\n".join(parts)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]


NOT_THE_POINT = ("SyntaxError", "IndentationError", "NameError", "ImportError", "ModuleNotFound")


def test_checks_fail_behind_the_shown_code_and_pass_behind_the_fixed(bank: Bank) -> None:
    """They need numpy, from the development group."""
    snippets = {q.id: q.code for q in bank if q.code}
    assert snippets
    unexpected = {}
    for name, code in snippets.items():
        status, says = ran(code.shown, code.check)
        if status != 1 or says.startswith(NOT_THE_POINT):
            unexpected[name, "shown"] = says or "nothing fails"
        status, says = ran(code.fixed, code.check)
        if status:
            unexpected[name, "fixed"] = says
    assert unexpected == {}


def test_the_banks_own_strong_answers_are_strong(bank: Bank) -> None:
    scores = {q.id: assess(q, q.strong_answer).score for q in bank}
    assert {name: score for name, score in scores.items() if score < 0.85} == {}


def test_the_banks_own_weak_answers_are_weak(bank: Bank) -> None:
    scores = {q.id: assess(q, q.weak_answer).score for q in bank}
    assert {name: score for name, score in scores.items() if score > 0.35} == {}


def test_every_model_reply_answers_its_probe(bank: Bank) -> None:
    scores = {
        (q.id, probe.id): assess_probe(probe, q, probe.model_reply).score
        for q in bank
        for probe in q.probes
    }
    assert {name: score for name, score in scores.items() if score < 0.8} == {}
