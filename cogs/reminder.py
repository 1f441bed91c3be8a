"""Reminds people who asked for it, when there is something to say."""

from datetime import datetime

from discord.ext import commands

from bot.client import PATIENCE, StudyBot
from bot.scheduling import Alarm
from bot.services.reminding import BATCH
from bot.ui.herald import Herald
from bot.ui.press import Interaction
from bot.ui.reminder import hushed_view


class Reminder(commands.Cog):
    """The tick of reminders, and the press that ends them; `/me reminders` sets them."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.reminding = bot.services.reminding
        self.herald = Herald(bot)
        self.alarm = Alarm(self.tick, bot.clock)

    async def cog_load(self) -> None:
        """Answer for the button under every reminder."""
        self.bot.presses["hush"] = self.hush

    async def cog_unload(self) -> None:
        """Start nothing new, and let what is in flight land."""
        self.alarm.stop()
        await self.herald.landed(PATIENCE)

    async def tick(self) -> datetime | None:
        """Claim what is due, see to what is on its way; when there is something to do next."""
        now = self.bot.clock.now()
        while await self.reminding.claim_due(now) == BATCH:
            pass
        for reminder, step in await self.reminding.under_way(now):
            self.herald.take(reminder, step)
        return await self.reminding.next_at(now)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up with what was due while we were away, and start the alarm."""
        if self.bot.scheduled:
            self.alarm.start()

    @commands.Cog.listener()
    async def on_reminder_changed(self) -> None:
        """One may be due sooner than the alarm thinks."""
        self.alarm.wake()

    async def hush(self, interaction: Interaction, _: list[str]) -> None:
        """*No more reminders* was pressed."""
        await self.reminding.turn_off(interaction.user.id)
        await interaction.response.edit_message(view=hushed_view())


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Reminder(bot))
