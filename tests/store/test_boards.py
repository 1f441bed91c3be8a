from datetime import timedelta

from bot.domain.board import STREAK, placed
from bot.domain.profile import DayDone, Glance
from bot.domain.sharing import Sharing
from bot.domain.streak import Streak
from bot.domain.verdict import Pattern
from bot.store.port import Store
from tests.store.samples import (
    ANNA,
    BEN,
    CLEO,
    DAY,
    GUILD,
    MONDAY,
    NOON,
    OTHER,
    a_verdict,
    an_attempt,
    practice,
)  # fmt: skip
from tests.store.test_rollups import record


async def board(store: Store, period: str) -> list[tuple[int, int, int]]:
    return await store.read(lambda tx: tx.boards.page(GUILD, period, 0, 9))


async def test_boards_of_points(store: Store):
    await record(store, an_attempt(1, ANNA, points=50))
    await record(store, an_attempt(2, BEN, points=80))
    await record(store, an_attempt(3, CLEO, points=50, topic="trees"))
    await record(store, an_attempt(4, BEN, post_id="next", points=5), "2026-W14")
    await record(store, an_attempt(5, 9, guild_id=OTHER, points=99))
    await record(store, practice(6, 8))
    assert await board(store, "2026-W10") == [(BEN, 80, 1), (ANNA, 50, 1), (CLEO, 50, 1)]
    assert await board(store, "2026-S1") == [(BEN, 80, 1), (ANNA, 50, 1), (CLEO, 50, 1)]
    assert await board(store, "2026-S2") == [(BEN, 5, 1)]
    assert await board(store, "all") == [(BEN, 85, 2), (ANNA, 50, 1), (CLEO, 50, 1)]
    assert await board(store, "all/trees") == [(CLEO, 50, 1)]
    assert await store.read(lambda tx: tx.boards.page(GUILD, "all", 1, 1)) == [(ANNA, 50, 1)]
    assert await store.read(lambda tx: tx.boards.size(GUILD, "all")) == 3
    assert await store.read(lambda tx: tx.boards.ahead(GUILD, "all", 50)) == 1
    assert await store.read(lambda tx: tx.boards.amount(GUILD, "all", CLEO)) == 50
    assert await store.read(lambda tx: tx.boards.amount(GUILD, "all", 8)) is None


async def test_who_does_not_want_to_be_on_boards_is_on_none(store: Store):
    for n, (user_id, points) in enumerate([(ANNA, 50), (BEN, 80), (CLEO, 20)]):
        await record(store, an_attempt(n, user_id, points=points))
        await store.write(lambda tx, u=user_id, p=points: tx.streaks.save(u, Streak(p, p)))
    await store.write(lambda tx: tx.sharings.save(Sharing(BEN, on_boards=False)))
    await store.write(lambda tx: tx.sharings.save(Sharing(CLEO)))
    for period, answered in (("all", 1), (STREAK, 0)):
        assert await board(store, period) == [(ANNA, 50, answered), (CLEO, 20, answered)]
        assert await store.read(lambda tx, p=period: tx.boards.size(GUILD, p)) == 2
        assert await store.read(lambda tx, p=period: tx.boards.ahead(GUILD, p, 20)) == 1
        assert await store.read(lambda tx, p=period: tx.boards.amount(GUILD, p, BEN)) == 80


async def test_a_board_of_runs_and_whose_has_yet_to_be_judged(store: Store):
    runs = {
        ANNA: Streak(3, 9, settled_through=MONDAY),
        BEN: Streak(5, 5, settled_through=MONDAY - DAY),
        CLEO: Streak(9, 9, settled_through=MONDAY - 9 * DAY),
        4: Streak(0, 9, settled_through=MONDAY - 9 * DAY),
    }
    for n, (user_id, streak) in enumerate(runs.items()):
        await record(store, an_attempt(n, user_id))
        await store.write(lambda tx, u=user_id, s=streak: tx.streaks.save(u, s))
    assert placed(1, 0, await board(store, STREAK))[1].user_id == BEN
    assert await board(store, STREAK) == [(CLEO, 9, 0), (BEN, 5, 0), (ANNA, 3, 0)]
    assert await store.read(lambda tx: tx.boards.unsettled(GUILD, MONDAY, 0, 9)) == [CLEO, BEN]
    assert await store.read(lambda tx: tx.boards.unsettled(GUILD, MONDAY, 1, 1)) == [BEN]
    assert await store.read(lambda tx: tx.boards.unsettled(OTHER, MONDAY, 0, 9)) == []


async def test_what_a_profile_looks_at(store: Store):
    stopped = a_verdict(pattern=Pattern.DEFINITION_ONLY, score=0.25)
    await record(store, an_attempt(1, verdict=stopped, score=0.25, confidence=0.8))
    await record(store, practice(2, topic="trees", score=1.0, at=NOON + DAY))
    await record(store, practice(3, verdict=a_verdict(), at=NOON + DAY))
    first = Glance(NOON, 0.25, 0.8, graded=True, pattern=Pattern.DEFINITION_ONLY)
    others = [Glance(NOON + DAY, 0.5, graded=True), Glance(NOON + DAY, 1.0)]
    assert await store.read(lambda tx: tx.profiles.glances(ANNA, 9)) == [*others, first]
    assert await store.read(lambda tx: tx.profiles.glances(ANNA, 1)) == others[:1]
    better = an_attempt(1, verdict=a_verdict(), confidence=0.8)
    await store.write(lambda tx: tx.attempts.regrade(better))
    last = (await store.read(lambda tx: tx.profiles.glances(ANNA, 9)))[-1]
    assert last == Glance(NOON, 0.5, 0.8, graded=True)


async def test_days_on_which_something_was_done(store: Store):
    for back, post in ((0, False), (0, True), (3, False), (9, True)):
        day = MONDAY - timedelta(days=back)
        await store.write(lambda tx, d=day, p=post: tx.streaks.progress(ANNA, d, post=p))
    assert await store.read(lambda tx: tx.profiles.days(ANNA, MONDAY - 3 * DAY)) == [
        DayDone(MONDAY - 3 * DAY, 1, counts=False),
        DayDone(MONDAY, 2, counts=True),
    ]
    assert await store.read(lambda tx: tx.profiles.days(BEN, MONDAY)) == []
