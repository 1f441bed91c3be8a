"""The plan: whole, deterministic, leaning on gaps, and honest about why."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.aim import Aim
from bot.domain.errors import Invalid
from bot.domain.focus import ALONE, Focus, blocks_done, focus_of
from bot.domain.loop import THEORY, rounds_of, theory_of
from bot.domain.plan import (
    History,
    Why,
    changes,
    last_day,
    plan,
    weights_of,
)
from bot.domain.question import Role, Round, Seniority, Topic
from bot.domain.standing import Evidence

TODAY = date(2026, 11, 29)
FOCUSES = [*(Focus(Round.THEORY, t) for t in THEORY), *(Focus(r, t) for r, t in ALONE.items())]
NOTHING = History({}, {})
EVALUATION = Focus(Round.THEORY, Topic.EVALUATION)
DESIGN = Focus(Round.SYSTEM_DESIGN, Topic.SYSTEM_DESIGN)

focuses = st.sampled_from(FOCUSES)
evidences = st.integers(0, 60).flatmap(
    lambda n: st.builds(Evidence, st.just(n), st.floats(0, n, allow_nan=False))
)
histories = st.builds(
    History,
    st.dictionaries(focuses, evidences),
    st.dictionaries(focuses, st.integers(0, 40)),
)
aims = st.tuples(st.sampled_from(Role), st.sampled_from(Seniority))
lengths = st.integers(0, 182)


def blocks(made, focus=None):
    return [b for d in made.days for b in d.blocks if focus in {None, b.focus, b.focus.round}]


@settings(max_examples=200)
@given(aims, st.dates(date(2026, 1, 1), date(2030, 1, 1)), lengths, histories)
def test_every_plan_is_whole(aim, today, length, history):
    end = today + timedelta(days=length)
    made = plan(*aim, today, end, history)
    assert [d.on for d in made.days] == [today + timedelta(days=n) for n in range(length + 1)]
    assert made.days[-1].on == end
    assert all(20 <= day.minutes <= 40 for day in made.days)
    assert {b.focus.round for b in blocks(made)} == set(Round)
    assert all(len({b.focus.round for b in day.blocks}) == len(day.blocks) for day in made.days)
    assert [d for week in made.weeks for d in week] == list(made.days)
    assert made == plan(*aim, today, end, history)


@settings(max_examples=150)
@given(aims, st.integers(13, 182), histories, focuses, st.integers(4, 30))
def test_it_leans_on_the_gap(aim, length, history, focus, answers):
    """The same person with everything wrong there gets at least what they get with all right."""
    end = TODAY + timedelta(days=length)
    worse = History({**history.shown, focus: Evidence(answers, 0.0)}, history.done)
    better = History({**history.shown, focus: Evidence(answers, float(answers))}, history.done)
    weak = blocks(plan(*aim, TODAY, end, worse), focus)
    strong = blocks(plan(*aim, TODAY, end, better), focus)
    assert len(weak) >= len(strong)


def test_a_gap_gets_clearly_more():
    end = TODAY + timedelta(weeks=6)
    weak = History({DESIGN: Evidence(8, 1.0)}, {})
    strong = History({DESIGN: Evidence(8, 8.0)}, {})
    made = [plan(Role.MLE, Seniority.MID, TODAY, end, h) for h in (weak, NOTHING, strong)]
    counts = [len(blocks(one, DESIGN)) for one in made]
    assert counts == [22, 22, 14], "what nobody has touched counts as a gap"


def test_what_was_neglected_comes_next():
    """A fortnight of nothing but coding: the next days are about the rest."""
    done = History({}, {Focus(Round.CODING, Topic.CODING): 14.0})
    made = plan(Role.MLE, Seniority.MID, TODAY, TODAY + timedelta(weeks=4), done)
    assert not [b for d in made.days[:10] for b in d.blocks if b.focus.round is Round.CODING]
    assert blocks(made, Round.CODING)


def test_the_role_decides_the_mix():
    end = TODAY + timedelta(weeks=8)
    scientist = plan(Role.RESEARCH_SCIENTIST, Seniority.MID, TODAY, end, NOTHING)
    engineer = plan(Role.MLE, Seniority.MID, TODAY, end, NOTHING)
    assert len(blocks(scientist, Round.THEORY)) > 1.5 * len(blocks(engineer, Round.THEORY))
    theory = [b.focus.topic for b in blocks(scientist, Round.THEORY)]
    assert max(set(theory), key=theory.count) is Topic.DERIVATIONS


@pytest.mark.parametrize(("away", "days"), [(0, 1), (1, 2), (2, 3)])
def test_few_days_hold_every_round_all_the_same(away, days):
    made = plan(Role.MLE, Seniority.MID, TODAY, TODAY + timedelta(days=away), NOTHING)
    assert len(made.days) == days
    assert {b.focus.round for b in blocks(made)} == set(Round)


def test_it_says_why():
    shown = {
        EVALUATION: Evidence(5, 1.0),
        DESIGN: Evidence(5, 5.0),
        Focus(Round.CODING, Topic.CODING): Evidence(2, 1.4),
    }
    made = plan(Role.MLE, Seniority.MID, TODAY, TODAY + timedelta(weeks=4), History(shown, {}))
    whys = {b.focus: b.why for d in made.days[:-1] for b in d.blocks}
    assert whys[EVALUATION] is Why.GAP
    assert whys[DESIGN] is Why.KEEP
    assert whys[Focus(Round.CODING, Topic.CODING)] is Why.ROLE
    assert whys[Focus(Round.PROJECT, Topic.BEHAVIORAL)] is Why.UNTOUCHED
    assert {b.why for b in made.days[-1].blocks} == {Why.STORIES}


def test_it_adapts_and_tells_what_moved_it():
    before = {EVALUATION: Evidence(5, 1.0)}
    now = {EVALUATION: Evidence(9, 8.5), DESIGN: Evidence(6, 0.5)}
    told = changes(Role.MLE, Seniority.MID, before, now)
    assert [(c.focus, c.more, c.before, c.now) for c in told] == [
        (EVALUATION, False, Evidence(5, 1.0), Evidence(9, 8.5))
    ]
    worse = changes(Role.MLE, Seniority.MID, now, before | {DESIGN: Evidence(9, 0.0)})
    assert [(c.focus, c.more) for c in worse] == [(EVALUATION, True)]
    assert changes(Role.MLE, Seniority.MID, now, now) == []
    as_good = {focus: Evidence(2 * e.answers, 2 * e.score) for focus, e in now.items()}
    assert changes(Role.MLE, Seniority.MID, {}, as_good)
    assert changes(Role.MLE, Seniority.MID, now, as_good) == []
    assert changes(Role.MLE, Seniority.MID, before, now, most=0) == []


@given(aims, st.dictionaries(focuses, evidences))
def test_shares_are_shares(aim, shown):
    weights = weights_of(*aim, shown)
    assert sum(weights.values()) == pytest.approx(1)
    assert min(weights.values()) > 0
    assert sum(rounds_of(*aim).values()) == pytest.approx(1)
    assert sum(theory_of(aim[0]).values()) == pytest.approx(1)


def test_the_last_day():
    assert last_day(Aim(1), TODAY) == TODAY + timedelta(weeks=6)
    assert last_day(Aim(1, interview_on=TODAY), TODAY) == TODAY
    with pytest.raises(Invalid, match="has passed"):
        last_day(Aim(1, interview_on=TODAY - timedelta(days=1)), TODAY)
    with pytest.raises(Invalid, match="half a year"):
        last_day(Aim(1, interview_on=TODAY + timedelta(days=183)), TODAY)


@pytest.mark.parametrize(
    ("topic", "asked_in", "focus"),
    [
        ("evaluation", Round.THEORY, EVALUATION),
        ("evaluation", None, EVALUATION),
        ("behavioral", Round.PROJECT, Focus(Round.PROJECT, Topic.BEHAVIORAL)),
        ("behavioral", None, Focus(Round.BEHAVIORAL, Topic.BEHAVIORAL)),
        ("production", Round.SYSTEM_DESIGN, DESIGN),
        ("coding", Round.THEORY, Focus(Round.CODING, Topic.CODING)),
        ("gardening", None, None),
    ],
)
def test_what_a_question_is_practice_for(topic, asked_in, focus):
    assert focus_of(topic, asked_in) == focus
    assert focus is None or focus in FOCUSES


def test_five_questions_of_theory_fill_a_block_and_one_design_does():
    trees, design = (
        Focus(Round.THEORY, Topic.TREES),
        Focus(Round.SYSTEM_DESIGN, Topic.SYSTEM_DESIGN),
    )
    later = TODAY + timedelta(days=1)
    touched = [*[(trees, TODAY)] * 7, (trees, later), (design, TODAY), (design, TODAY)]
    assert blocks_done(touched) == {trees: 1.2, design: 1.0}


def test_a_long_past_tips_the_first_week_and_no_more():
    trees, end = Focus(Round.THEORY, Topic.TREES), TODAY + timedelta(weeks=4)

    def theory(done: dict[Focus, float], first: int, last: int) -> int:
        made = plan(Role.MLE, Seniority.MID, TODAY, end, History({}, done))
        return sum(b.focus.round is Round.THEORY for d in made.days[first:last] for b in d.blocks)

    assert theory({trees: 300.0}, 0, 7) == 0
    assert theory({trees: 300.0}, 0, 28) == theory({trees: 7.0}, 0, 28) > 5
