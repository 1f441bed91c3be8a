from dataclasses import replace

from bot.domain.attempt import ClaimState
from bot.store.port import Store, Tx
from tests.store.samples import BEN, GUILD, HOUR, NOON, OTHER, a_claim, practice


async def put(store: Store, *attempts: int) -> None:
    for attempt_id in attempts:
        await store.write(lambda tx, i=attempt_id: tx.attempts.insert(practice(i)))


async def test_a_claim_is_made_once_and_decided(store: Store):
    await put(store, 1)
    claim = a_claim()
    assert await store.read(lambda tx: tx.claims.get(1, "cost")) is None
    assert await store.write(lambda tx: tx.claims.insert(claim)) is True
    again = replace(claim, reason="really")
    assert await store.write(lambda tx: tx.claims.insert(again)) is False
    assert await store.read(lambda tx: tx.claims.get(1, "cost")) == claim
    decided = replace(claim, state=ClaimState.REJECTED, decided_by=BEN, decided_at=NOON + HOUR)
    await store.write(lambda tx: tx.claims.save(decided))
    assert await store.read(lambda tx: tx.claims.get(1, "cost")) == decided


async def test_claims_of_an_attempt_and_open_ones_of_a_guild_come_oldest_first(store: Store):
    await put(store, 1, 2, 3)
    late = a_claim(1, "cost", at=NOON + HOUR)
    early = a_claim(1, "cause")
    second = a_claim(2, at=NOON + 2 * HOUR)
    done = a_claim(2, "cause", state=ClaimState.ACCEPTED)
    elsewhere = a_claim(3, guild_id=OTHER)
    alone = a_claim(3, "cause", guild_id=None)

    async def work(tx: Tx) -> None:
        for claim in (late, early, second, done, elsewhere, alone):
            assert await tx.claims.insert(claim)

    await store.write(work)
    assert await store.read(lambda tx: tx.claims.of_attempt(1)) == [early, late]
    assert await store.read(lambda tx: tx.claims.of_attempt(9)) == []
    assert await store.read(lambda tx: tx.claims.open_in(GUILD, 9)) == [early, late, second]
    assert await store.read(lambda tx: tx.claims.open_in(GUILD, 2)) == [early, late]
