from datetime import date

from bot.domain.streak import DayKind, Entry, Streak
from bot.store.port import Store, Tx
from tests.store.samples import ANNA, BEN, DAY, MONDAY, NOON


async def test_a_streak_comes_back_as_it_was_saved(store: Store):
    assert await store.read(lambda tx: tx.streaks.get(ANNA)) == Streak()
    for streak in (
        Streak(1, 1, 0, MONDAY, MONDAY),
        Streak(0, 9, 2, MONDAY + DAY, MONDAY),
        Streak(),
    ):
        await store.write(lambda tx, streak=streak: tx.streaks.save(ANNA, streak))
        assert await store.read(lambda tx: tx.streaks.get(ANNA)) == streak
        assert await store.read(lambda tx: tx.streaks.get(BEN)) == Streak()


async def test_the_ledger_keeps_the_order_in_which_things_happened(store: Store):
    lines = [
        Entry(MONDAY, DayKind.COUNTED, 1, 0, detail="question of the day"),
        Entry(MONDAY + DAY, DayKind.RESTED, 1, 0, through=MONDAY + 3 * DAY),
        Entry(MONDAY + 4 * DAY, DayKind.ENDED, 0, 0, detail="1"),
        Entry(MONDAY + 4 * DAY, DayKind.REPAIRED, 1, 0, detail="was ill", by=BEN),
        Entry(date(2020, 1, 1), DayKind.PARDONED, 1, 0),
    ]
    await store.write(lambda tx: tx.streaks.append(ANNA, lines[:2], NOON))
    await store.write(lambda tx: tx.streaks.append(BEN, lines[:1], NOON))
    await store.write(lambda tx: tx.streaks.append(ANNA, [], NOON))
    await store.write(lambda tx: tx.streaks.append(ANNA, lines[2:], NOON - DAY))
    assert await store.read(lambda tx: tx.streaks.ledger(ANNA)) == lines
    assert await store.read(lambda tx: tx.streaks.ledger(ANNA, 2)) == lines[-2:]
    assert await store.read(lambda tx: tx.streaks.ledger(ANNA, 99)) == lines
    assert await store.read(lambda tx: tx.streaks.ledger(BEN)) == lines[:1]


async def test_progress_counts_post_answers_and_questions_by_day(store: Store):
    async def work(tx: Tx) -> list[tuple[int, int]]:
        return [
            await tx.streaks.progress(ANNA, MONDAY, post=False),
            await tx.streaks.progress(ANNA, MONDAY, post=True),
            await tx.streaks.progress(ANNA, MONDAY, post=False),
            await tx.streaks.progress(ANNA, MONDAY + DAY, post=True),
            await tx.streaks.progress(BEN, MONDAY, post=False),
        ]

    assert await store.write(work) == [(0, 1), (1, 2), (1, 3), (1, 1), (0, 1)]
