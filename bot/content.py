"""`questions/<topic>/*.yaml` -> the bank; every fault of every file is reported at once."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.bank import Bank
from bot.domain.errors import Trouble
from bot.domain.faults import faults_of
from bot.domain.question import RUBRIC, Form, Question, Topic, TopicFile


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with the bank, where an author can find it."""

    file: str
    line: int
    question_id: str
    says: str

    def __str__(self) -> str:
        whose = f" {self.question_id}:" if self.question_id else ""
        return f"{self.file}:{self.line}:{whose} {self.says}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A question without faults, and the how-manieth of its file it is, from 0."""

    at: int
    question: Question


class BrokenBank(Trouble):
    """The bank cannot be used; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


# libyaml where the wheel has it (ten times faster), the pure loader elsewhere.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain values only, and no key twice: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, once every key is known to be a word that is there once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _unreadable(key, "a key must be one word")
            if key.value in seen:
                raise _unreadable(key, f"the key {key.value!r} stands here twice")
            seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401
        """The value; one that only looks like a number or a date is told with its line."""
        try:
            return super().construct_object(node, deep)
        except ValueError as fault:
            raise _unreadable(node, str(fault)) from fault


def _unreadable(node: yaml.Node, says: str) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, says, node.start_mark)


def load_bank(folder: Path) -> Bank:
    """The bank of a folder.

    Raises:
        BrokenBank: any file has any fault; all of them are listed.
    """
    questions: list[Question] = []
    faults: list[Fault] = []
    homes: dict[str, str] = {}
    for path in files_of(folder):
        for found in load_file(path, path.relative_to(folder).as_posix(), homes):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                questions.append(found.question)
    if not questions and not faults:
        faults.append(Fault(str(folder), 1, "", "there are no questions here"))
    if faults:
        raise BrokenBank(faults)
    return Bank.of(questions)


def files_of(folder: Path) -> list[Path]:
    """Every file of questions below a folder, in the order of the bank."""
    return sorted(folder.rglob("*.yaml"))


def schema() -> str:
    """The JSON schema of one file of `questions/`, for editors."""
    top = TopicFile.model_json_schema()
    question = Question.model_json_schema(ref_template="#/$defs/{model}")
    top["$defs"] = top.get("$defs", {}) | question.pop("$defs")
    question["properties"].pop("topic")
    question["required"].remove("topic")
    question |= _unless_choice(question["properties"])
    top["properties"]["questions"]["items"] = question
    return json.dumps(top, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _unless_choice(properties: dict[str, Any]) -> dict[str, Any]:
    """The rubric that every form but a choice needs, as JSON schema says such a thing."""
    sizes = {"string": "minLength", "array": "minItems"}
    least = {name: {sizes[properties[name]["type"]]: number} for name, number in RUBRIC.items()}
    return {
        "if": {"properties": {"form": {"const": Form.CHOICE.value}}, "required": ["form"]},
        "else": {"properties": least, "required": sorted(RUBRIC)},
    }


def load_file(path: Path, name: str, homes: dict[str, str]) -> Iterator[Placed | Fault]:
    """Questions and faults of one file; `homes` are the files in which ids were seen first.

    `name` is how people are told of it: its place below the folder.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        raw = yaml.load(text, _Loader)  # noqa: S506 - a safe loader's subclass
        file = TopicFile.model_validate(raw)
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        yield Fault(name, line, "", "is not UTF-8 text")
        return
    except yaml.reader.ReaderError as fault:
        line = text[: text.find(chr(fault.character))].count("\n") + 1
        yield Fault(name, line, "", f"is not readable YAML: {fault.reason}")
        return
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        yield Fault(name, line, "", f"is not readable YAML: {fault.problem}")
        return
    except ValidationError as fault:
        for error in errors_of(fault):
            yield Fault(name, line_of(text, error["loc"]), "", _says(error, error["loc"]))
        return
    for at, question in enumerate(file.questions):
        question_id = str(question.get("id", ""))
        if question_id and question_id in homes:
            line = line_of(text, ("questions", at, "id"))
            says = f"this id is also in {homes[question_id]}"
            yield Fault(name, line, question_id, says)
        homes.setdefault(question_id, name)
        yield from _load_question(name, text, at, question, file.topic)


def _load_question(
    file: str, text: str, at: int, raw: dict[str, object], topic: Topic
) -> Iterator[Placed | Fault]:
    question_id = str(raw.get("id", ""))
    if "topic" in raw:
        line = line_of(text, ("questions", at, "topic"))
        yield Fault(file, line, question_id, "topic stands once, at the top of the file")
    try:
        question = Question.model_validate(raw | {"topic": topic})
    except ValidationError as fault:
        for error in errors_of(fault):
            where = ("questions", at, *error["loc"])
            yield Fault(file, line_of(text, where), question_id, _says(error, error["loc"]))
        return
    found: list[Placed | Fault] = [
        Fault(file, line_of(text, ("questions", at, *path)), question_id, f"{_name(path)} {says}")
        for path, says in faults_of(question)
    ]
    yield from found or [Placed(at, question)]


def errors_of(fault: ValidationError) -> list[ErrorDetails]:
    """Its errors, without "too few items" where those that are missing were refused themselves."""
    errors = fault.errors()
    above = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [e for e in errors if e["type"] != "too_short" or e["loc"] not in above]


def _says(error: ErrorDetails, loc: tuple[str | int, ...]) -> str:
    said = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{_name(loc)} {said}" if loc else said


def _name(path: tuple[str | int, ...]) -> str:
    """`("probes", 0, "prompt")` as people count: `probes 1, prompt`."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int) and parts:
            parts[-1] += f" {step + 1}"
        else:
            parts.append(str(step))
    return ", ".join(parts)


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line on which the value at `path` starts, or that of its nearest parent."""
    node = yaml.compose(text, _Loader)
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        node = child
    return node.start_mark.line + 1 if node else 1


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None
