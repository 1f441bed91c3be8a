"""Where somebody stands, as the store tells it."""

from bot.domain.standing import Last
from bot.store.port import Store, Tx
from tests.store.samples import (
    ANNA,
    BEN,
    GUILD,
    HOUR,
    MONDAY,
    NOON,
    WEEK,
    a_check,
    a_ladder,
    a_plan,
    a_rung,
    practice,
)


async def test_the_last_answer_to_each_question_counts_the_worst_first(store: Store) -> None:
    async def work(tx: Tx) -> None:
        for attempt in (
            practice(1, question_id="a", score=0.2),
            practice(2, question_id="a", score=0.9, at=NOON + HOUR),
            practice(3, question_id="b", score=0.5, at=NOON + HOUR, guild_id=None),
            practice(4, BEN, question_id="c", score=0.0),
        ):
            await tx.attempts.insert(attempt)
            await tx.rollups.add(attempt, WEEK)

    await store.write(work)
    now = await store.read(lambda tx: tx.preparations.lasts(ANNA))
    assert now == [
        Last("b", None, "evaluation", NOON + HOUR, 0.5),
        Last("a", GUILD, "evaluation", NOON + HOUR, 0.9),
    ]


async def test_what_was_touched_in_a_span_answers_and_follow_ups(store: Store) -> None:
    async def work(tx: Tx) -> None:
        for number, at in enumerate((NOON - HOUR, NOON, NOON + 2 * HOUR), 1):
            await tx.attempts.insert(practice(number, question_id=f"q{number}", at=at))
        replied = a_ladder(1, started_at=NOON + HOUR, rungs=(a_rung(),))
        for ladder in (replied, a_ladder(2, started_at=NOON), a_ladder(3, BEN, started_at=NOON)):
            await tx.ladders.insert(ladder, None)

    await store.write(work)
    span = await store.read(lambda tx: tx.preparations.touched(ANNA, NOON, NOON + 2 * HOUR))
    assert span == [(NOON, "q2", "evaluation"), (NOON + HOUR, "leak", None)]


async def test_a_plan_comes_back_as_it_was_saved(store: Store) -> None:
    assert await store.read(lambda tx: tx.preparations.plan(ANNA)) is None
    for begun in (a_plan(), a_plan(ends_on=MONDAY, first=a_plan().shown, shown={}, done={})):
        await store.write(lambda tx, begun=begun: tx.preparations.save_plan(begun))
        assert await store.read(lambda tx: tx.preparations.plan(ANNA)) == begun


async def test_a_check_comes_back_as_it_was_saved_and_the_latest_first(store: Store) -> None:
    assert await store.read(lambda tx: tx.preparations.check(1)) is None
    begun, later = a_check(), a_check(2, started_at=NOON + HOUR)
    for saved in (begun, later, a_check(3, BEN), begun.picked(1, 3, right=False)):
        await store.write(lambda tx, saved=saved: tx.preparations.save_check(saved))
    kept = await store.read(lambda tx: tx.preparations.check(1))
    assert kept == begun.picked(1, 3, right=False)
    assert await store.read(lambda tx: tx.preparations.checks(ANNA, 9)) == [later, kept]
    assert await store.read(lambda tx: tx.preparations.checks(ANNA, 1)) == [later]
