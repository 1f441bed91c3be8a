"""Reading components and messages: walking them, their words, their labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 2, 3, 4, 10, 18


def walk(components: list[Json] | None) -> Iterator[Json]:
    """Every component, depth first: rows, containers, sections and their accessories, labels."""
    for component in components or []:
        yield component
        yield from walk(component.get("components"))
        inner = [component[key] for key in ("accessory", "component") if component.get(key)]
        yield from walk(inner)


def text_of(shown: Json) -> str:
    """All the words of a message or a modal, one block a line."""
    parts = [shown.get("title"), shown.get("content")]
    for embed in shown.get("embeds") or []:
        parts += [embed.get("title"), embed.get("description")]
        for entry in embed.get("fields") or []:
            parts += [entry["name"], entry["value"]]
        parts.append((embed.get("footer") or {}).get("text"))
    for component in walk(shown.get("components")):
        if component["type"] == TEXT_DISPLAY:
            parts.append(component["content"])
    return "\n".join(part for part in parts if part)


def labels_of(shown: Json) -> list[str]:
    """The labels of buttons and modal fields, in the order they are shown."""
    found = [component.get("label") for component in walk(shown.get("components"))]
    return [label for label in found if label]
