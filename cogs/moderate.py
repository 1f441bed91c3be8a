"""Deciding what people dispute; for members who may manage the server."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.errors import NotAllowed
from bot.services.claims import decidable
from bot.ui.claims import case_view, decided_view, nothing_view
from bot.ui.press import Interaction


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Moderate(
    commands.GroupCog, group_name="moderate", group_description="Decide what people dispute."
):
    """Claims of key points."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Answer for the buttons under a claim."""
        self.bot.presses |= {"accept": self.accept, "reject": self.reject}

    @app_commands.command()
    async def claims(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Show the oldest claim of a key point, to accept or reject."""
        _moderators_only(interaction)
        waiting = await self.bot.services.claims.open_in(interaction.guild_id or 0)
        theirs = decidable(waiting, interaction.user.id)
        view = case_view(theirs[0], len(theirs)) if theirs else nothing_view(own=len(waiting))
        await interaction.response.send_message(view=view, ephemeral=True)

    async def accept(self, interaction: Interaction, parts: list[str]) -> None:
        """*Accept* was pressed."""
        await self._decide(interaction, parts, accept=True)

    async def reject(self, interaction: Interaction, parts: list[str]) -> None:
        """*Reject* was pressed."""
        await self._decide(interaction, parts, accept=False)

    async def _decide(self, interaction: Interaction, parts: list[str], *, accept: bool) -> None:
        _moderators_only(interaction)
        case = await self.bot.services.claims.decide(
            interaction.guild_id or 0,
            int(parts[0]),
            parts[1],
            interaction.user.id,
            interaction.created_at,
            accept=accept,
        )
        await interaction.response.edit_message(view=decided_view(case, accepted=accept))


def _moderators_only(interaction: Interaction) -> None:
    if not interaction.permissions.manage_guild:
        raise NotAllowed("Only members who may manage this server can decide claims.")


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Moderate(bot))
