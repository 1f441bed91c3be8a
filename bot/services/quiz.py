"""Quizzes: open a lobby, join, begin, leave, stop; how they came out and what that did."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.game import Ending, Game, Kind, Phase, Player, Terms, begun, held, over
from bot.domain.quiz import FEWEST, LOBBY, Standing, ending, heir, presiding, standings
from bot.domain.rating import rated_many
from bot.services.answering import Press
from bot.services.league import enter
from bot.services.rules import place_all, without_open_round
from bot.services.seating import between, check_their_turn, hand_out_turns, take_seat
from bot.services.shelf import Shelf
from bot.services.table import Table, check_fresh, game_here, table_of
from bot.store.port import Store, Tx

RECENT = 10
NONE_HERE = "No quiz is on in this channel. `/quiz start` opens one."
ANOTHER = "A quiz is on in this channel already. Join that one, or wait until it is over."


@dataclass(frozen=True, slots=True)
class Past:
    """A quiz that somebody has played, and what came of it for them."""

    game: Game
    player: Player
    players: int


class Quizzes:
    """Quizzes of a guild."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def start(self, press: Press, channel_id: int, terms: Terms) -> Table:
        """Open a lobby, with the host in it.

        Raises:
            AlreadyDone: another quiz is on in that channel.
            TooFew: there are not enough questions that the host has not seen lately.
        """
        guild_id = press.guild_id or 0

        async def work(tx: Tx) -> Table:
            if await tx.games.open_in(channel_id, Kind.QUIZ):
                raise AlreadyDone(ANOTHER)
            await check_fresh(tx, self._shelf, press, [press.user_id], terms, "quiz")
            game = Game(
                id=press.id,
                kind=Kind.QUIZ,
                guild_id=guild_id,
                channel_id=channel_id,
                host_id=press.user_id,
                terms=terms,
                made_at=press.now,
                phase=Phase.INVITED,
                due_at=press.now + LOBBY,
            )
            if await tx.games.insert(held(game, press.token, press.now)):
                await take_seat(tx, game, press)
            return await table_of(tx, self._shelf, game.id)

        return await self._store.write(work)

    async def join(self, game_id: int, press: Press) -> Player:
        """Take a seat: at once in the lobby, from the next round on later.

        Raises:
            NotFound: it is gone.
            AlreadyDone: they are in, it is full, or it is over.
            NotAllowed: they have left it, or it is a survival that has begun.
        """

        async def work(tx: Tx) -> Player:
            game = await game_here(tx, game_id, press)
            if game.is_over:
                raise AlreadyDone("That quiz is over.")
            player = await tx.games.player(game_id, press.user_id)
            if player is not None and not player.left:
                raise AlreadyDone("You are in already.")
            player = await take_seat(tx, game, press, player)
            if game.phase is Phase.INVITED:
                await tx.games.save(replace(game, revision=game.revision + 1))
            return player

        return await self._store.write(work)

    async def begin(self, game_id: int, press: Press) -> Table:
        """Let the first question come.

        Raises:
            NotFound: it is gone.
            NotAllowed: they are not the host.
            AlreadyDone: it has begun.
            Invalid: nobody else is in.
        """

        async def work(tx: Tx) -> Table:
            game = await game_here(tx, game_id, press)
            host_id = presiding(game, await tx.games.players(game_id))
            if press.user_id != host_id:
                raise NotAllowed("Only the host starts it. It starts by itself after a while.")
            if game.phase is not Phase.INVITED:
                raise AlreadyDone("It has begun already.")
            if sum((await tx.games.sizes(game_id)).values()) < FEWEST:
                raise Invalid("A quiz takes two at least. Wait until somebody joins.")
            await tx.games.save(begun(replace(game, host_id=host_id), press.now))
            return await table_of(tx, self._shelf, game_id)

        return await self._store.write(work)

    async def leave(self, channel_id: int, press: Press) -> Game:
        """Leave the quiz of a channel; if the host leaves, another player becomes host.

        Raises:
            NotFound: none is on there, or they are not in it.
        """

        async def work(tx: Tx) -> Game:
            game = await _open_in(tx, channel_id)
            player = await tx.games.player(game.id, press.user_id)
            if player is None or player.left:
                raise NotFound("You are not in the quiz of this channel.")
            await tx.games.seat(replace(player, until=game.round))
            if press.user_id == game.host_id:
                next_one = heir(await tx.games.players(game.id), press.user_id)
                game = replace(game, host_id=next_one or game.host_id)
            if game.phase is Phase.INVITED:
                game = replace(game, revision=game.revision + 1)
            await tx.games.save(game)
            return game

        return await self._store.write(work)

    async def stop(self, channel_id: int, press: Press, *, moderates: bool) -> Table:
        """End the quiz of a channel as it stands; an open round counts for nobody.

        Raises:
            NotFound: none is on there.
            NotAllowed: they neither host it nor moderate.
        """

        async def work(tx: Tx) -> Table:
            game = await _open_in(tx, channel_id)
            hosts = {game.host_id, presiding(game, await tx.games.players(game.id))}
            if press.user_id not in hosts and not moderates:
                raise NotAllowed(
                    "Only the host or a moderator stops it. `/quiz leave` lets you go."
                )
            table = await table_of(tx, self._shelf, game.id)
            await tx.games.save(await cut(tx, table, press.now))
            return await table_of(tx, self._shelf, game.id)

        return await self._store.write(work)

    async def again(self, game_id: int, press: Press, channel_id: int) -> Table:
        """Open a lobby on the terms of a quiz that is over.

        Raises:
            NotFound: it is gone.
            NotAllowed: they did not host it.
            AlreadyDone, TooFew: as for `start`.
        """
        game = await self._store.read(lambda tx: game_here(tx, game_id, press))
        if press.user_id != game.host_id:
            raise NotAllowed("Its host can play it again. `/quiz start` opens your own.")
        return await self.start(press, channel_id, game.terms)

    async def history(self, user_id: int, guild_id: int) -> list[Past]:
        """The last quizzes of a person that came to something, the latest first."""

        async def work(tx: Tx) -> list[Past]:
            games = await tx.games.latest(user_id, guild_id, Kind.QUIZ, 3 * RECENT)
            ended = [g for g in games if g.ending in {Ending.PLAYED, Ending.STOPPED}]
            past: list[Past] = []
            for game in ended[:RECENT]:
                players = await tx.games.players(game.id)
                mine = next(p for p in players if p.user_id == user_id)
                past.append(Past(game, mine, sum(p.place is not None for p in players)))
            return past

        return await self._store.read(work)


class QuizRules:
    """What only quizzes decide."""

    async def admit(self, tx: Tx, game: Game, no: int, press: Press) -> bool:
        """Let strangers in from the next round on; in a relay one answers after the other."""
        player = await tx.games.player(game.id, press.user_id)
        if player is not None and player.plays(no):
            await check_their_turn(tx, game, no, player)
            return True
        if game.is_over:
            raise AlreadyDone("That quiz is over.")
        if player is None or player.left:
            await take_seat(tx, game, press, player)
        return False

    async def waited(self, tx: Tx, game: Game, now: datetime) -> Game:
        """Start by itself, if there are people to play it."""
        if sum((await tx.games.sizes(game.id)).values()) < FEWEST:
            return over(game, Ending.EXPIRED, now)
        host_id = presiding(game, await tx.games.players(game.id))
        return begun(replace(game, host_id=host_id), now)

    async def between(self, tx: Tx, table: Table) -> Table:
        """In a survival, those who were not right are out."""
        return await between(tx, table)

    async def opening(self, tx: Tx, table: Table, no: int) -> None:
        """In a relay, say whose turn it is."""
        await hand_out_turns(tx, table, no)

    async def finish(self, tx: Tx, table: Table, now: datetime) -> Game:
        """Places for all, and ratings if it was rated and counts."""
        return await finish(tx, table, now)

    async def cut(self, tx: Tx, table: Table, now: datetime) -> Game:
        """As when it is stopped."""
        return await cut(tx, table, now)


def standings_of(table: Table) -> list[Standing]:
    """How everybody stands now."""
    return standings(table.game, table.players, table.rounds, table.replies, table.turns)


async def cut(tx: Tx, table: Table, now: datetime) -> Game:
    """End a quiz as it stands: its lobby is called off, an open round counts for nobody."""
    if table.game.phase is Phase.INVITED:
        return over(table.game, Ending.WITHDRAWN, now)
    table = await between(tx, await without_open_round(tx, table, now))
    return await finish(tx, table, now, stopped=True)


async def finish(tx: Tx, table: Table, now: datetime, *, stopped: bool = False) -> Game:
    """End a quiz. One that was stopped has a winner, but counts no further: the host chose when."""
    came = ending(table.rounds, table.replies)
    if came is Ending.PLAYED:
        final = standings_of(table)
        counts = table.game.terms.rated and len(final) >= FEWEST and not stopped
        places = {s.user_id: s.place for s in final}
        await place_all(tx, table, places, rated_many if counts else None)
        if counts:
            await enter(tx, table, now)
    return over(table.game, Ending.STOPPED if stopped and came is Ending.PLAYED else came, now)


async def _open_in(tx: Tx, channel_id: int) -> Game:
    game = await tx.games.open_in(channel_id, Kind.QUIZ)
    if game is None:
        raise NotFound(NONE_HERE)
    return game
