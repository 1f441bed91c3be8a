"""Shapes at their borders, which whole answers seldom touch."""

import pytest

from bot.domain.rubric import assess
from bot.domain.shape import keywords
from bot.domain.text import read
from bot.domain.verdict import Pattern
from tests.domain.questions import make_question

ONE_GLUE_WORD = (
    "precision capacity review missed cost of alarm high {} expensive {} monitor drift rate"
)
NO_GLUE_WORD = ONE_GLUE_WORD.replace(" of ", " per ")


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        (ONE_GLUE_WORD.format("share", "top"), True),
        (ONE_GLUE_WORD.format("because", "top"), True),
        (ONE_GLUE_WORD.format("because", "so"), False),
        (NO_GLUE_WORD.format("because", "so"), True),
        (NO_GLUE_WORD.format("because ->", "-> so"), False),
    ],
)
def test_reasons_make_a_list_an_argument_only_if_something_holds_it_together(
    written: str, listed: bool
) -> None:
    """One `because` is not yet an argument, and among bare keywords it is but one more of them."""
    text = read(written)
    assert keywords(text) == (frozenset(range(len(text.tokens))) if listed else frozenset())


RECITED = "The threshold is the model of a cost. " * 7


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("Reviewers check alerts daily.", Pattern.DEFINITION_ONLY),
        ("Reviewers check more alerts daily.", None),
    ],
)
def test_who_says_more_than_sixty_words_has_not_merely_defined(
    more: str, found: Pattern | None
) -> None:
    answer = RECITED + more
    assert len(read(answer).tokens) == (60 if found else 61)
    assert assess(make_question(), answer).pattern is found
