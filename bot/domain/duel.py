"""A duel: two people, the same questions; being right decides, being quick breaks ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import fsum

from bot.domain.errors import Invalid, NotAllowed
from bot.domain.game import Ending, Game, Player, Terms
from bot.domain.round import Reply, Round, Style, seconds_taken, topic_named

EVERYBODY = 0
"""In place of one person whose challenges are not welcome."""
INVITATION = timedelta(minutes=5)
"""How long a challenge may wait for its answer."""
MOST_ROUNDS = 15
RATED_A_DAY = 3
"""Rated duels of the same two people within a day; more would be trading points."""
EXPLAIN_SECONDS = 180
"""To write an open answer; typing is not what is measured."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one person made of a duel."""

    user_id: int
    points: float
    """Rounds won on merit: 1 for a right option, the score of an open answer."""
    seconds: float
    """Taken over the right options; nothing for open answers, where writing is not a race."""
    replies: int


@dataclass(frozen=True, slots=True)
class Result:
    """How a duel came out."""

    ending: Ending
    tallies: tuple[Tally, ...]
    winner: int | None = None
    """None for a draw, and for a duel that counts for nothing."""

    @property
    def counts(self) -> bool:
        """Whether there is a winner, or a draw between people who were there."""
        return self.ending in {Ending.PLAYED, Ending.RESIGNED}

    def place_of(self, user_id: int) -> int | None:
        """1, or 2 for whoever lost; both are first in a draw."""
        if not self.counts:
            return None
        return 1 if self.winner in {user_id, None} else 2


def terms(topic: str, rounds: int, style: Style, *, rated: bool) -> Terms:
    """Checked terms of a duel.

    Raises:
        Invalid: the number of rounds makes no duel, or there is no such topic.
    """
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Invalid(f"A duel has 1 to {MOST_ROUNDS} rounds.")
    seconds = EXPLAIN_SECONDS if style is Style.EXPLAIN else 30
    return Terms(topic_named(topic), rounds, seconds, style, rated)


def tally(game: Game, user_id: int, rounds: Sequence[Round], replies: Sequence[Reply]) -> Tally:
    """What that person made of the rounds that counted."""
    counted = {r.no: r for r in rounds if not r.void}
    mine = [r for r in replies if r.user_id == user_id and r.no in counted]
    race = game.terms.style is Style.CHOICE
    taken = [
        seconds_taken(counted[r.no], r, game.terms.seconds) for r in mine if race and r.score > 0
    ]
    # fsum: rounded once, so that the order in which replies are added up cannot matter.
    return Tally(user_id, fsum(r.score for r in mine), fsum(taken), len(mine))


def result(
    game: Game,
    players: Sequence[Player],
    rounds: Sequence[Round],
    replies: Sequence[Reply],
) -> Result:
    """How the duel comes out as things stand: whoever left has lost, wherever the points are."""
    tallies = tuple(tally(game, p.user_id, rounds, replies) for p in players)
    staying = [p.user_id for p in players if not p.left]
    if len(players) == 2 and len(staying) == 1:
        return Result(Ending.RESIGNED, tallies, staying[0])
    if len(staying) < 2 or not any(t.replies for t in tallies):
        return Result(Ending.VOID, tallies)
    first, second = sorted(tallies, key=lambda t: (-t.points, t.seconds))
    level = (first.points, first.seconds) == (second.points, second.seconds)
    return Result(Ending.PLAYED, tallies, None if level else first.user_id)


def require(players: Sequence[Player], user_id: int) -> Player:
    """That person's place in the game.

    Raises:
        NotAllowed: they are not in it.
    """
    for player in players:
        if player.user_id == user_id:
            if player.left:
                raise NotAllowed("You have left this game.")
            return player
    raise NotAllowed("This game is between other people. `/duel challenge` starts your own.")
