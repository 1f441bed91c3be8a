"""What is yours: your streak and your time zone."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.local_time import nearest_zones
from bot.ui.due import due_view
from bot.ui.layout import card, small
from bot.ui.reminder import reminders_view
from bot.ui.streak import streak_view

USUAL_HOUR = 19


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
class Me(commands.GroupCog, group_name="me", group_description="Your own study."):
    """Streak and time zone."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

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
        reminder = await reminding.of(user_id)
        if on is False:
            await reminding.turn_off(user_id)
            reminder = await reminding.of(user_id)
        elif hour is not None or on:
            usual = reminder.minute // 60 if reminder else USUAL_HOUR
            reminder = await reminding.turn_on(
                user_id,
                interaction.guild_id,
                usual if hour is None else hour,
                interaction.created_at,
            )
            self.bot.dispatch("reminder_changed")
        await interaction.response.send_message(view=reminders_view(reminder), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(zone="A city, like Europe/Berlin")
    async def timezone(self, interaction: discord.Interaction[StudyBot], zone: str) -> None:
        """Set your own time zone: your study days follow it."""
        name = await self.bot.services.streaks.move(
            interaction.user.id, interaction.guild_id, zone, interaction.created_at
        )
        view = card(
            f"Your days are now counted in **{name}**.",
            small("They end at 03:00 there. A date that the move skipped costs you nothing."),
        )
        await interaction.response.send_message(view=view, ephemeral=True)

    @timezone.autocomplete("zone")
    async def _zones(
        self, _: discord.Interaction[StudyBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=z, value=z) for z in nearest_zones(typed)]


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Me(bot))
