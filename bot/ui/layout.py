"""The shapes that every message is made of."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import ui

from bot.ui.text import shortened

COLOUR = discord.Colour(0x4F6D7A)
"""Calm slate: a colour that says nothing, because words do."""
MOST_TEXT = 3900
"""Characters of one message; Discord's limit is 4,000 over all its components."""

Card = ui.LayoutView


def card(*parts: ui.Item[Any] | str | None, spoiler: bool = False) -> Card:
    """A message of one framed container; empty parts are left out."""
    return stack(frame(*parts, spoiler=spoiler))


def frame(*parts: ui.Item[Any] | str | None, spoiler: bool = False) -> ui.Container[Any]:
    """A framed container; strings become text."""
    items = [ui.TextDisplay[Any](p) if isinstance(p, str) else p for p in parts if p]
    return ui.Container(*items, accent_colour=COLOUR, spoiler=spoiler)


def stack(*items: ui.Item[Any]) -> Card:
    """A message of several items; it never times out, since its buttons carry their state."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    _fit(view)
    return view


def _fit(view: Card) -> None:
    """Cut the longest text where Discord would refuse the message: what people typed has no end."""
    texts = [item for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    while (over := sum(len(text.content) for text in texts) - MOST_TEXT) > 0:
        longest = max(texts, key=lambda text: len(text.content))
        longest.content = shortened(longest.content, max(1, len(longest.content) - over))


def silent(view: Card) -> Card:
    """The same without its buttons, for where they would lead nowhere."""
    for item in list(view.walk_children()):
        if isinstance(item, ui.ActionRow) and isinstance(item.parent, ui.Container):
            item.parent.remove_item(item)
    return view


def row(buttons: Iterable[ui.Item[Any]]) -> ui.ActionRow[Any]:
    """Buttons side by side, five at most."""
    return ui.ActionRow(*buttons)


def small(text: str) -> str:
    """Text in Discord's small print, on every line."""
    return "\n".join(f"-# {line}" for line in text.splitlines())
