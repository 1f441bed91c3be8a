"""What a kind of game decides for itself; everything else is the same for all (`rounds.py`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.domain.game import Game, Phase, closed
from bot.domain.rating import OVERALL, Rating
from bot.services.answering import Press
from bot.services.table import Table
from bot.store.port import Tx

Rate = Callable[[Sequence[Rating], Sequence[int]], list[Rating]]
"""The ratings after a game, by those before it and the places."""


class Rules(Protocol):
    """The rules of a duel, or of a quiz."""

    async def admit(self, tx: Tx, game: Game, no: int, press: Press) -> bool:
        """Whether a round is theirs; False when they have been let in from the next one on.

        Raises:
            NotAllowed: the game is not theirs, or it is not their turn.
            AlreadyDone: it is over.
        """
        ...

    async def waited(self, tx: Tx, game: Game, now: datetime) -> Game:
        """The game once it has waited for players as long as it does."""
        ...

    async def between(self, tx: Tx, table: Table) -> Table:
        """The table after a pause, before it goes on."""
        ...

    async def opening(self, tx: Tx, table: Table, no: int) -> None:
        """A round is about to open."""
        ...

    async def finish(self, tx: Tx, table: Table, now: datetime) -> Game:
        """End a game: places, ratings; returns it as it is over, not yet saved."""
        ...

    async def cut(self, tx: Tx, table: Table, now: datetime) -> Game:
        """End a game that cannot go on, as it stands; returns it over, not yet saved."""
        ...


async def without_open_round(tx: Tx, table: Table, now: datetime) -> Table:
    """The table once its open round was cut short, so that it counts for nobody."""
    if table.game.phase is not Phase.ASKING:
        return table
    game, round_ = closed(table.game, table.rounds[-1], now)
    round_ = replace(round_, void=True)
    await tx.games.save_round(round_)
    return replace(table, game=game, rounds=(*table.rounds[:-1], round_))


async def place_all(
    tx: Tx, table: Table, places: Mapping[int, int], rate: Rate | None = None
) -> None:
    """Note how everybody came out, and what that did to their ratings.

    Args:
        tx: the unit of work that ends the game.
        table: the game.
        places: of those who have one, by user id.
        rate: None where it moves no rating.
    """
    changes = await _rerated(tx, table.game, places, rate) if rate else {}
    for player in table.players:
        place, change = places.get(player.user_id), changes.get(player.user_id)
        await tx.games.seat(replace(player, place=place, change=change))


async def _rerated(tx: Tx, game: Game, places: Mapping[int, int], rate: Rate) -> dict[int, int]:
    """Move everybody's rating; what it did to them, by user id."""
    topic = game.terms.topic or OVERALL
    before = [await tx.ratings.get(game.guild_id, user_id, topic) for user_id in places]
    after = rate(before, list(places.values()))
    for rating in after:
        await tx.ratings.save(rating)
    return {new.user_id: new.shown - old.shown for old, new in zip(before, after, strict=True)}
