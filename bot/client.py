"""The bot as Discord knows it: carries the services, loads the cogs, answers for errors."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any, cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.domain.errors import NotFound, StudyError, Unavailable
from bot.pacer import Pacer
from bot.services import Services
from bot.store.port import Store

EXTENSIONS = (
    "cogs.daily",
    "cogs.drill",
    "cogs.duel",
    "cogs.export",
    "cogs.games",
    "cogs.leaderboard",
    "cogs.me",
    "cogs.moderate",
    "cogs.night",
    "cogs.plan",
    "cogs.posting",
    "cogs.privacy",
    "cogs.probe",
    "cogs.question",
    "cogs.quiz",
    "cogs.reminder",
    "cogs.readiness",
    "cogs.report",
    "cogs.resources",
    "cogs.review",
    "cogs.setup",
)

log = logging.getLogger(__name__)
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak

Values = dict[str, str | list[str]]
"""What somebody filled into a modal, by custom id."""
Press = Callable[[discord.Interaction[Any], list[str]], Awaitable[None]]
"""Handles a pressed button, given the parts of its custom id after the first."""
Submit = Callable[[discord.Interaction[Any], list[str], Values], Awaitable[None]]
"""Handles a submitted modal, given the parts of its custom id after the first."""

SORRY = (
    "Something went wrong on my side, and I have made a note of it. Please try again in a minute."
)
PATIENCE = 4.0
"""Seconds that a shutdown waits for people who are being served, and again for posts in flight."""
LEAVING = "I am just restarting. Please try again in a minute; nothing is lost."
NOT_ALLOWED = "Only members who may manage this server can do that."
NOT_FOUND = "I can't find that in this server. Choose it from the list that Discord offers."
NOT_HERE = "I can't find them in this server; they may have left it."
_USER = discord.AppCommandOptionType.user
UNKNOWN_MODAL = "That form is from an earlier version of me. `/today` has the current question."
UNKNOWN_BUTTON = "That button is from an earlier version of me. `/today` has the current question."


class Tree(app_commands.CommandTree["StudyBot"]):
    """The slash commands; whatever goes wrong in one is told kindly."""

    async def interaction_check(self, interaction: discord.Interaction["StudyBot"], /) -> bool:
        """Let everybody in, and note that somebody is being served."""
        try:
            interaction.client.busy()
        except Unavailable as leaving:
            # discord.py hands only its own errors to `on_error`.
            if interaction.type is not discord.InteractionType.autocomplete:
                await interaction.client.refuse(interaction, leaving)
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction["StudyBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person who asked."""
        await interaction.client.refuse(interaction, error)


class StudyBot(commands.Bot):
    """Loopmate's connection to Discord."""

    def __init__(
        self,
        *,
        store: Store,
        services: Services,
        clock: Clock,
        scheduled: bool = True,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Tree,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.store, self.services, self.clock = store, services, clock
        self.pacer = Pacer()
        """For every request that answers no interaction: Discord counts them together."""
        self.scheduled = scheduled
        """Whether the alarm rings by itself; tests ring it by hand."""
        self.beat = beat
        """Told after every good tick, for the health check."""
        self.presses: dict[str, Press] = {}
        """Who answers for which verb of a button."""
        self.modals: dict[str, Submit] = {}
        """Who answers for which kind of modal."""
        self._serving: set[asyncio.Task[Any]] = set()
        self._leaving = False

    async def setup_hook(self) -> None:
        """Open the store, load every capability and make the commands known."""
        await self.store.open()
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self.tree.sync()

    def busy(self) -> None:
        """Note that the running task serves somebody, so that a shutdown waits for it.

        Raises:
            Unavailable: we are shutting down.
        """
        if self._leaving:
            raise Unavailable(LEAVING)
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)

    async def close(self) -> None:
        """Serve those who are waiting, leave Discord, then finish what is being written."""
        self._leaving = True
        if self._serving:
            await asyncio.wait(self._serving, timeout=PATIENCE)
        await super().close()
        await self.store.close()

    async def pressed(
        self, interaction: discord.Interaction[Any], verb: str, parts: list[str]
    ) -> None:
        """Hand a pressed button to its capability."""
        try:
            self.busy()
            if verb not in self.presses:
                raise NotFound(UNKNOWN_BUTTON)
            await self.presses[verb](interaction, parts)
        except (IndexError, ValueError, OverflowError):
            log.warning("button %s with parts %r", verb, parts, exc_info=True)
            await self.refuse(interaction, NotFound(UNKNOWN_BUTTON))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is answered
            await self.refuse(interaction, error)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Hand a submitted modal to its capability, whichever process had opened it.

        discord.py forgets modals with the process; their state is in the custom id, as a
        button's is.
        """
        if interaction.type is not discord.InteractionType.modal_submit or not interaction.data:
            return
        kind, *rest = str(interaction.data.get("custom_id", "")).split(":")
        values = _values(cast("list[Any]", interaction.data.get("components", [])))
        try:
            self.busy()
            if kind not in self.modals:
                raise NotFound(UNKNOWN_MODAL)
            await self.modals[kind](interaction, rest, values)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is answered
            await self.refuse(interaction, error, kept=_typed(values))

    async def refuse(
        self,
        interaction: discord.Interaction[Any],
        error: Exception,
        *,
        kept: str = "",
    ) -> None:
        """Answer privately for something that could not be done; nobody sees a traceback.

        `kept` is what they had typed: they get it back to copy.
        """
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if isinstance(cause, StudyError):
            says = str(cause)
        elif isinstance(cause, app_commands.MissingPermissions | app_commands.NoPrivateMessage):
            says = NOT_ALLOWED
        elif isinstance(cause, app_commands.TransformerError):
            # Discord's clients let people name anybody whose id they know.
            says = NOT_HERE if cause.type is _USER else NOT_FOUND
        else:
            log.error("interaction %s failed", interaction.id, exc_info=cause)
            says = SORRY
        try:
            await whisper(interaction, says, kept)
        except (discord.HTTPException, aiohttp.ClientError, OSError, RuntimeError) as gone:
            log.warning("interaction %s could not be answered: %s", interaction.id, gone)


async def whisper(interaction: discord.Interaction[Any], says: str, kept: str = "") -> None:
    """Say something to one person alone, whether or not their press has been acknowledged."""
    files: list[discord.File] = []
    if kept:
        says, files = _with_text(says, kept)
    if interaction.response.is_done():
        await interaction.followup.send(says, files=files, ephemeral=True)
    else:
        await interaction.response.send_message(says, files=files, ephemeral=True)


def _with_text(says: str, kept: str) -> tuple[str, list[discord.File]]:
    """A refusal with the person's own text: in a code block, or as a file where it is too long."""
    if len(kept) <= 1700 and "```" not in kept:
        return f"{says}\nHere is your text, so nothing is lost:\n```\n{kept}\n```", []
    return f"{says}\nYour text is in the file, so nothing is lost.", [
        discord.File(BytesIO(kept.encode()), "your-answer.txt")
    ]


def _values(components: list[Any]) -> Values:
    """Every input of a submitted modal, however deep its layout."""
    found: Values = {}
    for component in components:
        inner = component.get("component")
        found |= _values([inner] if inner else component.get("components", []))
        if "custom_id" in component and ("value" in component or "values" in component):
            found[component["custom_id"]] = component.get("values", component.get("value")) or ""
    return found


def _typed(values: Values) -> str:
    """All that was typed, without what was chosen from a list."""
    return "\n\n".join(text for text in values.values() if isinstance(text, str) and text)
