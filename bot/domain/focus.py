"""What the blocks of a plan are about, and how much of a block an answer is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.loop import THEORY
from bot.domain.question import Round, Topic

QUESTIONS = 5
"""Questions of theory that fill a block, as they make a study day."""


@dataclass(frozen=True, slots=True, order=True)
class Focus:
    """What a block is about; theory is cut into its topics, the other rounds are whole."""

    round: Round
    topic: Topic


ALONE = {
    Round.CODING: Topic.CODING,
    Round.SYSTEM_DESIGN: Topic.SYSTEM_DESIGN,
    Round.BEHAVIORAL: Topic.BEHAVIORAL,
    Round.PROJECT: Topic.BEHAVIORAL,
}


def focus_of(topic: str, asked_in: Round | None) -> Focus | None:
    """What a question is practice for; by its topic alone where its round is not known."""
    known = next((t for t in Topic if t == topic), None)
    if known is None:
        return None
    if asked_in is None or (asked_in is Round.THEORY and known not in THEORY):
        asked_in = next((r for r, t in ALONE.items() if t is known), Round.THEORY)
    return Focus(asked_in, known if asked_in is Round.THEORY else ALONE[asked_in])


def blocks_done(touched: Iterable[tuple[Focus, date]]) -> dict[Focus, float]:
    """How many blocks the questions answered on these dates come to.

    A story, a design or a program fills a block by itself; a question of theory is three minutes.
    """
    blocks: dict[Focus, float] = {}
    for (focus, _), questions in Counter(touched).items():
        part = min(1.0, questions / QUESTIONS) if focus.round is Round.THEORY else 1.0
        blocks[focus] = blocks.get(focus, 0.0) + part
    return blocks
