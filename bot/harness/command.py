"""What `loopmate assess` does; `bot/__main__.py` reads the options."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.domain.bank import Bank
from bot.harness.audit import findings
from bot.harness.labelled import BadAnswers, read_labelled
from bot.harness.lines import grade_lines, settle
from bot.harness.lint import offenders
from bot.harness.report import Report, verdict_lines
from bot.settings import QUESTIONS

__all__ = ["BadAnswers", "audit", "grade", "lint", "report"]

ANSWERS: Final = QUESTIONS.parent / "tests" / "answers"
"""Where the bank's own labelled answers are, in a checkout."""


def grade(bank: Bank) -> int:
    """Grade standard input line by line until it ends, or until nobody reads any more."""
    settle(bank)
    try:
        grade_lines(bank, sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        # The interpreter flushes once more on exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def report(bank: Bank, files: Sequence[Path], *, check: bool) -> int:
    """Print the report on these files, or on the bank's own; with `check`, 1 if a gate fails."""
    files = files or sorted(ANSWERS.glob("*.yaml"))
    if not files:
        raise BadAnswers(f"There are no labelled answers in {ANSWERS}; name some files.")
    answers = read_labelled(bank, files)
    if not answers:
        raise BadAnswers("The files label no answer to a question of the bank.")
    made = Report(bank, answers)
    _print(verdict_lines(made))
    return int(check and bool(made.failed))


def lint(bank: Bank, *, check: bool) -> int:
    """Print what the cues mishear in the bank's own texts; with `check`, 1 if anything."""
    found = list(offenders(bank))
    _print([*found, f"{len(found)} offenders in {len(bank)} questions."])
    return int(check and bool(found))


def audit(bank: Bank) -> list[str]:
    """What is wrong with a bank as a whole, measured on its labelled answers where it has some."""
    return list(findings(bank, read_labelled(bank, sorted(ANSWERS.glob("*.yaml")))))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
