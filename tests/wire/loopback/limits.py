"""The rules for message bodies that Discord enforces beyond its published schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .errors import Problem, invalid_body, refuse
from .model import COMPONENTS_V2, Json
from .words import BUTTON, TEXT_DISPLAY, walk

V2_ONLY = {9, 10, 11, 12, 13, 14, 17}
SELECTS = {3, 5, 6, 7, 8}
LINK, PREMIUM = 5, 6


def check_message(body: Json, flags: int, *, has_files: bool = False) -> None:
    """Refuses a message Discord would not take; `flags` are those the message will have."""
    problems = [*_content(body, flags), *_components(body, flags), *_embeds(body)]
    if problems:
        raise invalid_body(problems)
    if not has_files and not any(
        body.get(key) for key in ("content", "embeds", "components", "sticker_ids", "poll")
    ):
        raise refuse(50006)


def _content(body: Json, flags: int) -> Iterator[Problem]:
    if len(body.get("content") or "") > 2000:
        yield ("content",), "Must be 2000 or fewer in length."
    if flags & COMPONENTS_V2:
        for key in ("content", "embeds", "sticker_ids", "poll"):
            if body.get(key):
                yield (key,), "Cannot be used with the IS_COMPONENTS_V2 flag."


def _embeds(body: Json) -> Iterator[Problem]:
    total = 0
    for embed in body.get("embeds") or []:
        total += len(embed.get("title") or "") + len(embed.get("description") or "")
        total += len((embed.get("footer") or {}).get("text") or "")
        total += len((embed.get("author") or {}).get("name") or "")
        for entry in embed.get("fields") or []:
            total += len(entry.get("name") or "") + len(entry.get("value") or "")
    if total > 6000:
        yield ("embeds",), "Embed size exceeds maximum size of 6000"


def _components(body: Json, flags: int) -> Iterator[Problem]:
    top = body.get("components") or []
    every = list(walk(top))
    if flags & COMPONENTS_V2:
        if len(every) > 40:
            yield ("components",), "Total number of components must be 40 or fewer."
        words = sum(len(c.get("content") or "") for c in every if c["type"] == TEXT_DISPLAY)
        if words > 4000:
            yield ("components",), "Total text must be 4000 or fewer in length."
    else:
        if len(top) > 5:
            yield ("components",), "Must be 5 or fewer in length."
        if any(c["type"] in V2_ONLY for c in every):
            yield ("components",), "Needs the IS_COMPONENTS_V2 flag."
    yield from _rows(every)
    yield from _identities(every)


def _rows(every: list[Json]) -> Iterator[Problem]:
    for row in (c for c in every if c["type"] == 1):
        kinds = [c["type"] for c in row["components"]]
        if len(kinds) > 5 or (SELECTS & set(kinds) and len(kinds) > 1):
            yield ("components",), "A row holds five buttons or one select menu."


def _identities(every: list[Json]) -> Iterator[Problem]:
    custom_ids = Counter(c["custom_id"] for c in every if c.get("custom_id"))
    for custom_id, times in custom_ids.items():
        if times > 1:
            yield ("components",), f"Component custom id cannot be duplicated: {custom_id}"
    for button in (c for c in every if c["type"] == BUTTON):
        style = button["style"]
        if not (button.get("label") or button.get("emoji")) and style != PREMIUM:
            yield ("components",), "A button needs a label or an emoji."
        if (style == LINK) != bool(button.get("url")):
            yield ("components",), "A link button has a URL, and no other has."
        if style not in (LINK, PREMIUM) and not button.get("custom_id"):
            yield ("components",), "A custom id is required."


def check_modal(modal: Json) -> None:
    """Refuses a modal with two fields of one name or with more than five parts."""
    every = list(walk(modal.get("components")))
    custom_ids = Counter(c["custom_id"] for c in every if c.get("custom_id"))
    problems: list[Problem] = [
        (("data", "components"), f"Component custom id cannot be duplicated: {custom_id}")
        for custom_id, times in custom_ids.items()
        if times > 1
    ]
    if len(modal.get("components") or []) > 5:
        problems.append((("data", "components"), "Must be between 1 and 5 in length."))
    if problems:
        raise invalid_body(problems)
