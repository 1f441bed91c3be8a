"""What a guild's moderators decide: where, when and what is asked."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.bank import Bank
from bot.domain.errors import Invalid, NotFound
from bot.domain.local_time import local_date
from bot.domain.person import Guild
from bot.domain.schedule import Choices, Schedule, chosen
from bot.services.shelf import Shelf
from bot.store.port import Store, Tx


class Setup:
    """The schedule of a guild."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def save(self, guild_id: int, choices: Choices, now: datetime) -> Schedule:
        """Store what a guild has decided and plan its next post.

        Raises:
            Invalid: no question fits the selection, or no day is left.
        """

        async def work(tx: Tx) -> Schedule:
            schedule = chosen(choices, guild_id, await tx.schedules.get(guild_id))
            if not await self._fitting(tx, schedule):
                raise Invalid(
                    "No question fits that choice of topic and difficulty. Widen one of them."
                )
            planned = await _planned(tx, schedule, now)
            await tx.schedules.save(planned)
            return planned

        return await self._store.write(work)

    async def quieten(self, guild_id: int, now: datetime) -> Schedule:
        """Mention no role with the question any more.

        Raises:
            NotFound: nothing has been set up.
        """
        return await self._change(guild_id, lambda s: replace(s, role_id=None), now)

    async def report_to_owner(self, guild_id: int, now: datetime) -> Schedule:
        """Tell trouble to the server's owner again, and no longer in a channel.

        Raises:
            NotFound: nothing has been set up.
        """
        return await self._change(guild_id, lambda s: replace(s, report_channel_id=None), now)

    async def pause(self, guild_id: int, now: datetime) -> Schedule:
        """Stop asking until resumed.

        Raises:
            NotFound: nothing has been set up.
        """
        return await self._change(guild_id, lambda s: replace(s, paused=True), now)

    async def resume(self, guild_id: int, now: datetime) -> Schedule:
        """Ask again from the next due time on.

        Raises:
            NotFound: nothing has been set up.
        """
        return await self._change(guild_id, lambda s: replace(s, paused=False), now)

    async def get(self, guild_id: int) -> Schedule:
        """What has been set up.

        Raises:
            NotFound: nothing has.
        """
        schedule = await self._store.read(lambda tx: tx.schedules.get(guild_id))
        if schedule is None:
            raise NotFound("Nothing is set up here yet. Start with `/setup daily`.")
        return schedule

    async def fitting(self, schedule: Schedule) -> int:
        """How many questions its selection holds, the guild's own among them."""
        return await self._store.read(lambda tx: self._fitting(tx, schedule))

    async def trouble(self, guild_id: int) -> str | None:
        """What keeps us from posting there, in words."""
        guild = await self._store.read(lambda tx: tx.guilds.get(guild_id))
        return guild.trouble if guild else None

    async def scheduled(self) -> list[int]:
        """Guilds that are waiting for a post."""
        return await self._store.read(lambda tx: tx.schedules.planned())

    async def meet(self, here: Collection[int], now: datetime) -> None:
        """Make up for what no event told while we were down: guilds that left, or came back."""
        for guild_id in set(await self.scheduled()).difference(here):
            await self.left(guild_id, now)
        gone = await self._store.read(lambda tx: tx.guilds.left_before(now))
        for guild_id in set(gone).intersection(here):
            await self.joined(guild_id, now)

    async def joined(self, guild_id: int, now: datetime) -> None:
        """A guild has added the bot, perhaps again: what was set up there goes on."""

        async def work(tx: Tx) -> None:
            guild = await tx.guilds.get(guild_id) or Guild(guild_id, joined_at=now)
            returning = guild.left_at is not None
            await tx.guilds.save(replace(guild, left_at=None))
            schedule = await tx.schedules.get(guild_id)
            if schedule is not None and returning:
                await tx.schedules.save(await _planned(tx, schedule, now))

        await self._store.write(work)

    async def left(self, guild_id: int, now: datetime) -> None:
        """A guild has removed the bot: stop at once, keep its data for a while."""

        async def work(tx: Tx) -> None:
            guild = await tx.guilds.get(guild_id) or Guild(guild_id, joined_at=now)
            await tx.guilds.save(replace(guild, left_at=now))
            schedule = await tx.schedules.get(guild_id)
            if schedule is not None:
                await tx.schedules.save(replace(schedule, next_day=None, next_run_at=None))

        await self._store.write(work)

    async def _fitting(self, tx: Tx, schedule: Schedule) -> int:
        return len((await self._shelf.of(tx, schedule.guild_id)).matching(schedule.selection))

    async def _change(
        self, guild_id: int, change: Callable[[Schedule], Schedule], now: datetime
    ) -> Schedule:
        async def work(tx: Tx) -> Schedule:
            schedule = await tx.schedules.get(guild_id)
            if schedule is None:
                raise NotFound("Nothing is set up here yet. Start with `/setup daily`.")
            planned = await _planned(tx, change(schedule), now)
            await tx.schedules.save(planned)
            return planned

        return await self._store.write(work)


async def _planned(tx: Tx, schedule: Schedule, now: datetime) -> Schedule:
    """The schedule's next due time; a date that has its post is not asked again."""
    latest = await tx.posts.latest(schedule.guild_id)
    today = local_date(now, schedule.tz)
    after = latest.day + timedelta(days=1) if latest and latest.day >= today else None
    return schedule.planned(now, not_before=after)
