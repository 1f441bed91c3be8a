"""The smallest honest discord.py bot: what ours is compared with, in CPU a press and in start.

Reads DISCORD_TOKEN, LOOPMATE_DISCORD_API and LOOPMATE_DISCORD_GATEWAY. `/bare` posts its button.
"""

import json
import os
import re
import time
from typing import Self

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket


class Ok(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"bare:(?P<n>\d+)"):
    """A button that answers "ok" to the person who pressed it."""

    def __init__(self, n: int) -> None:
        super().__init__(discord.ui.Button(label="Press", custom_id=f"bare:{n}"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Self:
        """The button again, from what it carries."""
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Says ok."""
        await interaction.response.send_message("ok", ephemeral=True)


@app_commands.command(description="Post the button")
async def bare(interaction: discord.Interaction) -> None:
    """Posts the button."""
    await interaction.response.send_message("bare", view=discord.ui.View().add_item(Ok(1)))


class Bot(discord.Client):
    """One command, one button."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(bare)

    async def setup_hook(self) -> None:
        """Registers the command, before the gateway opens."""
        self.add_dynamic_items(Ok)
        await self.tree.sync()

    async def on_connect(self) -> None:
        """Tells that commands are registered and presses arrive from now on."""
        print(json.dumps({"commands_ready": time.monotonic()}), flush=True)


def main() -> None:
    """Points discord.py where the environment says, and runs."""
    if api := os.environ.get("LOOPMATE_DISCORD_API"):
        discord.http.Route.BASE = api
    if gateway := os.environ.get("LOOPMATE_DISCORD_GATEWAY"):
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    Bot().run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
