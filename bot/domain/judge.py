"""What a language model may say of an answer, and what may be kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.question import Frozen, Question
from bot.domain.verdict import State


@dataclass(frozen=True, slots=True)
class Said:
    """What a model says about one key point; none of it is believed or shown as it stands."""

    point_id: str
    state: State
    quote: str = ""
    misconception: int = 0
    """Which of the point's misconceptions was said, counted from 1; 0 for none of them."""


class Finding(Frozen):
    """What is left of it: the words are in the answer, `start:end` is where."""

    point_id: str
    state: State
    start: int
    end: int
    misconception: int = 0


class Judgement(Frozen):
    """All findings about one answer, without a word of it, so that it may be kept for everybody."""

    findings: tuple[Finding, ...] = ()


class NoJudgement(Exception):
    """There is none; the message completes "graded by rubric 1 (…)"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail
        """For the operator's log; names neither the person nor the answer."""


class Judge(Protocol):
    """A language model that points at what an answer says."""

    @property
    def name(self) -> str:
        """As people read it under a verdict."""
        ...

    @property
    def key(self) -> str:
        """Names model, endpoint and prompt, so that what one said is not taken for another's."""
        ...

    async def judge(self, question: Question, answer: str) -> Sequence[Said]:
        """What it says about each key point.

        Raises:
            NoJudgement: it did not answer, or nothing that can be read.
        """
        ...
