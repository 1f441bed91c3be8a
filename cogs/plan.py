"""The plan up to the interview."""

import asyncio
from datetime import datetime
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.errors import NotAllowed
from bot.ui.calendar import calendar
from bot.ui.plan import calendar_said, plan_view
from bot.ui.preferences import ROLE_CHOICES, SENIORITY_CHOICES
from bot.ui.press import Interaction


class Plan(commands.Cog):
    """What to do on which day, and why."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.planning = bot.services.planning

    async def cog_load(self) -> None:
        """Answer for our buttons, whenever they were posted."""
        self.bot.presses |= {"week": self.week, "calendar": self.calendar}

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(
        role="What you interview for; as you said last without",
        seniority="How senior; mid before you have said",
        interview="The date, like 2026-12-24; `none` takes it back",
    )
    @app_commands.choices(role=ROLE_CHOICES, seniority=SENIORITY_CHOICES)
    async def plan(
        self,
        interaction: discord.Interaction[StudyBot],
        role: str | None = None,
        seniority: str | None = None,
        interview: str | None = None,
    ) -> None:
        """See what to do on which day up to your interview, and why."""
        who = (interaction.user.id, interaction.guild_id, interaction.created_at)
        await self.planning.aim(*who, role=role, seniority=seniority, interview=interview)
        view = plan_view(await self.planning.look(*who))
        await interaction.response.send_message(view=view, ephemeral=True)

    async def week(self, interaction: Interaction, parts: list[str]) -> None:
        """Another week was asked for."""
        outlook = await self.planning.look(*_their_own(interaction, parts))
        await interaction.response.edit_message(view=plan_view(outlook, int(parts[1])))

    async def calendar(self, interaction: Interaction, parts: list[str]) -> None:
        """*Calendar file* was pressed."""
        outlook = await self.planning.look(*_their_own(interaction, parts))
        await interaction.response.defer(ephemeral=True, thinking=True)
        made = await asyncio.to_thread(calendar, outlook, interaction.created_at)
        await interaction.followup.send(
            calendar_said(outlook.begun.ends_on),
            file=discord.File(BytesIO(made), "plan.ics"),
            ephemeral=True,
        )


def _their_own(interaction: Interaction, parts: list[str]) -> tuple[int, int | None, datetime]:
    if parts[0] != str(interaction.user.id):
        raise NotAllowed("That plan is somebody else's. `/plan` makes yours.")
    return interaction.user.id, interaction.guild_id, interaction.created_at


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Plan(bot))
