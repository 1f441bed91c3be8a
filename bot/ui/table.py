"""How a game's message follows the game: one edit at a time, always to how it stands now.

A message is a picture of rows. Whoever changes a game says so here, and the message is brought up
to date; many changes at once are one edit, and after a restart the picture is simply drawn again.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO

import aiohttp
import discord
from discord import ui

from bot.client import StudyBot
from bot.domain.errors import NotFound
from bot.domain.game import Game, Kind, page_of
from bot.services.table import Table
from bot.ui.flights import Flights
from bot.ui.layout import Card
from bot.ui.podium import Picture

log = logging.getLogger(__name__)

UNKNOWN = (aiohttp.ClientError, OSError, TimeoutError)
MESSAGE_IS_GONE = {10008}
TOKEN_IS_OVER = {10015, 50027}
PICTURE = "podium.png"


@dataclass(frozen=True, slots=True)
class Screens:
    """How a kind of game looks."""

    now: Callable[[Table], Card]
    """On its latest message."""
    past: Callable[[Table, int], Card | None] = lambda _, __: None
    """On an earlier one, once it has gone on; None leaves that as it is."""
    picture: Callable[[StudyBot, Table], Awaitable[Picture | None]] | None = None
    """Shown with a new last message."""


class Tables:
    """Draws games; keeps nothing but what is being drawn right now."""

    def __init__(self, bot: StudyBot, screens: dict[Kind, Screens]) -> None:
        self._bot, self._screens = bot, screens
        self._rounds = bot.services.rounds
        self._flights = Flights()
        self._stale: set[int] = set()
        self._drawn: dict[int, int] = {}

    def draw(self, game_id: int) -> None:
        """Bring a game's message up to date."""
        self._stale.add(game_id)
        self._flights.launch(str(game_id), f"game {game_id}", lambda: self._draw(game_id))

    def again(self) -> None:
        """Take up what could not be drawn before."""
        for game_id in list(self._stale):
            self.draw(game_id)

    async def landed(self, patience: float | None = None) -> None:
        """Wait until nothing is being drawn, or for so many seconds."""
        await self._flights.landed(patience)

    async def _draw(self, game_id: int) -> None:
        while game_id in self._stale:
            self._stale.discard(game_id)
            try:
                # Hundreds of presses change nothing to be seen: do not load the table for each.
                if self._drawn.get(game_id) == await self._rounds.revision(game_id):
                    continue
                table = await self._rounds.table(game_id)
            except NotFound:
                return
            try:
                await self._put(table)
            except UNKNOWN as unknown:
                log.warning("game %s may look old: %r", game_id, unknown)
                self._stale.add(game_id)  # for the next tick
                return
            if table.game.is_over:
                self._drawn.pop(game_id, None)
            else:
                self._drawn[game_id] = table.game.revision

    async def _put(self, table: Table) -> None:
        """Show how a game stands: by its token, as ourselves, or in a new message."""
        game, page = table.game, page_of(table.game)
        try:
            if page == game.page:
                message = await self._edited(game, self._screens[game.kind].now(table))
            else:
                await self._leave(table)
                message = await self._next_page(table)
        except (discord.NotFound, discord.Forbidden) as gone:
            log.warning("game %s has lost its channel: %s", game.id, gone)
            await self._homeless(table)
            return
        shown_at = message.edited_at or message.created_at
        await self._rounds.shown(game.id, game.revision, message.id, shown_at, page)

    async def _leave(self, table: Table) -> None:
        """Show on the message that a game goes on from how that round came out, if it does not."""
        game = table.game
        view = self._screens[game.kind].past(table, game.page)
        was_shown = self._drawn.get(game.id) == game.revision - 1
        if view is None or was_shown or game.message_id is None:
            return
        try:
            await self._edit(game, game.message_id, view)
        except discord.NotFound as gone:
            if gone.code not in MESSAGE_IS_GONE:
                raise

    async def _next_page(self, table: Table) -> discord.Message:
        game, screens = table.game, self._screens[table.game.kind]
        picture = await screens.picture(self._bot, table) if screens.picture else None
        if picture:
            view = screens.now(table)
            shown = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=picture.told)
            view.add_item(ui.MediaGallery[Card](shown))
            file = discord.File(BytesIO(picture.png), PICTURE)
            await self._bot.pacer.turn()
            try:
                return await self._channel(game).send(view=view, file=file, nonce=_nonce(game))
            except discord.Forbidden:
                log.info("game %s is shown without its picture", game.id)
        await self._bot.pacer.turn()
        return await self._channel(game).send(view=screens.now(table), nonce=_nonce(game))

    async def _edited(self, game: Game, view: Card) -> discord.Message:
        if game.message_id is not None:
            try:
                return await self._edit(game, game.message_id, view)
            except discord.NotFound as gone:
                if gone.code not in MESSAGE_IS_GONE:
                    raise
        await self._bot.pacer.turn()
        return await self._channel(game).send(view=view, nonce=_nonce(game))

    async def _edit(self, game: Game, message_id: int, view: Card) -> discord.Message:
        if game.token and game.token_until and self._bot.clock.now() < game.token_until:
            hook = discord.Webhook.partial(
                self._bot.application_id or 0, game.token, client=self._bot
            )
            try:
                return await hook.edit_message(message_id, view=view)
            except discord.HTTPException as over:
                if over.code not in TOKEN_IS_OVER:
                    raise
        await self._bot.pacer.turn()
        return await self._channel(game).get_partial_message(message_id).edit(view=view)

    async def _homeless(self, table: Table) -> None:
        """Its channel is gone or closed to us: end it, and tell the players how it stood."""
        if not table.game.is_over:
            table = await self._rounds.stop(table.game.id, self._bot.clock.now())
        view = self._screens[table.game.kind].now(table)
        told = {table.game.host_id}
        if table.game.kind is Kind.DUEL:
            told |= {p.user_id for p in table.players}
        for user_id in sorted(told):
            await self._bot.pacer.turn()
            try:
                user = await self._bot.fetch_user(user_id)
                await user.send(view=view)
            except discord.HTTPException as closed:
                log.info("game %s: %s cannot be told: %s", table.game.id, user_id, closed)

    def _channel(self, game: Game) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)


def _nonce(game: Game) -> str:
    """The same for every try to show a game in a new message after its last one was lost."""
    seed = f"game|{game.id}|{game.message_id}|{game.round}"
    return blake2b(seed.encode(), digest_size=12).hexdigest()
