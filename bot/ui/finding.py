"""Whether a message of ours is in a channel already: a request may arrive though we died."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord

from bot.client import StudyBot

SLACK = timedelta(seconds=60)
"""How far our clock and Discord's may differ."""
UNKNOWN = (aiohttp.ClientError, OSError, TimeoutError)
"""The request may or may not have arrived: not a failure, but a question for later."""
TOO_MANY, SERVER_FAULT = 429, 500


def undecided(refused: discord.HTTPException) -> bool:
    """Whether that answer is no refusal, and the same request may succeed or have succeeded."""
    return refused.status == TOO_MANY or refused.status >= SERVER_FAULT


def may_look(bot: StudyBot, channel_id: int) -> bool:
    """Whether we may read what stands there: else Discord may answer with an empty list."""
    channel = bot.get_channel(channel_id)
    if not isinstance(channel, discord.abc.GuildChannel):
        return True  # Discord itself says what it thinks of that
    mine = channel.permissions_for(channel.guild.me)
    return mine.view_channel and mine.read_message_history


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
