"""The ladder of follow-ups: which probe comes next, and what it all showed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.probe import DEEPEST, Ladder, Rung, next_probe, pressure, standing
from bot.domain.question import Question
from bot.domain.verdict import Pattern, PointVerdict, State, Verdict

from .questions import make_point, make_probe, make_question

C, U, M, X = State.COVERED, State.UNCLEAR, State.MISSING, State.CONTRADICTED
POINTS = ("meaning", "capacity", "threshold", "cost")


@pytest.fixture
def question() -> Question:
    return make_question(
        key_points=[
            make_point("meaning", kind="definition", weight=3),
            make_point("capacity", weight=1),
            make_point("threshold", weight=2),
            make_point("cost", weight=1),
        ],
        probes=[
            make_probe("on-meaning", aims_at=["meaning"], family="why-that-choice"),
            make_probe("on-capacity", aims_at=["capacity"], family="what-if-it-changes"),
            make_probe("on-threshold", aims_at=["threshold"], family="threshold"),
            make_probe("on-cost", aims_at=["cost"], family="what-would-you-give-up"),
            make_probe("on-drift", aims_at=["threshold", "cost"], family="drift"),
        ],
    )


def verdict(*states: State, pattern: Pattern | None = None) -> Verdict:
    points = tuple(
        PointVerdict(point_id=point, state=state, share=float(state is C))
        for point, state in zip(POINTS, states, strict=True)
    )
    return Verdict(
        question_id="alerts",
        question_hash="0",
        points=points,
        score=sum(p.share for p in points) / 4,
        pattern=pattern,
        grader="test",
    )


def ladder(first: Verdict | None, *rungs: tuple[str, Verdict]) -> Ladder:
    climbed = Ladder(1, 2, None, "alerts", datetime(2026, 11, 24, tzinfo=UTC), first)
    for probe_id, again in rungs:
        climbed = climbed.climbed(Rung(probe_id, "…", again, again))
    return climbed


@pytest.mark.parametrize(
    ("states", "asked"),
    [
        ((C, M, M, X), "on-cost"),
        ((C, M, M, U), "on-cost"),
        ((C, M, M, M), "on-threshold"),
        ((M, M, C, C), "on-capacity"),
        ((M, C, C, C), "on-meaning"),
        ((U, X, M, M), "on-capacity"),
        ((C, C, C, C), "on-drift"),
    ],
)
def test_the_most_valuable_gap_is_probed(
    question: Question, states: tuple[State, ...], asked: str
) -> None:
    probe = next_probe(question, ladder(verdict(*states)))
    assert probe is not None
    assert probe.id == asked


def test_of_two_probes_at_one_gap_the_family_fits_the_weak_pattern(question: Question) -> None:
    plain = next_probe(question, ladder(verdict(C, C, C, M)))
    assert plain is not None
    assert plain.id == "on-cost"
    both = make_question(
        key_points=[make_point("meaning"), make_point("capacity"), make_point("cost")],
        probes=[
            make_probe("why", aims_at=["cost"], family="why-that-choice"),
            make_probe("know", aims_at=["cost"], family="how-would-you-know"),
            make_probe("drift", aims_at=["capacity"], family="drift"),
        ],
    )
    cure = Verdict(
        question_id="alerts", question_hash="0", points=(), score=0,
        pattern=Pattern.CURE_BEFORE_DIAGNOSIS, grader="test",
    )  # fmt: skip
    first = next_probe(both, ladder(cure))
    assert first is not None
    assert first.id == "know"


def test_without_an_answer_the_heaviest_point_is_probed(question: Question) -> None:
    probe = next_probe(question, ladder(None))
    assert probe is not None
    assert probe.id == "on-threshold"


def test_no_probe_is_asked_twice_and_none_after_three(question: Question) -> None:
    weak = verdict(M, M, M, M)
    climb = ladder(weak)
    seen = []
    while probe := next_probe(question, climb):
        seen.append(probe.id)
        climb = climb.climbed(Rung(probe.id, "…", weak, weak))
    assert len(seen) == len(set(seen)) == DEEPEST


def test_the_last_word_on_a_point_counts(question: Question) -> None:
    climb = ladder(
        verdict(C, M, M, C),
        ("on-threshold", verdict(M, C, U, M)),
        ("on-cost", verdict(M, M, M, X)),
    )
    assert list(standing(question, climb).values()) == [C, C, M, X]
    shown = pressure(question, climb)
    assert shown.held == ("meaning",)
    assert shown.repaired == ("capacity",)
    assert shown.shaken == ("cost",)
    assert shown.still_open == ("threshold",)
    assert shown.score == pytest.approx((0.25 + 0.0) / 2)


def test_a_probe_answered_well_shows_what_it_aims_at(question: Question) -> None:
    well, again = verdict(C, C, C, M), verdict(M, M, M, M)
    climb = ladder(verdict(M, M, M, M)).climbed(Rung("on-drift", "…", well, again))
    assert pressure(question, climb).repaired == ("threshold", "cost")
    wrong = climb.climbed(Rung("on-cost", "…", again, verdict(M, M, M, X)))
    assert pressure(question, wrong).repaired == ("threshold",)
    retired = ladder(verdict(M, M, M, M)).climbed(Rung("gone", "…", well, again))
    assert pressure(question, retired).repaired == ()


def test_nothing_said_is_nothing_shown(question: Question) -> None:
    shown = pressure(question, ladder(None))
    assert (shown.held, shown.repaired, shown.score) == ((), (), 0.0)
    assert shown.still_open == POINTS


states = st.tuples(*[st.sampled_from([C, U, M, X])] * 4)


@given(states, st.lists(states, max_size=3))
def test_every_point_is_in_exactly_one_place(
    first: tuple[State, ...], later: list[tuple[State, ...]]
) -> None:
    question = make_question(key_points=[make_point(point) for point in POINTS])
    climb = ladder(verdict(*first), *[("first", verdict(*s)) for s in later])
    shown = pressure(question, climb)
    places = [*shown.held, *shown.repaired, *shown.shaken, *shown.still_open]
    assert sorted(places) == sorted(POINTS)


@given(states)
def test_the_probe_aims_at_something_left_open_while_anything_is(first: tuple[State, ...]) -> None:
    question = make_question(
        key_points=[make_point(point) for point in POINTS],
        probes=[
            make_probe(f"on-{point}", aims_at=[point], family=family)
            for point, family in zip(
                POINTS, ("why-that-choice", "threshold", "drift", "how-would-you-know"), strict=True
            )
        ],
    )
    probe = next_probe(question, ladder(verdict(*first)))
    assert probe is not None
    gaps = {p for p, s in zip(POINTS, first, strict=True) if s is not C}
    assert not gaps or set(probe.aims_at) & gaps
