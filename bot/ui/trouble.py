"""Trouble, told to whoever can mend it: in the channel chosen for it, else to the owner."""

import logging

import aiohttp
import discord

from bot.client import StudyBot
from bot.pacer import Pacer
from bot.ui.text import plain

log = logging.getLogger(__name__)

UNTOLD = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


async def tell(
    bot: StudyBot, pacer: Pacer, guild_id: int, channel_id: int | None, says: str
) -> None:
    """Tell it once; the channel may be what is broken, and then the owner hears it."""
    if channel_id is not None and await _in_channel(bot, pacer, guild_id, channel_id, says):
        return
    guild = bot.get_guild(guild_id)
    if guild is not None:
        await _to_owner(bot, pacer, guild, says)


async def _in_channel(
    bot: StudyBot, pacer: Pacer, guild_id: int, channel_id: int, says: str
) -> bool:
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    await pacer.turn()
    try:
        await channel.send(says)
    except UNTOLD as failed:
        log.warning("guild %s cannot be told in its channel for reports: %s", guild_id, failed)
        return False
    return True


async def _to_owner(bot: StudyBot, pacer: Pacer, guild: discord.Guild, says: str) -> None:
    await pacer.turn()
    try:
        owner = await bot.fetch_user(guild.owner_id or 0)
        await owner.send(f"**{plain(guild.name)}**: {says}")
    except UNTOLD as failed:
        log.warning("guild %s could not be told: %s", guild.id, failed)
