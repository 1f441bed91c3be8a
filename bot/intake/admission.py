"""Which questions of a file may come into a bank, and what is said of the others."""

from collections.abc import Iterator
from pathlib import Path

from bot.content import Fault, files_of, line_of, load_bank, load_file
from bot.domain.bank import Bank
from bot.domain.errors import Trouble
from bot.domain.faults import faults_of
from bot.domain.likeness import lookalike
from bot.domain.question import Question
from bot.intake.found import Found
from bot.intake.sheet import read_sheet


class CannotImport(Trouble):
    """The file cannot be imported; the message is one sentence for the operator."""


def bank_in(folder: Path) -> Bank:
    """The bank of a folder, which may be a new one.

    Raises:
        BrokenBank: what is there has faults.
    """
    return load_bank(folder) if files_of(folder) else Bank.of(())


def admitted(file: Path, bank: Bank) -> tuple[list[Question], list[Fault]]:
    """The questions of a file that may come in, and every reason why others may not.

    Raises:
        CannotImport: there is no such file, or it is of another kind.
    """
    welcome: list[Question] = []
    faults: list[Fault] = []
    for found in _read(file):
        if isinstance(found, Fault):
            faults.append(found)
            continue
        says = [*_against(found.question, bank, welcome)]
        faults += [Fault(file.name, found.line, found.question.id, says=why) for why in says]
        if not says:
            welcome.append(found.question)
    # Of an id that stands in the file twice nobody knows which was meant.
    refused = {fault.question_id for fault in faults}
    return [q for q in welcome if q.id not in refused], sorted(faults)


def _read(file: Path) -> Iterator[Found | Fault]:
    if not file.is_file():
        raise CannotImport(f"There is no file {file}.")
    match file.suffix.casefold():
        case ".csv":
            return read_sheet(file)
        case ".yaml" | ".yml":
            return _read_yaml(file)
    raise CannotImport(f"{file.name} is neither YAML (.yaml) nor a sheet (.csv).")


def _read_yaml(file: Path) -> Iterator[Found | Fault]:
    for found in load_file(file, file.name, {}):
        if isinstance(found, Fault):
            yield found
        else:
            text = file.read_text(encoding="utf-8")
            yield Found(line_of(text, ("questions", found.at, "id")), found.question)


def _against(question: Question, bank: Bank, welcome: list[Question]) -> Iterator[str]:
    """What speaks against letting a sound question in."""
    yield from (says for _, says in faults_of(question))
    if question.id in bank.by_id:
        yield "this id is in the bank already"
        return
    if question.id in {other.id for other in welcome}:
        yield "this id stands in the file twice"
        return
    if twin := lookalike(question, [*bank, *welcome]):
        yield f"asks nearly the same as {twin.id}"
