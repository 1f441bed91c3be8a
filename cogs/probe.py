"""Follow-ups: on an answer just given, on the last one, or on any question of the bank."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot, Values
from bot.ui.layout import Card
from bot.ui.press import Interaction
from bot.ui.probe import climb_view, model_view, replied_view, reply_modal, summary_view
from bot.ui.receipt import keep, promise


class Probe(commands.Cog):
    """The follow-up that an answer deserves."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.probing = bot.services.probing

    async def cog_load(self) -> None:
        """Answer for our buttons and modals, whenever they were posted."""
        self.bot.presses |= {
            "followup": self.follow_up,
            "ladder": self.ask,
            "summary": self.summary,
            "model": self.model,
        }
        self.bot.modals["reply"] = self.replied

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(
        question="On which question; your last answer without",
        public="Let the channel listen in; private without",
    )
    async def probe(
        self,
        interaction: discord.Interaction[StudyBot],
        question: str | None = None,
        public: bool = False,
    ) -> None:
        """Get the follow-ups a senior interviewer would ask."""
        now, user = interaction.created_at, interaction.user.id
        if question is None:
            climb = await self.probing.on_last_answer(user, interaction.id, now)
            public = False  # what was said in private stays there
        else:
            climb = await self.probing.begin(
                question, user, interaction.guild_id, interaction.id, now, public=public
            )
        await interaction.response.send_message(view=climb_view(climb), ephemeral=not public)

    @probe.autocomplete("question")
    async def _questions(
        self, _: discord.Interaction[StudyBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=q.title, value=q.id) for q in self.probing.questions(typed)
        ]

    async def follow_up(self, interaction: Interaction, parts: list[str]) -> None:
        """*Follow-up* was pressed under a verdict."""
        climb = await self.probing.follow_up(
            int(parts[0]), interaction.user.id, interaction.id, interaction.created_at
        )
        await self._say(interaction, climb_view(climb), public=False)

    async def ask(self, interaction: Interaction, parts: list[str]) -> None:
        """*Reply* was pressed under a follow-up."""
        probe = await self.probing.to_reply(int(parts[0]), interaction.user.id, parts[1])
        await interaction.response.send_modal(reply_modal(int(parts[0]), probe))

    async def replied(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """A reply was submitted."""
        public = (await self.probing.look(int(parts[0]), interaction.user.id)).ladder.public
        if not public:  # a refusal would fill in a public promise for all to see
            await promise(interaction)
        climb = await self.probing.reply(
            int(parts[0]),
            parts[1],
            interaction.user.id,
            str(values.get("answer", "")),
            interaction.created_at,
        )
        if public:
            await self._say(interaction, replied_view(climb), public=True)
        else:
            await keep(interaction, replied_view(climb))

    async def summary(self, interaction: Interaction, parts: list[str]) -> None:
        """*That's enough* was pressed."""
        climb = await self.probing.look(int(parts[0]), interaction.user.id)
        await self._say(interaction, summary_view(climb), public=climb.ladder.public)

    async def model(self, interaction: Interaction, parts: list[str]) -> None:
        """*Strong answer* was pressed under a summary."""
        climb = await self.probing.solved(int(parts[0]), interaction.user.id)
        await self._say(interaction, model_view(climb), public=False)

    async def _say(self, interaction: Interaction, view: Card, *, public: bool) -> None:
        await interaction.response.send_message(view=view, ephemeral=not public)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Probe(bot))
