"""What an answer is worth, what a claim adds to it, and how well people know themselves."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attempt import (
    Attempt,
    Calibration,
    Mode,
    Origin,
    accepted,
    calibration,
    choice_score,
    points_for,
    regraded,
    weighted,
)
from bot.domain.question import Question
from bot.domain.verdict import PointVerdict, State, Verdict
from tests.domain.questions import make_point, make_question

scores = st.floats(0, 1)
SHARE = {State.COVERED: 1.0, State.UNCLEAR: 0.5, State.MISSING: 0.0, State.CONTRADICTED: 0.0}


def weighing(*weights: int) -> Question:
    return make_question(
        key_points=[make_point(f"p{n}", weight=weight) for n, weight in enumerate(weights)]
    )


def verdict_of(question: Question, *states: State) -> Verdict:
    points = tuple(
        PointVerdict(point_id=point.id, state=state, share=SHARE[state])
        for point, state in zip(question.key_points, states, strict=True)
    )
    return Verdict(
        question_id=question.id,
        question_hash=question.hash,
        points=points,
        score=weighted(question, points),
        grader="rubric 1",
    )


@pytest.mark.parametrize(
    ("score", "mode", "late", "points"),
    [
        (1.0, Mode.OPEN, False, 100),
        (1.0, Mode.OPEN, True, 50),
        (1.0, Mode.CHOICE, False, 50),
        (1.0, Mode.CHOICE, True, 25),
        (0.0, Mode.OPEN, False, 0),
        (0.704, Mode.OPEN, False, 70),
        (0.706, Mode.OPEN, False, 71),
        (0.7, Mode.OPEN, True, 35),
    ],
)
def test_points_follow_the_score_and_are_halved_when_late(
    score: float, mode: Mode, late: bool, points: int
) -> None:
    assert points_for(score, mode, late=late) == points


@given(scores, scores, st.sampled_from(Mode), st.booleans())
def test_a_better_answer_is_never_worth_less(one: float, two: float, mode: Mode, late: bool):
    worse, better = sorted((one, two))
    assert points_for(worse, mode, late=late) <= points_for(better, mode, late=late)
    assert points_for(better, mode, late=True) <= points_for(better, mode, late=False)
    assert points_for(better, Mode.CHOICE, late=late) <= points_for(better, Mode.OPEN, late=late)


def test_one_option_is_right_and_the_others_are_worth_nothing() -> None:
    assert [choice_score(make_question(), picked) for picked in range(4)] == [0, 1, 0, 0]


def test_a_score_is_the_earned_share_of_all_weights() -> None:
    question = weighing(3, 2, 1)
    assert verdict_of(question, State.COVERED, State.MISSING, State.MISSING).score == 3 / 6
    assert verdict_of(question, State.UNCLEAR, State.COVERED, State.CONTRADICTED).score == 3.5 / 6


def test_accepting_takes_nothing_away_where_the_question_has_grown() -> None:
    """An old verdict on three points of equal weight; a fourth of three times theirs has come."""
    states = (State.COVERED, State.COVERED, State.MISSING)
    before = verdict_of(weighing(1, 1, 1), *states)
    after = accepted(before, weighing(1, 1, 1, 3), "p2")
    assert after.state_of("p2") is State.COVERED
    assert after.score == before.score == 2 / 3


weights = st.lists(st.integers(1, 3), min_size=3, max_size=6)


@given(weights, st.data())
def test_a_score_lies_between_nothing_and_everything(
    weights: list[int], data: st.DataObject
) -> None:
    question = weighing(*weights)
    states = data.draw(
        st.lists(st.sampled_from(State), min_size=len(weights), max_size=len(weights))
    )
    score = verdict_of(question, *states).score
    assert 0 <= score <= 1
    assert (score == 1) == all(state is State.COVERED for state in states)
    assert (score == 0) == all(SHARE[state] == 0 for state in states)
    earned = sum(w * SHARE[s] for w, s in zip(weights, states, strict=True))
    assert score == pytest.approx(earned / sum(weights))


def test_a_point_that_has_left_the_question_earns_nothing() -> None:
    gone = PointVerdict(point_id="retired", state=State.COVERED, share=1.0)
    here = PointVerdict(point_id="p1", state=State.COVERED, share=1.0)
    assert weighted(weighing(1, 1, 2), (gone, here)) == 0.25


def test_a_point_graded_twice_earns_no_more_than_everything() -> None:
    here = PointVerdict(point_id="p0", state=State.COVERED, share=1.0)
    assert weighted(weighing(3, 1, 1), (here, here)) == 1.0


def test_a_question_without_points_is_worth_nothing() -> None:
    assert weighted(weighing(1, 1, 1).model_copy(update={"key_points": ()}), ()) == 0.0


def test_an_accepted_claim_covers_its_point_and_leaves_the_others() -> None:
    question = weighing(3, 2, 1)
    before = verdict_of(question, State.UNCLEAR, State.MISSING, State.CONTRADICTED)
    quoted = before.points[0].model_copy(update={"evidence": "in my words", "correction": "No."})
    before = before.model_copy(update={"points": (quoted, *before.points[1:])})
    after = accepted(before, question, "p0")
    assert after.points[0] == PointVerdict(
        point_id="p0", state=State.COVERED, share=1.0, evidence="in my words"
    )
    assert after.points[1:] == before.points[1:]
    assert after.score == 3 / 6
    assert after.model_copy(update={"points": before.points, "score": before.score}) == before


@given(weights, st.data())
def test_accepting_never_takes_away_and_all_of_it_is_everything(
    weights: list[int], data: st.DataObject
) -> None:
    question = weighing(*weights)
    states = data.draw(
        st.lists(st.sampled_from(State), min_size=len(weights), max_size=len(weights))
    )
    verdict = verdict_of(question, *states)
    for point in data.draw(st.permutations(question.key_points)):
        after = accepted(verdict, question, point.id)
        assert after.score >= verdict.score
        assert after.state_of(point.id) is State.COVERED
        verdict = after
    assert verdict.score == 1


def an_attempt(question: Question, **fields: object) -> Attempt:
    sample: dict[str, object] = {
        "id": 1,
        "user_id": 2,
        "guild_id": 3,
        "post_id": "post",
        "question_id": question.id,
        "topic": question.topic,
        "origin": Origin.POST,
        "mode": Mode.OPEN,
        "at": datetime(2026, 11, 24, 9, tzinfo=UTC),
        "study_day": date(2026, 11, 24),
        "score": 0.0,
        "points": 0,
        "scored": True,
        "answer": "In my words.",
        "confidence": 0.8,
    }
    return Attempt(**(sample | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({}, 50),
        ({"late": True}, 25),
        ({"mode": Mode.CHOICE}, 25),
        ({"scored": False, "origin": Origin.PRACTICE}, 0),
    ],
)
def test_another_verdict_changes_score_and_points_and_nothing_else(
    fields: dict[str, object], points: int
) -> None:
    question = weighing(3, 2, 1)
    verdict = verdict_of(question, State.COVERED, State.MISSING, State.MISSING)
    after = regraded(an_attempt(question, **fields), verdict)
    assert after == an_attempt(
        question, **(fields | {"verdict": verdict, "score": 0.5, "points": points})
    )


def test_a_verdict_knows_nothing_of_strange_points() -> None:
    verdict = verdict_of(weighing(1, 1, 1), State.COVERED, State.UNCLEAR, State.CONTRADICTED)
    assert [verdict.state_of(f"p{n}") for n in range(4)] == [
        State.COVERED, State.UNCLEAR, State.CONTRADICTED, State.MISSING,
    ]  # fmt: skip


def test_calibration_by_hand() -> None:
    """.9 sure of a full answer, .6 of half a one, .2 of nothing: (.01 + .01 + .04) / 3."""
    found = calibration([(0.9, 1.0), (0.6, 0.5), (0.2, 0.0)])
    assert found is not None
    assert found.answers == 3
    assert found.sure == pytest.approx(1.7 / 3)
    assert found.right == pytest.approx(0.5)
    assert found.brier == pytest.approx(0.02)


def test_the_worst_calibration_is_sure_and_wrong() -> None:
    assert calibration([(1.0, 0.0)]) == Calibration(answers=1, sure=1.0, right=0.0, brier=1.0)
    assert calibration([(0.0, 1.0)]) == Calibration(answers=1, sure=0.0, right=1.0, brier=1.0)


def test_nobody_is_calibrated_without_an_answer() -> None:
    assert calibration([]) is None


@given(st.lists(st.tuples(scores, scores), min_size=1))
def test_calibration_is_perfect_only_for_who_was_right_about_every_answer(
    pairs: list[tuple[float, float]],
) -> None:
    found = calibration(pairs)
    assert found is not None
    assert 0 <= found.brier <= 1
    assert found.brier >= (found.sure - found.right) ** 2 - 1e-9, "the mean hides no more"
    perfect = calibration([(score, score) for _, score in pairs])
    assert perfect is not None
    assert perfect.brier == 0
