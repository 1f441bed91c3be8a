from bot.domain.rating import Rating
from bot.store.port import Store
from tests.store.engines import both
from tests.store.samples import ANNA, BEN, CLEO, GUILD, OTHER


async def test_everybody_begins_alike_and_a_rating_is_replaced(store: Store):
    assert await store.read(lambda tx: tx.ratings.get(GUILD, ANNA, "")) == Rating(GUILD, ANNA)
    for rating in (Rating(GUILD, ANNA, "", 30, 5, 1), Rating(GUILD, ANNA, "", 31, 4, 2)):
        await store.write(lambda tx, r=rating: tx.ratings.save(r))
    assert await store.read(lambda tx: tx.ratings.get(GUILD, ANNA, "")) == rating
    on_trees = Rating(GUILD, ANNA, "trees", 20, 6, 1)
    await store.write(lambda tx: tx.ratings.save(on_trees))
    assert await store.read(lambda tx: tx.ratings.of_person(GUILD, ANNA)) == [rating, on_trees]


async def test_the_strongest_come_first_and_everybody_has_a_place(store: Store):
    anna, ben, cleo = (
        Rating(GUILD, who, "", mu, 5, 1) for who, mu in ((ANNA, 20), (BEN, 30), (CLEO, 25))
    )
    elsewhere = Rating(OTHER, ANNA, "", 90, 5, 1)
    await store.write(both(*(lambda tx, r=r: tx.ratings.save(r)
                             for r in (anna, ben, cleo, elsewhere))))  # fmt: skip
    assert await store.read(lambda tx: tx.ratings.board(GUILD, "", 2)) == [ben, cleo]
    assert await store.read(lambda tx: tx.ratings.board(GUILD, "trees", 2)) == []
    assert [await store.read(lambda tx, r=r: tx.ratings.rank(r)) for r in (ben, anna)] == [1, 3]


async def test_challenges_can_be_unwelcome(store: Store):
    async def blocks(other: int) -> bool:
        return await store.read(lambda tx: tx.ratings.blocks(ANNA, other))

    assert not await blocks(BEN)
    for _ in range(2):
        await store.write(lambda tx: tx.ratings.set_block(ANNA, BEN, blocked=True))
    assert await blocks(BEN)
    assert not await blocks(CLEO)
    await store.write(lambda tx: tx.ratings.set_block(ANNA, 0, blocked=True))
    assert await blocks(CLEO)
    await store.write(lambda tx: tx.ratings.set_block(ANNA, 0, blocked=False))
    await store.write(lambda tx: tx.ratings.set_block(ANNA, BEN, blocked=False))
    assert not await blocks(BEN)
