"""Where, when and what a guild is asked; for members who may manage the server."""

from datetime import date
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot
from bot.domain.errors import Invalid
from bot.domain.local_time import nearest_zones, zone
from bot.domain.question import Difficulty, Topic
from bot.domain.schedule import Choices, Schedule, minute_of, weekdays_of
from bot.ui.layout import Card, card
from bot.ui.permissions import preflight
from bot.ui.setup import setup_view
from bot.ui.streak import repaired_view
from bot.ui.text import listed

Interaction = discord.Interaction[StudyBot]
DAYS = ("every day", "weekdays", "Mon, Wed, Fri", "Tue, Thu", "weekends")


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Setup(commands.GroupCog, group_name="setup", group_description="Set Loopmate up here."):
    """The daily question of a guild."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.setup = bot.services.setup

    async def cog_load(self) -> None:
        """Answer for the buttons under what is set up."""
        self.bot.presses["setup"] = self.take_back

    async def interaction_check(self, interaction: Interaction) -> bool:  # type: ignore[override]
        """Discord hides the commands from others; this keeps them out."""
        if not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        return True

    @app_commands.command()
    @app_commands.describe(
        channel="Where the question is posted",
        time="At which time, like 09:00",
        zone_name="In which time zone, like Europe/Berlin",
        days="On which days: every day, weekdays, or Mon, Wed, Fri",
        topics="Only these topics, separated by commas, or all",
        difficulty="Only this difficulty",
        mention="A role to mention with every question",
        thread="Open a thread for discussion under each question",
        pin="Pin the current question",
        recap="Say with a week's first question how the last week went",
        reports="Where I report trouble; else to the server's owner",
    )
    @app_commands.rename(zone_name="timezone")
    async def daily(
        self,
        interaction: Interaction,
        channel: discord.TextChannel,
        time: str,
        zone_name: str,
        days: str | None = None,
        topics: str | None = None,
        difficulty: Literal["any", "easy", "medium", "hard"] | None = None,
        mention: discord.Role | None = None,
        thread: bool | None = None,
        pin: bool | None = None,
        recap: bool | None = None,
        reports: discord.TextChannel | None = None,
    ) -> None:
        """Post a question every day, or on the days you choose; what you leave out stays."""
        choices = Choices(
            channel_id=channel.id,
            minute=minute_of(time),
            zone_name=zone(zone_name).key,
            weekdays=weekdays_of(days) if days else None,
            topics=_topics(topics) if topics else None,
            difficulties=_levels(difficulty) if difficulty else None,
            role_id=_role_id(mention),
            thread=thread,
            pin=pin,
            report_channel_id=reports.id if reports else None,
            weekly=recap,
        )
        saved = await self.setup.save(interaction.guild_id or 0, choices, interaction.created_at)
        self.bot.dispatch("schedule_changed")
        await self._show(interaction, saved, saved=True)

    @app_commands.command()
    async def show(self, interaction: Interaction) -> None:
        """Show what is set up, the next posts, and what stands in their way."""
        await self._show(interaction, await self.setup.get(interaction.guild_id or 0))

    @app_commands.command()
    async def pause(self, interaction: Interaction) -> None:
        """Stop asking for a while; nobody's streak suffers."""
        paused = await self.setup.pause(interaction.guild_id or 0, interaction.created_at)
        await self._show(interaction, paused)

    @app_commands.command()
    async def resume(self, interaction: Interaction) -> None:
        """Go on asking after a pause."""
        resumed = await self.setup.resume(interaction.guild_id or 0, interaction.created_at)
        self.bot.dispatch("schedule_changed")
        await self._show(interaction, resumed)

    @app_commands.command(name="post-now")
    async def post_now(self, interaction: Interaction) -> None:
        """Ask today's question at once instead of at its time."""
        schedule = await self.setup.get(interaction.guild_id or 0)
        if interaction.guild and interaction.guild.get_channel(schedule.channel_id) is None:
            raise Invalid("The channel of the daily question is gone. `/setup daily` moves it.")
        post = await self.bot.services.posting.claim_now(
            interaction.guild_id or 0, interaction.created_at
        )
        self.bot.dispatch("schedule_changed")
        says = f"Today's question is on its way to <#{post.channel_id}>."
        await interaction.response.send_message(view=card(says), ephemeral=True)

    @app_commands.command(name="streak-repair")
    @app_commands.describe(
        member="Whose streak",
        day="The day that was lost, like 2026-11-24",
        reason="Shown to them with the repair",
    )
    async def streak_repair(
        self,
        interaction: Interaction,
        member: discord.User,  # they may have left
        day: str,
        reason: app_commands.Range[str, 3, 200],
    ) -> None:
        """Pardon one day that somebody lost; days they studied count again."""
        streak = await self.bot.services.streaks.repair(
            interaction.guild_id or 0,
            member.id,
            _day(day),
            reason,
            interaction.user.id,
            interaction.created_at,
        )
        await interaction.response.send_message(
            view=repaired_view(member.id, streak), ephemeral=True
        )

    @daily.autocomplete("zone_name")
    async def _zones(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=z, value=z) for z in nearest_zones(typed)]

    @daily.autocomplete("days")
    async def _days(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        fits = [d for d in DAYS if typed.casefold() in d.casefold()]
        return [app_commands.Choice(name=d, value=d) for d in fits]

    @daily.autocomplete("topics")
    async def _topic_names(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        *chosen, last = [part.strip() for part in typed.split(",")]
        fits = [t.value for t in Topic if last.casefold() in t.value and t.value not in chosen]
        whole = [", ".join([*chosen, fit]) for fit in fits]
        return [app_commands.Choice(name=w[:100], value=w[:100]) for w in whole][:25]

    async def take_back(self, interaction: Interaction, parts: list[str]) -> None:
        """*Mention nobody* or *Report to the owner* was pressed."""
        await self.interaction_check(interaction)
        change = self.setup.quieten if parts[0] == "quieten" else self.setup.report_to_owner
        changed = await change(interaction.guild_id or 0, interaction.created_at)
        await interaction.response.edit_message(view=await self._view(interaction, changed))

    async def _show(
        self, interaction: Interaction, schedule: Schedule, *, saved: bool = False
    ) -> None:
        view = await self._view(interaction, schedule, saved=saved)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def _view(
        self, interaction: Interaction, schedule: Schedule, *, saved: bool = False
    ) -> Card:
        channel = interaction.guild and interaction.guild.get_channel(schedule.channel_id)
        return setup_view(
            schedule,
            interaction.created_at,
            fitting=await self.setup.fitting(schedule),
            checks=preflight(schedule, channel) if channel else None,
            trouble=await self.setup.trouble(schedule.guild_id),
            saved=saved,
        )


def _topics(typed: str) -> frozenset[Topic]:
    """Topics as typed, by name; none of them where all are meant.

    Raises:
        Invalid: one of them is none; names those there are.
    """
    if typed.strip().casefold() == "all":
        return frozenset()
    names = [part.strip().casefold().replace(" ", "-") for part in typed.split(",") if part.strip()]
    known = {topic.value for topic in Topic}
    if stray := sorted(set(names) - known):
        raise Invalid(f"I don't know the topic {listed(stray)}. There are {listed(sorted(known))}.")
    return frozenset(Topic(name) for name in names)


def _levels(typed: str) -> frozenset[Difficulty]:
    return frozenset() if typed == "any" else frozenset({Difficulty(typed)})


def _role_id(role: discord.Role | None) -> int | None:
    """The role to mention.

    Raises:
        Invalid: it is everybody.
    """
    if role is not None and role.is_default():
        raise Invalid("I don't mention everyone. Choose a role that people take for themselves.")
    return role.id if role else None


def _day(typed: str) -> date:
    """A date as typed.

    Raises:
        Invalid: it is none.
    """
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Invalid("Write the day like 2026-11-24.") from None


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Setup(bot))
