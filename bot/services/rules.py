"""What a kind of game decides for itself; everything else is the same for all (`rounds.py`)."""

from datetime import datetime
from typing import Protocol

from bot.domain.game import Game
from bot.services.table import Table
from bot.store.port import Tx


class Rules(Protocol):
    """The rules of a duel, or of a quiz."""

    async def admit(self, tx: Tx, game: Game, no: int, user_id: int) -> bool:
        """Whether a round is theirs; False when they have been let in from the next one on.

        Raises:
            NotAllowed: the game is not theirs.
            AlreadyDone: it is over.
        """
        ...

    async def waited(self, tx: Tx, game: Game, now: datetime) -> Game:
        """The game once it has waited for players as long as it does."""
        ...

    async def between(self, tx: Tx, table: Table) -> Table:
        """The table after a pause, before it goes on."""
        ...

    async def finish(self, tx: Tx, table: Table, now: datetime) -> Game:
        """End a game: places, ratings; returns it as it is over, not yet saved."""
        ...
