"""Duels: challenge somebody, play, look back."""

from collections.abc import Awaitable
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.duel import EVERYBODY, MOST_ROUNDS, terms
from bot.domain.game import Terms
from bot.domain.rating import OVERALL
from bot.domain.round import Style, topic_named
from bot.services.table import Table, TooFew
from bot.ui.duel import (
    board_view,
    challenges_view,
    duel_view,
    history_view,
    missed_view,
    rating_view,
    too_few_view,
)
from bot.ui.permissions import check_may_play
from bot.ui.press import Interaction, pressed, topics

PLACES = 10
Rounds = app_commands.Range[int, 1, MOST_ROUNDS]


@app_commands.guild_only()
class Duel(commands.GroupCog, group_name="duel", group_description="Play one against one."):
    """Two people, the same questions."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.duels = bot.services.duels

    async def cog_load(self) -> None:
        """Answer for the buttons of challenges and of final cards."""
        self.bot.presses |= {
            "takeup": self.accept,
            "decline": self.decline,
            "rematch": self.rematch,
            "widen": self.widen,
            "missed": self.missed,
        }

    @app_commands.command()
    @app_commands.describe(
        opponent="Whom you challenge",
        topic="Only this topic; a rated duel on it moves your rating on it",
        rounds="How many questions",
        rated="Whether it moves your ratings",
        style="Pick an option, or write your answer",
    )
    async def challenge(
        self,
        interaction: Interaction,
        opponent: discord.Member,
        topic: str = "",
        rounds: Rounds = 5,
        rated: bool = True,
        style: Literal["choice", "explain"] = "choice",
    ) -> None:
        """Challenge somebody to a duel; only they can accept."""
        agreed = terms(topic, rounds, Style(style), rated=rated)
        await self._challenge(interaction, opponent.id, agreed, is_bot=opponent.bot)

    challenge.autocomplete("topic")(topics)

    @app_commands.command()
    async def resign(self, interaction: Interaction) -> None:
        """Give up the duel you are in, or take back your challenge."""
        table = await self.duels.withdraw_or_resign(pressed(interaction))
        await interaction.response.send_message("Done. It is over.", ephemeral=True)
        self.bot.dispatch("game_changed", table.game.id)

    @app_commands.command()
    @app_commands.describe(member="Whose duels; yours without")
    async def history(self, interaction: Interaction, member: discord.User | None = None) -> None:
        """Show the last duels, and what they did to the rating."""
        who = member or interaction.user
        tables = await self.duels.history(who.id, interaction.guild_id or 0)
        await interaction.response.send_message(view=history_view(tables, who.id), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(member="Whose rating; yours without")
    async def rating(self, interaction: Interaction, member: discord.User | None = None) -> None:
        """Show a rating, over all topics and on each, with how sure it is."""
        who = member or interaction.user
        standing = await self.duels.standing(who.id, interaction.guild_id or 0)
        await interaction.response.send_message(view=rating_view(standing, who.id), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(topic="Only the ratings on this topic")
    async def board(self, interaction: Interaction, topic: str = "") -> None:
        """Show who is strongest here."""
        guild_id, topic = interaction.guild_id or 0, topic_named(topic) or OVERALL
        ratings = await self.duels.board(guild_id, topic, PLACES)
        mine = await self.duels.standing(interaction.user.id, guild_id)
        view = board_view(ratings, topic, interaction.user.id, mine)
        await interaction.response.send_message(view=view, ephemeral=True)

    board.autocomplete("topic")(topics)

    @app_commands.command()
    @app_commands.describe(
        welcome="Whether you can be challenged", member="Only by this person; by everybody without"
    )
    async def challenges(
        self, interaction: Interaction, welcome: bool, member: discord.User | None = None
    ) -> None:
        """Choose whether you can be challenged, by everybody or by one person."""
        other_id = member.id if member else EVERYBODY
        possible = await self.duels.take_challenges(interaction.user.id, other_id, welcome=welcome)
        view = challenges_view(other_id, welcome=welcome, possible=possible)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def accept(self, interaction: Interaction, parts: list[str]) -> None:
        """*Accept* was pressed."""
        table = await self.duels.accept(int(parts[0]), pressed(interaction, shows=True))
        await interaction.response.edit_message(view=duel_view(table))
        self.bot.dispatch("game_changed", table.game.id)

    async def decline(self, interaction: Interaction, parts: list[str]) -> None:
        """*Decline* was pressed."""
        table = await self.duels.decline(int(parts[0]), pressed(interaction, shows=True))
        await interaction.response.edit_message(view=duel_view(table))
        self.bot.dispatch("game_changed", table.game.id)

    async def rematch(self, interaction: Interaction, parts: list[str]) -> None:
        """*Rematch* was pressed."""
        check_may_play(interaction)
        press, channel_id = pressed(interaction, shows=True), interaction.channel_id or 0
        await self._open(interaction, self.duels.rematch(int(parts[0]), press, channel_id))

    async def widen(self, interaction: Interaction, parts: list[str]) -> None:
        """One of the ways around too few fresh questions was pressed."""
        opponent_id, rounds, topic, style, rated = parts
        agreed = terms(topic, int(rounds), Style(style), rated=rated == "1")
        await self._challenge(interaction, int(opponent_id), agreed)

    async def missed(self, interaction: Interaction, parts: list[str]) -> None:
        """*Review what I missed* was pressed."""
        table = await self.duels.played(int(parts[0]), pressed(interaction))
        view = missed_view(table, interaction.user.id)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def _challenge(
        self, interaction: Interaction, opponent_id: int, agreed: Terms, *, is_bot: bool = False
    ) -> None:
        check_may_play(interaction)
        press, channel_id = pressed(interaction, shows=True), interaction.channel_id or 0
        challenge = self.duels.challenge(press, channel_id, opponent_id, agreed, is_bot=is_bot)
        await self._open(interaction, challenge)

    async def _open(self, interaction: Interaction, challenge: Awaitable[Table]) -> None:
        """Put a new challenge into the channel; only the one who is challenged is pinged."""
        try:
            table = await challenge
        except TooFew as few:
            (opponent_id,) = set(few.players) - {interaction.user.id}
            view = too_few_view(few, opponent_id)
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        game = table.game
        asked = [discord.Object(p.user_id) for p in table.players if p.user_id != game.host_id]
        shown = await interaction.response.send_message(
            view=duel_view(table),
            allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=asked),
        )
        await self.bot.services.rounds.shown(game.id, game.revision, shown.message_id or 0, None)
        self.bot.dispatch("game_changed", game.id)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Duel(bot))
