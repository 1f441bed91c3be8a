"""Request bodies checked against Discord's own OpenAPI description."""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from .errors import Problem

log = logging.getLogger(__name__)
Json = dict[str, Any]

NAME = "urn:discord"
BY_TYPE = "x-by-type"
ROOT = Path(__file__).parents[3]
DEFAULT_PATH = ROOT.parent / "shared" / "discord" / "openapi.json"


def default_path() -> Path:
    """Where the description is: LOOPMATE_OPENAPI, or beside the repository."""
    return Path(os.environ.get("LOOPMATE_OPENAPI") or DEFAULT_PATH)


def snowflakes_may_be_numbers(schemas: Json) -> None:
    """discord.py writes ids as JSON numbers in references, attachments and allowed mentions."""
    schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], {"type": "integer"}]}


def media_channels_exist(schemas: Json) -> None:
    """An option for any channel names type 16 (media), which the description leaves out."""
    schemas["ChannelTypes"]["oneOf"].append({"title": "GUILD_MEDIA", "const": 16})


TOLERANCES = (snowflakes_may_be_numbers, media_channels_exist)
"""Where the description is stricter than Discord is: each one named, each one change."""


class Validator:
    """Says what is wrong with a request body; says nothing at all when the file is missing."""

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = Path(path or default_path())
        self.enabled = self.path.is_file()
        self._operations: list[tuple[str, re.Pattern[str], str | None]] = []
        self._compiled: dict[str, Any] = {}
        if self.enabled:
            self._load()
        else:
            log.warning("NOT VALIDATING REQUESTS: there is no %s (LOOPMATE_OPENAPI)", self.path)

    def _load(self) -> None:
        document = json.loads(self.path.read_text(encoding="utf-8"))
        for tolerance in TOLERANCES:
            tolerance(document["components"]["schemas"])
        for template, item in sorted(document["paths"].items(), key=_literal_first):
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", template))
            for method in ("get", "post", "put", "patch", "delete"):
                if method in item:
                    place = _schema_place(template, method, item[method])
                    self._operations.append((method.upper(), pattern, place))
        index_unions(document, document["components"]["schemas"])
        resource: Resource[Any] = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(NAME, resource)

    def problems(self, method: str, path: str, body: Any) -> list[Problem]:
        """Each problem with its place in the body; none for a route that takes no body."""
        if not self.enabled:
            return []
        path = re.sub(r"^(https?://[^/]+)?(/api(/v\d+)?)?", "", path.partition("?")[0])
        for known, pattern, place in self._operations:
            if known == method.upper() and pattern.fullmatch(path):
                return [] if place is None else self._check(place, body)
        return [((), f"{method} {path} is not in Discord's description")]

    def validate(self, method: str, path: str, json_body: Any) -> list[str]:
        """Each problem as a sentence: where, and what."""
        return [
            f"{method.upper()} {path}: {'.'.join(map(str, place)) or 'body'}: {message}"
            for place, message in self.problems(method, path, json_body)
        ]

    def _check(self, place: str, body: Any) -> list[Problem]:
        checker = self._compiled.get(place)
        if checker is None:
            checker = Checker({"$ref": place}, registry=self._registry)
            self._compiled[place] = checker
        return [problem for error in checker.iter_errors(body) for problem in explain(error)]


def index_unions(node: Any, schemas: Json) -> None:
    """Turns each choice among objects told apart by `type` into a table: quicker, clearer."""
    if isinstance(node, list):
        for item in node:
            index_unions(item, schemas)
    elif isinstance(node, dict):
        for keyword in ("oneOf", "anyOf"):
            if table := _table(node.get(keyword), schemas):
                del node[keyword]
                node[BY_TYPE] = table
        for value in node.values():
            index_unions(value, schemas)


def _table(alternatives: Any, schemas: Json) -> dict[int, str] | None:
    table: dict[int, str] = {}
    for alternative in alternatives if isinstance(alternatives, list) else ():
        reference = alternative.get("$ref", "")
        schema = schemas.get(reference.rpartition("/")[2], {})
        kinds = schema.get("properties", {}).get("type", {}).get("enum", [])
        if not kinds or set(kinds) & set(table):
            return None
        table |= dict.fromkeys(kinds, f"{NAME}{reference}")
    return table or None


def _check_by_type(checker: Any, table: dict[int, str], instance: Any, _: Json) -> Iterator[Any]:
    kind = instance.get("type") if isinstance(instance, dict) else None
    if not isinstance(kind, int) or kind not in table:
        yield ValidationError(f"type {kind!r} is not one of {sorted(table)}", path=["type"])
    else:
        yield from checker.descend(instance, {"$ref": table[kind]})


Checker: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {BY_TYPE: _check_by_type}
)


def explain(error: ValidationError) -> Iterator[Problem]:
    """The problems behind an error; for a choice, those of the alternative that comes closest."""
    if error.validator not in ("oneOf", "anyOf") or not error.context:
        yield tuple(error.absolute_path), _short(error)
        return
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    alternatives = list(branches.values())
    if all(inner.validator == "const" for inner in error.context):
        allowed = [inner.validator_value for inner in error.context]
        yield tuple(error.absolute_path), f"{error.instance!r} is not one of {allowed}"
        return
    meant = [errors for errors in alternatives if not any(map(_is_other_kind, errors))]
    told = [[p for inner in errors for p in explain(inner)] for errors in meant or alternatives]
    yield from min(told, key=len)


def _is_other_kind(error: ValidationError) -> bool:
    """Whether an alternative failed for being of another JSON type altogether, e.g. null."""
    return error.validator == "type" and not error.relative_path


def _short(error: ValidationError) -> str:
    message = error.message
    return message if len(message) <= 300 else f"{message[:140]} … {message[-140:]}"


def _schema_place(template: str, method: str, operation: Json) -> str | None:
    """Where in the document the schema of a JSON body is; None when there is no body."""
    content = operation.get("requestBody", {}).get("content", {})
    if "schema" not in content.get("application/json", {}):
        return None
    path = template.replace("~", "~0").replace("/", "~1")
    quoted = quote(f"{path}/{method}/requestBody/content/application~1json/schema")
    return f"{NAME}#/paths/{quoted}"


def _literal_first(entry: tuple[str, Any]) -> tuple[int, str]:
    return entry[0].count("{"), entry[0]


@cache
def shared() -> Validator:
    """One validator for the whole process."""
    return Validator()
