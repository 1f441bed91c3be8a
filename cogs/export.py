"""Take it with you: cards for Anki, answers for a spreadsheet."""

import asyncio
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.ui.anki import deck
from bot.ui.export import deck_said, table, table_said
from bot.ui.press import Interaction


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Export(commands.GroupCog, group_name="export", group_description="Take it with you."):
    """Files for other programs."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def anki(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Get the questions you missed as cards for Anki."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        missed = await self.bot.services.export.missed(interaction.user.id)
        made = await asyncio.to_thread(deck, missed, interaction.created_at)
        await _hand_over(interaction, deck_said(len(missed)), made, "loopmate.apkg")

    @app_commands.command()
    async def csv(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Get all you have answered as a table."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        answers = await self.bot.services.export.answers(interaction.user.id)
        made, rows = await asyncio.to_thread(table, answers, interaction.filesize_limit)
        await _hand_over(interaction, table_said(rows, len(answers)), made, "loopmate.csv")


async def _hand_over(interaction: Interaction, said: str, made: bytes, name: str) -> None:
    await interaction.followup.send(said, file=discord.File(BytesIO(made), name), ephemeral=True)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Export(bot))
