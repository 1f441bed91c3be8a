"""The harness that says what the assessor is worth: it must count right and never stop."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.content import load_bank
from bot.domain.bank import Bank
from bot.domain.rubric import GRADER, assess
from bot.domain.verdict import State
from bot.harness import attacks, command, lines
from bot.harness.figures import (
    Agreement,
    Graded,
    agreement,
    claims,
    orders,
    pattern_agreement,
    probe_aims,
)
from bot.harness.labelled import BadAnswers, Labelled, read_labelled
from bot.harness.lint import offenders
from bot.harness.report import Gate, Report, verdict_lines
from bot.settings import QUESTIONS
from tests.domain.questions import make_point, make_probe, make_question

ROOT = Path(__file__).resolve().parent.parent
SMALL_BANK = ROOT / "tests/bank"
ALERTS = make_question(
    key_points=[
        make_point(
            "capacity", weight=2, cues=["precision|hit rate & review*|that capacity & among cases"]
        ),
        make_point("cutoff", cues=["threshold is|cutoff is & rank 500|500th score & the score"]),
        make_point(
            "cost",
            cues=["missed fraud|false negative & euros|cost*"],
            misconceptions=[{"cue": "alarm* > cost > nothing", "correction": "a call costs."}],
        ),
    ],
    strong_answer=(
        "What counts is precision among the cases that they can review. The threshold is the score "
        "at rank 500. A missed fraud costs 300 euros."
    ),
)
OTHER = make_question(
    "dropout",
    topic="foundations",
    prompt="What does dropout do?",
    key_points=[
        make_point(n, cues=["silent neurons & every batch & lean on*"])
        for n in ("capacity", "b", "c")
    ],
    probes=[
        make_probe("more"),
        make_probe("again", family="threshold"),
        make_probe("later", family="drift", key_points=[make_point("cutoff", cues=["x & y"])]),
    ],
    strong_answer="Silent neurons change with every batch, so none can lean on a neighbour.",
)
BANK = Bank.of([ALERTS, OTHER])


def graded(level, text, covers=(), half=(), contradicts=(), known=("capacity", "cutoff", "cost")):
    answer = Labelled(
        ALERTS, level, text, *(frozenset(s) for s in (covers, half, contradicts, known))
    )
    return Graded(answer, assess(ALERTS, text))


def replies(*sent):
    target = io.BytesIO()
    lines.grade_lines(BANK, io.BytesIO(b"".join(sent)), target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


def ask(answer, question_id="alerts"):
    return json.dumps({"question_id": question_id, "answer": answer}).encode() + b"\n"


def test_a_line_in_a_verdict_out():
    (reply,) = replies(ask("A missed fraud costs us 300 euros, says our analyst."))
    assert reply == {
        "question_id": "alerts",
        "score": 0.25,
        "pattern": None,
        "key_points": [
            {"id": "capacity", "state": "missing", "evidence": None},
            {"id": "cutoff", "state": "missing", "evidence": None},
            {"id": "cost", "state": "covered", "evidence": "A missed fraud costs us 300 euros"},
        ],
        "probe": {"id": "first", "aims_at": ["capacity"]},
        "grader": GRADER,
    }


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"nonsense\n", "the line is not JSON"),
        (b"[" * 100_000 + b"\n", "the line is not JSON"),
        (b'["question_id"]\n', "the line is not a JSON object"),
        (b"\x00\xff\xfe\n", "the line is not JSON"),
        (b'{"answer": "x"}\n', "question_id is not a string"),
        (b'{"question_id": ["alerts"], "answer": "x"}\n', "question_id is not a string"),
        (b'{"question_id": "alerts"}\n', "answer is not a string"),
        (b'{"question_id": "alerts", "answer": null}\n', "answer is not a string"),
        (ask("x", "retired"), "no question has this id"),
    ],
)
def test_a_bad_line_is_told_and_the_next_one_graded(sent, error):
    bad, good = replies(sent, ask("ok"))
    assert bad["error"].startswith(error)
    assert good["grader"] == GRADER


def test_an_error_names_its_question_where_it_can():
    assert replies(ask("x", "retired")) == [
        {"question_id": "retired", "error": "no question has this id"}
    ]


def test_what_editors_and_windows_leave_behind():
    sent = b"\xef\xbb\xbf" + ask("one").replace(b"\n", b"\r\n") + b"\r\n  \n" + ask("two").strip()
    assert [r["question_id"] for r in replies(sent)] == ["alerts", "alerts"]
    assert replies(b"\xef\xbb\xbf") == replies(b"") == []


def test_broken_letters_are_graded_as_they_can_be_read():
    sent = b'{"question_id": "alerts", "answer": "A missed \xff fraud costs us euros"}\n'
    (reply,) = replies(sent)
    assert reply["key_points"][2]["state"] == "covered"
    (reply,) = replies(
        b'{"question_id": "alerts", "answer": "\\ud800 missed fraud \\ud83d cost"}\n'
    )
    assert reply["key_points"][2]["evidence"]


def test_huge_lines(monkeypatch):
    (reply,) = replies(ask("A missed fraud costs euros. " + "x" * 1_000_000))
    assert reply["key_points"][2]["state"] == "covered"
    monkeypatch.setattr(lines, "LONGEST_LINE", 200)
    for length in (200, 201, 399, 400, 401, 1000):
        first, second = replies(b" " * length + b"\n", ask("ok"))
        assert first["error"].startswith("the line is longer")
        assert second["grader"] == GRADER
    assert replies(b"x" * 450)[0]["error"].startswith("the line is longer")
    assert replies(b" " * 199 + b"\n") == []


def test_even_a_fault_of_ours_is_a_line(monkeypatch):
    def broken(question, answer):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(lines, "assess", broken)
    assert replies(ask("x")) == [
        {"question_id": "alerts", "error": "it could not be graded: ZeroDivisionError by nothing"}
    ]


@settings(max_examples=60)
@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from(["{}", "[]", "1", '"x"']))))
def test_every_line_that_says_anything_gets_one(texts):
    sent = [t.replace("\n", " ").encode("utf-8", "surrogatepass") for t in texts]
    said = [s for at, s in enumerate(sent) if s.removeprefix(b"\xef\xbb\xbf" * (not at)).strip()]
    found = replies(*(s + b"\n" for s in sent))
    assert len(found) == len(said)
    assert all("error" in f for f in found)


def run(*arguments, given=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "bot", "assess", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        env=os.environ | environment,
        check=False,
        timeout=110,
    )


def test_the_command_grades_as_it_reads():
    """One answer is back before the next is sent, and a reader who leaves is no error."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "assess", "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        for number in range(3):
            process.stdin.write(ask(f"L1 gives sparse weights {number}", "l1-vs-l2"))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["grader"] == GRADER
        process.stdout.close()
        process.stdin.write(ask("more", "l1-vs-l2") * 200)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_the_same_answer_gets_the_same_line_in_another_process():
    some = list(load_bank(QUESTIONS))[::8]
    sent = b"".join(ask(q.strong_answer, q.id) for q in some)
    first = run("--jsonl", given=sent, PYTHONHASHSEED="1")
    second = run("--jsonl", given=sent, PYTHONHASHSEED="2")
    assert first.returncode == 0
    assert first.stdout == second.stdout


@pytest.mark.parametrize("arguments", [[], ["--jsonl", "--report"], ["--jsonl", "--lint"]])
def test_one_thing_at_a_time(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["assess", *arguments])
    assert stop.value.code == 2
    capsys.readouterr()


def test_agreement_is_counted_by_hand():
    a = Agreement(both=6, only_heard=2, only_labelled=3, neither=9)
    assert (a.total, a.precision, a.recall) == (20, 0.75, pytest.approx(2 / 3))
    assert a.f1 == pytest.approx(12 / 17)
    assert a.kappa == pytest.approx((0.75 - 0.51) / 0.49)
    assert Agreement().kappa == 0
    assert (Agreement().precision, Agreement().f1) == (1, 1)


RIGHT = "A missed fraud costs us 300 euros, says our analyst."
CLAIMED = "A false alarm will cost nothing at all, so I would not care about those."


def test_half_said_points_count_on_neither_side():
    said = [
        graded("partial", RIGHT, covers=["cost"]),
        graded("partial", RIGHT, covers=["capacity"], half=["cost"]),
        graded("partial", RIGHT, known=["cost"]),
    ]
    assert agreement(said) == Agreement(both=1, only_heard=1, only_labelled=1, neither=3)


def test_claims_are_accepted_or_vetoed():
    said = [
        graded("wrong", RIGHT, contradicts=["cost"]),
        graded("wrong", CLAIMED, contradicts=["cost", "cutoff"]),
        graded("strong", CLAIMED, covers=["cost"]),
        graded("wrong", RIGHT, covers=["cost"], contradicts=["cost"]),
    ]
    found = claims(said)
    assert (found.accepted, found.vetoed, found.listed, found.unfair) == (1, 1, 3, 1)
    assert found.accepted_share == pytest.approx(1 / 3)
    assert claims([]).accepted_share == 0


def test_pairs_are_ordered_within_a_question():
    def said(level, question=ALERTS):
        return Labelled(question, level, "", *(frozenset(),) * 4)

    scored = [
        (said("strong"), 0.9), (said("partial"), 0.9), (said("wrong"), 0.4), (said("stuffed"), 0.5),
        (said("strong", OTHER), 0.1),
    ]  # fmt: skip
    found = orders(scored)
    assert found["strong", "partial"].soft == 0.5
    assert found["strong", "partial"].strict == 0
    assert found["strong", "wrong"].soft == 1
    assert found["all", "pairs"].pairs == 5
    assert ("wrong", "stuffed") not in found


def test_a_probe_aims_at_a_gap_or_does_not():
    low = graded("partial", RIGHT, covers=["cost"])
    asked = graded("wrong", RIGHT, covers=["cost", "capacity"])  # the first probe asks of capacity
    unknown = graded("wrong", "", known=["cost"])
    assert probe_aims([low, asked, graded("strong", RIGHT), unknown]) == (1, 2)


def test_a_pattern_is_right_or_not():
    said = [graded("definition-only", "Precision is a share."), graded("wrong", "It is a number.")]
    found = pattern_agreement(said, "too-short")
    assert found == Agreement(both=0, only_heard=2)
    found = pattern_agreement(said, "definition-only")
    assert found == Agreement(only_labelled=1, neither=1)


def test_both_shapes_of_files_are_read(tmp_path):
    ours, theirs = tmp_path / "a.yaml", tmp_path / "b.yaml"
    ours.write_text(
        "- question_id: alerts\n  answers:\n"
        "  - {level: strong, text: x, covers: [cost], half: [cutoff], contradicts: []}\n"
        "- question_id: retired\n  answers: []\n"
    )
    theirs.write_text(
        "- id: alerts\n  question: What?\n  key_points: {cost: It costs., own: Something else.}\n"
        "  answers:\n  - {level: wrong, text: y, covers: [own], contradicts: [cost]}\n"
    )
    one, two = read_labelled(BANK, [ours, theirs])
    assert (one.covers, one.half, one.complete) == ({"cost"}, {"cutoff"}, True)
    assert (two.covers, two.contradicts, two.known, two.complete) == (
        frozenset(), {"cost"}, {"cost"}, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"{", b"- 1\n", b"x: 1\n", b"- answers: []\n", b"\xff", b"- id: [alerts]\n", b"1\n"]
)
def test_a_file_of_no_shape_is_named(tmp_path, content):
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(BadAnswers, match=r"odd\.yaml"):
        read_labelled(BANK, [path])
    with pytest.raises(BadAnswers, match="absent"):
        read_labelled(BANK, [tmp_path / "absent.yaml"])


def test_attacks_are_the_same_every_time():
    for maker, _ in attacks.ATTACKS.values():
        first = [text for _, text in attacks.attacks(BANK, maker)]
        assert first == [text for _, text in attacks.attacks(BANK, maker)]
        assert all(text.strip() for text in first)


def test_a_list_question_may_be_answered_by_a_list():
    listing = make_question("listing", form="list")
    made = {q.id for q, _ in attacks.attacks(Bank.of([ALERTS, listing]), attacks._commas)}
    assert made == {"alerts"}


def labelled():
    return [
        graded("strong", ALERTS.strong_answer, covers=["capacity", "cutoff", "cost"]).answer,
        graded("partial", RIGHT, covers=["cost"]).answer,
        graded("definition-only", "Precision is a share of something.").answer,
        graded("wrong", CLAIMED, contradicts=["cost"]).answer,
    ]


def test_the_report_says_what_fails():
    report = Report(BANK, labelled())
    text = "\n".join(verdict_lines(report))
    assert report.failed == [], text
    assert "all pairs" in text
    assert text.endswith(f"All {len(report.gates)} gates hold.")
    wrong = graded("wrong", ALERTS.strong_answer, contradicts=["cost"]).answer
    report = Report(BANK, [*labelled()[1:], wrong])
    names = [gate.name for gate in report.failed]
    assert "precision per key point" in names
    assert "listed wrong claims accepted" in names
    assert "FAILED listed wrong claims accepted: 0.500, must be ≤ 0.05" in list(
        verdict_lines(report)
    )


def test_a_report_on_levels_alone():
    said = [
        graded(level, text, known=()).answer for level, text in (("strong", RIGHT), ("wrong", ""))
    ]
    report = Report(BANK, said)
    assert not any("per key point" in gate.name for gate in report.gates)


@pytest.mark.parametrize(("at_least", "holds"), [(True, [False, True]), (False, [True, False])])
def test_gates_have_a_side(at_least, holds):
    assert [Gate("x", f, 0.5, at_least).holds for f in (0.4, 0.6)] == holds
    assert Gate("x", 0.5, 0.5, at_least).holds


def test_the_command_reports(monkeypatch, tmp_path, capsys):
    folder = Path(__file__).parent / "bank"  # attacks on the whole bank are `make check`'s
    monkeypatch.setenv("LOOPMATE_QUESTIONS", str(folder))
    path = tmp_path / "one.yaml"
    path.write_text(
        "- question_id: alerts-500\n  answers:\n"
        "  - {level: strong, text: nothing here, covers: [cutoff]}\n"
    )
    assert main(["assess", "--report", str(path)]) == 0
    assert main(["assess", "--report", str(path), "--check"]) == 1
    said = capsys.readouterr().out
    assert "FAILED recall per key point" in said
    path.write_text("[]")
    assert main(["assess", "--report", str(path)]) == 1
    assert main(["assess", "--report", str(tmp_path / "absent.yaml")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_outside_a_checkout_files_are_asked_for(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "ANSWERS", tmp_path)
    assert main(["assess", "--report"]) == 1
    assert "name some files" in capsys.readouterr().err


def test_lint_names_what_is_misheard():
    question = make_question(
        key_points=[
            make_point(
                "capacity", statement="Bounded is the capacity.", cues=["capacity & bound*"]
            ),
            make_point(
                "cost",
                statement="It pays for itself.",
                cues=["missed & euros"],
                misconceptions=[
                    {"cue": "call > free", "correction": "a call is never quite free."},
                    {"cue": "error > free", "correction": "each error is free only on paper."},
                ],
            ),
            make_point("open", statement="A bound.", cues=["lean*|bound*"]),
        ],
        strong_answer="Bounded is the capacity, so it is.",
        weak_answer="Bounded is the capacity, so it is.",
    )
    found = "\n".join(offenders(Bank.of([question, OTHER])))
    assert "alerts: cost: its own statement is not heard" in found
    assert "alerts: the strong answer leaves cost missing: None" in found
    assert "alerts: the weak answer scores 0.67" in found
    assert "alerts: the correction of cost contradicts cost: 'each error is free" in found
    assert "never quite free" not in found
    assert "alerts: open: covered by 1 of 1 strong answers to other topics, e.g. 'none" in found
    assert "dropout: later: cutoff: its own statement is not heard" in found


def test_the_command_lints(capsys, monkeypatch):
    monkeypatch.setenv("LOOPMATE_QUESTIONS", str(SMALL_BANK))  # every text meets every cue
    assert main(["assess", "--lint"]) == 0
    assert "offenders in" in capsys.readouterr().out


def test_padding_raises_no_score():
    for question, text, more in attacks.padded([(ALERTS, RIGHT), (ALERTS, ALERTS.strong_answer)]):
        assert assess(question, more).score <= assess(question, text).score
        assert assess(question, more).state_of("cost") is State.COVERED
