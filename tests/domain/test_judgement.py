"""What a model may move, and what it may not: only the person's own words about that very point."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence import LONGEST_EVIDENCE
from bot.domain.judgement import (
    LONGEST_QUOTE,
    NOT_LISTED,
    Finding,
    Judgement,
    Said,
    found,
    graded,
    is_worth_judging,
)
from bot.domain.question import Form
from bot.domain.rubric import GRADER, assess
from bot.domain.verdict import PointVerdict, State

from .questions import make_point, make_question

C, U, M, X = State.COVERED, State.UNCLEAR, State.MISSING, State.CONTRADICTED
QUESTION = make_question(
    prompt="Reviewers can check 500 alerts a day. How do you judge the model?",
    key_points=[
        make_point(
            "cost",
            weight=2,
            statement="Weighs a missed fraud against a false alarm.",
            about="what each error costs",
            cues=["missed|theft & expensive|dear & alarm|false positive"],
            misconceptions=[
                {"cue": "errors > equal|same", "correction": "no two errors cost the same."}
            ],
        ),
        make_point(
            "cause",
            statement="Finds the cause of a drop before retraining.",
            about="what comes first when numbers fall",
            cues=["investigate|diagnose & drift*|degradation"],
        ),
        make_point("slices", statement="Looks at slices by country.", about="groups of payments"),
    ],
)
COST = "an undetected fraud weighs more than a wasted phone call and a false alarm"
HINT = "I would always take great care about each fraud"
CAUSE = "look for the cause of a drop before you start retraining"
ANSWER = f"For a bank {COST}. {HINT}. And {CAUSE}! We had good coffee at that place of work."
RUBRIC = assess(QUESTION, ANSWER)


def say(point_id: str, state: State, quote: str, misconception: int = 0) -> Said:
    return Said(point_id, state, quote, misconception)


def after(*said: Said, answer: str = ANSWER, rubric=None, question=QUESTION):
    rubric = rubric or assess(question, answer)
    return graded(question, answer, rubric, found(question, answer, said), "a-model")


def only(verdict, point_id: str = "cost") -> tuple[State, float, str | None, str | None]:
    point = next(p for p in verdict.points if p.point_id == point_id)
    return point.state, point.share, point.evidence, point.correction


def heard(state: State, share: float, point_id: str = "cost", evidence: str | None = "heard"):
    """A rubric verdict in which that point stands so."""
    points = tuple(
        PointVerdict(point_id=point_id, state=state, share=share, evidence=evidence)
        if p.point_id == point_id
        else p
        for p in RUBRIC.points
    )
    return RUBRIC.model_copy(update={"points": points})


def test_the_rubric_hears_none_of_it():
    assert [p.state for p in RUBRIC.points] == [M, M, M]
    assert RUBRIC.score == 0


def test_words_about_that_point_cover_it():
    verdict = after(say("cost", C, COST), say("cause", C, CAUSE))
    assert only(verdict) == (C, 1.0, COST, None)
    assert only(verdict, "cause") == (C, 1.0, CAUSE, None)
    assert verdict.score == pytest.approx(3 / 4)
    assert verdict.grader == f"a-model, {GRADER} checked"
    assert (verdict.question_id, verdict.question_hash) == (QUESTION.id, QUESTION.hash)


@pytest.mark.parametrize("state", [C, U])
def test_one_word_of_it_is_a_hint_to_be_asked_about(state: State):
    assert only(after(say("cost", state, HINT))) == (U, 0.25, HINT, None)


def test_words_that_speak_more_of_another_point_are_a_hint():
    both = f"{COST}. {CAUSE}"
    answer = f"{both}. And that is what I always did at work."
    quote = "phone call and a false alarm. look for the cause of a drop before you start retraining"
    assert only(after(say("cost", C, quote), answer=answer))[:2] == (U, 0.25)
    assert only(after(say("cause", C, quote), answer=answer), "cause")[:2] == (C, 1.0)


def test_what_the_model_finds_unclear_is_half():
    assert only(after(say("cost", U, COST))) == (U, 0.5, COST, None)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "false alarm",
        "a missed fraud weighs more than a false alarm",  # nobody wrote that
        f"{COST} {CAUSE}",  # both are there, but not so
        "We had good coffee at that place of work",  # there, and about something else
        "how do you judge the model?",
        ANSWER * 9,
        ANSWER,  # more than two sentences
    ],
)
def test_no_other_words_move_anything(quote: str):
    verdict = after(*(say(p.id, C, quote) for p in QUESTION.key_points))
    assert (verdict.points, verdict.score) == (RUBRIC.points, RUBRIC.score)


@pytest.mark.parametrize(
    "quote",
    [
        COST.upper(),
        f"  “{COST}”…",
        COST.replace(" ", "\n  "),
        f"**{COST}**",
        COST.replace("l", "l\u200b"),
    ],
)
def test_case_marks_and_spaces_do_not_matter_and_the_original_is_shown(quote: str):
    assert only(after(say("cost", C, quote)))[2] == COST


def test_the_first_of_two_such_places_is_quoted():
    judgement = found(QUESTION, f"{CAUSE}. {CAUSE}.", [say("cause", C, CAUSE)])
    assert judgement.findings == (Finding(point_id="cause", state=C, start=0, end=len(CAUSE)),)


def test_unknown_points_second_opinions_and_missing_are_no_findings():
    said = [
        say("made-up", C, COST),
        say("cost", C, COST),
        say("cost", X, COST),
        say("cause", M, CAUSE),
    ]
    assert found(QUESTION, ANSWER, said) == Judgement()
    assert after(*said).points == RUBRIC.points


@pytest.mark.parametrize("state", [C, U, X])
def test_a_wrong_claim_that_the_rubric_heard_stays_one(state: State):
    before = heard(X, 0.0)
    assert only(after(say("cost", state, COST), rubric=before)) == only(before)


@pytest.mark.parametrize("state", [C, U])
def test_what_the_rubric_covered_keeps_its_own_evidence(state: State):
    before = heard(C, 1.0)
    assert only(after(say("cost", state, COST), rubric=before)) == (C, 1.0, "heard", None)


def test_where_the_two_contradict_each_other_it_is_unclear():
    assert only(after(say("cost", X, COST), rubric=heard(C, 1.0))) == (U, 0.5, COST, None)


@pytest.mark.parametrize(
    ("number", "correction"),
    [(1, "no two errors cost the same."), (0, NOT_LISTED), (2, NOT_LISTED), (-1, NOT_LISTED)],
)
@pytest.mark.parametrize("before", [heard(M, 0.0), heard(U, 0.5)])
def test_a_wrong_claim_is_put_right_in_the_authors_words(before, number: int, correction: str):
    verdict = after(say("cost", X, COST, number), rubric=before)
    assert only(verdict) == (X, 0.0, COST, correction)


def test_a_hint_takes_nothing_from_what_the_rubric_heard():
    before = heard(U, 0.5)
    assert only(after(say("cost", C, HINT), rubric=before)) == only(before)
    assert only(after(say("cost", U, COST), rubric=before)) == only(before)
    assert only(after(say("cost", U, COST), rubric=heard(U, 0.25))) == (U, 0.5, COST, None)
    assert only(after(say("cost", C, COST), rubric=before)) == (C, 1.0, COST, None)


def test_the_words_of_the_prompt_tie_to_nothing():
    question = make_question(
        prompt="Is a missed fraud dearer than a false alarm?",
        key_points=[p.model_dump() for p in QUESTION.key_points],
        probes=[p.model_dump() for p in QUESTION.probes],
    )
    answer = "I think that a missed fraud is dearer than a false alarm to anybody who is asked."
    quote = "a missed fraud is dearer than a false alarm"
    assert after(say("cost", C, quote), answer=answer, question=question).score == 0


LISTED = "Then come theft, false alarm, missed fraud, phone call, wasted time and so on for a bank."


@pytest.mark.parametrize(("form", "states"), [(Form.EXPLAIN, {M}), (Form.LIST, {C})])
def test_items_of_a_list_argue_for_nothing_unless_a_list_was_asked_for(form, states):
    question = make_question(
        prompt=QUESTION.prompt,
        form=form,
        key_points=[p.model_dump() for p in QUESTION.key_points],
        probes=[p.model_dump() for p in QUESTION.probes],
    )
    quote = "theft, false alarm, missed fraud, phone call"
    assert {only(after(say("cost", C, quote), answer=LISTED, question=question))[0]} == states


def test_a_pattern_is_named_only_for_what_the_rubric_heard():
    answer = f"Judging is defined as a process. {COST}."
    before = assess(QUESTION, answer)
    assert before.pattern is not None
    assert after(answer=answer).pattern is before.pattern
    assert after(say("cost", C, COST), answer=answer).pattern is None


def test_long_evidence_is_cut_between_words():
    answer = f"{COST} " + "because every single one of our customers would rather wait " * 2 + "."
    shown = only(after(say("cost", C, answer), answer=answer))[2]
    assert shown
    assert len(shown) <= LONGEST_EVIDENCE
    assert answer.startswith(f"{shown} ")


def test_a_word_without_end_is_cut_anyhow():
    answer = f"{'x' * 200} {COST}"
    shown = only(after(say("cost", C, answer), answer=answer))[2]
    assert shown == "x" * LONGEST_EVIDENCE


def test_what_is_no_answer_is_not_worth_judging():
    assert is_worth_judging(RUBRIC)
    assert not is_worth_judging(assess(QUESTION, QUESTION.prompt))


def test_offsets_that_fit_nothing_are_harmless():
    for start, end in ((0, 0), (-5, 3), (10**6, 10**7), (40, 20)):
        finding = Finding(point_id="cost", state=C, start=start, end=end)
        judgement = Judgement(findings=(finding,))
        assert graded(QUESTION, ANSWER, RUBRIC, judgement, "m").points == RUBRIC.points


@settings(max_examples=150, deadline=None)
@given(
    answer=st.text(max_size=300) | st.just(ANSWER),
    quotes=st.lists(st.text(max_size=LONGEST_QUOTE + 20) | st.just(COST), max_size=5),
    data=st.data(),
)
def test_whatever_is_said_evidence_is_verbatim_and_the_score_the_banks(answer, quotes, data):
    said = [
        say(
            data.draw(st.sampled_from(["cost", "cause", "slices", "other"])),
            data.draw(st.sampled_from(State)),
            quote,
            data.draw(st.integers(-3, 9)),
        )
        for quote in quotes
    ]
    verdict = after(*said, answer=answer)
    assert [p.point_id for p in verdict.points] == ["cost", "cause", "slices"]
    assert all(p.evidence in answer for p in verdict.points if p.evidence)
    weights = [p.weight for p in QUESTION.key_points]
    earned = sum(w * p.share for w, p in zip(weights, verdict.points, strict=True))
    assert verdict.score == pytest.approx(earned / sum(weights))
    assert verdict == after(*said, answer=answer)
