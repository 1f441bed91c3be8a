"""Quiz nights on time: the tick behind `/quiz schedule`; offers no command of its own."""

import logging
from datetime import datetime

import discord
from discord.ext import commands

from bot.client import PATIENCE, StudyBot
from bot.scheduling import Alarm
from bot.ui.usher import Usher

log = logging.getLogger(__name__)


class Nights(commands.Cog):
    """Opens lobbies that are due, and sees to events and reminders."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.nights = bot.services.nights
        self.usher = Usher(bot)
        self.alarm = Alarm(self.tick, bot.clock)

    async def cog_unload(self) -> None:
        """Start nothing new, and let what is under way land."""
        self.alarm.stop()
        await self.usher.landed(PATIENCE)

    async def tick(self) -> datetime | None:
        """Do all that is due now; returns when there is something to do next."""
        now = self.bot.clock.now()
        while (opened := await self.nights.open_due(now)) is not None:
            for game_id in opened:
                log.info("a quiz night begins: game %s", game_id)
                self.bot.dispatch("game_changed", game_id)
        for night in await self.nights.errands(now):
            self.usher.take(night)
        return await self.nights.next_at(now)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up with what was due while we were away, and start the alarm."""
        if self.bot.scheduled:
            self.alarm.start()

    @commands.Cog.listener()
    async def on_night_changed(self) -> None:
        """A night has been planned or called off."""
        self.alarm.wake()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """The nights of a channel go with it."""
        lost = await self.nights.lost_channel(channel.guild.id, channel.id, self.bot.clock.now())
        if lost:
            await self.usher.tell_lost(channel.guild.id)
            self.alarm.wake()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A guild removed us: its nights are off."""
        await self.nights.left(guild.id)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Nights(bot))
