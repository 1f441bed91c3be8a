"""How a game's message follows the game: one edit at a time, always to how it stands now.

A message is a picture of rows. Whoever changes a game says so here, and the message is brought up
to date; many changes at once are one edit, and after a restart the picture is simply drawn again.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from typing import cast

import discord
from discord import ui

from bot.client import StudyBot
from bot.domain.errors import NotFound
from bot.domain.game import Game, Kind, page_of
from bot.services.table import Table
from bot.ui.finding import UNKNOWN, found, marked, undecided
from bot.ui.flights import Flights
from bot.ui.layout import Card, silent, small
from bot.ui.podium import Picture

log = logging.getLogger(__name__)

MESSAGE_IS_GONE = 10008
TOKEN_IS_OVER = {10015, 50027}
ANSWER = cast("int", "@original")
"""What Discord calls the message that an interaction was answered with, whatever its id."""
PICTURE = "podium.png"
FEW = 10
"""So many players are all told how a game ended that has lost its channel; of more, the host."""
FORGOTTEN = 0
"""A host who has had all they did here deleted."""
LOST = "I can't reach the channel of this game any more, so it ended there."


@dataclass(frozen=True, slots=True)
class Screens:
    """How a kind of game looks."""

    now: Callable[[Table], Card]
    """On its latest message."""
    past: Callable[[Table, int], Card | None] = lambda _, __: None
    """On an earlier one, once it has gone on; None leaves that as it is."""
    picture: Callable[[StudyBot, Table], Awaitable[Picture | None]] | None = None
    """Shown with its words, where there is one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a message shows."""

    card: Card
    png: bytes | None = None

    def files(self) -> list[discord.File]:
        """Its picture; anew for each request, which uses it up."""
        return [discord.File(BytesIO(self.png), PICTURE)] if self.png else []


class Tables:
    """Draws games; keeps nothing but what is being drawn right now, and what surely was."""

    def __init__(self, bot: StudyBot, screens: dict[Kind, Screens]) -> None:
        self._bot, self._screens = bot, screens
        self._rounds = bot.services.rounds
        self._flights = Flights()
        self._stale: set[int] = set()
        self._drawn: dict[int, int] = {}
        """The revision that people see of a game; nothing after a try that may have failed."""

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
            if table.game.is_settled:
                continue
            try:
                await self._put(table, self._drawn.pop(game_id, None))
            except (discord.HTTPException, *UNKNOWN) as error:
                if not _passes(error):
                    raise
                log.warning("game %s may look old: %r", game_id, error)
                self._stale.add(game_id)  # for the next tick
                return

    async def _put(self, table: Table, before: int | None) -> None:
        """Show how a game stands, where people surely saw that revision before."""
        game = table.game
        try:
            message = await self._show(table, before)
        except (discord.NotFound, discord.Forbidden) as gone:
            if gone.code == MESSAGE_IS_GONE:
                raise
            log.warning("game %s has lost its channel: %s", game.id, gone)
            await self._homeless(table)
            return
        shown_at = message.edited_at or message.created_at
        await self._rounds.shown(game.id, game.revision, message.id, shown_at)
        if not game.is_over:
            self._drawn[game.id] = game.revision

    async def _show(self, table: Table, before: int | None) -> discord.Message:
        """On the message it has, or in a new one where its page is another or that is gone."""
        game, screens = table.game, self._screens[table.game.kind]
        if page_of(game) != game.page and before != game.revision - 1:
            await self._reveal(table)
        picture = await screens.picture(self._bot, table) if screens.picture else None
        if picture:
            try:
                return await self._shown(game, _pictured(screens.now(table), picture), before)
            except discord.Forbidden:
                log.info("game %s is shown without its picture", game.id)
        return await self._shown(game, Sheet(screens.now(table)), before)

    async def _reveal(self, table: Table) -> None:
        """Show how the round came out on whose message people may still see it open."""
        game = table.game
        if (card := self._screens[game.kind].past(table, game.page)) is not None:
            await self._edited(game, Sheet(card))

    async def _shown(self, game: Game, sheet: Sheet, before: int | None) -> discord.Message:
        same_page = page_of(game) == game.page
        if same_page and (message := await self._edited(game, sheet)) is not None:
            return message
        if before is None and (message := await self._sent_before(game, sheet)) is not None:
            return message
        await self._bot.pacer.turn()
        message = await self._channel(game).send(
            view=sheet.card, files=sheet.files(), nonce=_nonce(game)
        )
        await self._rounds.moved(game.id, message.id, page_of(game))
        if before is not None:
            return message
        # We, or the process before us, may have sent it already; that was an older picture.
        await self._bot.pacer.turn()
        return await self._message(game, message.id).edit(
            view=sheet.card, attachments=sheet.files()
        )

    async def _sent_before(self, game: Game, sheet: Sheet) -> discord.Message | None:
        """The lobby that a night opened, if the process before us died before it knew its id."""
        if game.message_id is not None or game.token is not None:
            return None
        sent = await found(self._bot, self._channel(game), game.made_at, marked(f":{game.id}"))
        if sent is None:
            return None
        await self._rounds.moved(game.id, sent.id, page_of(game))
        await self._bot.pacer.turn()
        return await sent.edit(view=sheet.card, attachments=sheet.files())

    async def _edited(self, game: Game, sheet: Sheet) -> discord.Message | None:
        """The message it has, brought up to date; None where it has none any more."""
        try:
            if (message := await self._edited_by_token(game, sheet)) is not None:
                return message
            if game.message_id is None:
                return None
            await self._bot.pacer.turn()
            return await self._message(game, game.message_id).edit(
                view=sheet.card, attachments=sheet.files()
            )
        except discord.NotFound as gone:
            if gone.code != MESSAGE_IS_GONE:
                raise
            return None

    async def _edited_by_token(self, game: Game, sheet: Sheet) -> discord.Message | None:
        """None where the token serves no more.

        Where we died before we knew our answer's id, the token still finds it.
        """
        if not (game.token and game.token_until and self._bot.clock.now() < game.token_until):
            return None
        hook = discord.Webhook.partial(self._bot.application_id or 0, game.token, client=self._bot)
        try:
            return await hook.edit_message(game.message_id or ANSWER, view=sheet.card)
        except discord.HTTPException as over:
            if over.code not in TOKEN_IS_OVER:
                raise
            return None

    async def _homeless(self, table: Table) -> None:
        """Its channel is gone or closed to us: end it, and tell its people how it stood."""
        if not table.game.is_over:
            table = await self._rounds.stop(table.game.id, self._bot.clock.now())
        card = silent(self._screens[table.game.kind].now(table))
        card.add_item(ui.TextDisplay[Card](small(LOST)))
        for user_id in told(table):
            await self._bot.pacer.turn()
            try:
                user = await self._bot.fetch_user(user_id)
                await user.send(view=card, nonce=_nonce(table.game, user_id))
            except discord.HTTPException as closed:
                if _passes(closed):
                    raise
                log.info("game %s: %s cannot be told: %s", table.game.id, user_id, closed)
        await self._rounds.settle(table.game.id)

    def _message(self, game: Game, message_id: int) -> discord.PartialMessage:
        return self._channel(game).get_partial_message(message_id)

    def _channel(self, game: Game) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)


def told(table: Table) -> list[int]:
    """Who is told in private how a game ended that has lost its channel."""
    players = {p.user_id for p in table.players} if len(table.players) <= FEW else set()
    return sorted({table.game.host_id, *players} - {FORGOTTEN})


def _pictured(card: Card, picture: Picture) -> Sheet:
    shown = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=picture.told)
    card.add_item(ui.MediaGallery[Card](shown))
    return Sheet(card, picture.png)


def _nonce(game: Game, user_id: int = 0) -> str:
    """The same for every try to show a game in a new message, or to tell somebody of its end.

    It names the message before that one, not the page: a round whose message we lost track of
    goes on as the next round, and nobody is left with buttons that lead nowhere.
    """
    seed = f"game|{game.id}|{game.message_id}|{user_id}"
    return blake2b(seed.encode(), digest_size=12).hexdigest()


def _passes(error: Exception) -> bool:
    """Whether the same request may well succeed a little later."""
    if isinstance(error, discord.HTTPException):
        gone = error.code == MESSAGE_IS_GONE  # again, before we knew that we had sent it
        return gone or undecided(error)
    return True
