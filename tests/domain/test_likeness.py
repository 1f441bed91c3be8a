"""Which questions are the same in other words."""

import pytest

from bot.content import load_bank
from bot.domain.likeness import lookalike
from bot.domain.question import Question
from bot.settings import QUESTIONS
from tests.domain.questions import make_choice, make_options

LONG = "Ninety of a hundred classes are rare, the boss wants one number. Which average of F1 is it?"


def with_right(text: str, prompt: str, question_id: str = "new") -> Question:
    options = [o | {"text": text} if o["correct"] else o for o in make_options()]
    return make_choice(question_id, prompt=prompt, choice={"options": options})


@pytest.mark.parametrize(
    ("prompt", "alike"),
    [
        (LONG, True),
        (LONG.upper(), True),
        ("Which average of F1 is it? Ninety of a hundred classes are rare, the boss wants one.",
         True),
        (LONG.replace("Ninety", "Eighty"), True),
        ("How would you choose the threshold of a model that reads alerts for a bank?", False),
    ],
)  # fmt: skip
def test_the_same_words_in_another_order_are_the_same_question(prompt: str, alike: bool) -> None:
    old = make_choice("old", prompt=LONG)
    found = lookalike(with_right("Something else", prompt), [old])
    assert found == (old if alike else None)


def test_a_short_prompt_is_the_same_only_with_the_same_answer() -> None:
    old = with_right("It rotates the axes", "What does this plot show?", "old")
    assert lookalike(with_right("Overfitting", "What does this plot show?"), [old]) is None
    same = with_right("It rotates its axes", "What does that plot show?")
    assert lookalike(same, [old]) is old


def test_the_sharper_prompt_of_the_options_counts_as_well() -> None:
    choice = {"prompt": LONG, "options": make_options()}
    old = make_choice("old", prompt="Tell me about averages.", choice=choice)
    assert lookalike(make_choice("new", prompt=LONG), [old]) is old


def test_nothing_is_its_own_lookalike() -> None:
    question = make_choice("same")
    assert lookalike(question, [question]) is None
    assert lookalike(question, []) is None


def test_no_question_that_we_ship_is_taken_for_another() -> None:
    bank = list(load_bank(QUESTIONS))
    twins = {q.id: twin.id for q in bank if (twin := lookalike(q, bank))}
    assert twins == {}
