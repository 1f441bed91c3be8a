"""Where somebody stands: six questions, one a competency, in five minutes."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.ui.preferences import ROLE_CHOICES, SENIORITY_CHOICES
from bot.ui.press import Interaction
from bot.ui.readiness import check_view, missed_view


class Readiness(commands.Cog):
    """Readiness checks."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.readying = bot.services.readying

    async def cog_load(self) -> None:
        """Answer for our buttons, whenever they were posted."""
        self.bot.presses |= {"readiness": self.pick, "unready": self.missed}

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(
        role="What you interview for; as you said last without",
        seniority="How senior; mid before you have said",
    )
    @app_commands.choices(role=ROLE_CHOICES, seniority=SENIORITY_CHOICES)
    async def readiness(
        self,
        interaction: discord.Interaction[StudyBot],
        role: str | None = None,
        seniority: str | None = None,
    ) -> None:
        """Check in five minutes how ready you are, and how sure that is."""
        user, guild, now = interaction.user.id, interaction.guild_id, interaction.created_at
        await self.bot.services.planning.aim(user, guild, now, role=role, seniority=seniority)
        standing = await self.readying.begin(user, guild, interaction.id, now)
        await interaction.response.send_message(view=check_view(standing), ephemeral=True)

    async def pick(self, interaction: Interaction, parts: list[str]) -> None:
        """An option was pressed."""
        check_id, number, place = map(int, parts)
        standing = await self.readying.pick(
            check_id,
            number,
            place,
            interaction.user.id,
            interaction.guild_id,
            interaction.id,
            interaction.created_at,
        )
        await interaction.response.edit_message(view=check_view(standing))

    async def missed(self, interaction: Interaction, parts: list[str]) -> None:
        """*What I missed* was pressed."""
        standing = await self.readying.look(
            int(parts[0]), interaction.user.id, interaction.created_at
        )
        await interaction.response.send_message(view=missed_view(standing), ephemeral=True)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Readiness(bot))
