"""Keyword lists at their borders, which whole answers seldom touch."""

import pytest

from bot.domain.shape import keywords
from bot.domain.text import read

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
