"""Buttons that carry their state in their custom id, so that every one ever posted still works."""

import re
from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.client import StudyBot
from bot.domain.question import Topic
from bot.services import answering

Interaction = discord.Interaction[StudyBot]
Style = discord.ButtonStyle
Choices = list[app_commands.Choice[str]]


class Press(ui.DynamicItem[ui.Button[Any]], template=r"(?P<verb>[a-z]+):(?P<parts>.*)"):
    """A button with the custom id `<verb>:<part>:<part>…`; a cog answers for each verb."""

    def __init__(
        self, label: str, verb: str, *parts: object, style: Style = Style.secondary
    ) -> None:
        custom_id = ":".join([verb, *map(str, parts)])
        super().__init__(ui.Button(label=label, custom_id=custom_id, style=style))
        self.verb, self.parts = verb, [str(part) for part in parts]

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was pressed."""
        return cls("", match["verb"], *match["parts"].split(":"))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over to whoever answers for the verb."""
        await interaction.client.pressed(interaction, self.verb, self.parts)


def pressed(interaction: discord.Interaction[Any], *, shows: bool = False) -> answering.Press:
    """Who asked for something, where and when, as the services want it.

    Args:
        interaction: a press, a modal or a command.
        shows: whether its answer is a message that is brought up to date later, by its token.
    """
    return answering.Press(
        id=interaction.id,
        user_id=interaction.user.id,
        guild_id=interaction.guild_id,
        now=interaction.created_at,
        token=interaction.token if shows else None,
        message_id=interaction.message.id if interaction.message else None,
    )


async def topics(_: discord.Interaction[Any], typed: str) -> Choices:
    """The topics that hold what somebody has typed; completes an option of any command."""
    return [
        app_commands.Choice(name=t.value, value=t.value)
        for t in Topic
        if typed.casefold() in t.value
    ]
