"""Whether a message of ours is in a channel already: a request may arrive though we died."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.client import StudyBot

SLACK = timedelta(seconds=60)
"""How far our clock and Discord's may differ."""


async def found(
    bot: StudyBot,
    channel: discord.abc.Messageable,
    since: datetime,
    fits: Callable[[discord.Message], bool],
) -> discord.Message | None:
    """Our first such message since then; None without the permission to read the channel."""
    me = bot.user.id if bot.user else 0
    async for message in channel.history(limit=None, after=since - SLACK, oldest_first=True):
        if message.author.id == me and fits(message):
            return message
    return None


def marked(part: str) -> Callable[[discord.Message], bool]:
    """Whether one of its buttons carries that in its custom id."""
    return lambda message: any(part in custom_id for custom_id in custom_ids(message.components))


def saying(words: str) -> Callable[[discord.Message], bool]:
    """Whether it says that."""
    return lambda message: any(words in text for text in _texts(message.components))


def custom_ids(components: Any) -> Iterator[str]:  # noqa: ANN401 - discord.py's own union
    """Every custom id in a message, however deep its layout."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from custom_ids(getattr(component, "children", ()))


def _texts(components: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts(getattr(component, "children", ()))
