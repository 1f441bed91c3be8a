"""A game: a duel or a quiz, played in rounds that each have a deadline.

invited ──► pausing ──► asking ──► pausing ──► asking … ──► pausing ──► over
   └───────────┴───────────┴──────────────────────────────────────────► over

`due_at` names the instant at which something happens by itself, so a game always ends, whoever
leaves and whatever crashes; a game that is over is due until people have been shown how it ended.
Nothing is added up on the way: who has how many points follows from the replies, in whatever order
they reached us.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from bot.domain.errors import AlreadyDone, NotFound
from bot.domain.question import Question, Topic
from bot.domain.round import Reply, Round, Style

LEAD = timedelta(seconds=6)
"""From the moment everybody is in to the first question."""
MARGIN = timedelta(milliseconds=150)
"""How long after its deadline a round stays open for presses that are on their way to us."""
UNWATCHED = timedelta(seconds=5)
"""A round that closes later than this after its deadline was not watched: nobody is to blame."""
IDLE_ROUNDS = 2
"""After so many rounds in a row without a single reply nobody is there any more."""
SHOWN_AGAIN = timedelta(seconds=30)
"""Between two tries to show how a game ended."""
GIVEN_UP = timedelta(hours=1)
"""So long after its end nobody waits to see it any more."""
TOKEN_LIFE = timedelta(minutes=14)
"""How long the token of an interaction serves; Discord says fifteen minutes."""


class Kind(StrEnum):
    """What is played."""

    DUEL = "duel"
    QUIZ = "quiz"


class Mode(StrEnum):
    """How a quiz is won."""

    ALL = "all"
    """Everybody for themselves."""
    TEAMS = "teams"
    """A team has, in each round, the average of its members."""
    SURVIVAL = "survival"
    """Whoever is not right is out, and watches."""
    RELAY = "relay"
    """In each round one of every team answers for all, in turn."""

    @property
    def in_teams(self) -> bool:
        """Whether teams win it."""
        return self in {Mode.TEAMS, Mode.RELAY}


class Phase(StrEnum):
    """Where a game is."""

    INVITED = "invited"
    PAUSING = "pausing"
    ASKING = "asking"
    OVER = "over"


class Ending(StrEnum):
    """How a game came to be over."""

    PLAYED = "played"
    RESIGNED = "resigned"
    STOPPED = "stopped"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"
    """Nobody replied, or the questions ran out."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed before the first question."""

    topic: Topic | None = None
    rounds: int = 5
    seconds: int = 30
    style: Style = Style.CHOICE
    rated: bool = True
    mode: Mode = Mode.ALL
    teams: int = 0
    penalty: bool = False
    """Whether a wrong option costs points."""


@dataclass(frozen=True, slots=True)
class Game:
    """A row of `game`; `id` is the snowflake of the command that began it."""

    id: int
    kind: Kind
    guild_id: int
    channel_id: int
    host_id: int
    terms: Terms
    made_at: datetime
    phase: Phase
    due_at: datetime | None
    round: int = 0
    """The number of the round that is open or was last; 0 before the first."""
    message_id: int | None = None
    page: int = 0
    """Which of its messages that is; see `page_of`."""
    token: str | None = None
    """Of the last interaction with that message: an edit through it waits behind no limit."""
    token_until: datetime | None = None
    revision: int = 0
    """Grows with whatever people can see of it."""
    ending: Ending | None = None
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nobody can do anything in it any more."""
        return self.phase is Phase.OVER

    @property
    def is_settled(self) -> bool:
        """Whether it is over and people have been shown how it ended, or nobody waits any more."""
        return self.is_over and self.due_at is None


@dataclass(frozen=True, slots=True)
class Player:
    """A row of `player`: somebody in a game."""

    game_id: int
    user_id: int
    since: int = 1
    """The first round that is theirs."""
    until: int | None = None
    """The last round that is theirs, once they have left or are out."""
    place: int | None = None
    """Once it is over; equal for those who are."""
    change: int | None = None
    """What a rated game did to their rating, as people see it."""
    team: int = 0
    """From 1; 0 without teams."""
    joined: int = 0
    """The snowflake of the press that brought them: who came first is first in a relay."""
    earned: int | None = None
    """What a rated quiz brought them for the league, once it is over."""

    @property
    def left(self) -> bool:
        """Whether no later round is theirs."""
        return self.until is not None

    def plays(self, no: int) -> bool:
        """Whether a round is theirs; once it has begun, that never changes any more."""
        return self.since <= no and (self.until is None or no <= self.until)


def pause_after(style: Style) -> timedelta:
    """How long people have to read why, before the next question."""
    return timedelta(seconds=25 if style is Style.EXPLAIN else 10)


def held(game: Game, token: str | None, now: datetime, message_id: int | None = None) -> Game:
    """The game with a fresh way to edit its message; and which it is, if we died before we knew."""
    game = replace(game, message_id=game.message_id or message_id)
    return replace(game, token=token, token_until=now + TOKEN_LIFE) if token else game


def moved(game: Game, message_id: int, page: int) -> Game:
    """The game in a message that we sent by ourselves: no interaction's token edits that."""
    return replace(game, message_id=message_id, page=page, token=None, token_until=None)


def begun(game: Game, now: datetime) -> Game:
    """The game once everybody is in: a moment to breathe, then the first question."""
    return replace(game, phase=Phase.PAUSING, due_at=now + LEAD, revision=game.revision + 1)


def asked(game: Game, round_: Round) -> Game:
    """The game with that round open; a quiz tells at half time how many have replied."""
    half = timedelta(seconds=game.terms.seconds / 2)
    return replace(
        game,
        phase=Phase.ASKING,
        round=round_.no,
        due_at=round_.deadline - half if game.kind is Kind.QUIZ else round_.deadline + MARGIN,
        revision=game.revision + 1,
    )


def half_gone(game: Game, round_: Round) -> Game:
    """The game at half time of a round: people see how many have replied."""
    return replace(game, due_at=round_.deadline + MARGIN, revision=game.revision + 1)


def page_of(game: Game) -> int:
    """Which message shows a game as it stands: a duel has one, a quiz one a round and a last one.

    A quiz that ends in its lobby ends in the message of the lobby.
    """
    if game.kind is Kind.DUEL or not game.round:
        return 0
    return game.round + 1 if game.is_over else game.round


def closed(game: Game, round_: Round, now: datetime) -> tuple[Game, Round]:
    """The round closed and the game pausing.

    A round whose end nobody watched, because we were down, is void: nobody loses it.
    """
    void = now - round_.deadline > UNWATCHED
    return (
        replace(
            game,
            phase=Phase.PAUSING,
            due_at=now + pause_after(game.terms.style),
            revision=game.revision + 1,
        ),
        replace(round_, closed_at=now, void=void),
    )


def over(game: Game, ending: Ending, now: datetime) -> Game:
    """The game with nothing left to happen but that people are shown how it ended."""
    return replace(
        game,
        phase=Phase.OVER,
        due_at=now + SHOWN_AGAIN,
        ending=ending,
        ended_at=now,
        revision=game.revision + 1,
    )


def unseen(game: Game, now: datetime) -> Game:
    """A game that is over and whose end could not be shown: tried again, but not for ever."""
    given_up = now - (game.ended_at or now) > GIVEN_UP
    return replace(game, due_at=None if given_up else now + SHOWN_AGAIN)


def settled(game: Game) -> Game:
    """A game that is over and whose end people have been shown; nothing needs its token now."""
    return replace(game, due_at=None, token=None, token_until=None)


def is_last(game: Game, rounds: Sequence[Round], replies: Sequence[Reply]) -> bool:
    """Whether the game ends with the round that was last: all are played, or nobody is there."""
    if game.round >= game.terms.rounds:
        return True
    replied = {r.no for r in replies}
    recent = [r.no for r in rounds][-IDLE_ROUNDS:]
    return len(recent) == IDLE_ROUNDS and replied.isdisjoint(recent)


def new_round(game: Game, question: Question, now: datetime) -> Round:
    """The next round; its options stand in an order drawn from the game and its number."""
    no = game.round + 1
    layout = list(range(len(question.choice.options)))
    Random(f"{game.id}:{no}:{question.id}").shuffle(layout)  # noqa: S311 - an order, not a secret
    deadline = now + timedelta(seconds=game.terms.seconds)
    return Round(game.id, no, question.id, tuple(layout), deadline)


def check_open(game: Game, round_: Round | None, no: int, at: datetime) -> Round:
    """The round that somebody replies to, if it takes replies given at that instant.

    It is Discord's clock that counts: a press in time is in time, however late it reaches us.

    Raises:
        AlreadyDone: the game is over, or the round was.
        NotFound: there is no such round yet.
    """
    if round_ is None or no > game.round:
        raise NotFound("That round has not begun.")
    if game.is_over:
        raise AlreadyDone("That game is over.")
    if no < game.round or at > round_.deadline:
        then = "The next one is yours" if no < game.terms.rounds else "It was the last"
        raise AlreadyDone(f"Time was up for that round. {then}.")
    return round_


def in_play(players: Iterable[Player], no: int) -> frozenset[int]:
    """The user ids of those whose replies round `no` waits for."""
    return frozenset(p.user_id for p in players if p.plays(no))
