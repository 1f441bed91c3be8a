"""Time to think: asked for before the work, which is done even if nobody hears us ask."""

import logging
from collections.abc import Awaitable

import aiohttp
import discord
from discord import ui

from bot.ui.press import Interaction

log = logging.getLogger(__name__)

LOST = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


async def promise(interaction: Interaction) -> None:
    """Ask for time. An answer that was handed in counts, whether or not that request arrives."""
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except LOST as lost:
        log.warning("interaction %s may not have been acknowledged: %r", interaction.id, lost)


async def hold(interaction: Interaction) -> None:
    """Ask for time without a new message: the one that was pressed will move on."""
    try:
        await interaction.response.defer()
    except LOST as lost:
        log.warning("interaction %s may not have been acknowledged: %r", interaction.id, lost)


async def keep(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show what was promised; as a first answer where Discord has not heard of a promise."""
    if await _shown(interaction.edit_original_response(view=view)):
        return
    answer = (
        interaction.followup.send(view=view, ephemeral=True, wait=True)  # what moves on is gone
        if interaction.response.is_done()
        else interaction.response.send_message(view=view, ephemeral=True)
    )
    if not await _shown(answer):
        log.warning("interaction %s: nobody waits for its answer any more", interaction.id)


async def _shown(answer: Awaitable[object]) -> bool:
    """Whether Discord knows where to show it."""
    try:
        await answer
    except discord.NotFound:
        return False
    return True
