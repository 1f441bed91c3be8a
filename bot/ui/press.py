"""Buttons that carry their state in their custom id, so that every one ever posted still works."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.client import StudyBot

Interaction = discord.Interaction[StudyBot]
Style = discord.ButtonStyle


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
