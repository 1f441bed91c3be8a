"""What is yours: your streak, your profile, your settings and your time zone."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.aim import days_offered
from bot.domain.errors import NotFound
from bot.domain.local_time import nearest_zones
from bot.domain.sharing import Visibility
from bot.services.profiles import Wish
from bot.ui.due import due_view
from bot.ui.preferences import (
    NONE_CHOICE,
    ROLE_CHOICES,
    SENIORITY_CHOICES,
    VISIBILITY_CHOICES,
    day_offered,
    moved_view,
    preferences_view,
)
from bot.ui.press import Interaction
from bot.ui.profile import pictured
from bot.ui.reminder import reminders_view
from bot.ui.streak import streak_view


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Me(commands.GroupCog, group_name="me", group_description="Your own study."):
    """Streak, profile, settings and time zone."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Answer for the button under a profile."""
        self.bot.presses["preferences"] = self.preferences

    @app_commands.command()
    @app_commands.describe(member="Whose profile, as far as they share it; yours without")
    async def profile(
        self, interaction: discord.Interaction[StudyBot], member: discord.User | None = None
    ) -> None:
        """Show what your study has come to, or another member's."""
        who = member or interaction.user
        if who.bot:
            raise NotFound("Bots don't study, not even me. `/me profile` shows yours.")
        # A user option takes anybody's id; only of members does Discord tell that they are here.
        here = interaction.guild_id if isinstance(who, discord.Member) else None
        found = await self.bot.services.profiles.of(
            who.id, interaction.user.id, here, interaction.created_at
        )
        view, files = await pictured(found, own=who.id == interaction.user.id)
        await interaction.response.send_message(view=view, files=files, ephemeral=True)

    @app_commands.command()
    @app_commands.describe(
        profile="Who may see your profile",
        leaderboards="Whether you stand on leaderboards and in recaps",
        role="The role you prepare for",
        seniority="The seniority you prepare for",
        interview="The day of your interview, like 2026-11-24; none takes it back",
    )
    @app_commands.choices(
        profile=VISIBILITY_CHOICES,
        role=[*ROLE_CHOICES, NONE_CHOICE],
        seniority=[*SENIORITY_CHOICES, NONE_CHOICE],
    )
    async def settings(
        self,
        interaction: discord.Interaction[StudyBot],
        profile: str | None = None,
        leaderboards: bool | None = None,
        role: str | None = None,
        seniority: str | None = None,
        interview: str | None = None,
    ) -> None:
        """Choose what you aim at and who sees what; without options, show it."""
        wish = Wish(
            visibility=Visibility(profile) if profile else None,
            on_boards=leaderboards,
            role=role,
            seniority=seniority,
            interview=interview,
        )
        found = await self.bot.services.profiles.prefer(
            interaction.user.id, interaction.guild_id, wish, interaction.created_at
        )
        await interaction.response.send_message(view=preferences_view(found), ephemeral=True)

    @settings.autocomplete("interview")
    async def _interview_days(
        self, interaction: discord.Interaction[StudyBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        today = interaction.created_at.date()
        return [
            app_commands.Choice(name=day_offered(day, today), value=day.isoformat())
            for day in days_offered(typed, today)
        ]

    async def preferences(self, interaction: Interaction, _parts: list[str]) -> None:
        """*Settings* was pressed."""
        found = await self.bot.services.profiles.preferences(
            interaction.user.id, interaction.guild_id, interaction.created_at
        )
        await interaction.response.send_message(view=preferences_view(found), ephemeral=True)

    @app_commands.command()
    async def streak(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Show your streak, and why it stands where it does."""
        report = await self.bot.services.streaks.report(
            interaction.user.id, interaction.guild_id, interaction.created_at
        )
        await interaction.response.send_message(view=streak_view(report), ephemeral=True)

    @app_commands.command()
    async def due(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Show what you are about to forget."""
        due = await self.bot.services.dues.of(
            interaction.user.id, interaction.guild_id, interaction.created_at
        )
        await interaction.response.send_message(view=due_view(due), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(
        hour="The hour of your day, 0 to 23", on="Whether to remind you; without, as it is"
    )
    async def reminders(
        self,
        interaction: discord.Interaction[StudyBot],
        hour: app_commands.Range[int, 0, 23] | None = None,
        on: bool | None = None,
    ) -> None:
        """Be reminded by direct message of what you are about to forget; off until you ask."""
        reminding, user_id = self.bot.services.reminding, interaction.user.id
        if on is False:
            await reminding.turn_off(user_id)
        elif hour is not None or on:
            await reminding.turn_on(user_id, interaction.guild_id, hour, interaction.created_at)
            self.bot.dispatch("reminder_changed")
        reminder = await reminding.of(user_id)
        await interaction.response.send_message(view=reminders_view(reminder), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(zone="A city, like Europe/Berlin")
    async def timezone(self, interaction: discord.Interaction[StudyBot], zone: str) -> None:
        """Set your own time zone: your study days follow it."""
        name = await self.bot.services.streaks.move(
            interaction.user.id, interaction.guild_id, zone, interaction.created_at
        )
        self.bot.dispatch("reminder_changed")
        await interaction.response.send_message(view=moved_view(name), ephemeral=True)

    @timezone.autocomplete("zone")
    async def _zones(
        self, _: discord.Interaction[StudyBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=z, value=z) for z in nearest_zones(typed)]


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Me(bot))
