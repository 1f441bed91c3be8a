"""Messages and dialogs as plain text: what a person would read, without the colours.

It works on payloads as Discord sends them, so that a posted message, an answer that only one
person sees and a dialog that is still open all go the same way.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import IntEnum
from functools import partial
from typing import Any, cast

import discord

Payload = Mapping[str, Any]
HIDDEN = "▒ hidden until you press it"
_wrap = partial(textwrap.wrap, break_on_hyphens=False)
_MARK = re.compile(r"(?:\s*(?:[-•●◐○✕✓›>]|\d+\.|[A-D] ·) )?")


class Kind(IntEnum):
    """Discord's numbers for the components that we know how to read."""

    ROW, BUTTON, SELECT = 1, 2, 3
    SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
    CONTAINER, LABEL, RADIO_GROUP = 17, 18, 21


@dataclass(frozen=True)
class Reader:
    """Who reads: when, in which time zone, on how wide a screen, knowing whom by which name."""

    now: datetime
    zone: tzinfo = UTC
    width: int = 80
    name: Callable[[int], str] = str
    called: str = "you"

    def message(self, message: discord.Message) -> str:
        """Return a message under a line that says whose it is and when it came."""
        at = message.created_at.astimezone(self.zone)
        head = f"{message.author.display_name} · {at:%H:%M}"
        if message.flags.ephemeral:
            head += f" · only {self.called} can see this"
        elif message.edited_at:
            head += " · edited"
        return "\n".join([head, *_framed(self._message_lines(message), "│ ")])

    def components(self, components: Iterable[Payload]) -> str:
        """Return components alone, as `view.to_components()` gives them."""
        return "\n".join(self._spaced(components, {}))

    def modal(self, modal: Payload, typed: Mapping[str, Any]) -> str:
        """Return a dialog as it looks once this has been typed and chosen, by custom_id."""
        lines = self._spaced(modal.get("components", ()), typed)
        return "\n".join([f"┌ {modal['title']}", *_framed(lines, "│ "), "└ [ Submit ]"])

    def plain(self, text: str) -> str:
        """Return Discord's markdown as a person would type it in a letter."""
        parts = re.split(r"(```.*?```|`[^`\n]+`)", text, flags=re.DOTALL)
        return "".join(
            re.sub(r"^```\w*\n?|`", "", part) if index % 2 else self._prose(part)
            for index, part in enumerate(parts)
        )

    def _prose(self, text: str) -> str:
        text = re.sub(r"<t:(-?\d+)(?::(\w))?>", self._instant, text)
        text = re.sub(r"<@!?(\d+)>", lambda m: f"@{self.name(int(m[1]))}", text)
        text = re.sub(r"<#(\d+)>", lambda m: f"#{self.name(int(m[1]))}", text)
        text = re.sub(r"</([^:>]+):\d+>", r"/\1", text)
        text = re.sub(r"<a?:(\w+):\d+>", r":\1:", text)
        text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
        text = re.sub(r"(?m)^(#{1,3}|-#) ", "", text)
        text = re.sub(r"(?<!\\)(\*\*|__|~~|\|\|)(?=\S)(.+?)(?<=[^\s\\])\1", r"\2", text)
        text = re.sub(r"(?<![\\\w*])([*_])(?=\S)(.+?)(?<=[^\s\\])\1(?![\w*])", r"\2", text)
        return re.sub(r"\\([^\sA-Za-z0-9])|\u200b", r"\1", text)

    def _instant(self, match: re.Match[str]) -> str:
        """Return `<t:…>` in words, in this reader's time zone."""
        at = datetime.fromtimestamp(int(match[1]), UTC)
        if match[2] == "R":
            return _from_now(at - self.now)
        local = at.astimezone(self.zone)
        day = f"{local.day} {local:%B %Y}"
        styles = {"t": f"{local:%H:%M}", "T": f"{local:%H:%M:%S}", "d": f"{local:%d/%m/%Y}"}
        styles |= {"D": day, "F": f"{local:%A} {day}, {local:%H:%M}"}
        return styles.get(match[2] or "f", f"{day}, {local:%H:%M}")

    def _message_lines(self, message: discord.Message) -> Iterator[str]:
        if message.content:
            yield from self._wrapped(message.content)
        shown = [component.to_dict() for component in message.components]
        yield from self._spaced(shown, {})
        if not message.flags.components_v2:
            for attachment in message.attachments:
                yield f"(file: {attachment.description or attachment.filename})"

    def _spaced(self, parts: Iterable[Payload], typed: Mapping[str, Any]) -> Iterator[str]:
        """Return parts that stand under each other with some air between them."""
        for index, part in enumerate(parts):
            if index:
                yield ""
            yield from self._component(part, typed)

    def _component(self, component: Payload, typed: Mapping[str, Any]) -> Iterator[str]:
        match component["type"]:
            case Kind.TEXT:
                yield from self._wrapped(component["content"])
            case Kind.CONTAINER:
                yield from [HIDDEN] if component.get("spoiler") else []
                yield from self._spaced(component["components"], typed)
            case Kind.SECTION:
                for part in (*component["components"], component["accessory"]):
                    yield from self._component(part, typed)
            case Kind.ROW:
                yield from self._row(component["components"])
            case Kind.BUTTON:
                yield _control(component)
            case Kind.SEPARATOR:
                yield "─" * 24 if component.get("divider", True) else ""
            case Kind.LABEL:
                yield from self._label(component, typed)
            case Kind.THUMBNAIL | Kind.GALLERY | Kind.FILE:
                yield from (f"(picture: {alt})" for alt in _pictures(component))
            case unknown:
                yield f"(component {unknown})"

    def _row(self, controls: Iterable[Payload]) -> Iterator[str]:
        """Return the buttons of one row; spaces inside a button do not break."""
        row = "  ".join(_control(control).replace(" ", "\0") for control in controls)
        yield from (line.replace("\0", " ") for line in _wrap(row, self.width - 2))

    def _label(self, label: Payload, typed: Mapping[str, Any]) -> Iterator[str]:
        control = label["component"]
        yield self.plain(label["label"])
        if label.get("description"):
            yield from self._wrapped(label["description"])
        yield from _framed(self._filled(control, typed.get(control.get("custom_id"))), "  ")

    def _filled(self, control: Payload, value: object) -> Iterator[str]:
        """Return a field of a dialog with what was typed or chosen in it."""
        if "options" not in control:
            shown = control.get("value", "") if value is None else value
            yield from _wrap(f"› {shown}", self.width - 6, subsequent_indent="  ")
            return
        chosen = {o["value"] for o in control["options"] if o.get("default") and value is None}
        chosen |= {value} if isinstance(value, str) else set(cast("Iterable[str]", value or ()))
        marks = "[x]", "[ ]"
        if control["type"] in (Kind.RADIO_GROUP, Kind.SELECT):
            marks = "(•)", "( )"
        for option in control["options"]:
            mark = marks[option["value"] not in chosen]
            yield from _wrap(f"{mark} {option['label']}", self.width - 6, subsequent_indent="    ")

    def _wrapped(self, text: str) -> Iterator[str]:
        """Return text in lines that fit; what belongs to a list item hangs under its mark."""
        hang = ""
        for line in self.plain(text).split("\n"):
            first = hang if line.startswith("“") else ""
            hang = first or " " * len(_MARK.match(line)[0])  # type: ignore[index]
            yield from _wrap(
                line, self.width - 2, initial_indent=first, subsequent_indent=hang
            ) or [""]


def _framed(lines: Iterable[str], edge: str) -> list[str]:
    return [f"{edge}{line}".rstrip() for line in lines]


def _control(control: Payload) -> str:
    """Return a button or a menu in brackets; round ones cannot be pressed."""
    emoji = (control.get("emoji") or {}).get("name", "")
    label = control.get("label") or control.get("placeholder") or ""
    text = f"{emoji} {label}".strip() + (" ▾" if "options" in control else "")
    return f"({text})" if control.get("disabled") else f"[ {text} ]"


def _pictures(component: Payload) -> Sequence[str]:
    """Return the alt texts of a thumbnail, a gallery or a file."""
    items = component.get("items", [component])
    return [item.get("description") or item.get("name") or "no alt text" for item in items]


def _from_now(delta: timedelta) -> str:
    """Return a span the way Discord counts it down: in its largest unit."""
    seconds = abs(delta.total_seconds())
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= size or unit == "second":
            count = round(seconds / size)
            words = f"{count} {unit}{'' if count == 1 else 's'}"
            break
    return f"in {words}" if delta > timedelta() else f"{words} ago"
