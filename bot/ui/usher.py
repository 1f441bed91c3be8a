"""What a quiz night needs of Discord: an event, a reminder, a word where it came to nothing.

Each request is committed before it leaves. One that may have arrived is looked for, and only if it
is not there made again: a message with the same nonce, an event as one of ours at that time.
"""

import logging
from collections.abc import Sequence
from hashlib import blake2b

import discord

from bot.client import StudyBot
from bot.domain.night import REMIND, Night, Stage, following
from bot.ui.finding import UNKNOWN, found, may_look, saying, undecided
from bot.ui.flights import Flights
from bot.ui.layout import Card
from bot.ui.night import (
    LOST,
    MUTE,
    event_name,
    event_place,
    event_text,
    missed_mark,
    missed_view,
    reminder_mark,
    reminder_view,
)
from bot.ui.trouble import tell

log = logging.getLogger(__name__)

MENTIONED = 40
"""People named in a reminder; more would be a wall of names, and Discord allows a hundred."""


class Usher:
    """Runs the errands of nights; keeps nothing but what is under way right now."""

    def __init__(self, bot: StudyBot) -> None:
        self._bot, self._nights = bot, bot.services.nights
        self._flights = Flights()

    def take(self, night: Night) -> None:
        """See to a night, unless somebody is at it."""
        what = f"quiz night {night.id} of guild {night.guild_id}"
        self._flights.launch(str(night.id), what, lambda: self._see_to(night))

    async def landed(self, patience: float | None = None) -> None:
        """Wait until nothing is under way, or for so many seconds."""
        await self._flights.landed(patience)

    async def _see_to(self, night: Night) -> None:
        """The next errand; whatever may have gone either way is looked into after its lease."""
        guild = self._bot.get_guild(night.guild_id)
        if guild is None:
            await self._nights.left(night.guild_id)
            return
        if guild.unavailable:
            return  # Discord has an outage there; the next tick asks again
        try:
            await self._errand(guild, night)
        except UNKNOWN as unknown:
            log.warning("quiz night %s: Discord may have heard us: %r", night.id, unknown)
        except discord.HTTPException as refused:
            if not undecided(refused):
                raise
            log.warning("quiz night %s: Discord may have heard us: %s", night.id, refused)

    async def _errand(self, guild: discord.Guild, night: Night) -> None:
        if night.is_on and await self._has_lost_channel(guild, night):
            if await self._nights.off(night, self._bot.clock.now()):
                await self.tell_lost(night.guild_id)
            return
        match night.stage:
            case Stage.PLANNED | Stage.ANNOUNCING:
                await self._announce(guild, night)
            case Stage.ANNOUNCED | Stage.REMINDING:
                await self._remind(guild, night)
            case Stage.MISSED:
                await self._tell(night)
            case Stage.CALLED_OFF:
                await self._clear(guild, night)
            case Stage.REMINDED:
                pass

    async def tell_lost(self, guild_id: int) -> None:
        """Tell those who can plan another night that one has lost its channel."""
        await tell(self._bot, self._bot.pacer, guild_id, None, LOST)

    async def _has_lost_channel(self, guild: discord.Guild, night: Night) -> bool:
        """Whether Discord itself says so: what we remember of a guild may have gaps."""
        if guild.get_channel(night.channel_id) is not None:
            return False
        await self._bot.pacer.turn()
        try:
            await self._bot.fetch_channel(night.channel_id)
        except discord.NotFound:
            return True
        except discord.Forbidden:
            return False
        return False

    async def _announce(self, guild: discord.Guild, night: Night) -> None:
        """Put it on Discord's calendar; without the permission it goes on without an event."""
        event = await self._event(guild, night) if night.stage is Stage.ANNOUNCING else None
        await self._bot.pacer.turn()
        now = self._bot.clock.now()
        begun = await self._nights.begin(night, now)
        if begun is None:
            return
        try:
            event = event or await guild.create_scheduled_event(
                name=event_name(night),
                description=event_text(night),
                start_time=night.due_at,
                end_time=night.ends_at,
                entity_type=discord.EntityType.external,
                privacy_level=discord.PrivacyLevel.guild_only,
                location=event_place(night),
            )
        except discord.HTTPException as refused:
            if undecided(refused):
                raise
            log.warning("quiz night %s has no event: %s", night.id, refused)
        await self._nights.announced(begun, event.id if event else None)

    async def _event(self, guild: discord.Guild, night: Night) -> discord.ScheduledEvent | None:
        """The event that we made for it, if we did; a channel has one night at a time."""
        await self._bot.pacer.turn()
        me = self._bot.user.id if self._bot.user else 0
        for event in await guild.fetch_scheduled_events(with_counts=False):
            ours = event.creator_id == me and event.location == event_place(night)
            if ours and event.start_time == night.due_at:
                return event
        return None

    async def _remind(self, guild: discord.Guild, night: Night) -> None:
        """One message that names those who are interested, and nobody else."""
        people, more = await self._interested(guild, night)
        if people is None:
            without = await self._nights.without_event(night)
            if without is None:
                return
            night, people = without, []
        view = reminder_view(night, people, more)
        users = [discord.Object(user_id) for user_id in people]
        begun = await self._say(night, reminder_mark(night), view, users)
        if begun is not None:
            await self._nights.reminded(begun)

    async def _interested(self, guild: discord.Guild, night: Night) -> tuple[list[int] | None, int]:
        """Who is, and how many more; None where the event has been deleted."""
        if night.event_id is None:
            return [], 0
        await self._bot.pacer.turn()
        try:
            event = await guild.fetch_scheduled_event(night.event_id)
            people = [user.id async for user in event.users(limit=MENTIONED)]
        except discord.NotFound:
            return None, 0
        return people, max(0, (event.user_count or 0) - len(people))

    async def _tell(self, night: Night) -> None:
        """Say that it came to nothing, then plan the next."""
        now = self._bot.clock.now()
        view = missed_view(night, following(night, now))
        begun = await self._say(night, missed_mark(night), view)
        if begun is not None:
            await self._nights.told(begun, now)

    async def _say(
        self, night: Night, mark: str, view: Card, users: Sequence[discord.Object] = ()
    ) -> Night | None:
        """Have that in the channel, once; None when somebody has changed the night meanwhile."""
        channel = self._bot.get_partial_messageable(night.channel_id, guild_id=night.guild_id)
        try:
            if night.stage is not Stage.ANNOUNCED and await self._is_said(night, channel, mark):
                return night
            await self._bot.pacer.turn()
            begun = await self._nights.begin(night, self._bot.clock.now())
            if begun is None:
                return None
            night = begun
            await channel.send(
                view=view,
                nonce=_nonce(night, mark),
                allowed_mentions=discord.AllowedMentions(
                    everyone=False, roles=False, users=list(users)
                ),
            )
        except (discord.Forbidden, discord.NotFound) as closed:
            log.warning("quiz night %s goes on in silence: %s", night.id, closed)
            says = MUTE.format(where=f"<#{night.channel_id}>")
            await tell(self._bot, self._bot.pacer, night.guild_id, None, says)
        return night

    async def _is_said(self, night: Night, channel: discord.PartialMessageable, mark: str) -> bool:
        """Whether that stands there already; where we cannot read, no reminder is risked twice."""
        if not may_look(self._bot, night.channel_id):
            return night.stage is Stage.REMINDING
        since = min(night.due_at, night.next_at) - REMIND
        return await found(self._bot, channel, since, saying(mark)) is not None

    async def _clear(self, guild: discord.Guild, night: Night) -> None:
        """Delete the event of a night that is off; one may be on its way without our knowing."""
        event_id = night.event_id
        if event_id is None and (event := await self._event(guild, night)):
            event_id = event.id
        if event_id is not None:
            await self._bot.pacer.turn()
            try:
                await self._bot.http.delete_scheduled_event(guild.id, event_id)
            except (discord.NotFound, discord.Forbidden) as kept:
                log.info("the event of quiz night %s stays as it is: %s", night.id, kept)
        await self._nights.cleared(night)


def _nonce(night: Night, mark: str) -> str:
    """The same for every try to say that about a night."""
    return blake2b(f"night|{night.id}|{mark}".encode(), digest_size=12).hexdigest()
