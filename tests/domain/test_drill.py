from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attempt import Mode
from bot.domain.drill import (
    GAP,
    Done,
    Drill,
    Kind,
    Step,
    Style,
    Wanted,
    draw,
    layout,
    steps_for,
    stopped,
    wanted,
    went_on,
    without,
)
from bot.domain.errors import Invalid
from bot.domain.memory import reviewed
from bot.domain.question import Difficulty, Role, Topic
from tests.domain.questions import make_choice, make_question

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RIGHT, MISSED = 1.0, 0.0


def a_drill(count: int = 4) -> Drill:
    steps = tuple(Step(f"q{n}", Mode.CHOICE) for n in range(count))
    return Drill(1, 7, None, Kind.DRILL, Wanted(count=count), steps, NOON)


def after(drill: Drill, *scores: float) -> Drill:
    for score in scores:
        drill = went_on(drill, Done(drill.no + 1, score), NOON)
    return drill


def ids(drill: Drill) -> list[str]:
    return [s.question_id + ("!" if s.again else "") for s in drill.steps]


def test_a_miss_comes_back_three_questions_later_and_before_the_end():
    assert ids(after(a_drill(6), MISSED)) == ["q0", "q1", "q2", "q3", "q0!", "q4", "q5"]
    assert ids(after(a_drill(2), RIGHT, MISSED)) == ["q0", "q1", "q1!"]


def test_it_comes_back_once():
    drill = after(a_drill(1), MISSED, MISSED)
    assert ids(drill) == ["q0", "q0!"]
    assert (drill.step, drill.ended_at) == (None, NOON)


@given(st.integers(1, 30), st.lists(st.sampled_from([RIGHT, 0.6, 0.59, MISSED]), max_size=60))
def test_every_question_is_asked_and_every_miss_comes_back(count: int, scores: list[float]):
    drill = a_drill(count)
    for score in scores:
        if drill.step:
            drill = after(drill, score)
    missed = [s.question_id for s, d in drill.answered if not d.right and not s.again]
    again = [s.question_id for s in drill.steps if s.again]
    assert sorted(again) == sorted(missed)
    assert [s.question_id for s in drill.steps if not s.again] == [f"q{n}" for n in range(count)]
    for at, step in enumerate(drill.steps):
        if step.again:
            first = drill.steps.index(replace(step, again=False))
            assert first < at <= first + 1 + 2 * GAP
    assert (drill.ended_at is not None) == (drill.no == len(drill.steps))


def test_what_is_retired_is_passed_over():
    drill = after(a_drill(3), MISSED)
    assert ids(without(drill, "q0", NOON)) == ["q0", "q1", "q2"]
    drill = without(without(drill, "q1", NOON), "q2", NOON)
    assert (ids(drill), drill.ended_at) == (["q0", "q0!"], None)
    drill = without(drill, "q0", NOON)
    assert (ids(drill), drill.ended_at) == (["q0"], NOON)
    assert without(drill, "q9", NOON + DAY).ended_at == NOON


def test_a_stopped_drill_keeps_what_was_done():
    drill = stopped(after(a_drill(3), RIGHT), NOON)
    assert (drill.step, drill.no, drill.ended_at) == (None, 1, NOON)
    assert stopped(drill, NOON + DAY) == drill


def test_options_stand_in_another_order_when_a_question_comes_back():
    layouts = {layout(a_drill(), no) for no in range(20)}
    assert all(sorted(order) == [0, 1, 2, 3] for order in layouts)
    assert len(layouts) > 8
    assert layout(a_drill(), 3) == layout(a_drill(), 3)


def test_what_was_typed():
    assert wanted("", "", "", 10, "") == Wanted()
    assert wanted("Deep learning", "HARD", "mle", 5, "mixed") == Wanted(
        Topic.DEEP_LEARNING, Difficulty.HARD, Role.MLE, 5, Style.MIXED
    )
    with pytest.raises(Invalid, match=r"know that topic. There are foundations"):
        wanted("cooking", "", "", 10, "")
    for count in (0, 31):
        with pytest.raises(Invalid, match="1 to 30"):
            wanted("", "", "", count, "")


def test_what_is_wanted():
    explain, choice = make_question(), make_choice()
    assert Wanted().takes(explain)
    assert Wanted().takes(choice)
    assert not Wanted(style=Style.EXPLAIN).takes(choice)
    assert Wanted(Topic.EVALUATION, Difficulty.MEDIUM, Role.MLE).takes(choice)
    assert not Wanted(Topic.TREES).takes(choice)
    assert not Wanted(role=Role.AI_ENGINEER).takes(choice)


def test_mixed_asks_for_words_every_second_time_where_there_are_any():
    questions = [make_question(f"q{n}") for n in range(3)] + [make_choice("c")]
    modes = {style: [s.mode for s in steps_for(questions, style)] for style in Style}
    assert modes[Style.CHOICE] == [Mode.CHOICE] * 4
    assert modes[Style.EXPLAIN] == [Mode.OPEN] * 3 + [Mode.CHOICE]
    assert modes[Style.MIXED] == [Mode.CHOICE, Mode.OPEN, Mode.CHOICE, Mode.CHOICE]


QUESTIONS = [make_question(f"q{n:02}") for n in range(20)]
LONG_AGO = reviewed(None, Rating.Again, NOON - 9 * DAY)
"""Due for days."""
FRESH = reviewed(None, Rating.Easy, NOON - DAY)
"""Due in a week."""


def drawn(cards: dict, count: int, means: dict | None = None, seed: int = 1) -> set[str]:
    found = draw(QUESTIONS, cards, means or {}, NOON, count, Random(seed))
    assert len(found) == len({q.id for q in found}) == min(count, len(QUESTIONS))
    return {q.id for q in found}


def test_half_is_what_is_about_to_be_forgotten_the_rest_is_new():
    due = {f"q{n:02}": LONG_AGO for n in range(10)}
    chosen = drawn(due, 10)
    assert len(chosen & set(due)) == 5


def test_what_is_known_comes_last():
    known = {f"q{n:02}": FRESH for n in range(15)}
    new = {q.id for q in QUESTIONS} - set(known)
    assert drawn(known, 5) == new
    assert new < drawn(known, 12)
    assert drawn({q.id: FRESH for q in QUESTIONS}, 20) == {q.id for q in QUESTIONS}


def test_the_most_forgotten_is_drawn_first():
    cards = {q.id: LONG_AGO for q in QUESTIONS}
    cards["q07"] = reviewed(None, Rating.Again, NOON - 90 * DAY)
    assert all("q07" in drawn(cards, 1, seed=seed) for seed in range(9))


def test_weak_topics_are_drawn_more_often():
    weak = [make_question(f"w{n}", topic="trees") for n in range(10)]
    strong = [make_question(f"s{n}", topic="llm") for n in range(10)]
    means = {"trees": 0.1, "llm": 0.9}
    tally: Counter[str] = Counter()
    for seed in range(300):
        found = draw([*weak, *strong], {}, means, NOON, 4, Random(seed))
        tally.update(q.topic for q in found)
    assert tally["trees"] > 2 * tally["llm"] > 0
