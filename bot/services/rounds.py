"""The rounds of every game, duel or quiz: asking, taking replies, closing, going on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.domain.attempt import LONGEST_ANSWER, choice_score
from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed
from bot.domain.game import (
    Game,
    Kind,
    Phase,
    asked,
    check_open,
    closed,
    half_gone,
    held,
    in_play,
    is_last,
    moved,
    new_round,
    settled,
    unseen,
)
from bot.domain.question import Question
from bot.domain.round import FRESH, Reply, Round, option_at, pick
from bot.domain.verdict import Assessor
from bot.services.answering import Press
from bot.services.recording import record_some
from bot.services.rules import Rules
from bot.services.shelf import Shelf
from bot.services.table import Table, fitting_questions, game_here, game_of, table_of
from bot.store.port import Store, Tx

BATCH = 200
HEEDED = 50
"""Players whose last weeks decide what is fresh; all of a crowd have seen everything."""
NEXT = "You are in from the next round on: this one had begun without you."

Taken = TypeVar("Taken")


class Rounds:
    """What all games share."""

    def __init__(
        self, store: Store, bank: Bank, assessor: Assessor, rules: Mapping[Kind, Rules]
    ) -> None:
        self._store, self._shelf, self._assessor, self._rules = store, Shelf(bank), assessor, rules

    async def table(self, game_id: int) -> Table:
        """A game as it stands.

        Raises:
            NotFound: it is gone.
        """
        return await self._store.read(lambda tx: table_of(tx, self._shelf, game_id))

    async def revision(self, game_id: int) -> int:
        """How often what people can see of a game has changed.

        Raises:
            NotFound: it is gone.
        """
        return (await self._store.read(lambda tx: game_of(tx, game_id))).revision

    async def choose(self, game_id: int, no: int, place: int, press: Press) -> bool:
        """Lock an option in, by the place of its letter; whether that closed the round.

        Raises:
            NotFound: the game is gone, or the round has not begun.
            NotAllowed: it is not theirs, or it had begun when they came.
            AlreadyDone: they have replied, or time is up.
        """

        async def work(tx: Tx) -> bool | None:
            if (found := await self._open(tx, game_id, no, press)) is None:
                return None
            game, round_ = found
            picked = option_at(round_, place)
            question = await self._shelf.get(tx, round_.question_id, game.guild_id)
            score = choice_score(question, picked)
            reply = Reply(press.id, game_id, no, press.user_id, press.now, score, picked)
            return await self._take(tx, game, round_, reply, press)

        return _theirs(await self._store.write(work))

    async def question(self, game_id: int, no: int, press: Press) -> Question:
        """The question that somebody is about to write on.

        Raises:
            NotFound, NotAllowed, AlreadyDone: as for `choose`.
        """

        async def work(tx: Tx) -> Question | None:
            if (found := await self._open(tx, game_id, no, press)) is None:
                return None
            game, round_ = found
            return await self._shelf.get(tx, round_.question_id, game.guild_id)

        return _theirs(await self._store.write(work))

    async def write(self, game_id: int, no: int, press: Press, text: str) -> bool:
        """Lock an open answer in; whether that closed the round.

        Raises:
            Invalid: there are no words in it.
            NotFound, NotAllowed, AlreadyDone: as for `choose`.
        """
        if not any(character.isalnum() for character in text):
            raise Invalid("There are no words in that answer yet. A sentence or two will do.")
        question = await self.question(game_id, no, press)
        text = text[:LONGEST_ANSWER]
        verdict = await self._assessor.assess(
            question, text, guild_id=press.guild_id, now=press.now
        )

        async def work(tx: Tx) -> bool | None:
            if (found := await self._open(tx, game_id, no, press)) is None:
                return None
            game, round_ = found
            reply = Reply(
                press.id, game_id, no, press.user_id, press.now, verdict.score, None, text, verdict
            )
            return await self._take(tx, game, round_, reply, press)

        return _theirs(await self._store.write(work))

    async def due(self, now: datetime) -> list[int]:
        """Move every game on in which something is due; returns the ids of those that moved."""

        async def work(tx: Tx) -> list[int]:
            games = await tx.games.due(now, BATCH)
            for game in games:
                await self._advance(tx, game, now)
            return [game.id for game in games]

        return await self._store.write(work)

    async def record(self) -> int:
        """Turn replies of closed rounds into attempts; returns how many, 0 when none is left."""

        return await self._store.write(lambda tx: record_some(tx, self._shelf))

    async def next_due_at(self) -> datetime | None:
        """When the tick is needed next."""
        return await self._store.read(lambda tx: tx.games.next_due_at())

    async def running(self) -> list[int]:
        """The ids of games that are not over, or whose end nobody has been shown yet."""
        return await self._store.read(lambda tx: tx.games.running())

    async def shown(
        self, game_id: int, revision: int, message_id: int, at: datetime | None
    ) -> None:
        """Note where people see a game: when the open round appeared, and that they saw its end."""

        async def work(tx: Tx) -> None:
            game = await tx.games.get(game_id)
            if game is None:
                return
            if game.is_over and game.revision == revision:
                await tx.games.save(settled(replace(game, message_id=message_id)))
            elif game.message_id != message_id:
                await tx.games.save(replace(game, message_id=message_id))
            round_ = await tx.games.round(game_id, game.round)
            opened = game.phase is Phase.ASKING and game.revision == revision
            if at and opened and round_ and round_.asked_at is None and at < round_.deadline:
                await tx.games.save_round(replace(round_, asked_at=at))

        await self._store.write(work)

    async def stop(self, game_id: int, now: datetime) -> Table:
        """End a game that cannot go on, with what has been played; one that is over stays so."""

        async def work(tx: Tx) -> Table:
            table = await table_of(tx, self._shelf, game_id)
            if not table.game.is_over:
                await tx.games.save(await self._rules[table.game.kind].cut(tx, table, now))
            return await table_of(tx, self._shelf, game_id)

        return await self._store.write(work)

    async def moved(self, game_id: int, message_id: int, page: int) -> None:
        """Note that a game goes on in a new message of our own."""

        async def work(tx: Tx) -> None:
            game = await tx.games.get(game_id)
            if game is not None:
                await tx.games.save(moved(game, message_id, page))

        await self._store.write(work)

    async def settle(self, game_id: int) -> None:
        """Note that people have been told of the end of a game elsewhere than in its message."""

        async def work(tx: Tx) -> None:
            game = await tx.games.get(game_id)
            if game is not None:
                await tx.games.save(settled(game))

        await self._store.write(work)

    async def _open(self, tx: Tx, game_id: int, no: int, press: Press) -> tuple[Game, Round] | None:
        """The game and that round of it, if it is theirs and open.

        None when they are in from the next one on: a refusal would take their new seat away again.
        """
        game = await game_here(tx, game_id, press)
        if not await self._rules[game.kind].admit(tx, game, no, press):
            return None
        return game, check_open(game, await tx.games.round(game_id, no), no, press.now)

    async def _take(self, tx: Tx, game: Game, round_: Round, reply: Reply, press: Press) -> bool:
        """Store a reply; the round closes early once everybody has, and whether it did."""
        if not await tx.games.reply(reply):
            raise AlreadyDone("You have locked an answer in; the first one counts.")
        if game.phase is not Phase.ASKING or game.round != round_.no:
            return False  # in time by Discord's clock, but late to us: it counts all the same
        if game.kind is Kind.DUEL:  # hundreds of presses in a quiz are not as many edits
            game = replace(
                held(game, press.token, press.now, press.message_id), revision=game.revision + 1
            )
        missing = await tx.games.awaited(game.id, round_.no)
        if not missing:
            game, round_ = closed(game, round_, reply.at)
            await tx.games.save_round(round_)
        if not missing or game.kind is Kind.DUEL:
            await tx.games.save(game)
        return not missing

    async def _advance(self, tx: Tx, game: Game, now: datetime) -> None:
        """Do what is due in a game."""
        if game.is_over:
            await tx.games.save(unseen(game, now))
        elif game.phase is Phase.INVITED:
            await tx.games.save(await self._rules[game.kind].waited(tx, game, now))
        elif game.phase is Phase.ASKING:
            round_ = await tx.games.round(game.id, game.round)
            assert round_ is not None  # noqa: S101 - a game that asks has what it asks
            if now < round_.deadline:
                await tx.games.save(half_gone(game, round_))
                return
            game, round_ = closed(game, round_, now)
            await tx.games.save_round(round_)
            await tx.games.save(game)
        else:
            table = await table_of(tx, self._shelf, game.id)
            await self._go_on(tx, await self._rules[game.kind].between(tx, table), now)

    async def _go_on(self, tx: Tx, table: Table, now: datetime) -> None:
        """After a pause: the next round, or the end."""
        game = table.game
        alone = len(in_play(table.players, game.round + 1)) < 2
        if alone or is_last(game, table.rounds, table.replies):
            await self._end(tx, table, now)
            return
        fitting = fitting_questions(await self._shelf.of(tx, game.guild_id), game.terms)
        seen = await tx.games.seen([p.user_id for p in table.players[:HEEDED]], now - FRESH)
        played = {r.question_id for r in table.rounds}
        question = pick(fitting, played, seen, game.id, game.round + 1)
        if question is None:
            await self._end(tx, table, now)
            return
        round_ = new_round(game, question, now)
        await self._rules[game.kind].opening(tx, table, round_.no)
        await tx.games.save_round(round_)
        await tx.games.save(asked(game, round_))

    async def _end(self, tx: Tx, table: Table, now: datetime) -> None:
        await tx.games.save(await self._rules[table.game.kind].finish(tx, table, now))


def _theirs(taken: Taken | None) -> Taken:
    """What came of a press, where the round was theirs."""
    if taken is None:
        raise NotAllowed(NEXT)
    return taken
