"""What we hold about people, handed to them or deleted."""

import asyncio
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.errors import NotAllowed
from bot.ui.export import held
from bot.ui.layout import card, row, small
from bot.ui.press import Interaction, Press, Style


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Privacy(commands.GroupCog, group_name="privacy", group_description="What I hold about you."):
    """Export and deletion."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Answer for the confirmation's button."""
        self.bot.presses["forget"] = self.forget

    @app_commands.command()
    async def export(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Get everything I hold about you, as a file."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.bot.services.privacy.export(interaction.user.id)
        made, name = await asyncio.to_thread(held, found, interaction.filesize_limit)
        await interaction.followup.send(
            "Everything I hold about you. Only you can see this message.",
            file=discord.File(BytesIO(made), name),
            ephemeral=True,
        )

    @app_commands.command()
    async def delete(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Delete everything I hold about you."""
        view = card(
            "### Delete everything about you?\nAnswers, verdicts, streak, claims and settings go "
            "for good, in every server. How many people answered a question stays, without you.",
            row([Press("Delete it all", "forget", interaction.user.id, style=Style.danger)]),
            small("`/privacy export` gives you a copy first. To keep all, do nothing."),
        )
        await interaction.response.send_message(view=view, ephemeral=True)

    async def forget(self, interaction: Interaction, parts: list[str]) -> None:
        """The deletion was confirmed."""
        if parts[0] != str(interaction.user.id):
            raise NotAllowed("Only the person it is about can do that.")
        await self.bot.services.privacy.forget(interaction.user.id)
        await interaction.response.edit_message(view=card("It is all gone. You are welcome back."))


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Privacy(bot))
