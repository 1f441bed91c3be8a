"""Bots that are broken on purpose, so that it is seen whether the torture notices.

`python -m benchmarks.broken_bots memory run` is the real program with one thing done wrong.
"""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.__main__ import main as loopmate
from bot.domain.errors import StudyError
from bot.domain.game import Game
from bot.domain.round import Round
from bot.services import rounds
from bot.services.answering import Press
from bot.services.rounds import Rounds
from bot.ui import table


def memory() -> None:
    """Tell people that they have locked in, and write it down a little later."""
    truly = Rounds.choose
    later: set[asyncio.Task[None]] = set()

    async def choose(self: Rounds, game_id: int, no: int, place: int, press: Press) -> bool:
        async def write() -> None:
            await asyncio.sleep(0.3)
            with suppress(StudyError):
                await truly(self, game_id, no, place, press)

        later.add(asyncio.create_task(write()))
        return False

    Rounds.choose = choose  # type: ignore[method-assign]


def blind() -> None:
    """Count a round whose end nobody watched as if everybody had been asked."""
    truly = rounds.closed

    def closed(game: Game, round_: Round, now: datetime) -> tuple[Game, Round]:
        game, round_ = truly(game, round_, now)
        return game, replace(round_, void=False)

    rounds.closed = closed  # type: ignore[attr-defined]


def forgetful() -> None:
    """Know which message shows a game only as long as the process lives."""
    truly = Rounds.running

    async def running(self: Rounds) -> list[int]:
        ids = await truly(self)
        for game_id in ids:
            game = (await self.table(game_id)).game
            forgotten = replace(game, message_id=None, token=None)
            await self._store.write(lambda tx, game=forgotten: tx.games.save(game))
        return ids

    Rounds.running = running  # type: ignore[method-assign]


def anew() -> None:
    """Send the next message of a quiz again where the answer to the first try was lost."""
    table._nonce = lambda *_: uuid4().hex[:24]  # type: ignore[assignment]


def unfinished() -> None:
    """Leave the last picture to the process that ended the game."""
    truly = Rounds.running

    async def running(self: Rounds) -> list[int]:
        going_on = []
        for game_id in await truly(self):
            if (await self.table(game_id)).game.is_over:
                await self.settle(game_id)
            else:
                going_on.append(game_id)
        return going_on

    Rounds.running = running  # type: ignore[method-assign]


HOW: dict[str, Callable[[], None]] = {
    how.__name__: how for how in (memory, blind, forgetful, anew, unfinished)
}


def command(how: str) -> tuple[str, ...]:
    """What starts such a bot, after the interpreter."""
    return ("-m", "benchmarks.broken_bots", how, "run")


if __name__ == "__main__":
    HOW[sys.argv[1]]()
    sys.exit(loopmate(sys.argv[2:]))
