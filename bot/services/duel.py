"""Duels: challenge, accept, resign; how they came out and what that did to ratings."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.bank import Bank
from bot.domain.duel import INVITATION, RATED_A_DAY, Result, require, result
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.game import Ending, Game, Kind, Phase, Player, Terms, begun, held, over
from bot.domain.rating import OVERALL, Rating, rated
from bot.services.answering import Press
from bot.services.rules import place_all, without_open_round
from bot.services.shelf import Shelf
from bot.services.table import Table, check_fresh, game_here, table_of
from bot.store.port import Store, Tx

RECENT = 10
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's ratings in a guild, and their place on the board over all topics."""

    ratings: tuple[Rating, ...]
    rank: int | None


class Duels:
    """Duels of a guild."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def challenge(
        self, press: Press, channel_id: int, opponent_id: int, terms: Terms, *, is_bot: bool = False
    ) -> Table:
        """Challenge somebody; a duel that may not be rated any more today is played for honour.

        Raises:
            Invalid: they are a bot, or it is oneself.
            TooFew: there are not enough questions that neither has seen lately.
            NotAllowed: they do not want to be challenged.
            AlreadyDone: a challenge to them is waiting already.
        """
        if is_bot:
            raise Invalid("Bots have no interviews to prepare for. Challenge a person.")
        if opponent_id == press.user_id:
            raise Invalid("A duel takes two. Challenge somebody else.")
        guild_id = press.guild_id or 0

        async def work(tx: Tx) -> Table:
            if await tx.ratings.blocks(opponent_id, press.user_id):
                raise NotAllowed("They take no challenges at the moment.")
            if await _waiting(tx, guild_id, press.user_id, opponent_id):
                raise AlreadyDone("Your challenge to them is still waiting for an answer.")
            game = Game(
                id=press.id,
                kind=Kind.DUEL,
                guild_id=guild_id,
                channel_id=channel_id,
                host_id=press.user_id,
                terms=await _ratable(tx, guild_id, press, opponent_id, terms),
                made_at=press.now,
                phase=Phase.INVITED,
                due_at=press.now + INVITATION,
            )
            game = held(game, press.token, press.now)
            both = [press.user_id, opponent_id]
            await check_fresh(tx, self._shelf, press, both, terms, "duel")
            if await tx.games.insert(game):
                for user_id in both:
                    await tx.games.seat(Player(game.id, user_id))
            return await table_of(tx, self._shelf, game.id)

        return await self._store.write(work)

    async def accept(self, game_id: int, press: Press) -> Table:
        """Take a challenge up.

        Raises:
            NotFound: it is gone.
            NotAllowed: it is for somebody else.
            AlreadyDone: it has been answered, or waited too long.
        """

        async def work(tx: Tx) -> Table:
            game = await _invitation(tx, game_id, press)
            await tx.games.save(begun(_pressed(game, press), press.now))
            return await table_of(tx, self._shelf, game_id)

        return await self._store.write(work)

    async def decline(self, game_id: int, press: Press) -> Table:
        """Turn a challenge down.

        Raises:
            NotFound, NotAllowed, AlreadyDone: as for `accept`.
        """

        async def work(tx: Tx) -> Table:
            game = await _invitation(tx, game_id, press)
            ended = over(_pressed(game, press), Ending.DECLINED, press.now)
            await tx.games.save(ended)
            return await table_of(tx, self._shelf, game_id)

        return await self._store.write(work)

    async def withdraw_or_resign(self, press: Press) -> Table:
        """Leave one's latest duel: an own challenge is taken back, one that has begun is lost.

        What others ask and nobody has answered is theirs to take back.

        Raises:
            NotFound: there is none.
        """

        async def work(tx: Tx) -> Table:
            guild_id = press.guild_id or 0
            games = await tx.games.latest(press.user_id, guild_id, Kind.DUEL, RECENT)
            mine = (g for g in games if g.phase is not Phase.INVITED or g.host_id == press.user_id)
            game = next((g for g in mine if not g.is_over), None)
            if game is None:
                raise NotFound("You are in no duel here. `/duel challenge` starts one.")
            if game.phase is Phase.INVITED:
                await tx.games.save(over(game, Ending.WITHDRAWN, press.now))
            else:
                await tx.games.seat(Player(game.id, press.user_id, until=game.round))
                table = await table_of(tx, self._shelf, game.id)
                table = await without_open_round(tx, table, press.now)
                await tx.games.save(await finish(tx, table, press.now))
            return await table_of(tx, self._shelf, game.id)

        return await self._store.write(work)

    async def rematch(self, game_id: int, press: Press, channel_id: int) -> Table:
        """Challenge the other one of a duel that is over, on the same terms.

        Raises:
            NotFound: it is gone, or the other one has had all they did deleted.
            NotAllowed: it was between other people.
            Invalid, TooFew, AlreadyDone: as for `challenge`.
        """
        table = await self.played(game_id, press)
        other = next((p.user_id for p in table.players if p.user_id != press.user_id), None)
        if other is None:
            raise NotFound(
                "Whom you played has had all they did here deleted. `/duel challenge` asks "
                "somebody else."
            )
        return await self.challenge(press, channel_id, other, table.game.terms)

    async def played(self, game_id: int, press: Press) -> Table:
        """A duel that somebody was in.

        Raises:
            NotFound: it is gone.
            NotAllowed: it was between other people.
        """

        async def work(tx: Tx) -> Table:
            await game_here(tx, game_id, press)
            return await table_of(tx, self._shelf, game_id)

        table = await self._store.read(work)
        if press.user_id not in {p.user_id for p in table.players}:
            raise NotAllowed("That duel was between other people. `/duel challenge` starts yours.")
        return table

    async def history(self, user_id: int, guild_id: int) -> list[Table]:
        """The last duels of a person that came to something, the latest first."""

        async def work(tx: Tx) -> list[Table]:
            games = await tx.games.latest(user_id, guild_id, Kind.DUEL, 3 * RECENT)
            ended = [g for g in games if g.ending in {Ending.PLAYED, Ending.RESIGNED}]
            return [await table_of(tx, self._shelf, g.id) for g in ended[:RECENT]]

        return await self._store.read(work)

    async def standing(self, user_id: int, guild_id: int) -> Standing:
        """How strong somebody is."""

        async def work(tx: Tx) -> Standing:
            ratings = tuple(await tx.ratings.of_person(guild_id, user_id))
            overall = next((r for r in ratings if r.topic == OVERALL), None)
            return Standing(ratings, await tx.ratings.rank(overall) if overall else None)

        return await self._store.read(work)

    async def board(self, guild_id: int, topic: str, most: int) -> list[Rating]:
        """The strongest of a guild."""
        return await self._store.read(lambda tx: tx.ratings.board(guild_id, topic, most))

    async def take_challenges(self, user_id: int, other_id: int, *, welcome: bool) -> bool:
        """Take challenges of somebody, or of `EVERYBODY`, or no longer; whether they can now."""

        async def work(tx: Tx) -> bool:
            await tx.ratings.set_block(user_id, other_id, blocked=not welcome)
            return not await tx.ratings.blocks(user_id, other_id)

        return await self._store.write(work)


def result_of(table: Table) -> Result:
    """How a duel came out, as things stand."""
    return result(table.game, table.players, table.rounds, table.replies)


class DuelRules:
    """What only duels decide."""

    async def admit(self, tx: Tx, game: Game, no: int, press: Press) -> bool:  # noqa: ARG002
        """A duel is between the two who began it."""
        player = await tx.games.player(game.id, press.user_id)
        require([player] if player else [], press.user_id)
        return True

    async def waited(self, _: Tx, game: Game, now: datetime) -> Game:
        """Nobody has taken the challenge up."""
        return over(game, Ending.EXPIRED, now)

    async def between(self, _: Tx, table: Table) -> Table:
        """Nothing happens between two rounds."""
        return table

    async def opening(self, _tx: Tx, _table: Table, _no: int) -> None:
        """Every round is for both."""

    async def finish(self, tx: Tx, table: Table, now: datetime) -> Game:
        """Places for both, and ratings if it was rated and counts."""
        return await finish(tx, table, now)

    async def cut(self, tx: Tx, table: Table, now: datetime) -> Game:
        """A challenge is taken back; else whoever leads has won."""
        if table.game.phase is Phase.INVITED:
            return over(table.game, Ending.WITHDRAWN, now)
        return await finish(tx, await without_open_round(tx, table, now), now)


async def finish(tx: Tx, table: Table, now: datetime) -> Game:
    """End a duel: places for both, and ratings if it was rated and counts."""
    outcome = result_of(table)
    placed = ((p.user_id, outcome.place_of(p.user_id)) for p in table.players)
    places = {user_id: place for user_id, place in placed if place}
    counts = table.game.terms.rated and outcome.counts
    await place_all(tx, table, places, rated if counts else None)
    return over(table.game, outcome.ending, now)


def _pressed(game: Game, press: Press) -> Game:
    """The game after a button on its message was pressed."""
    return held(game, press.token, press.now, press.message_id)


async def _invitation(tx: Tx, game_id: int, press: Press) -> Game:
    """The challenge that this person may answer."""
    game = await game_here(tx, game_id, press)
    player = await tx.games.player(game_id, press.user_id)
    if player is None:
        raise NotAllowed("That challenge is for somebody else. `/duel challenge` makes your own.")
    if press.user_id == game.host_id:
        raise NotAllowed("It is theirs to answer. `/duel resign` takes your challenge back.")
    if game.phase is not Phase.INVITED or (game.due_at and press.now > game.due_at):
        raise AlreadyDone("That challenge has been answered, or it waited too long.")
    if await tx.games.player(game_id, game.host_id) is None:
        raise NotFound(
            "Whoever challenged you has had all they did here deleted. `/duel challenge` asks "
            "somebody else."
        )
    return game


async def _waiting(tx: Tx, guild_id: int, user_id: int, opponent_id: int) -> bool:
    """Whether a challenge of this person to that one is open."""
    for game in await tx.games.latest(user_id, guild_id, Kind.DUEL, RECENT):
        open_ = game.phase is Phase.INVITED and game.host_id == user_id
        if open_ and await tx.games.player(game.id, opponent_id):
            return True
    return False


async def _ratable(tx: Tx, guild_id: int, press: Press, opponent_id: int, terms: Terms) -> Terms:
    """The terms, unrated where these two have played for ratings often enough today."""
    since = press.now - A_DAY
    played = await tx.games.rated_between(guild_id, press.user_id, opponent_id, since)
    return replace(terms, rated=terms.rated and played < RATED_A_DAY)
