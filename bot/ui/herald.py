"""How a reminder reaches its person exactly once, whatever crashes (docs/decisions/0002)."""

import logging
from datetime import datetime

import discord

from bot.client import StudyBot
from bot.domain.post import Step, post_id
from bot.domain.reminder import Reminder
from bot.ui.finding import UNKNOWN, found, marked, undecided
from bot.ui.flights import Flights
from bot.ui.reminder import nudge_view

log = logging.getLogger(__name__)

CLOSED = "Discord does not let me write to you: your direct messages are closed to me."


class Herald:
    """Sends and recovers reminders; keeps nothing but what is in flight right now."""

    def __init__(self, bot: StudyBot) -> None:
        self._bot = bot
        self._reminding = bot.services.reminding
        self._flights = Flights()

    def take(self, reminder: Reminder, step: Step) -> None:
        """See to a reminder on its way, unless somebody is at it."""
        key = str(reminder.user_id)
        self._flights.launch(key, f"a reminder for {key}", lambda: self._step(reminder, step))

    async def landed(self, patience: float | None = None) -> None:
        """Wait until nothing is in flight, or for so many seconds."""
        await self._flights.landed(patience)

    async def _step(self, reminder: Reminder, step: Step) -> None:
        if step is Step.SKIP:
            await self._reminding.arrived(reminder.user_id)
            return
        try:
            await self._deliver(reminder, look=step is Step.LOOK)
        except UNKNOWN as unknown:
            log.warning("a reminder for %s may be out: %r", reminder.user_id, unknown)
        except discord.HTTPException as refused:
            if undecided(refused):
                log.warning("a reminder for %s may be out: %s", reminder.user_id, refused)
            else:  # their messages are closed to us; asking again tomorrow would not open them
                await self._reminding.turn_off(reminder.user_id, CLOSED)

    async def _deliver(self, reminder: Reminder, *, look: bool) -> None:
        """Send it; where a request may have arrived before we died, look for it first."""
        await self._bot.pacer.turn()
        channel = await self._bot.create_dm(discord.Object(reminder.user_id))
        mark = mark_of(reminder)
        since = reminder.since_at or self._bot.clock.now()
        if not (look and await self._is_there(channel, since, mark)):
            await self._bot.pacer.turn()
            nudge = await self._reminding.begin(reminder, self._bot.clock.now())
            if nudge is None:
                return
            await channel.send(view=nudge_view(nudge, mark), nonce=mark)
        await self._reminding.arrived(reminder.user_id)

    async def _is_there(self, channel: discord.DMChannel, since: datetime, mark: str) -> bool:
        """Whether this day's reminder is in the channel."""
        await self._bot.pacer.turn()
        return await found(self._bot, channel, since, marked(mark)) is not None


def mark_of(reminder: Reminder) -> str:
    """Names one day's reminder: its nonce, and the marker in its buttons."""
    assert reminder.told_on is not None  # noqa: S101 - what is on its way has its day
    return post_id(reminder.user_id, reminder.told_on, "reminder")
