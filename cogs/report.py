"""The *Report* button and its form; the command is one of `/question`."""

from discord.ext import commands

from bot.client import StudyBot, Values
from bot.domain.report import Reason
from bot.domain.suggestion import is_own
from bot.services.reporting import Met, Place
from bot.ui.press import Interaction
from bot.ui.report import report_modal, reported_view


class Report(commands.Cog):
    """Questions that are not as they should be."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.reporting = bot.services.reporting

    async def cog_load(self) -> None:
        """Answer for the button and the form, whenever they were shown."""
        self.bot.presses["report"] = self.ask
        self.bot.modals["report"] = self.reported

    async def ask(self, interaction: Interaction, parts: list[str]) -> None:
        """*Report* was pressed."""
        met = await self._met(interaction, parts)
        await interaction.response.send_modal(report_modal(Place(parts[0]), parts[1], met.question))

    async def reported(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """The form was submitted."""
        met = await self._met(interaction, parts)
        chosen = values.get("reason", [])
        first = await self.reporting.report(
            met,
            interaction.user.id,
            Reason(chosen[0]) if chosen else Reason.OTHER,
            str(values.get("answer", "")),
            interaction.created_at,
        )
        view = reported_view(met.question, first=first, own=is_own(met.question.id))
        await interaction.response.send_message(view=view, ephemeral=True)

    async def _met(self, interaction: Interaction, parts: list[str]) -> Met:
        return await self.reporting.met(
            Place(parts[0]), parts[1], interaction.user.id, interaction.guild_id
        )


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Report(bot))
