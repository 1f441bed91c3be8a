"""A group's own questions: the commands, and a member's draft on its way to the editors."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot, Values
from bot.domain.errors import Invalid
from bot.domain.question import Difficulty
from bot.services.reporting import Place
from bot.ui.permissions import caller_of
from bot.ui.press import Interaction
from bot.ui.report import report_modal
from bot.ui.review import editors_view, own_label, settled_view, waiting_view, wanted_view
from bot.ui.suggestion import draft_modal, draft_of, mine_view, preview_view, sent_view

Choices = list[app_commands.Choice[str]]


@app_commands.guild_only()
class Questions(
    commands.GroupCog, group_name="question", group_description="Questions of your own."
):
    """Suggesting, deciding and asking a server's own questions."""

    editors = app_commands.Group(name="editors", description="Who may let questions in.")

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.suggesting = bot.services.suggesting
        self.reviewing = bot.services.reviewing

    async def cog_load(self) -> None:
        """Answer for our buttons and modals, whenever they were shown."""
        self.bot.presses["suggest"] = self.draft_pressed
        self.bot.modals["suggest"] = self.drafted

    @app_commands.command()
    @app_commands.describe(difficulty="How hard it is; medium without")
    async def suggest(
        self,
        interaction: discord.Interaction[StudyBot],
        difficulty: Literal["easy", "medium", "hard"] = "medium",
    ) -> None:
        """Write a question for this server; its editors decide whether it is asked."""
        await interaction.response.send_modal(draft_modal(f"suggest:{difficulty}"))

    @app_commands.command()
    async def mine(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Show what you have suggested here, and what became of it."""
        mine = await self.suggesting.mine(interaction.guild_id or 0, interaction.user.id)
        await interaction.response.send_message(view=mine_view(mine), ephemeral=True)

    @app_commands.command()
    async def review(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Decide what members suggest, and look at what they report."""
        queue = await self.reviewing.queue(caller_of(interaction))
        view = waiting_view(queue[0] if queue else None, len(queue) - 1)
        await interaction.response.send_message(view=view, ephemeral=True)

    @app_commands.command()
    @app_commands.describe(question="One of this server's own")
    async def ask(self, interaction: discord.Interaction[StudyBot], question: str) -> None:
        """Have one of this server's own questions asked next."""
        wanted = await self.reviewing.ask(caller_of(interaction), question, interaction.created_at)
        await interaction.response.send_message(view=wanted_view(wanted), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(question="One of this server's own")
    async def retire(self, interaction: discord.Interaction[StudyBot], question: str) -> None:
        """Stop asking one of this server's own questions; what was posted stays."""
        gone = await self.reviewing.retire(caller_of(interaction), question, interaction.created_at)
        view = settled_view(gone, retired=True, left=0)
        await interaction.response.send_message(view=view, ephemeral=True)

    @app_commands.command()
    @app_commands.describe(question="One that was asked lately")
    async def report(self, interaction: discord.Interaction[StudyBot], question: str) -> None:
        """Say what is the matter with a question; nobody is pinged."""
        met = await self.bot.services.reporting.met(
            Place.QUESTION, question, interaction.user.id, interaction.guild_id
        )
        await interaction.response.send_modal(report_modal(Place.QUESTION, question, met.question))

    @ask.autocomplete("question")
    @retire.autocomplete("question")
    async def _own(self, interaction: discord.Interaction[StudyBot], typed: str) -> Choices:
        own = await self.reviewing.own(interaction.guild_id or 0, typed)
        return [app_commands.Choice(name=own_label(o), value=o.question.id) for o in own]

    @report.autocomplete("question")
    async def _recent(self, interaction: discord.Interaction[StudyBot], typed: str) -> Choices:
        recent = await self.bot.services.reporting.recent(
            interaction.user.id, interaction.guild_id or 0, typed
        )
        return [app_commands.Choice(name=q.title, value=q.id) for q in recent]

    @editors.command()
    async def add(
        self, interaction: discord.Interaction[StudyBot], member: discord.Member | discord.User
    ) -> None:
        """Let a member decide what is asked here; for the server's owner."""
        if not isinstance(member, discord.Member) or member.bot:
            raise Invalid("An editor is a person, and a member of this server.")
        editors = self.bot.services.editors
        await editors.add(caller_of(interaction), member.id, interaction.created_at)
        await self._show_editors(interaction)

    @editors.command()
    async def remove(
        self, interaction: discord.Interaction[StudyBot], member: discord.User
    ) -> None:
        """Take that back; for the server's owner."""
        await self.bot.services.editors.remove(caller_of(interaction), member.id)
        await self._show_editors(interaction)

    @editors.command(name="list")
    async def list_(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Show who decides what is asked here."""
        await self._show_editors(interaction)

    async def _show_editors(self, interaction: discord.Interaction[StudyBot]) -> None:
        guild = interaction.guild
        named = await self.bot.services.editors.of(interaction.guild_id or 0)
        view = editors_view((guild and guild.owner_id) or 0, named)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def drafted(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """A question was typed, or a draft typed anew."""
        difficulty, *known = parts
        draft = draft_of(values, Difficulty(difficulty))
        if known:
            preview = await self.suggesting.rewrite(int(known[0]), interaction.user.id, draft)
            await interaction.response.edit_message(view=preview_view(preview))
            return
        preview = await self.suggesting.begin(
            interaction.id,
            interaction.guild_id or 0,
            interaction.user.id,
            draft,
            interaction.created_at,
        )
        await interaction.response.send_message(view=preview_view(preview), ephemeral=True)

    async def draft_pressed(self, interaction: Interaction, parts: list[str]) -> None:
        """*Send to the editors* or *Edit* was pressed under a draft."""
        action, suggestion_id = parts[0], int(parts[1])
        if action == "send":
            sent = await self.suggesting.send(suggestion_id, interaction.user.id)
            await interaction.response.edit_message(view=sent_view(sent))
            return
        draft = (await self.suggesting.draft(suggestion_id, interaction.user.id)).draft
        custom_id = f"suggest:{draft.difficulty}:{suggestion_id}"
        await interaction.response.send_modal(draft_modal(custom_id, draft))


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Questions(bot))
