"""Who sits where in a quiz: taking a seat, losing it in a survival, taking turns in a relay."""

from dataclasses import replace

from bot.domain.errors import AlreadyDone, NotAllowed
from bot.domain.game import Game, Mode, Phase, Player
from bot.domain.quiz import MOST, fallen, team_for
from bot.domain.relay import check_turn, next_turns
from bot.services.answering import Press
from bot.services.table import Table
from bot.store.port import Tx


async def take_seat(tx: Tx, game: Game, press: Press, before: Player | None = None) -> Player:
    """Seat somebody from the next round on, in the smallest team.

    A few small queries, whatever the number of players: hundreds may join within a second.

    Args:
        press: what brings them.
        before: their place in this game, if they have left it.

    Raises:
        NotAllowed: they have played in it and left, or it is a survival that has begun.
        AlreadyDone: it is full.
    """
    survival = game.terms.mode is Mode.SURVIVAL
    if before is not None and before.until is not None and before.until >= before.since:
        raise NotAllowed("You are out and watch this one." if survival else "You have left it.")
    if survival and game.phase is not Phase.INVITED:
        raise NotAllowed("This survival has begun without you. You can watch it.")
    sizes = await tx.games.sizes(game.id)
    if sum(sizes.values()) >= MOST:
        raise AlreadyDone(f"It is full: {MOST} are in.")
    team = team_for(sizes, game.terms.teams)
    player = Player(game.id, press.user_id, since=game.round + 1, team=team, joined=press.id)
    await tx.games.seat(player)
    return player


async def between(tx: Tx, table: Table) -> Table:
    """The table without those whom the last round of a survival has put out."""
    game, round_ = table.game, table.round
    if game.terms.mode is not Mode.SURVIVAL or round_ is None:
        return table
    out = {p.user_id for p in fallen(table.players, round_, table.replies)}
    players = [replace(p, until=round_.no) if p.user_id in out else p for p in table.players]
    for player in players:
        if player.user_id in out:
            await tx.games.seat(player)
    return replace(table, players=tuple(players))


async def check_their_turn(tx: Tx, game: Game, no: int, player: Player) -> None:
    """In a relay, let those answer the open round whose turn it is.

    Raises:
        NotAllowed: it is the turn of somebody else in their team.
    """
    if game.terms.mode is Mode.RELAY and no == game.round and not game.is_over:
        check_turn(await tx.relays.turns_in(game.id, no), player)


async def hand_out_turns(tx: Tx, table: Table, no: int) -> None:
    """Before a round of a relay opens, say whose turn it is in each team."""
    if table.game.terms.mode is Mode.RELAY:
        await tx.relays.hand_out(next_turns(table.players, table.turns, no))
