"""What to read and watch next."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.ui.resources import found_view, gaps_view, offered


class Resources(commands.Cog):
    """Courses, documentation, papers, books."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(topic="A topic, a word or a title; your weakest topics without")
    async def resources(
        self,
        interaction: discord.Interaction[StudyBot],
        topic: app_commands.Range[str, 1, 80] | None = None,
    ) -> None:
        """Find what to read and watch, for a topic or for your gaps."""
        resources = self.bot.services.resources
        if topic is not None and topic.strip():
            view = found_view(topic, resources.search(topic))
        else:
            view = gaps_view(await resources.for_gaps(interaction.user.id))
        await interaction.response.send_message(view=view, ephemeral=True)

    @resources.autocomplete("topic")
    async def _topics(
        self, _: discord.Interaction[StudyBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [offered(one) for one in self.bot.services.resources.suggestions(typed)]


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Resources(bot))
