from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.drill import Done, Kind, Style, Wanted
from bot.domain.question import Difficulty, Role, Topic
from bot.domain.reminder import Leaving, Reminder
from bot.store.port import Store, Tx
from tests.store.samples import (
    ANNA,
    BEN,
    DAY,
    HOUR,
    MONDAY,
    NOON,
    WEEK,
    a_drill,
    a_reminder,
    practice,
)

MINUTE = timedelta(minutes=1)


async def test_a_drill_comes_back_as_it_was_saved(store: Store):
    assert await store.read(lambda tx: tx.drills.get(1)) is None
    for drill in (
        a_drill(),
        a_drill(done=(Done(11, 0.25),)),
        a_drill(ended_at=NOON + HOUR),
        a_drill(
            2,
            guild_id=None,
            kind=Kind.REVIEW,
            wanted=Wanted(Topic.TREES, Difficulty.HARD, Role.MLE, 5, Style.MIXED),
        ),
    ):
        await store.write(lambda tx, drill=drill: tx.drills.save(drill))
        assert await store.read(lambda tx, drill=drill: tx.drills.get(drill.id)) == drill


async def test_somebody_is_in_one_drill_and_one_review_at_a_time(store: Store):
    drill, review = a_drill(1), a_drill(2, kind=Kind.REVIEW)
    for one in (drill, review, a_drill(3, BEN)):
        await store.write(lambda tx, one=one: tx.drills.save(one))
    assert await store.read(lambda tx: tx.drills.open_of(ANNA, Kind.DRILL)) == drill
    assert await store.read(lambda tx: tx.drills.open_of(ANNA, Kind.REVIEW)) == review
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        await store.write(lambda tx: tx.drills.save(a_drill(4)))
    await store.write(lambda tx: tx.drills.save(replace(drill, ended_at=NOON)))
    assert await store.read(lambda tx: tx.drills.open_of(ANNA, Kind.DRILL)) is None
    await store.write(lambda tx: tx.drills.save(a_drill(4)))


async def answered(store: Store, number: int, question_id: str, **fields: object) -> None:
    attempt = practice(number, question_id=question_id, **fields)

    async def work(tx: Tx) -> None:
        await tx.attempts.insert(attempt)
        await tx.rollups.add(attempt, WEEK)

    await store.write(work)


async def test_what_is_due_comes_the_most_forgotten_first(store: Store):
    await answered(store, 1, "good", score=0.8)
    await answered(store, 2, "hard", score=0.5)
    await answered(store, 3, "wrong", score=0.0)
    await answered(store, 4, "easy", score=1.0, confidence=0.9)
    await answered(store, 5, "hers", user_id=BEN, score=0.0)
    cards = await store.read(lambda tx: tx.memory.cards(ANNA))
    assert set(cards) == {"good", "hard", "wrong", "easy"}

    async def due(days: float) -> list[str]:
        until = NOON + days * DAY
        found = await store.read(lambda tx: tx.memory.due(ANNA, NOON + DAY, until))
        assert all(cards[question] == card for question, card in found)
        return [question for question, _ in found]

    assert await due(1) == []
    assert await due(1.1) == ["wrong", "hard"]
    assert await due(30) == ["wrong", "hard", "good", "easy"]
    later = await store.read(lambda tx: tx.memory.next_due_at(ANNA, NOON + 1.1 * DAY))
    assert later == cards["good"].due_at
    assert await store.read(lambda tx: tx.memory.next_due_at(ANNA, cards["good"].due_at)) == later
    assert await store.read(lambda tx: tx.memory.next_due_at(ANNA, NOON + 30 * DAY)) is None


async def test_means_by_topic(store: Store):
    assert await store.read(lambda tx: tx.memory.means(ANNA)) == {}
    await answered(store, 1, "a", topic="trees", score=0.5)
    await answered(store, 2, "b", topic="trees", score=1.0)
    await answered(store, 3, "c", topic="llm", score=0.0)
    assert await store.read(lambda tx: tx.memory.means(ANNA)) == {"trees": 0.75, "llm": 0.0}


async def test_a_reminder_comes_back_as_it_was_saved(store: Store):
    assert await store.read(lambda tx: tx.reminders.get(ANNA)) is None
    off = Reminder(ANNA, 480, trouble="closed")
    sending = a_reminder(
        leaving=Leaving.SENDING, since_at=NOON, lease_ends_at=NOON + HOUR, told_on=MONDAY
    )
    for reminder in (a_reminder(), sending, off):
        await store.write(lambda tx, reminder=reminder: tx.reminders.save(reminder))
        assert await store.read(lambda tx: tx.reminders.get(ANNA)) == reminder


async def test_reminders_are_due_the_longest_overdue_first(store: Store):
    reminders = [
        a_reminder(1, next_at=NOON + HOUR),
        a_reminder(2, next_at=NOON),
        a_reminder(3, next_at=None),
        a_reminder(4, next_at=NOON, leaving=Leaving.CLAIMED, since_at=NOON),
        a_reminder(5, next_at=None, leaving=Leaving.SENDING, since_at=NOON - HOUR),
    ]
    assert await store.read(lambda tx: tx.reminders.next_at()) is None
    for reminder in reminders:
        await store.write(lambda tx, reminder=reminder: tx.reminders.save(reminder))

    async def due(at: object, most: int = 9) -> list[int]:
        return [r.user_id for r in await store.read(lambda tx: tx.reminders.due(at, most))]

    assert await due(NOON - MINUTE) == []
    assert await due(NOON) == [2, 4]
    assert await due(NOON + HOUR) == [2, 4, 1]
    assert await due(NOON + HOUR, 1) == [2]
    assert await store.read(lambda tx: tx.reminders.next_at()) == NOON
    assert [r.user_id for r in await store.read(lambda tx: tx.reminders.leaving(9))] == [5, 4]
