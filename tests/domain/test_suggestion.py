"""What people type becomes a question, or is told kindly; nothing between."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.errors import Invalid
from bot.domain.question import Difficulty, Form, Role, Topic
from bot.domain.suggestion import (
    BECAUSE,
    OPTION,
    PROMPT,
    TITLE,
    UNEXPLAINED,
    Draft,
    Suggestion,
    is_own,
    own_id,
    question_of,
    shuffled,
)
from tests.store.samples import NOON

DRAFT = Draft(
    title="Which average",
    prompt="Ninety of a hundred classes are rare. Which average shows that?",
    right="Macro | every class counts the same",
    wrong="Micro - that is accuracy\nWeighted\nNone of them",
    topic=Topic.EVALUATION,
)


def typed(**fields: str) -> Draft:
    return replace(DRAFT, **fields)


def options(draft: Draft) -> dict[str, str]:
    """Every option with its reason, the right one under `right`."""
    found = question_of(draft, 1).choice.options
    assert [o.correct for o in found].count(True) == 1
    return {("right: " if o.correct else "") + o.text: o.because for o in found}


def test_a_draft_becomes_a_question_that_anybody_may_be_asked() -> None:
    question = question_of(replace(DRAFT, difficulty=Difficulty.HARD), 7)
    assert (question.id, question.form, question.difficulty) == ("own-7", Form.CHOICE, "hard")
    assert question.roles == tuple(Role)
    assert (question.title, question.prompt, question.topic) == (
        DRAFT.title,
        DRAFT.prompt,
        Topic.EVALUATION,
    )
    assert options(DRAFT) == {
        "right: Macro": "every class counts the same",
        "Micro": "that is accuracy",
        "Weighted": UNEXPLAINED,
        "None of them": UNEXPLAINED,
    }


def test_a_suggestion_knows_its_question() -> None:
    suggestion = Suggestion(7, 1, 2, NOON, DRAFT)
    assert suggestion.question == question_of(DRAFT, 7)


def test_own_questions_are_told_by_their_id() -> None:
    assert is_own(own_id(7))
    assert not is_own("owning-a-model")


def test_the_order_hangs_on_the_id_alone_and_puts_the_right_one_anywhere() -> None:
    assert question_of(DRAFT, 7) == question_of(DRAFT, 7)
    places = {question_of(DRAFT, number).choice.right for number in range(40)}
    assert places == {0, 1, 2, 3}
    assert sorted(shuffled((), "x")) == []


@pytest.mark.parametrize(
    ("right", "text", "why"),
    [
        ("Macro | it counts", "Macro", "it counts"),
        ("Macro| it counts", "Macro", "it counts"),
        ("Macro - it counts - twice", "Macro", "it counts - twice"),
        ("Macro — it counts", "Macro", "it counts"),
        ("Macro\nit counts\nfor all", "Macro", "it counts for all"),
        ("A) Macro\nit counts", "Macro", "it counts"),
        ("- Macro | it counts", "Macro", "it counts"),
        ("P(y|x)\nit counts", "P(y|x)", "it counts"),
        ("P(y|x) | it counts", "P(y|x)", "it counts"),
        ("x-y | a - b", "x-y", "a - b"),
        ("Macro\n- it counts", "Macro", "- it counts"),
        ("  Ma\u200bcro  |  it\tcounts ", "Ma cro", "it counts"),
    ],
)
def test_the_right_answer_and_its_reason_are_told_apart(right: str, text: str, why: str) -> None:
    assert options(typed(right=right))[f"right: {text}"] == why


def test_wrong_answers_may_be_numbered_and_have_gaps_between() -> None:
    wrong = "1. Micro | no\r\n\r\nb) Weighted\n• None – of them\n"
    assert {"Micro": "no", "Weighted": UNEXPLAINED, "None": "of them"}.items() <= options(
        typed(wrong=wrong)
    ).items()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": " … "}, "It needs a title."),
        ({"title": "x" * (TITLE + 1)}, "The title has 46 characters; 45 fit."),
        ({"prompt": "\u200b"}, "There are no words in the question yet."),
        ({"prompt": "x" * (PROMPT + 1)}, "The question has 901 characters; 900 fit."),
        ({"wrong": "Micro\nWeighted"}, "I need three wrong answers, one a line, and count 2."),
        ({"wrong": "a1\nb1\nc1\nd1"}, "I need three wrong answers, one a line, and count 4."),
        (
            {"right": "Macro"},
            "Say why the right answer is right, behind a | or on the next line.",
        ),
        ({"wrong": "Micro\n?!\nNone"}, "Every answer needs words."),
        ({"wrong": "Micro\nmicro.\nNone"}, "Two of the answers are the same."),
        ({"wrong": "Micro\nMACRO\nNone"}, "Two of the answers are the same."),
        ({"right": f"{'x' * (OPTION + 1)} | so"}, "An answer has 161 characters; 160 fit."),
        ({"right": f"Macro | {'x' * (BECAUSE + 1)}"}, "A reason has 301 characters; 300 fit."),
    ],
)
def test_what_cannot_be_asked_is_told(fields: dict[str, str], says: str) -> None:
    with pytest.raises(Invalid) as refused:
        question_of(typed(**fields), 1)
    assert str(refused.value) == says


def test_all_that_is_to_be_mended_is_told_at_once() -> None:
    with pytest.raises(Invalid, match=r"title\. .*question yet\. .*count 0\. Say why .*words"):
        question_of(Draft("", "", "", "", Topic.DATA), 1)


SPOKEN = st.text(max_size=OPTION + 5)


@given(SPOKEN, SPOKEN, SPOKEN, st.lists(SPOKEN, min_size=2, max_size=4))
@example("\x00", "\ud7ff", "|", ["|", "-", "a"])
@example("İ", "ß", "ı | ſ", ["ẞ", "ss", "SS"])
def test_whatever_is_typed_is_a_question_or_a_sentence(
    title: str, prompt: str, right: str, wrong: list[str]
) -> None:
    draft = Draft(title, prompt, right, "\n".join(wrong), Topic.DATA)
    try:
        question = question_of(draft, 1)
    except Invalid:
        return
    assert len(question.choice.options) == 4


@given(st.permutations(["one", "two", "three", "four"]), st.text())
def test_shuffling_loses_nothing(texts: list[str], seed: str) -> None:
    assert sorted(shuffled(texts, seed)) == sorted(texts)
