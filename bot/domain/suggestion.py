"""A question that somebody writes for their own server: what they typed, and what becomes of it.

draft ──► waiting ──► accepted   (it is the server's own from then on, see `own_id`)
   ▲         └──────► rejected
   └── edited, as often as they like; editors may edit what waits
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import TypeVar

from bot.domain.errors import Invalid
from bot.domain.question import Difficulty, Form, Option, Question, Role, Topic

MOST_WAITING = 5
"""Suggestions of one person that may wait in one server."""
LONGEST_REJECTION = 300
TITLE, PROMPT, OPTION, BECAUSE = 45, 900, 160, 300
"""Characters, as the schema has them: a title must fit Discord's modal, the rest one message."""
UNEXPLAINED = "Nobody has written down why yet."
"""Stands for the reason of a wrong answer that came without one."""
_OWN = "own-"
T = TypeVar("T")

_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_BULLET = re.compile(r"^(?:[-*•]|[A-Da-d1-4][.)])\s+")
_BAR = re.compile(r"\s+\|\s*|\s*\|\s+")
"""With room on a side: P(y|x) is not two things."""
_DASH = re.compile(r"\s+[-–—]\s+")


class SuggestionState(StrEnum):
    """Where a suggestion stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, word for word, so that it can be edited again."""

    title: str
    prompt: str
    right: str
    """The right answer and why, with a `|`, a dash or a line break between."""
    wrong: str
    """Three wrong answers, one a line, each with a reason if there is one."""
    topic: Topic
    difficulty: Difficulty = Difficulty.MEDIUM


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row of `suggestion`; `id` is the interaction that it came with."""

    id: int
    guild_id: int
    user_id: int
    at: datetime
    draft: Draft
    state: SuggestionState = SuggestionState.DRAFT
    revision: int = 0
    """Counts edits, so that nobody accepts what they have not read."""
    reason: str = ""
    """Why it was rejected, if an editor said so."""
    decided_by: int | None = None
    decided_at: datetime | None = None

    @property
    def question(self) -> Question:
        """The question as it will be asked.

        Raises:
            Invalid: it cannot be asked like this.
        """
        return question_of(self.draft, self.id)


@dataclass(frozen=True, slots=True)
class Own:
    """A row of `own`: a question that belongs to one server."""

    guild_id: int
    question: Question
    at: datetime
    accepted_by: int | None
    """None once they are forgotten."""
    wanted_at: datetime | None = None
    """Since when an editor wants it to be asked next."""
    retired_at: datetime | None = None
    """It is not asked any more; what was posted stays readable."""


def own_id(suggestion_id: int) -> str:
    """The id of the question that a suggestion becomes, for ever."""
    return f"{_OWN}{suggestion_id}"


def is_own(question_id: str) -> bool:
    """Whether it is a server's own question, and not the bank's."""
    return question_id.startswith(_OWN)


def question_of(draft: Draft, suggestion_id: int) -> Question:
    """The question that somebody typed, its options in an order that its id decides.

    Raises:
        Invalid: it cannot be asked like this; all that is to be mended, in sentences.
    """
    title, prompt = _line(draft.title), _clean(draft.prompt).strip()
    right = _right(draft.right)
    wrong = [_wrong(line) for line in _clean(draft.wrong).splitlines() if line.strip()]
    if faults := [*_text_faults(title, prompt), *_option_faults(right, wrong)]:
        raise Invalid(" ".join(faults))
    options = [_option(right, correct=True), *(_option(pair, correct=False) for pair in wrong)]
    question_id = own_id(suggestion_id)
    return Question.model_validate({
        "id": question_id,
        "topic": draft.topic,
        "title": title,
        "round": "theory",
        "difficulty": draft.difficulty,
        "seniority": "mid",
        "roles": tuple(Role),
        "form": Form.CHOICE,
        "prompt": prompt,
        "choice": {"options": shuffled(options, question_id)},
    })  # fmt: skip


def shuffled(options: Sequence[T], seed: str) -> tuple[T, ...]:
    """The options in an order that hangs on the seed alone; people type the right one first."""
    return tuple(Random(seed).sample(options, len(options)))  # noqa: S311 - an order, not a secret


Pair = tuple[str, str]
"""What an option says, and why."""


def _clean(text: str) -> str:
    return _INVISIBLE.sub(" ", text.replace("\r\n", "\n"))


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _right(typed: str) -> Pair:
    """What the right answer says, and why: apart by `|`, else by a dash, else by a line break."""
    first, _, rest = _clean(typed).strip().partition("\n")
    if not _BAR.search(typed) and not _DASH.search(first):
        return _line(_BULLET.sub("", first)), _line(rest)
    return _wrong(_line(typed))


def _wrong(line: str) -> Pair:
    said = _BULLET.sub("", line.strip())
    between = _BAR if _BAR.search(said) else _DASH
    text, why, *_ = [*between.split(said, maxsplit=1), ""]
    return _line(text), _line(why)


def _text_faults(title: str, prompt: str) -> list[str]:
    faults: list[str] = []
    if not _has_words(title):
        faults.append("It needs a title.")
    if len(title) > TITLE:
        faults.append(f"The title has {len(title)} characters; {TITLE} fit.")
    if not _has_words(prompt):
        faults.append("There are no words in the question yet.")
    if len(prompt) > PROMPT:
        faults.append(f"The question has {len(prompt)} characters; {PROMPT} fit.")
    return faults


def _option_faults(right: Pair, wrong: Sequence[Pair]) -> list[str]:
    faults: list[str] = []
    if len(wrong) != 3:
        faults.append(f"I need three wrong answers, one a line, and count {len(wrong)}.")
    if not right[1]:
        faults.append("Say why the right answer is right, behind a | or on the next line.")
    texts = [text for text, _ in (right, *wrong)]
    if not all(_has_words(text) for text in texts):
        faults.append("Every answer needs words.")
    elif len({text.casefold().rstrip(". ") for text in texts}) < len(texts):
        faults.append("Two of the answers are the same.")
    for text, why in (right, *wrong):
        if len(text) > OPTION:
            faults.append(f"An answer has {len(text)} characters; {OPTION} fit.")
        if len(why) > BECAUSE:
            faults.append(f"A reason has {len(why)} characters; {BECAUSE} fit.")
    return faults


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _option(pair: Pair, *, correct: bool) -> Option:
    text, why = pair
    return Option(text=text, because=why or UNEXPLAINED, correct=correct)
