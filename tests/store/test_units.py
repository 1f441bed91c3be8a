"""Units of work: all or nothing, one after the other, on disk once acknowledged."""

import asyncio
from contextvars import ContextVar

import pytest

from bot.domain.errors import AlreadyDone, Unavailable
from bot.store.port import Store, Tx
from tests.store.engines import Engine
from tests.store.samples import ANNA, BEN, GUILD, MONDAY, NOON, WEEK, a_post, an_attempt, practice


async def count(tx: Tx) -> tuple[int, int]:
    return await tx.streaks.progress(ANNA, MONDAY, post=False)


async def test_a_unit_returns_what_its_work_returns(store: Store):
    assert await store.write(count) == (0, 1)
    assert await store.read(lambda tx: tx.rollups.guilds_of(ANNA)) == []


async def test_a_unit_that_raises_leaves_no_trace(store: Store):
    async def work(tx: Tx) -> None:
        await tx.posts.insert(a_post())
        await tx.attempts.insert(an_attempt())
        await tx.rollups.add(an_attempt(), WEEK)
        raise AlreadyDone("no")

    with pytest.raises(AlreadyDone, match=r"^no$"):
        await store.write(work)
    assert await store.read(lambda tx: tx.posts.latest(GUILD)) is None
    assert not any((await store.read(lambda tx: tx.persons.export(ANNA))).values())


async def test_a_unit_sees_what_it_wrote_itself(store: Store):
    async def work(tx: Tx) -> bool:
        await tx.attempts.insert(an_attempt())
        return await tx.attempts.get(1) == an_attempt()

    assert await store.write(work)


async def test_concurrent_increments_are_all_there(store: Store):
    await asyncio.gather(*(store.write(count) for _ in range(200)))
    assert await store.write(count) == (0, 201)


async def test_units_read_modify_and_write_without_losing_updates(store: Store):
    async def longer(tx: Tx) -> None:
        streak = await tx.streaks.get(ANNA)
        await tx.streaks.save(ANNA, type(streak)(length=streak.length + 1))

    await asyncio.gather(*(store.write(longer) for _ in range(100)))
    assert (await store.read(lambda tx: tx.streaks.get(ANNA))).length == 100


async def test_a_failing_unit_does_not_poison_its_neighbours(store: Store):
    async def odd_ones_fail(tx: Tx, n: int) -> int:
        await tx.attempts.insert(practice(n))
        if n % 2:
            raise ValueError(n)
        return n

    outcomes = await asyncio.gather(
        *(store.write(lambda tx, n=n: odd_ones_fail(tx, n)) for n in range(60)),
        return_exceptions=True,
    )
    for n, outcome in enumerate(outcomes):
        assert outcome.args == (n,) if isinstance(outcome, ValueError) else outcome == n
    there = await store.read(lambda tx: tx.attempts.latest(ANNA, 99))
    assert sorted(a.id for a in there) == list(range(0, 60, 2))


async def test_the_same_press_twice_at_once_is_recorded_once(store: Store):
    added = await asyncio.gather(
        *(store.write(lambda tx: tx.attempts.insert(practice(1))) for _ in range(20))
    )
    assert sum(added) == 1


async def test_two_answers_at_once_to_one_post_count_once(store: Store):
    outcomes = await asyncio.gather(
        *(store.write(lambda tx, n=n: tx.attempts.insert(an_attempt(n))) for n in range(20)),
        return_exceptions=True,
    )
    assert sum(outcome is True for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyDone) for outcome in outcomes) == 19


@pytest.mark.parametrize("strays", [lambda: asyncio.sleep(0), lambda: asyncio.sleep(0.01)])
async def test_a_unit_may_await_nothing_but_its_tx(store: Store, strays):
    async def work(tx: Tx) -> None:
        await count(tx)
        await strays()

    for run in (store.write, store.read):
        with pytest.raises(RuntimeError, match="awaits nothing but its Tx"):
            await run(work if run == store.write else lambda tx: strays())
    assert await store.write(count) == (0, 1)


async def test_a_unit_that_awaits_a_future_is_refused(store: Store):
    future = asyncio.get_running_loop().create_future()

    async def work(tx: Tx) -> None:
        await future

    with pytest.raises(RuntimeError, match="awaits nothing but its Tx"):
        await store.write(work)
    future.cancel()


async def test_a_unit_runs_in_the_context_it_was_handed_in_from(store: Store):
    who: ContextVar[int] = ContextVar("who")

    async def named(tx: Tx) -> int:
        return who.get()

    async def press(user_id: int) -> tuple[int, int]:
        who.set(user_id)
        return await store.write(named), await store.read(named)

    assert await asyncio.gather(press(ANNA), press(BEN)) == [(ANNA, ANNA), (BEN, BEN)]


async def test_a_cancelled_caller_loses_and_corrupts_nothing(store: Store):
    callers = [
        asyncio.create_task(store.write(lambda tx, n=n: tx.attempts.insert(practice(n))))
        for n in range(50)
    ]
    await asyncio.sleep(0)  # all of them have handed in their unit
    for caller in callers[::2]:
        caller.cancel()
    outcomes = await asyncio.gather(*callers, return_exceptions=True)
    assert [isinstance(o, asyncio.CancelledError) for o in outcomes] == [True, False] * 25
    assert await store.write(count) == (0, 1)
    there = await store.read(lambda tx: tx.attempts.latest(ANNA, 99))
    assert sorted(a.id for a in there) == list(range(50))  # what was handed in is done


async def test_reading_cannot_write(store: Store):
    with pytest.raises(Exception, match=r"readonly|read-only"):
        await store.read(count)
    assert await store.write(count) == (0, 1)


async def test_reads_go_on_at_the_same_time_as_writes(store: Store):
    reads = [store.read(lambda tx: tx.attempts.latest(ANNA, 99)) for _ in range(50)]
    writes = [
        store.write(lambda tx, n=n: tx.attempts.insert(practice(n, at=NOON))) for n in range(50)
    ]
    await asyncio.gather(*reads, *writes)
    assert len(await reads_again(store)) == 50


async def reads_again(store: Store):
    return await store.read(lambda tx: tx.attempts.latest(ANNA, 99))


async def test_what_was_acknowledged_is_there_after_reopening(engine: Engine):
    store = engine.store()
    await store.open()
    await store.write(lambda tx: tx.attempts.insert(an_attempt()))
    await store.close()
    store = engine.store()
    await store.open()
    assert await store.read(lambda tx: tx.attempts.get(1)) == an_attempt()
    await store.close()


async def test_closing_finishes_what_was_handed_in(engine: Engine):
    store = engine.store()
    await store.open()
    writers = [asyncio.create_task(store.write(count)) for _ in range(20)]
    reader = asyncio.create_task(store.read(lambda tx: tx.attempts.get(1)))
    await asyncio.sleep(0)  # handed in
    await store.close()
    assert sorted(await asyncio.gather(*writers)) == [(0, n) for n in range(1, 21)]
    assert await reader is None


async def test_a_closed_store_says_so_kindly(engine: Engine):
    store = engine.store()
    for _ in range(2):
        with pytest.raises(Unavailable, match="restarting"):
            await store.write(count)
        with pytest.raises(Unavailable, match="restarting"):
            await store.read(count)
        await store.open()
        await store.close()
        await store.close()
