"""A quiz in a simulated Discord, and the people in it."""

from dataclasses import replace
from typing import Any

import discord
import simcord

from bot.content import load_bank
from bot.domain.game import Kind
from tests.cogs.world import Group, said
from tests.conftest import BANK


class Hall:
    """A quiz in a channel, and what happens when time goes by."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.games: Any = group.bot.get_cog("Games")

    async def settle(self, seconds: float = 0) -> None:
        """Let so much time go by, then do what is due and wait until it is drawn."""
        if seconds:
            await self.group.env.advance_time(seconds)
        await self.games.tick()
        await self.games.tables.landed()

    @property
    def messages(self) -> list[discord.Message]:
        """All its messages, the oldest first."""
        return sorted(self.group.channel.history(), key=lambda m: m.id)

    @property
    def message(self) -> discord.Message:
        """The latest."""
        return self.messages[-1]

    @property
    def right(self) -> int:
        """The place of the right letter in the open round."""
        text = said(self.message)
        question = next(q for q in load_bank(BANK) if f"### {q.title}\n" in text)
        right = question.choice.options[question.choice.right].text
        return next(i for i, letter in enumerate("ABCD") if f"**{letter}** · {right}" in text)

    async def lock(self, who: simcord.MemberActor, *, right: bool) -> str:
        place = self.right if right else (self.right + 1) % 4
        return said(await who.click(self.message, label="ABCD"[place]))


def chen_of(group: Group) -> simcord.MemberActor:
    return group.guild.add_member(group.env.create_user("chen"))


async def opened(group: Group, *players: simcord.MemberActor, **options: Any) -> Hall:
    """A lobby in which these people are beside Ada."""
    await group.ada.slash(group.channel, "quiz start", **{"rounds": 2} | options)
    hall = Hall(group)
    for player in players:
        await player.click(hall.message, label="Join")
    await hall.settle()
    return hall


async def begun(group: Group, *players: simcord.MemberActor, **options: Any) -> Hall:
    hall = await opened(group, *players, **options)
    await group.ada.click(hall.message, label="Start now")
    await hall.settle(7)
    return hall


async def changed(group: Group, **fields: Any) -> None:
    """The latest quiz, as a crash at a bad moment leaves it."""

    async def work(tx: Any) -> None:
        (game,) = await tx.games.latest(group.ada.id, group.guild.id, Kind.QUIZ, 1)
        await tx.games.save(replace(game, **fields))

    await group.bot.store.write(work)
