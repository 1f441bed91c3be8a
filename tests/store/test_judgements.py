"""What language models found, and how often they were asked."""

import asyncio

from bot.domain.judge import Finding, Judgement
from bot.domain.person import Guild
from bot.domain.verdict import State
from bot.store.port import Store, Tx
from tests.store.engines import Engine
from tests.store.samples import DAY, GUILD, MONDAY, NOON, OTHER

FOUND = Judgement(
    findings=(
        Finding(point_id="cost", state=State.COVERED, start=3, end=40),
        Finding(point_id="cause", state=State.CONTRADICTED, start=0, end=9, misconception=2),
    )
)
TUESDAY = MONDAY + DAY


async def save(store: Store, *key: str, judgement: Judgement = FOUND, day=MONDAY) -> None:
    await store.write(lambda tx: tx.judgements.save(*key, judgement, day))


async def get(store: Store, *key: str) -> Judgement | None:
    return await store.read(lambda tx: tx.judgements.get(*key))


async def spend(store: Store, guild_id: int | None = GUILD, day=MONDAY, most: int = 2) -> bool:
    return await store.write(lambda tx: tx.judgements.spend(guild_id, day, most))


async def test_a_judgement_is_kept_under_question_answer_and_judge(store: Store):
    assert await get(store, "q", "a", "j") is None
    await save(store, "q", "a", "j")
    assert await get(store, "q", "a", "j") == FOUND
    for other in (("Q", "a", "j"), ("q", "A", "j"), ("q", "a", "J")):
        assert await get(store, *other) is None


async def test_a_judgement_that_found_nothing_is_one(store: Store):
    await save(store, "q", "a", "j")
    await save(store, "q", "a", "j", judgement=Judgement())
    assert await get(store, "q", "a", "j") == Judgement()


async def test_a_budget_is_counted_for_each_guild_and_day(store: Store):
    assert [await spend(store) for _ in range(4)] == [True, True, False, False]
    assert await spend(store, most=3)
    assert await spend(store, OTHER)
    assert await spend(store, day=TUESDAY)
    assert [await spend(store, None) for _ in range(3)] == [True, True, False]
    assert not await spend(store, most=0, day=TUESDAY + DAY)


async def test_a_budget_is_never_overdrawn(store: Store):
    spent = await asyncio.gather(*(spend(store, most=5) for _ in range(20)))
    assert sum(spent) == 5


async def test_pruning_takes_what_is_older(store: Store):
    await save(store, "q", "old", "j")
    await save(store, "q", "new", "j", day=TUESDAY)
    await spend(store, most=1)
    await spend(store, most=1, day=TUESDAY)
    await store.write(lambda tx: tx.judgements.prune(TUESDAY))
    assert await get(store, "q", "old", "j") is None
    assert await get(store, "q", "new", "j") == FOUND
    assert await spend(store, most=1)
    assert not await spend(store, most=1, day=TUESDAY)


async def test_a_judgement_saved_again_is_as_young_as_that(store: Store):
    await save(store, "q", "a", "j")
    await save(store, "q", "a", "j", day=TUESDAY)
    await store.write(lambda tx: tx.judgements.prune(TUESDAY))
    assert await get(store, "q", "a", "j") == FOUND


async def test_a_guild_that_is_purged_takes_its_budget_along(store: Store):
    async def work(tx: Tx) -> None:
        await tx.guilds.save(Guild(GUILD, NOON))
        await tx.judgements.spend(GUILD, MONDAY, 1)
        await tx.judgements.spend(OTHER, MONDAY, 1)
        await tx.guilds.purge(GUILD)

    await store.write(work)
    assert await spend(store, most=1)
    assert not await spend(store, OTHER, most=1)


async def test_both_survive_a_restart(engine: Engine):
    for first in (True, False):
        store = engine.store()
        await store.open()
        if first:
            await save(store, "q", "a", "j")
        assert await get(store, "q", "a", "j") == FOUND
        assert await spend(store, most=1) is first
        await store.close()
