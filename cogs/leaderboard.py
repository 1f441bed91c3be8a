"""`/leaderboard`: who is ahead in a server, and where you stand."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.board import WEEK
from bot.ui.board import BOARD_CHOICES, board_page
from bot.ui.layout import Card
from bot.ui.press import Interaction


class Leaderboard(commands.Cog):
    """Boards of points and of streaks."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Answer for the buttons under a board."""
        self.bot.presses["board"] = self.turned

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(board="This week, this season, all time, streaks, or one topic")
    @app_commands.choices(board=BOARD_CHOICES)
    async def leaderboard(
        self, interaction: discord.Interaction[StudyBot], board: str = WEEK
    ) -> None:
        """Show who is ahead here, and where you stand."""
        view = await self._page(interaction, board, 0)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def turned(self, interaction: Interaction, parts: list[str]) -> None:
        """Another page or another board was asked for."""
        view = await self._page(interaction, parts[0], int(parts[1]))
        await interaction.response.edit_message(view=view)

    async def _page(self, interaction: Interaction, name: str, page: int) -> Card:
        user_id, guild_id = interaction.user.id, interaction.guild_id or 0
        found = await self.bot.services.boards.board(
            guild_id, user_id, name, page, interaction.created_at
        )
        return board_page(found, user_id)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Leaderboard(bot))
