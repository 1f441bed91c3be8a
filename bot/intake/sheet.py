"""Questions of four options from a spreadsheet, saved as CSV."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from pydantic import ValidationError

from bot.content import Fault, errors_of
from bot.domain.question import Form, Question, Role
from bot.domain.suggestion import shuffled
from bot.intake.found import Found

OPTIONS: Mapping[str, str] = {
    "right": "because", "wrong1": "because1", "wrong2": "because2", "wrong3": "because3",
}  # fmt: skip
"""The columns of options, each with that of its reason."""
NEEDED = ("topic", "title", "prompt", *OPTIONS, *OPTIONS.values())
OPTIONAL = ("id", "difficulty", "seniority", "roles")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_FORMULA = re.compile(r"\s*(?:[=@]|[+-]\s*(?:[A-Z]{1,3}\d+\b|[A-Z]{2,}\()|#(?:REF|NAME|N/A|VALUE))")
"""What a spreadsheet computes, or failed to. -1 and -log p are answers; -A1 and +SUM( are not."""

Row = dict[str, str]


def read_sheet(path: Path) -> Iterator[Found | Fault]:
    """The questions of a CSV file with their lines, and whatever is wrong with the others."""
    name = path.name
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        yield Fault(name, line, "", "is not UTF-8 text; save the sheet as “CSV UTF-8”")
        return
    header, _, _ = text.partition("\n")
    separator = ";" if header.count(";") > header.count(",") else ","
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = [cell.strip().casefold() for cell in next(lines, [])]
        if faults := list(_column_faults(columns)):
            yield from (Fault(name, 1, "", says) for says in faults)
            return
        at = lines.line_num + 1
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield from _read_row(name, at, columns, cells)
            at = lines.line_num + 1
    except csv.Error as fault:
        yield Fault(name, lines.line_num, "", f"is not readable CSV: {fault}")


def _column_faults(columns: list[str]) -> Iterator[str]:
    if missing := [column for column in NEEDED if column not in columns]:
        yield f"these columns are missing: {', '.join(missing)}"
    if strange := sorted(set(columns) - {*NEEDED, *OPTIONAL}):
        yield f"I don't know these columns: {', '.join(strange) or 'one without a name'}"
    if twice := sorted({column for column in columns if columns.count(column) > 1}):
        yield f"these columns are there twice: {', '.join(twice)}"


def _read_row(
    name: str, line: int, columns: list[str], cells: list[str]
) -> Iterator[Found | Fault]:
    if len(cells) != len(columns):
        says = f"has {len(cells)} cells where the first line has {len(columns)}"
        yield Fault(name, line, "", says)
        return
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    question_id = row.get("id") or _slug(row["title"])
    faults = [*_cell_faults(row)]
    if not question_id:
        faults.append("title gives no id; add a column id")
    if faults:
        yield from (Fault(name, line, question_id, says) for says in faults)
        return
    order = shuffled(tuple(OPTIONS), question_id)
    try:
        question = Question.model_validate(_raw(row, question_id, order))
    except ValidationError as refused:
        for error in errors_of(refused):
            says = f"{_column(error['loc'], order)} {_plainly(error['msg'])}"
            yield Fault(name, line, question_id, says)
    else:
        yield Found(line, question)


def _cell_faults(row: Row) -> Iterator[str]:
    for column, cell in row.items():
        if hidden := _CONTROL.search(cell):
            yield f"{column} holds an invisible character (U+{ord(hidden[0]):04X})"
        elif _FORMULA.match(cell):
            yield f"{column} looks like a formula; put words before it"


def _raw(row: Row, question_id: str, order: tuple[str, ...]) -> dict[str, object]:
    """The question as YAML would give it."""
    roles = [role for role in re.split(r"[,;\s]+", row.get("roles", "")) if role]
    return {
        "id": question_id,
        "topic": row["topic"].casefold(),
        "title": row["title"],
        "round": "theory",
        "difficulty": row.get("difficulty", "").casefold() or "medium",
        "seniority": row.get("seniority", "").casefold() or "mid",
        "roles": roles or [role.value for role in Role],
        "form": Form.CHOICE.value,
        "prompt": row["prompt"],
        "choice": {
            "options": [
                {"text": row[o], "because": row[OPTIONS[o]], "correct": o == "right"} for o in order
            ]
        },
    }


def _column(loc: tuple[str | int, ...], order: tuple[str, ...]) -> str:
    """The column behind a path into the question."""
    match loc:
        case ("choice", "options", int(at), "because"):
            return OPTIONS[order[at]]
        case ("choice", "options", int(at), *_):
            return order[at]
        case ("choice", *_):
            return "options:"
        case (str(column), *_):
            return column
    return "question:"


def _plainly(says: str) -> str:
    return says.removeprefix("Value error, ").removeprefix("Input ")


def _slug(title: str) -> str:
    """An id from a title: its letters and digits without their accents."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only.casefold()))[:60].rstrip("-")
