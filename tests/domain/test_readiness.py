"""Readiness: six questions, an honest interval, and the same verdict every time."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.question import Role, Seniority, Topic
from bot.domain.readiness import (
    TIME,
    TOPICS,
    Competency,
    Item,
    Readiness,
    Sign,
    counts,
    draw,
    judged,
    shares_of,
)
from tests.domain.questions import make_choice
from tests.store.samples import ANNA, DAY, NOON

MLE, MID = Role.MLE, Seniority.MID
ORDER = (0, 1, 2, 3)
BANK = [make_choice(f"{topic}-{n}", topic=topic.value) for topic in Topic for n in range(3)]


def check(*right: bool | None, number: int = 1, at=NOON) -> Readiness:
    items = tuple(
        Item(c, f"q-{c}", ORDER, right=r) for c, r in zip(Competency, right, strict=False)
    )
    return Readiness(number, ANNA, MLE, MID, at, items)


def test_one_question_a_competency():
    items = draw(BANK, MLE, MID, {}, (), Random(1))
    assert [item.competency for item in items] == list(Competency)
    by_id = {q.id: q for q in BANK}
    assert all(by_id[i.question_id].topic in TOPICS[i.competency] for i in items)
    assert all(sorted(i.order) == [0, 1, 2, 3] for i in items)
    assert items == draw(BANK, MLE, MID, {}, (), Random(1))


def test_the_nearest_question_is_taken():
    bank = [
        make_choice("other-role", roles=["data-scientist"]),
        make_choice("too-hard", seniority="senior"),
        make_choice("seen"),
        make_choice("fits", seniority="junior"),
        make_choice("today"),
    ]

    def drawn(seen, closed, seniority=Seniority.JUNIOR):
        (item,) = draw(bank, MLE, seniority, seen, closed, Random(1))
        return item.question_id

    assert drawn({"seen": NOON}, {"today"}) == "fits"
    seen = {"seen": NOON, "fits": NOON + DAY, "too-hard": NOON}
    assert drawn(seen, {"today"}) == "fits", "the level outweighs how long ago it was"
    assert drawn({**seen, "fits": NOON - DAY}, {"today", "too-hard"}) == "fits"
    assert drawn({}, {"too-hard", "seen", "fits", "today"}) == "other-role"
    assert draw([], MLE, MID, {}, (), Random(1)) == ()


def test_one_right_answer_proves_little():
    (first, *_), unreached = judged([check(True, False, None)]), judged([check(None)])[0]
    assert (first.sign, round(first.low, 2), first.high) == (Sign.HOPEFUL, 0.21, 1.0)
    assert judged([check(False)])[0].sign is Sign.DOUBTFUL
    assert (unreached.sign, unreached.low, unreached.high) == (Sign.UNKNOWN, 0.0, 1.0)
    assert unreached.missing == unreached.share
    assert (first.missing, judged([check(False)])[0].missing > 0) == (0.0, True)


@pytest.mark.parametrize(
    ("right", "asked", "sign"),
    [(6, 6, Sign.SOLID), (5, 5, Sign.HOPEFUL), (0, 4, Sign.GAP), (0, 3, Sign.DOUBTFUL),
     (2, 4, Sign.DOUBTFUL), (3, 4, Sign.HOPEFUL)],
)  # fmt: skip
def test_repeating_it_makes_it_surer(right: int, asked: int, sign: Sign):
    checks = [check(n < right, number=n) for n in range(asked)]
    assert judged(checks)[0].sign is sign


@given(st.lists(st.lists(st.sampled_from([True, False, None]), min_size=6, max_size=6), min_size=1))
def test_verdicts_are_whole_and_the_same_every_time(answers):
    checks = [check(*one, number=n) for n, one in enumerate(answers)]
    told = judged(checks)
    assert told == judged(checks)
    assert [j.competency for j in told] == list(Competency)
    assert sum(j.share for j in told) == pytest.approx(1)
    for one in told:
        assert one.right <= one.asked <= len(checks)
        assert 0 <= one.low <= one.high <= 1
        assert 0 <= one.missing <= one.share


def test_which_earlier_checks_count():
    now = check(True, number=9, at=NOON)
    assert counts(check(True, at=NOON - DAY), now)
    assert not counts(now, now)
    assert not counts(check(True, at=NOON - 91 * DAY), now)
    assert counts(check(True, at=NOON), now)  # begun in the same instant
    assert not counts(check(True, number=10, at=NOON + DAY), now)
    assert not counts(replace(check(True, at=NOON - DAY), seniority=Seniority.SENIOR), now)


def test_five_minutes_and_six_answers():
    begun = check(None, None)
    assert (begun.at, begun.until) == (0, NOON + TIME)
    one = begun.picked(0, 2, right=True)
    assert (one.at, one.items[0].picked, len(one.answered)) == (1, 2, 1)
    assert not one.over(NOON + TIME - timedelta(seconds=1))
    assert one.over(NOON + TIME)
    assert one.picked(1, 0, right=False).over(NOON)


def test_every_role_leans_to_its_own():
    shares = {role: shares_of(role, MID) for role in Role}
    assert all(sum(of.values()) == pytest.approx(1) for of in shares.values())

    def leaning(competency):
        return max(Role, key=lambda role: shares[role][competency])

    assert leaning(Competency.CODING) is MLE
    assert leaning(Competency.FUNDAMENTALS) is Role.RESEARCH_SCIENTIST
    assert leaning(Competency.EVALUATION) is Role.DATA_SCIENTIST
    assert leaning(Competency.DEEP_LEARNING) is Role.AI_ENGINEER
