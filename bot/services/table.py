"""A game with everybody and everything on it, as services and screens want it."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.domain.bank import Bank, Selection
from bot.domain.errors import Invalid, NotFound
from bot.domain.game import Game, Mode, Player, Terms
from bot.domain.question import Question
from bot.domain.relay import Turn
from bot.domain.round import FRESH, Reply, Round, Style, suits
from bot.services.answering import Press
from bot.services.shelf import Shelf
from bot.store.port import Tx

GONE = "I don't know that game any more."


class TooFew(Invalid):
    """Not enough questions are fresh; carries what could be played instead."""

    def __init__(self, says: str, fresh: int, terms: Terms, players: Collection[int]) -> None:
        super().__init__(says)
        self.fresh, self.terms, self.players = fresh, terms, players


@dataclass(frozen=True, slots=True)
class Table:
    """A game with everybody and everything on it."""

    game: Game
    players: tuple[Player, ...]
    rounds: tuple[Round, ...]
    replies: tuple[Reply, ...]
    questions: Mapping[str, Question]
    """By id; one that has been retired since is missing."""
    turns: tuple[Turn, ...] = ()
    """Whose turn each round of a relay was; other games have none."""

    @property
    def round(self) -> Round | None:
        """The round that is open, or was last."""
        return self.rounds[-1] if self.rounds else None

    def replied(self, no: int) -> frozenset[int]:
        """Who has replied in a round."""
        return frozenset(r.user_id for r in self.replies if r.no == no)

    def on_turn(self, no: int) -> tuple[Turn, ...]:
        """Whose turn a round of a relay is, by team."""
        return tuple(turn for turn in self.turns if turn.no == no)


async def game_of(tx: Tx, game_id: int) -> Game:
    """That game.

    Raises:
        NotFound: it is gone.
    """
    game = await tx.games.get(game_id)
    if game is None:
        raise NotFound(GONE)
    return game


async def game_here(tx: Tx, game_id: int, press: Press) -> Game:
    """The game that somebody presses into, in the guild they are in.

    Raises:
        NotFound: it is gone, or of another guild.
    """
    game = await game_of(tx, game_id)
    if game.guild_id != press.guild_id:
        raise NotFound(GONE)
    return game


async def table_of(tx: Tx, shelf: Shelf, game_id: int) -> Table:
    """A game with everything on it.

    Raises:
        NotFound: it is gone.
    """
    game = await game_of(tx, game_id)
    rounds = await tx.games.rounds(game_id)
    questions: dict[str, Question] = {}
    for round_ in rounds:
        with suppress(NotFound):
            found = await shelf.get(tx, round_.question_id, game.guild_id)
            questions[found.id] = found
    return Table(
        game=game,
        players=tuple(await tx.games.players(game_id)),
        rounds=tuple(rounds),
        replies=tuple(await tx.games.replies(game_id)),
        questions=questions,
        turns=tuple(await tx.relays.turns(game_id)) if game.terms.mode is Mode.RELAY else (),
    )


def fitting_questions(bank: Bank, terms: Terms) -> list[Question]:
    """What can be asked in a game."""
    topics = frozenset({terms.topic} if terms.topic else ())
    return [q for q in bank.matching(Selection(topics=topics)) if suits(q, terms.style)]


def none_such(terms: Terms) -> str:
    """What to say where there is nothing at all to be asked in a game."""
    about = f" on {terms.topic}" if terms.topic else ""
    if terms.style is Style.CHOICE:
        return f"I have no questions{about}. Choose another topic."
    return (
        f"I have no questions{about} to answer in your own words against the clock. Pick options "
        "there, or choose another topic."
    )


async def check_fresh(
    tx: Tx, shelf: Shelf, press: Press, players: Collection[int], terms: Terms, what: str
) -> None:
    """Refuse a game for which too few questions are left that none of these people has seen.

    Raises:
        TooFew: carries what could be played instead.
    """
    seen = await tx.games.seen(players, press.now - FRESH)
    fitting = fitting_questions(await shelf.of(tx, press.guild_id or 0), terms)
    fresh = sum(q.id not in seen for q in fitting)
    if fresh < terms.rounds:
        whom = "both of you" if len(players) > 1 else "you"
        about = f" on {terms.topic}" if terms.topic else ""
        says = (
            f"Only {fresh} of those questions{about} are fresh for {whom}, "
            f"and a {what} over {terms.rounds} rounds takes {terms.rounds}."
        )
        raise TooFew(says if fitting else none_such(terms), fresh, terms, players)
