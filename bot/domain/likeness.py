"""Whether two questions are the same one in other words."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.fuzz import ratio
from rapidfuzz.utils import default_process

from bot.domain.question import Question

ALIKE = 80.0
"""Of 100, over sorted words. No two prompts of our own bank come above 68; with every eighth word
replaced, a prompt stays above 86."""
SHORT = 12
"""A prompt of fewer words ("What does this plot show?") says little: the answers decide as well."""
SAME_ANSWER = 60.0


def lookalike(question: Question, others: Iterable[Question]) -> Question | None:
    """The first of the others that asks nearly the same, itself excepted."""
    return next((o for o in others if o.id != question.id and _alike(question, o)), None)


def _alike(one: Question, other: Question) -> bool:
    prompts = [(a, b) for a in _prompts(one) for b in _prompts(other)]
    same = [pair for pair in prompts if _near(*pair, ALIKE)]
    if not same:
        return False
    telling = any(min(len(a.split()), len(b.split())) >= SHORT for a, b in same)
    return telling or _near(_right(one), _right(other), SAME_ANSWER)


def _prompts(question: Question) -> set[str]:
    return {question.prompt, question.choice.prompt or question.prompt}


def _right(question: Question) -> str:
    return question.choice.options[question.choice.right].text


def _near(one: str, other: str, least: float) -> bool:
    return ratio(_words(one), _words(other), score_cutoff=least) >= least


# A sheet of a thousand rows compares each with everything before it.
@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """Its words in alphabetical order, without case or punctuation."""
    return " ".join(sorted(default_process(text).split()))
