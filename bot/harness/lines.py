"""`loopmate assess --jsonl`: a line with an answer in, a line with its verdict out, in order."""

import codecs
import gc
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, Final

from bot.domain.answer_key import answer_key
from bot.domain.bank import Bank
from bot.domain.probe import Ladder, next_probe
from bot.domain.question import Probe, Question
from bot.domain.rubric import assess
from bot.domain.verdict import Verdict

LONGEST_LINE: Final = 4_000_000
"""Bytes; a longer line is refused without being kept."""
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _BadLine(Exception):
    """Why a line cannot be graded, as the `error` of its answer."""


def settle(bank: Bank) -> None:
    """Compile every rubric, and let no collection walk through what stays for good."""
    for question in bank:
        answer_key(question)
    gc.collect()
    gc.freeze()


def grade_lines(bank: Bank, source: BinaryIO, target: BinaryIO) -> None:
    """Grade every line of `source` to one line of `target`, each flushed as it is done."""
    for line in _lines(source):
        target.write(json.dumps(_graded(bank, line)).encode() + b"\n")
        target.flush()


def first_probe(question: Question, verdict: Verdict) -> Probe | None:
    """The probe that a ladder begun with this verdict asks first."""
    ladder = Ladder(
        id=0,
        user_id=0,
        guild_id=None,
        question_id=question.id,
        started_at=_NEVER,
        first=verdict,
    )
    return next_probe(question, ladder)


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines that say anything; None for one that is too long."""
    start = True
    while line := source.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        elif (line.removeprefix(codecs.BOM_UTF8) if start else line).strip():
            yield line
        start = False


def _graded(bank: Bank, line: bytes | None) -> Mapping[str, object]:
    question_id: object = None
    try:
        record = _record(line)
        question_id = record.get("question_id")
        question, answer = _asked(bank, record)
        return as_record(question, assess(question, answer))
    except _BadLine as bad:
        error = str(bad)
    except Exception as fault:  # noqa: BLE001 - whoever sends the next line still wants its verdict
        error = f"it could not be graded: {type(fault).__name__} {fault}"
    return ({"question_id": question_id} if isinstance(question_id, str) else {}) | {"error": error}


def as_record(question: Question, verdict: Verdict) -> Mapping[str, object]:
    """A verdict as one line says it."""
    probe = first_probe(question, verdict)
    return {
        "question_id": verdict.question_id,
        "score": verdict.score,
        "pattern": verdict.pattern,
        "key_points": [
            {"id": p.point_id, "state": p.state, "evidence": p.evidence} for p in verdict.points
        ],
        "probe": {"id": probe.id, "aims_at": list(probe.aims_at)} if probe else None,
        "grader": verdict.grader,
    }


def _record(line: bytes | None) -> Mapping[str, object]:
    if line is None:
        raise _BadLine(f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        record = json.loads(line.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as fault:
        raise _BadLine(f"the line is not JSON: {fault}") from fault
    if not isinstance(record, dict):
        raise _BadLine("the line is not a JSON object")
    return record


def _asked(bank: Bank, record: Mapping[str, object]) -> tuple[Question, str]:
    question_id, answer = record.get("question_id"), record.get("answer")
    if not isinstance(question_id, str):
        raise _BadLine("question_id is not a string")
    if not isinstance(answer, str):
        raise _BadLine("answer is not a string")
    question = bank.by_id.get(question_id)
    if question is None:
        raise _BadLine("no question has this id")
    return question, answer
