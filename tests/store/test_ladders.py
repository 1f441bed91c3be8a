from dataclasses import replace

import pytest

from bot.domain.probe import Ladder
from bot.store.port import Store
from tests.store.samples import BEN, a_ladder, a_rung

FULL = a_ladder(public=True, rungs=(a_rung("why"), a_rung("cost", reply="It costs\n“recall” 🙂.")))


@pytest.mark.parametrize("ladder", [FULL, a_ladder(guild_id=None, first=None)])
async def test_a_ladder_comes_back_as_it_was_added(store: Store, ladder: Ladder):
    assert await store.read(lambda tx: tx.ladders.get(1)) is None
    await store.write(lambda tx: tx.ladders.insert(ladder, None))
    assert await store.read(lambda tx: tx.ladders.get(1)) == ladder


async def test_a_ladder_is_begun_once(store: Store):
    await store.write(lambda tx: tx.ladders.insert(a_ladder(), 7))
    await store.write(lambda tx: tx.ladders.insert(a_ladder(user_id=BEN), 8))
    assert await store.read(lambda tx: tx.ladders.get(1)) == a_ladder()


async def test_a_ladder_is_found_by_the_answer_it_began_with(store: Store):
    await store.write(lambda tx: tx.ladders.insert(a_ladder(1), 7))
    await store.write(lambda tx: tx.ladders.insert(a_ladder(2), None))
    await store.write(lambda tx: tx.ladders.insert(a_ladder(3), None))
    assert await store.read(lambda tx: tx.ladders.on_attempt(7)) == a_ladder(1)
    assert await store.read(lambda tx: tx.ladders.on_attempt(8)) is None


async def test_save_stores_the_rungs(store: Store):
    await store.write(lambda tx: tx.ladders.insert(a_ladder(), 7))
    climbed = a_ladder().climbed(a_rung("why"))
    await store.write(lambda tx: tx.ladders.save(replace(climbed, public=True)))
    assert await store.read(lambda tx: tx.ladders.get(1)) == climbed
