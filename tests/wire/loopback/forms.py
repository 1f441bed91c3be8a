"""Pressing, choosing and filling in: from components on the screen to interaction data."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from .model import Guild, Json
from .options import CHANNEL, MENTIONABLE, ROLE, USER, resolve
from .words import BUTTON, LABEL, STRING_SELECT, TEXT_DISPLAY, TEXT_INPUT, walk

if TYPE_CHECKING:
    from .world import World

ENTITIES = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}
FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 19, 21, 22, 23


def find(message: Json, target: str, types: Sequence[int]) -> Json:
    """The component with this custom id (or glob), label or placeholder."""
    every = [c for c in walk(message.get("components")) if c["type"] in types]
    for component in every:
        names = (component.get("label"), component.get("placeholder"))
        custom_id = component.get("custom_id")
        if target in names or (custom_id and fnmatchcase(custom_id, target)):
            if component.get("disabled"):
                raise LookupError(f"{target!r} is disabled")
            if custom_id is None:
                raise LookupError(f"{target!r} is a link: pressing it tells the bot nothing")
            return component
    offered = [(c.get("label") or c.get("placeholder"), c.get("custom_id")) for c in every]
    raise LookupError(f"no {target!r} in this message; it offers {offered}")


def click_data(message: Json, target: str) -> Json:
    """The data of a pressed button."""
    button = find(message, target, [BUTTON])
    return {"component_type": BUTTON, "custom_id": button["custom_id"], "id": button["id"]}


def select_data(
    world: World, guild: Guild | None, message: Json, target: str, values: Sequence[Any]
) -> Json:
    """The data of a select menu after choosing these values."""
    menu = find(message, target, [STRING_SELECT, *ENTITIES])
    resolved: Json = {}
    chosen = _chosen(world, guild, menu, values, resolved)
    data = {
        "component_type": menu["type"],
        "custom_id": menu["custom_id"],
        "id": menu["id"],
        "values": chosen,
    }
    return data | ({"resolved": resolved} if resolved else {})


def modal_data(world: World, guild: Guild | None, modal: Json, answers: dict[str, Any]) -> Json:
    """The data of a submitted modal; answers are by custom id or by label."""
    left = dict(answers)
    resolved: Json = {}

    def fill(field: Json, label: str | None) -> Json:
        keys = [key for key in (field["custom_id"], label, field.get("label")) if key in left]
        value = left.pop(keys[0]) if keys else None
        entry = {"type": field["type"], "custom_id": field["custom_id"], "id": field.get("id", 0)}
        return entry | _field(world, guild, field, value, resolved)

    filled = []
    for number, part in enumerate(modal["components"], 1):
        entry: Json = {"type": part["type"], "id": part.get("id", number)}
        if part["type"] == LABEL:
            entry["component"] = fill(part["component"], part["label"])
        elif part["type"] != TEXT_DISPLAY:
            entry["components"] = [fill(field, None) for field in part["components"]]
        filled.append(entry)
    if left:
        raise LookupError(f"the modal has no {sorted(left)}")
    data = {"custom_id": modal["custom_id"], "components": filled}
    return data | ({"resolved": resolved} if resolved else {})


def _field(world: World, guild: Guild | None, field: Json, value: Any, resolved: Json) -> Json:
    kind = field["type"]
    required = field.get("required", True)
    if kind == CHECKBOX:
        return {"value": bool(field.get("default") if value is None else value)}
    if kind == FILE_UPLOAD:
        if value or required:
            raise NotImplementedError("file uploads are not supported")
        return {"values": []}
    if value is None:
        value = _default(field)
    if required and value in (None, "", []):
        raise LookupError(f"{field['custom_id']!r} is required")
    if kind == TEXT_INPUT:
        return {"value": _text(field, value or "")}
    if kind == RADIO:
        return {"value": _chosen(world, guild, field, [value], resolved)[0] if value else None}
    values = [value] if isinstance(value, str) else list(value or [])
    return {"values": _chosen(world, guild, field, values, resolved) if values else []}


def _default(field: Json) -> Any:
    """What is filled in before the person touches it."""
    if field["type"] == TEXT_INPUT:
        return field.get("value")
    chosen = [option["value"] for option in field.get("options") or [] if option.get("default")]
    return (chosen or [None])[0] if field["type"] == RADIO else chosen


def _text(field: Json, value: str) -> str:
    low, high = field.get("min_length") or 0, field.get("max_length") or 4000
    if value and not low <= len(value) <= high:
        raise ValueError(f"{field['custom_id']!r} takes {low} to {high} characters")
    return value


def _chosen(
    world: World, guild: Guild | None, field: Json, values: Sequence[Any], resolved: Json
) -> list[str]:
    if field["type"] in ENTITIES:
        kind = ENTITIES[field["type"]]
        types = field.get("channel_types")
        made = [resolve(world, guild, kind, value, resolved, types) for value in values]
    else:
        by_label = {option["label"]: option["value"] for option in field["options"]}
        made = [by_label.get(value, value) for value in values]
        if strange := set(made) - set(by_label.values()):
            raise LookupError(f"{strange} not among {by_label}")
    multiple = field["type"] == CHECKBOXES
    low = field.get("min_values")
    high = field.get("max_values") or (len(field["options"]) if multiple else 1)
    if not (1 if low is None else low) <= len(made) <= high:
        raise ValueError(f"{field['custom_id']!r} takes {low} to {high} values, not {made}")
    return made
