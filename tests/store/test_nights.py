from dataclasses import replace

import pytest

from bot.domain.game import Terms
from bot.domain.night import Stage
from bot.store.port import Store, Tx
from tests.store.samples import BEN, DAY, GUILD, HOUR, MONDAY, NOON, OTHER, a_night


async def test_a_night_is_kept_whole(store: Store):
    first = a_night()
    assert await store.read(lambda tx: tx.nights.get(1)) is None
    moved = replace(
        first, host_id=BEN, day=MONDAY + 7 * DAY, due_at=NOON + 7 * DAY, stage=Stage.ANNOUNCED,
        next_at=NOON + DAY, remind_at=None, event_id=9,
    )  # fmt: skip
    for version in (first, moved, first):
        await store.write(lambda tx, version=version: tx.nights.save(version))
        assert await store.read(lambda tx: tx.nights.get(1)) == version
    bare = a_night(2, terms=Terms(penalty=True, rated=False), weekly=False)
    await store.write(lambda tx: tx.nights.save(bare))
    assert await store.read(lambda tx: tx.nights.get(2)) == bare


async def test_dropped_nights_are_gone(store: Store):
    async def work(tx: Tx) -> None:
        for night_id, guild_id in ((1, GUILD), (2, GUILD), (3, GUILD), (4, OTHER)):
            due = NOON - night_id * HOUR
            await tx.nights.save(a_night(night_id, guild_id=guild_id, due_at=due))
        await tx.nights.drop(2)

    await store.write(work)
    assert [n.id for n in await store.read(lambda tx: tx.nights.of(GUILD))] == [3, 1]
    await store.write(lambda tx: tx.nights.drop_all(GUILD))
    assert await store.read(lambda tx: tx.nights.of(GUILD)) == []
    assert len(await store.read(lambda tx: tx.nights.of(OTHER))) == 1


@pytest.mark.parametrize("stage", Stage)
async def test_a_night_is_ripe_or_an_errand_or_waits(store: Store, stage: Stage):
    on = stage not in {Stage.MISSED, Stage.CALLED_OFF}

    async def work(tx: Tx) -> tuple[list[int], list[int]]:
        await tx.nights.save(a_night(1, stage=stage, due_at=NOON, next_at=NOON))
        await tx.nights.save(a_night(2, stage=stage, due_at=NOON - HOUR, next_at=NOON - HOUR))
        await tx.nights.save(a_night(3, stage=stage, due_at=NOON + HOUR, next_at=NOON))
        await tx.nights.save(a_night(4, stage=stage, due_at=NOON - HOUR, next_at=NOON + HOUR))
        ripe, errands = await tx.nights.ripe(NOON, 9), await tx.nights.errands(NOON, 9)
        return [n.id for n in ripe], [n.id for n in errands]

    assert await store.write(work) == (([2, 1], [3]) if on else ([], [2, 1, 3]))
    assert len(await store.read(lambda tx: tx.nights.errands(NOON, 1))) == 1
    assert await store.read(lambda tx: tx.nights.next_at(NOON)) == NOON + HOUR
    assert await store.read(lambda tx: tx.nights.next_at(NOON + HOUR)) is None
