from datetime import timedelta

from bot.domain.aim import Aim
from bot.domain.question import Role, Seniority
from bot.domain.sharing import Sharing, Visibility
from bot.store.port import Store
from tests.store.samples import ANNA, BEN, MONDAY


async def test_an_aim_comes_back_as_it_was_saved(store: Store):
    assert await store.read(lambda tx: tx.aims.get(ANNA)) == Aim(ANNA)
    full = Aim(ANNA, Role.MLE, Seniority.SENIOR, MONDAY + timedelta(weeks=6))
    for aim in (Aim(ANNA, Role.MLE), full, Aim(ANNA, seniority=Seniority.MID), Aim(ANNA)):
        await store.write(lambda tx, aim=aim: tx.aims.save(aim))
        assert await store.read(lambda tx: tx.aims.get(ANNA)) == aim
    assert await store.read(lambda tx: tx.aims.get(BEN)) == Aim(BEN)


async def test_what_is_shared_comes_back_as_it_was_saved(store: Store):
    assert await store.read(lambda tx: tx.sharings.get(ANNA)) == Sharing(ANNA)
    for sharing in (
        Sharing(ANNA, Visibility.PROGRESS, on_boards=False),
        Sharing(ANNA, Visibility.EVERYTHING),
    ):
        await store.write(lambda tx, sharing=sharing: tx.sharings.save(sharing))
        assert await store.read(lambda tx: tx.sharings.get(ANNA)) == sharing
    assert await store.read(lambda tx: tx.sharings.get(BEN)) == Sharing(BEN)
