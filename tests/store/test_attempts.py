from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.attempt import Attempt, Mode
from bot.domain.errors import AlreadyDone
from bot.store.port import Store, Tx
from tests.store.samples import ANNA, BEN, HOUR, NOON, WEEK, a_verdict, an_attempt, practice

CHOICE = practice(
    2, guild_id=None, post_id=None, mode=Mode.CHOICE, choice=3, score=1.0, late=True, confidence=0.2
)
OPEN = an_attempt(3, answer="Because\n\tit ’leaks’ 🙂", confidence=0.9, verdict=a_verdict())


async def put(store: Store, *attempts: Attempt) -> None:
    async def work(tx: Tx) -> None:
        for attempt in attempts:
            assert await tx.attempts.insert(attempt)

    await store.write(work)


@pytest.mark.parametrize("attempt", [an_attempt(), CHOICE, OPEN])
async def test_an_attempt_comes_back_as_it_was_added(store: Store, attempt: Attempt):
    assert await store.read(lambda tx: tx.attempts.get(attempt.id)) is None
    await put(store, attempt)
    assert await store.read(lambda tx: tx.attempts.get(attempt.id)) == attempt


async def test_scores_are_kept_to_a_millionth(store: Store):
    await put(store, an_attempt(score=2 / 3))
    kept = await store.read(lambda tx: tx.attempts.get(1))
    assert kept
    assert kept.score == 0.666667


async def test_one_press_is_recorded_once(store: Store):
    await put(store, an_attempt(1, answer="first"))
    again = practice(1, answer="second")
    assert await store.write(lambda tx: tx.attempts.insert(again)) is False
    kept = await store.read(lambda tx: tx.attempts.get(1))
    assert kept
    assert kept.answer == "first"


async def test_one_attempt_of_a_person_counts_for_a_post(store: Store):
    first = an_attempt(1)
    await put(store, practice(7), first, practice(8), an_attempt(2, BEN))
    with pytest.raises(AlreadyDone):
        await store.write(lambda tx: tx.attempts.insert(an_attempt(3)))
    assert await store.read(lambda tx: tx.attempts.get(3)) is None
    assert first.post_id
    post_id = first.post_id
    assert await store.read(lambda tx: tx.attempts.scored(post_id, ANNA)) == first
    assert await store.read(lambda tx: tx.attempts.scored("another", ANNA)) is None


async def test_a_regrade_changes_verdict_score_and_points_and_nothing_else(store: Store):
    await put(store, OPEN, an_attempt(4, BEN))
    better = a_verdict(score=1.0, grader="a moderator")
    after = replace(OPEN, verdict=better, score=1.0, points=100)
    await store.write(lambda tx: tx.attempts.regrade(replace(after, answer="changed")))
    assert await store.read(lambda tx: tx.attempts.get(3)) == after
    assert await store.read(lambda tx: tx.attempts.get(4)) == an_attempt(4, BEN)


async def test_a_regrade_moves_the_card_too(store: Store):
    async def work(tx: Tx) -> list[float]:
        await tx.attempts.insert(practice(1, score=0.0))
        await tx.rollups.add(practice(1, score=0.0), WEEK)
        before = (await tx.persons.export(ANNA))["card"][0]
        await tx.attempts.regrade(practice(1, score=1.0))
        after = (await tx.persons.export(ANNA))["card"][0]
        return [before["stability"], after["stability"]]

    forgotten, good = await store.write(work)
    assert good > forgotten


async def test_latest_attempts_come_latest_first(store: Store):
    await put(
        store,
        practice(5, at=NOON),
        practice(6, at=NOON),
        practice(1, at=NOON + HOUR),
        practice(9, at=NOON - HOUR),
        practice(8, BEN, at=NOON + HOUR),
    )
    latest = await store.read(lambda tx: tx.attempts.latest(ANNA, 9))
    assert [a.id for a in latest] == [1, 6, 5, 9]
    assert await store.read(lambda tx: tx.attempts.latest(ANNA, 2)) == latest[:2]
    assert await store.read(lambda tx: tx.attempts.latest(99, 2)) == []


async def test_confidences_skip_answers_without_one(store: Store):
    sure = {1: 0.9, 2: None, 3: 0.0, 4: 0.5}
    await put(
        store,
        *(
            practice(n, at=NOON + timedelta(minutes=n), confidence=c, score=n / 10)
            for n, c in sure.items()
        ),
        practice(9, BEN, confidence=1.0),
    )
    assert await store.read(lambda tx: tx.attempts.confidences(ANNA, 9)) == [
        (0.5, 0.4), (0.0, 0.3), (0.9, 0.1),
    ]  # fmt: skip
    assert await store.read(lambda tx: tx.attempts.confidences(ANNA, 1)) == [(0.5, 0.4)]
