"""Quizzes of a group: open one, join, leave, stop, look back."""

from collections.abc import Awaitable
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.game import Mode, Terms
from bot.domain.league import Period
from bot.domain.local_time import nearest_zones
from bot.domain.night import When
from bot.domain.quiz import MOST_ROUNDS, MOST_TEAMS, terms
from bot.domain.round import Style
from bot.services.table import Table, TooFew
from bot.ui.league import league_view
from bot.ui.night import called_off_view, label, nights_view, planned_view
from bot.ui.permissions import check_may_plan, check_may_play, may_plan
from bot.ui.press import Choices, Interaction, pressed, topics
from bot.ui.quiz import history_view, mine_view, quiz_view, too_few_view

Rounds = app_commands.Range[int, 1, MOST_ROUNDS]
Seconds = app_commands.Range[int, 10, 300]
Teams = app_commands.Range[int, 2, MOST_TEAMS]
Styles = Literal["choice", "explain"]
Modes = Literal["all", "teams", "survival", "relay"]
TERMS = {
    "rounds": "How many questions",
    "seconds": "How long each is open",
    "style": "Pick an option, or write your answer",
    "mode": "Each for themselves, in teams, until one is left, or one of each team in turn",
    "teams": "How many teams, where there are teams",
}
"""What can be agreed of a quiz, now or for a night."""


@app_commands.guild_only()
class Quiz(commands.GroupCog, group_name="quiz", group_description="Play with the whole group."):
    """Many people, the same questions."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.quizzes, self.leagues = bot.services.quizzes, bot.services.leagues
        self.nights = bot.services.nights

    async def cog_load(self) -> None:
        """Answer for the buttons of lobbies and of final cards."""
        self.bot.presses |= {
            "join": self.join,
            "begin": self.begin,
            "open": self.open,
            "mine": self.mine,
            "again": self.again,
            "league": self.turn_to,
        }

    @app_commands.command()
    @app_commands.describe(
        topic="Only this topic; a rated quiz on it moves your rating on it",
        **TERMS,
        penalty="Whether a wrong option costs 25 points",
        rated="Whether it moves your ratings and counts for the league",
    )
    async def start(
        self,
        interaction: Interaction,
        topic: str = "",
        rounds: Rounds = 10,
        seconds: Seconds | None = None,
        style: Styles = "choice",
        mode: Modes = "all",
        teams: Teams = 2,
        penalty: bool = False,
        rated: bool = True,
    ) -> None:
        """Open a quiz that everybody here can join."""
        agreed = terms(
            topic, rounds, seconds, Style(style), Mode(mode),
            teams=teams, penalty=penalty, rated=rated,
        )  # fmt: skip
        await self._open(interaction, agreed)

    @app_commands.command()
    async def stop(self, interaction: Interaction) -> None:
        """End the quiz of this channel as it stands; for its host, and for moderators."""
        table = await self.quizzes.stop(
            interaction.channel_id or 0,
            pressed(interaction),
            moderates=interaction.permissions.manage_messages,
        )
        await interaction.response.send_message("Stopped. Here is how it stands.", ephemeral=True)
        self.bot.dispatch("game_changed", table.game.id)

    @app_commands.command()
    async def leave(self, interaction: Interaction) -> None:
        """Leave the quiz of this channel; your points stay."""
        game = await self.quizzes.leave(interaction.channel_id or 0, pressed(interaction))
        await interaction.response.send_message("You have left it.", ephemeral=True)
        self.bot.dispatch("game_changed", game.id)

    @app_commands.command()
    @app_commands.describe(member="Whose quizzes; yours without")
    async def history(self, interaction: Interaction, member: discord.User | None = None) -> None:
        """Show the last quizzes, and what they did to the rating."""
        who = member or interaction.user
        past = await self.quizzes.history(who.id, interaction.guild_id or 0)
        await interaction.response.send_message(view=history_view(past, who.id), ephemeral=True)

    @app_commands.command()
    async def league(self, interaction: Interaction) -> None:
        """Show your division of the league this week, and what you need to go up."""
        board = await self.leagues.board(
            interaction.guild_id or 0, interaction.user.id, interaction.created_at
        )
        view = league_view(board, interaction.user.id)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def turn_to(self, interaction: Interaction, parts: list[str]) -> None:
        """A button under a table of the league was pressed."""
        board = await self.leagues.board(
            interaction.guild_id or 0, interaction.user.id, interaction.created_at,
            int(parts[0]), Period(parts[1]),
        )  # fmt: skip
        await interaction.response.edit_message(view=league_view(board, interaction.user.id))

    @app_commands.command()
    @app_commands.describe(
        day="Saturday, tomorrow, or a date like 2026-11-28",
        time="At which time, like 19:00",
        topic="Only this topic",
        **TERMS,
        weekly="Whether it comes again every week",
        zone_name="In which time zone; that of your daily question without",
    )
    @app_commands.rename(zone_name="timezone")
    async def schedule(
        self,
        interaction: Interaction,
        day: str,
        time: str,
        topic: str = "",
        rounds: Rounds = 10,
        seconds: Seconds | None = None,
        style: Styles = "choice",
        mode: Modes = "all",
        teams: Teams = 2,
        weekly: bool = False,
        zone_name: str = "",
    ) -> None:
        """Plan a quiz night here: an event, a reminder, and the lobby on time."""
        check_may_plan(interaction)
        night = await self.nights.plan(
            pressed(interaction),
            interaction.channel_id or 0,
            terms(topic, rounds, seconds, Style(style), Mode(mode), teams=teams),
            When(day, time, zone_name, weekly=weekly),
        )
        await interaction.response.send_message(view=planned_view(night))
        self.bot.dispatch("night_changed")

    start.autocomplete("topic")(topics)
    schedule.autocomplete("topic")(topics)

    @schedule.autocomplete("zone_name")
    async def _zones(self, _: Interaction, typed: str) -> Choices:
        return [app_commands.Choice(name=z, value=z) for z in nearest_zones(typed)]

    @app_commands.command(name="nights")
    async def nights_ahead(self, interaction: Interaction) -> None:
        """Show which quiz nights are planned here."""
        nights = await self.nights.ahead(interaction.guild_id or 0)
        await interaction.response.send_message(view=nights_view(nights), ephemeral=True)

    @app_commands.command()
    @app_commands.describe(night="Which of those that are planned")
    async def cancel(self, interaction: Interaction, night: str) -> None:
        """Call a quiz night off, with all that would follow; for its host and moderators."""
        off = await self.nights.call_off(
            pressed(interaction), night, manages=may_plan(interaction.permissions)
        )
        await interaction.response.send_message(view=called_off_view(off), ephemeral=True)
        self.bot.dispatch("night_changed")

    @cancel.autocomplete("night")
    async def _planned(self, interaction: Interaction, typed: str) -> Choices:
        nights = await self.nights.ahead(interaction.guild_id or 0)
        labels = {str(night.id): label(night) for night in nights}
        return [
            app_commands.Choice(name=name, value=value)
            for value, name in labels.items()
            if typed.casefold() in name.casefold()
        ]

    async def join(self, interaction: Interaction, parts: list[str]) -> None:
        """*Join* was pressed."""
        player = await self.quizzes.join(int(parts[0]), pressed(interaction))
        team = f", in team {player.team}" if player.team else ""
        when = "" if player.since == 1 else " from the next round on"
        await interaction.response.send_message(f"You are in{team}{when}.", ephemeral=True)
        self.bot.dispatch("game_changed", player.game_id)

    async def begin(self, interaction: Interaction, parts: list[str]) -> None:
        """*Start now* was pressed."""
        table = await self.quizzes.begin(int(parts[0]), pressed(interaction))
        await interaction.response.edit_message(view=quiz_view(table))
        self.bot.dispatch("game_changed", table.game.id)

    async def open(self, interaction: Interaction, parts: list[str]) -> None:
        """One of the ways around too few fresh questions was pressed."""
        rounds, topic, seconds, style, mode, teams, penalty, rated = parts
        agreed = terms(
            topic, int(rounds), int(seconds), Style(style), Mode(mode),
            teams=int(teams), penalty=penalty == "1", rated=rated == "1",
        )  # fmt: skip
        await self._open(interaction, agreed)

    async def mine(self, interaction: Interaction, parts: list[str]) -> None:
        """*How did I do* was pressed."""
        table = await self.bot.services.rounds.table(int(parts[0]))
        view = mine_view(table, interaction.user.id)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def again(self, interaction: Interaction, parts: list[str]) -> None:
        """*Play again* was pressed."""
        check_may_play(interaction)
        press, channel_id = pressed(interaction, shows=True), interaction.channel_id or 0
        await self._show(interaction, self.quizzes.again(int(parts[0]), press, channel_id))

    async def _open(self, interaction: Interaction, agreed: Terms) -> None:
        check_may_play(interaction)
        press, channel_id = pressed(interaction, shows=True), interaction.channel_id or 0
        await self._show(interaction, self.quizzes.start(press, channel_id, agreed))

    async def _show(self, interaction: Interaction, lobby: Awaitable[Table]) -> None:
        """Put the lobby into the channel."""
        try:
            table = await lobby
        except TooFew as few:
            await interaction.response.send_message(view=too_few_view(few), ephemeral=True)
            return
        game = table.game
        shown = await interaction.response.send_message(view=quiz_view(table))
        await self.bot.services.rounds.shown(game.id, game.revision, shown.message_id or 0, None)
        self.bot.dispatch("game_changed", game.id)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Quiz(bot))
