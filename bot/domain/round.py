"""One round of a game: a question with a deadline, and what people reply."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from bot.domain.errors import Invalid
from bot.domain.question import Form, Question, Topic
from bot.domain.verdict import Verdict

FRESH = timedelta(days=30)
"""How long ago a question must have been seen to be asked again."""
RIGHT = 0.6
"""From this score on an open answer counts as right."""


class Style(StrEnum):
    """How people reply."""

    CHOICE = "choice"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Round:
    """A row of `round`: one question of a game."""

    game_id: int
    no: int
    question_id: str
    layout: tuple[int, ...]
    """Which option stands at each letter; the same for everybody."""
    deadline: datetime
    asked_at: datetime | None = None
    """When Discord showed it, by Discord's own clock."""
    closed_at: datetime | None = None
    void: bool = False
    """Nobody watched its end, so it counts for and against nobody."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A row of `reply`: what one person did in one round."""

    id: int
    """The interaction's snowflake, so that one press counts once."""
    game_id: int
    no: int
    user_id: int
    at: datetime
    score: float
    picked: int | None = None
    """The option's place in the question, whatever letter it stood at."""
    answer: str = ""
    verdict: Verdict | None = None

    @property
    def is_right(self) -> bool:
        """Whether it was right, or covered enough to be."""
        return self.score >= RIGHT


def topic_named(name: str) -> Topic | None:
    """The topic that a game is about; None for all of them, where no name is given.

    Raises:
        Invalid: there is no such topic.
    """
    if name and name not in set(Topic):
        raise Invalid(f"I don't know that topic. There are {', '.join(Topic)}.")
    return Topic(name) if name else None


def suits(question: Question, style: Style) -> bool:
    """Whether a question can be asked that way; a story or a design takes too long to write."""
    return style is Style.CHOICE or question.form in {Form.EXPLAIN, Form.LIST}


def pick(questions: Sequence[Question], played: Collection[str], seen: Collection[str],
         game_id: int, no: int) -> Question | None:  # fmt: skip
    """The question of a round: one that this game has not had, fresh for everybody if possible.

    Args:
        questions: all that fit the game's topic and style.
        played: ids that this game has had.
        seen: ids that any of its players has seen lately.
        game_id: seeds the draw, so that a retry asks the same.
        no: the round's number; likewise.
    """
    left = [q for q in questions if q.id not in played]
    fresh = [q for q in left if q.id not in seen]
    drawn = fresh or left
    if not drawn:
        return None
    return Random(f"{game_id}:{no}").choice(drawn)  # noqa: S311 - a draw, not a secret


def option_at(round_: Round, place: int) -> int:
    """The question's option behind a letter.

    Raises:
        Invalid: there is no such letter.
    """
    if not 0 <= place < len(round_.layout):
        raise Invalid("I don't know that option.")
    return round_.layout[place]


def seconds_taken(round_: Round, reply: Reply, most: float) -> float:
    """How long a reply took by Discord's clock, within 0 and the round's length."""
    shown = round_.asked_at or round_.deadline - timedelta(seconds=most)
    return min(max((reply.at - shown).total_seconds(), 0.0), most)
