"""One file for each question, written so that a crash leaves whole files or none of it."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import yaml

from bot.content import Placed, load_file
from bot.domain.errors import Trouble
from bot.domain.question import SCHEMA_VERSION, Question

HEAD = "# yaml-language-server: $schema=../schema.json\n"
LONG = 80
"""Characters from which a text is folded over several lines."""


class NotWritten(Trouble):
    """The questions could not be written; nothing of them is there."""


class _Text(yaml.SafeDumper):
    """Writes as our authors do: long texts folded, lists set in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Set lists in below their key."""
        super().increase_indent(flow, False)


def _folded(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = ">" if len(text) > LONG and "\n" not in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Text.add_representer(str, _folded)


def file_of(question: Question) -> str:
    """The file of one question."""
    fields = question.model_dump(mode="json", exclude={"topic"}, exclude_defaults=True)
    content = {"version": SCHEMA_VERSION, "topic": question.topic.value, "questions": [fields]}
    return HEAD + yaml.dump(content, Dumper=_Text, sort_keys=False, allow_unicode=True, width=100)


def write_all(folder: Path, questions: Sequence[Question]) -> list[Path]:
    """Write every question to `<topic>/<id>.yaml`; all of them, or none.

    Each is written beside its place, read back, flushed, and given its name only when all are
    there. A crash between two names leaves whole files; the import can be repeated without them.

    Raises:
        NotWritten: one of the files is there already, or the disk refuses.
    """
    places = {folder / q.topic / f"{q.id}.yaml": q for q in questions}
    try:
        with ExitStack() as undo:
            parts = [_written(place, question, undo) for place, question in places.items()]
            for part, place in zip(parts, places, strict=True):
                undo.callback(place.unlink, missing_ok=True)
                part.rename(place)
            undo.pop_all()
    except OSError as refused:
        raise NotWritten(f"Nothing was written: {refused}.") from refused
    return list(places)


def _written(place: Path, question: Question, undo: ExitStack) -> Path:
    if place.exists():  # under a name that none of the bank's questions has
        raise NotWritten(f"Nothing was written: {place} is there already.")
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    undo.callback(part.unlink, missing_ok=True)
    with part.open("w", encoding="utf-8") as file:
        file.write(file_of(question))
        file.flush()
        os.fsync(file.fileno())
    read = list(load_file(part, place.name, {}))
    if read != [Placed(0, question)]:
        raise NotWritten(f"Nothing was written: {question.id} would not be read as it was.")
    return part
