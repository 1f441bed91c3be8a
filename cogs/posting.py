"""Posts the question of the day when it is due; offers no command."""

import logging
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.client import PATIENCE, StudyBot
from bot.scheduling import Alarm
from bot.services.posting import BATCH
from bot.ui.courier import Courier

log = logging.getLogger(__name__)

HOUSEKEEPING = timedelta(hours=6)


class Posting(commands.Cog):
    """The tick: claim what is due, see to what is unfinished, refresh what was answered."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.courier = Courier(bot, bot.pacer)
        self.alarm = Alarm(self._rung, bot.clock)
        self._purged_at: datetime | None = None

    async def cog_unload(self) -> None:
        """Start nothing new, and let what is in flight land."""
        self.alarm.stop()
        await self.courier.landed(PATIENCE)

    async def tick(self) -> datetime | None:
        """Do all that is due now; returns when there is something to do next, if that is known."""
        posting, now = self.bot.services.posting, self.bot.clock.now()
        while await posting.claim_due(now) == BATCH:
            pass
        for post in await posting.unfinished(now):
            self.courier.take(post)
        self.courier.refresh()
        await self._purge(now)
        return await posting.next_run_at(now)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up with what was due while we were away, and start the alarm.

        Comes again whenever Discord has forgotten our session.
        """
        here = {guild.id for guild in self.bot.guilds}
        await self.bot.services.setup.meet(here, self.bot.clock.now())
        if self.bot.scheduled:
            self.alarm.start()

    @commands.Cog.listener()
    async def on_schedule_changed(self) -> None:
        """Something may be due sooner than the alarm thinks, also while a tick is under way."""
        self.alarm.wake()

    @commands.Cog.listener()
    async def on_answered(self, post_id: str) -> None:
        """Somebody answered: the count under the post is to be brought up to date."""
        self.courier.mark_stale(post_id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A guild added us."""
        await self.bot.services.setup.joined(guild.id, self.bot.clock.now())

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A guild removed us: stop at once."""
        await self.bot.services.setup.left(guild.id, self.bot.clock.now())

    async def _rung(self) -> datetime | None:
        due = await self.tick()
        self.bot.beat()
        return due

    async def _purge(self, now: datetime) -> None:
        if self._purged_at is not None and now - self._purged_at < HOUSEKEEPING:
            return
        self._purged_at = now
        for guild_id in await self.bot.services.privacy.purge(now):
            log.info("guild %s left a while ago: its data is deleted", guild_id)


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Posting(bot))
