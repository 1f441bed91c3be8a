"""How a game's message follows the game: one edit at a time, always to how it stands now.

A message is a picture of rows. Whoever changes a game says so here, and the message is brought up
to date; many changes at once are one edit, and after a restart the picture is simply drawn again.
"""

import logging
from collections.abc import Callable
from hashlib import blake2b
from typing import cast

import aiohttp
import discord

from bot.client import StudyBot
from bot.domain.errors import NotFound
from bot.domain.game import Game, Kind
from bot.services.table import Table
from bot.ui.flights import Flights
from bot.ui.layout import Card

log = logging.getLogger(__name__)

UNKNOWN = (aiohttp.ClientError, OSError, TimeoutError)
MESSAGE_IS_GONE = 10008
TOKEN_IS_OVER = {10015, 50027}
TOO_MANY, SERVER_FAULT = 429, 500
ANSWER = cast("int", "@original")
"""What Discord calls the message that an interaction was answered with, whatever its id."""
View = Callable[[Table], Card]


class Tables:
    """Draws games; keeps nothing but what is being drawn right now."""

    def __init__(self, bot: StudyBot, views: dict[Kind, View]) -> None:
        self._bot, self._views = bot, views
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
                table = await self._rounds.table(game_id)
            except NotFound:
                return
            if self._drawn.get(game_id) == table.game.revision:
                continue
            try:
                await self._put(table)
            except (discord.HTTPException, *UNKNOWN) as error:
                if not _passes(error):
                    raise
                log.warning("game %s may look old: %r", game_id, error)
                self._stale.add(game_id)  # for the next tick
                return
            if table.game.is_over:
                self._drawn.pop(game_id, None)
            else:
                self._drawn[game_id] = table.game.revision

    async def _put(self, table: Table) -> None:
        """Show how a game stands: by its token, as ourselves, or in a new message."""
        game, view = table.game, self._views[table.game.kind](table)
        try:
            message = await self._edited(game, view)
        except (discord.NotFound, discord.Forbidden) as gone:
            if gone.code == MESSAGE_IS_GONE:
                raise
            log.warning("game %s has lost its channel: %s", game.id, gone)
            await self._homeless(table)
            return
        shown_at = message.edited_at or message.created_at
        await self._rounds.shown(game.id, game.revision, message.id, shown_at)

    async def _edited(self, game: Game, view: Card) -> discord.Message:
        try:
            if (message := await self._edited_by_token(game, view)) is not None:
                return message
            if game.message_id is not None:
                await self._bot.pacer.turn()
                return await self._message(game, game.message_id).edit(view=view)
        except discord.NotFound as gone:
            if gone.code != MESSAGE_IS_GONE:
                raise
        await self._bot.pacer.turn()
        message = await self._channel(game).send(view=view, nonce=_nonce(game))
        await self._rounds.moved(game.id, message.id)
        # If we had sent it before we died, that was an older picture.
        return await self._message(game, message.id).edit(view=view)

    async def _edited_by_token(self, game: Game, view: Card) -> discord.Message | None:
        """None where the token serves no more.

        Where we died before we knew our answer's id, the token still finds it.
        """
        if not (game.token and game.token_until and self._bot.clock.now() < game.token_until):
            return None
        hook = discord.Webhook.partial(self._bot.application_id or 0, game.token, client=self._bot)
        try:
            return await hook.edit_message(game.message_id or ANSWER, view=view)
        except discord.HTTPException as over:
            if over.code not in TOKEN_IS_OVER:
                raise
            return None

    async def _homeless(self, table: Table) -> None:
        """Its channel is gone or closed to us: end it, and tell the players how it stood."""
        if not table.game.is_over:
            table = await self._rounds.stop(table.game.id, self._bot.clock.now())
        view = self._views[table.game.kind](table)
        told = {table.game.host_id, *(p.user_id for p in table.players[:2])}
        for user_id in sorted(told):
            await self._bot.pacer.turn()
            try:
                user = await self._bot.fetch_user(user_id)
                await user.send(view=view, nonce=_nonce(table.game, user_id))
            except discord.HTTPException as closed:
                if _passes(closed):
                    raise
                log.info("game %s: %s cannot be told: %s", table.game.id, user_id, closed)
        await self._rounds.settle(table.game.id)

    def _message(self, game: Game, message_id: int) -> discord.PartialMessage:
        return self._channel(game).get_partial_message(message_id)

    def _channel(self, game: Game) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)


def _nonce(game: Game, user_id: int = 0) -> str:
    """The same for every try to show a game in a new message, or to tell somebody of its end."""
    seed = f"game|{game.id}|{game.message_id}|{user_id}"
    return blake2b(seed.encode(), digest_size=12).hexdigest()


def _passes(error: Exception) -> bool:
    """Whether the same request may well succeed a little later."""
    if isinstance(error, discord.HTTPException):
        gone = error.code == MESSAGE_IS_GONE  # again, before we knew that we had sent it
        return gone or error.status == TOO_MANY or error.status >= SERVER_FAULT
    return True
