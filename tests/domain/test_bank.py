"""Which question comes next: nothing twice before everything once, and never yesterday's."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import EVERYTHING, Bank, Selection
from bot.domain.errors import NotFound
from bot.domain.question import Difficulty, Role, Seniority, Topic
from tests.domain.questions import make_choice, make_question

QUESTIONS = [make_question(f"q{number}") for number in range(7)]
IDS = [q.id for q in QUESTIONS]


def bank_of(size: int) -> Bank:
    return Bank.of(QUESTIONS[:size])


def drawn(bank: Bank, asked: list[str], selection: Selection = EVERYTHING) -> set[str]:
    """Every question that some seed draws."""
    return {bank.pick(selection, asked, Random(seed)).id for seed in range(60)}


HARD_DATA = make_question(
    "hard-data",
    topic="data",
    difficulty="hard",
    seniority="senior",
    roles=["data-scientist", "ai-engineer"],
)


@pytest.mark.parametrize(
    ("selection", "takes"),
    [
        (Selection(), True),
        (Selection(topics=frozenset({Topic.DATA, Topic.LLM})), True),
        (Selection(topics=frozenset({Topic.LLM})), False),
        (Selection(difficulties=frozenset({Difficulty.HARD})), True),
        (Selection(difficulties=frozenset({Difficulty.EASY, Difficulty.MEDIUM})), False),
        (Selection(seniorities=frozenset({Seniority.SENIOR})), True),
        (Selection(seniorities=frozenset({Seniority.JUNIOR})), False),
        (Selection(roles=frozenset({Role.AI_ENGINEER, Role.MLE})), True),
        (Selection(roles=frozenset({Role.MLE})), False),
    ],
)
def test_a_question_is_taken_if_every_part_of_the_selection_fits(
    selection: Selection, takes: bool
) -> None:
    assert selection.takes(HARD_DATA) is takes


def test_one_part_that_does_not_fit_is_enough_to_leave_it_out() -> None:
    fits = {
        "topics": frozenset({Topic.DATA}),
        "difficulties": frozenset({Difficulty.HARD}),
        "seniorities": frozenset({Seniority.SENIOR}),
        "roles": frozenset({Role.DATA_SCIENTIST}),
    }
    others = {
        "topics": frozenset({Topic.TREES}),
        "difficulties": frozenset({Difficulty.EASY}),
        "seniorities": frozenset({Seniority.MID}),
        "roles": frozenset({Role.MLE}),
    }
    assert Selection(**fits).takes(HARD_DATA)
    for part, other in others.items():
        assert not Selection(**(fits | {part: other})).takes(HARD_DATA), part


def test_the_bank_keeps_the_order_of_its_files() -> None:
    bank = Bank.of(reversed(QUESTIONS))
    assert [q.id for q in bank] == IDS[::-1]
    assert len(bank) == 7
    only = Selection(topics=frozenset({Topic.EVALUATION}))
    assert [q.id for q in Bank.of([*QUESTIONS, HARD_DATA]).matching(only)] == IDS


def test_a_question_is_found_by_its_id() -> None:
    assert bank_of(3).get("q1") is QUESTIONS[1]


def test_a_retired_question_is_refused_in_words() -> None:
    with pytest.raises(NotFound, match="retired from the bank"):
        bank_of(3).get("q3")


def test_a_fresh_group_may_be_asked_anything_of_its_selection() -> None:
    mixed = Bank.of([*QUESTIONS, HARD_DATA])
    assert drawn(mixed, []) == {*IDS, "hard-data"}
    assert drawn(mixed, [], Selection(topics=frozenset({Topic.DATA}))) == {"hard-data"}


def test_nothing_fits_is_said_and_no_error() -> None:
    with pytest.raises(NotFound, match="No question fits"):
        bank_of(3).pick(Selection(topics=frozenset({Topic.LLM})), [], Random(1))
    with pytest.raises(NotFound):
        Bank.of(()).pick(EVERYTHING, [], Random(1))


@given(st.integers(1, 7), st.integers(0, 2**32))
def test_nothing_comes_twice_before_everything_came_once(size: int, seed: int) -> None:
    bank, rng, asked = bank_of(size), Random(seed), []
    for _ in range(size):
        asked.append(bank.pick(EVERYTHING, asked, rng).id)
    assert sorted(asked) == IDS[:size]


@given(st.integers(2, 7), st.integers(0, 2**32))
def test_once_all_were_asked_the_younger_half_stays_away(size: int, seed: int) -> None:
    bank, rng, asked = bank_of(size), Random(seed), []
    for _ in range(4 * size):
        question = bank.pick(EVERYTHING, asked, rng)
        assert question.id not in asked[-(size // 2) :]
        asked.append(question.id)
    assert set(asked) == set(IDS[:size])


def test_the_half_asked_longest_ago_is_drawn_from() -> None:
    bank = bank_of(5)
    assert drawn(bank, IDS[:5]) == {"q0", "q1", "q2"}, "of five the oldest three"
    assert drawn(bank_of(4), IDS[:4]) == {"q0", "q1"}
    assert drawn(bank, ["q0", "q1", *IDS[:5], "q0"]) == {"q1", "q2", "q3"}, "the last time counts"


def test_the_only_question_comes_again() -> None:
    assert drawn(bank_of(1), ["q0", "q0"]) == {"q0"}


def test_what_was_asked_outside_the_selection_does_not_matter() -> None:
    mixed = Bank.of([*QUESTIONS[:2], HARD_DATA])
    about_data = Selection(topics=frozenset({Topic.DATA}))
    assert drawn(mixed, ["q0", "long-retired"], about_data) == {"hard-data"}
    assert drawn(mixed, ["q0", "long-retired", "hard-data"]) == {"q1"}


@given(st.lists(st.sampled_from(IDS), max_size=12), st.integers(0, 2**32))
def test_the_same_draw_picks_the_same_question(asked: list[str], seed: int) -> None:
    def pick() -> str:
        return bank_of(7).pick(EVERYTHING, asked, Random(seed)).id

    assert pick() == pick()


def test_some_can_be_answered_in_words() -> None:
    mixed = Bank.of([*QUESTIONS[:2], make_choice(), HARD_DATA])
    assert [q.id for q in mixed.in_words()] == ["q0", "q1", "hard-data"]
