"""A quiz night in a simulated Discord, and what happens when time goes by."""

from dataclasses import replace
from typing import Any

import discord
import simcord

from bot.app import build
from bot.client import StudyBot
from bot.settings import Settings
from tests.cogs.conftest import Unpaced
from tests.cogs.hall import Hall
from tests.cogs.world import Group, said
from tests.conftest import WorldClock

TONIGHT = {"day": "today", "time": "20:00", "timezone": "UTC", "rounds": 2}


class Evening(Hall):
    """A channel in which a quiz night is planned."""

    def __init__(self, group: Group, bot: StudyBot | None = None) -> None:
        super().__init__(group)
        self.bot = bot or group.bot
        self.games = self.bot.get_cog("Games")
        self.nights: Any = self.bot.get_cog("Nights")

    async def settle(self, seconds: float = 0) -> None:
        if seconds:
            await self.group.env.advance_time(seconds)
        await self.nights.tick()
        await self.nights.usher.landed()
        await super().settle()

    async def at(self, hour: int, minute: int = 0) -> None:
        """Let time go by to that hour, then do what is due."""
        await self.group.until(hour, minute)
        await self.settle()

    @property
    def events(self) -> list[Any]:
        guild = self.group.env.backend.get_guild(self.group.guild.id)
        return list(guild.scheduled_events.values())

    def saying(self, words: str) -> list[discord.Message]:
        return [m for m in self.messages if words in said(m)]


async def planned(group: Group, **options: Any) -> tuple[Evening, simcord.InteractionResult]:
    evening = Evening(group)
    shown = await group.ada.slash(group.channel, "quiz schedule", **TONIGHT | options)
    await evening.settle()
    return evening, shown


async def restarted(group: Group, settings: Settings, clock: WorldClock) -> Evening:
    """The same night under the next process."""
    await group.bot.store.close()
    after = build(settings, clock=clock, scheduled=False)
    after.pacer = Unpaced()
    await group.env.restart_bot(after)
    return Evening(group, after)


async def changed(evening: Evening, **fields: Any) -> None:
    """The night as a crash at a bad moment leaves it."""

    async def work(tx: Any) -> None:
        (night,) = await tx.nights.of(evening.group.guild.id)
        await tx.nights.save(replace(night, **fields))

    await evening.bot.store.write(work)


async def stored(evening: Evening) -> Any:
    (night,) = await nights_of(evening)
    return night


async def nights_of(evening: Evening) -> list[Any]:
    guild_id = evening.group.guild.id
    return list(await evening.bot.store.read(lambda tx: tx.nights.of(guild_id)))


async def forgotten(evening: Evening) -> None:
    """The lobby as if we had died before we knew its message."""

    async def work(tx: Any) -> None:
        (game_id,) = await tx.games.running()
        game = await tx.games.get(game_id)
        await tx.games.save(replace(game, message_id=None))

    await evening.bot.store.write(work)
