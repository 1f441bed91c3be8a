"""Answering the question of the day: modal, options, verdict, and what follows from it."""

from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot, Values
from bot.domain.errors import NotFound, Unavailable
from bot.services.answering import Asked
from bot.ui.answer import (
    answer_modal,
    claimed_view,
    confidence,
    disagree_modal,
    hint_view,
    options_view,
)
from bot.ui.plan import step_lines, step_view
from bot.ui.post import PRACTICE, todays_question
from bot.ui.press import Interaction, Press, pressed
from bot.ui.receipt import keep, promise
from bot.ui.text import of_hundred
from bot.ui.verdict import choice_view, outcome_view, share_view, strong_view, verdict_view

TODAY = "`/today` has the current one."


class Daily(commands.Cog):
    """The question of the day, from the side of those who answer it."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.answering = bot.services.answering

    async def cog_load(self) -> None:
        """Answer for our buttons and modals, whenever they were posted."""
        self.bot.add_dynamic_items(Press)
        self.bot.presses |= {
            "answer": self.ask,
            "pick": self.offer,
            "option": self.choose,
            "hint": self.hint,
            "strong": self.strong,
            "share": self.share,
            "disagree": self.disagree,
        }
        self.bot.modals |= {"answer": self.answered, "disagree": self.claimed}

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def today(self, interaction: discord.Interaction[StudyBot]) -> None:
        """Show the question that is open now, wherever you are."""
        who = (interaction.user.id, interaction.guild_id)
        planned = await self.bot.services.planning.today(*who, interaction.created_at)
        try:
            asked = await self.answering.today(*who)
        except NotFound as nothing:
            if planned is None:
                raise
            view = step_view(planned, str(nothing))
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        before = await self.answering.scored(asked.post.id, interaction.user.id)
        said = f"You answered it: {of_hundred(before.score)}. More is practice." if before else ""
        until = await self._until(asked)
        await interaction.response.send_message(
            view=todays_question(
                asked.post, asked.question, until, said, step_lines(planned) if planned else None
            ),
            ephemeral=True,
        )

    async def ask(self, interaction: Interaction, parts: list[str]) -> None:
        """*Answer* was pressed."""
        asked = await self._asked(interaction, parts, in_words=True)
        await interaction.response.send_modal(
            answer_modal(asked.post.id, asked.question, *parts[1:])
        )

    async def answered(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """An answer was submitted."""
        await promise(interaction)
        asked = await self._asked(interaction, parts, in_words=True)
        outcome = await self.answering.answer(
            asked,
            pressed(interaction),
            str(values.get("answer", "")),
            confidence(values.get("sure")),
            practice=PRACTICE in parts,
        )
        self.bot.dispatch("answered", asked.post.id)
        await keep(interaction, outcome_view(outcome))

    async def offer(self, interaction: Interaction, parts: list[str]) -> None:
        """*Pick A–D* was pressed."""
        asked = await self._asked(interaction, parts)
        await interaction.response.send_message(
            view=options_view(asked.post.id, asked.question, *parts[1:]), ephemeral=True
        )

    async def choose(self, interaction: Interaction, parts: list[str]) -> None:
        """An option was pressed."""
        try:
            outcome = await self.answering.choose(
                parts[0], pressed(interaction), int(parts[1]), practice=PRACTICE in parts
            )
        except NotFound as gone:
            raise NotFound(f"{gone} {TODAY}") from gone
        self.bot.dispatch("answered", parts[0])
        await interaction.response.edit_message(view=choice_view(outcome))

    async def hint(self, interaction: Interaction, parts: list[str]) -> None:
        """*Hint* was pressed."""
        asked = await self._asked(interaction, parts, in_words=True)
        await interaction.response.send_message(view=hint_view(asked.question), ephemeral=True)

    async def strong(self, interaction: Interaction, parts: list[str]) -> None:
        """*Strong answer* was pressed under a verdict."""
        outcome = await self.answering.outcome(int(parts[0]), interaction.user.id)
        view = strong_view(outcome.question, outcome.attempt.id)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def share(self, interaction: Interaction, parts: list[str]) -> None:
        """*Share* was pressed: the answer goes to the channel, the button goes away."""
        outcome = await self.answering.outcome(int(parts[0]), interaction.user.id)
        await interaction.response.edit_message(view=verdict_view(outcome, shared=True))
        try:
            await interaction.followup.send(view=share_view(outcome))
        except discord.HTTPException as refused:
            await interaction.edit_original_response(view=verdict_view(outcome))
            raise Unavailable("I could not share it here just now. Please try again.") from refused

    async def disagree(self, interaction: Interaction, parts: list[str]) -> None:
        """*I disagree* was pressed."""
        outcome = await self.answering.disputed(int(parts[0]), interaction.user.id)
        await interaction.response.send_modal(disagree_modal(outcome))

    async def claimed(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """A key point was claimed."""
        chosen = values.get("point", "")
        point_id = chosen[0] if isinstance(chosen, list) and chosen else str(chosen)
        claims, outcome = (
            self.bot.services.claims,
            await self.answering.outcome(int(parts[0]), interaction.user.id),
        )
        reason = str(values.get("answer", ""))
        await claims.claim(
            int(parts[0]), interaction.user.id, point_id, reason, interaction.created_at
        )
        point = outcome.question.point(point_id)
        await interaction.response.send_message(
            view=claimed_view(point.about if point else point_id), ephemeral=True
        )

    async def _asked(
        self, interaction: Interaction, parts: list[str], *, in_words: bool = False
    ) -> Asked:
        """The question behind a button; one that is gone points to today's."""
        find = self.answering.asked_in_words if in_words else self.answering.asked
        try:
            return await find(parts[0], interaction.user.id, interaction.guild_id)
        except NotFound as gone:
            raise NotFound(f"{gone} {TODAY}") from gone

    async def _until(self, asked: Asked) -> datetime | None:
        schedule = await self.bot.services.posting.schedule(asked.post.guild_id)
        return schedule.next_run_at if schedule else None


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Daily(bot))
