"""Editors decide: the buttons under what waits, and the news for its author."""

import logging

import discord
from discord.ext import commands

from bot.client import StudyBot, Values
from bot.domain.question import Difficulty, Question
from bot.domain.suggestion import Suggestion
from bot.pacer import Pacer
from bot.services.reviewing import after
from bot.ui.permissions import caller_of
from bot.ui.press import Interaction
from bot.ui.review import (
    decided_view,
    news,
    rejection_modal,
    settled_view,
    suggestion_view,
    waiting_view,
)
from bot.ui.suggestion import draft_modal, draft_of
from bot.ui.trouble import UNTOLD

log = logging.getLogger(__name__)


class Review(commands.Cog):
    """What members suggest and report, decided; the command is one of `/question`."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.reviewing = bot.services.reviewing
        self.pacer = Pacer()
        self.actions = {
            "accept": self.accept,
            "edit": self.edit,
            "reject": self.reject,
            "keep": self.keep,
            "retire": self.retire,
            "next": self.next,
        }

    async def cog_load(self) -> None:
        """Answer for our buttons and modals, whenever they were shown."""
        self.bot.presses["review"] = self.pressed
        self.bot.modals |= {"amend": self.amended, "rejection": self.rejected}

    async def pressed(self, interaction: Interaction, parts: list[str]) -> None:
        """An editor pressed something under what waits."""
        action = self.actions.get(parts[0])
        if action is None:
            raise ValueError(parts[0])  # of another version; the client has words for that
        await action(interaction, parts[1:])

    async def accept(self, interaction: Interaction, parts: list[str]) -> None:
        """*Accept* was pressed."""
        decided = await self.reviewing.accept(
            caller_of(interaction), int(parts[0]), int(parts[1]), interaction.created_at
        )
        await self._decided(interaction, decided)

    async def edit(self, interaction: Interaction, parts: list[str]) -> None:
        """*Edit* was pressed."""
        found = await self.reviewing.waiting(caller_of(interaction), int(parts[0]))
        custom_id = f"amend:{found.draft.difficulty}:{found.id}:{found.revision}"
        await interaction.response.send_modal(draft_modal(custom_id, found.draft))

    async def amended(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """An editor changed what a suggestion says."""
        difficulty, suggestion_id, revision = parts
        changed = await self.reviewing.amend(
            caller_of(interaction),
            int(suggestion_id),
            draft_of(values, Difficulty(difficulty)),
            int(revision),
        )
        view = suggestion_view(changed, await self._waiting(interaction) - 1)
        await interaction.response.edit_message(view=view)

    async def reject(self, interaction: Interaction, parts: list[str]) -> None:
        """*Reject* was pressed."""
        found = await self.reviewing.waiting(caller_of(interaction), int(parts[0]))
        await interaction.response.send_modal(rejection_modal(found.id))

    async def rejected(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """A suggestion was turned down."""
        decided = await self.reviewing.reject(
            caller_of(interaction),
            int(parts[0]),
            str(values.get("answer", "")),
            interaction.created_at,
        )
        await self._decided(interaction, decided)

    async def keep(self, interaction: Interaction, parts: list[str]) -> None:
        """*Keep it* was pressed under a reported question."""
        kept = await self.reviewing.keep(caller_of(interaction), parts[0], interaction.created_at)
        await self._settled(interaction, kept, retired=False)

    async def retire(self, interaction: Interaction, parts: list[str]) -> None:
        """*Retire it* was pressed under a reported question."""
        gone = await self.reviewing.retire(caller_of(interaction), parts[0], interaction.created_at)
        await self._settled(interaction, gone, retired=True)

    async def next(self, interaction: Interaction, parts: list[str]) -> None:
        """*Next* was pressed."""
        queue = await self.reviewing.queue(caller_of(interaction))
        view = waiting_view(after(queue, parts[0]), len(queue) - 1)
        await interaction.response.edit_message(view=view)

    async def _waiting(self, interaction: Interaction) -> int:
        return len(await self.reviewing.queue(caller_of(interaction)))

    async def _settled(
        self, interaction: Interaction, question: Question, *, retired: bool
    ) -> None:
        left = await self._waiting(interaction)
        view = settled_view(question, retired=retired, left=left)
        await interaction.response.edit_message(view=view)

    async def _decided(self, interaction: Interaction, suggestion: Suggestion) -> None:
        left = await self._waiting(interaction)
        await interaction.response.edit_message(view=decided_view(suggestion, left))
        if interaction.guild and suggestion.user_id != interaction.user.id:
            await self._tell(suggestion, interaction.guild)

    async def _tell(self, suggestion: Suggestion, guild: discord.Guild) -> None:
        """Let the author know; one who takes no messages finds it under `/question mine`."""
        await self.pacer.turn()
        try:
            author = await self.bot.fetch_user(suggestion.user_id)
            await author.send(news(suggestion, guild.name))
        except UNTOLD as closed:
            log.info("the author of suggestion %s was not told: %s", suggestion.id, closed)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Review(bot))
