from dataclasses import replace

from bot.domain.person import Guild, Person
from bot.store.port import Store, Tx
from tests.store.samples import (
    ANNA,
    DAY,
    GUILD,
    HOUR,
    NOON,
    OTHER,
    WEEK,
    a_claim,
    a_ladder,
    a_night,
    a_post,
    a_report,
    a_schedule,
    a_suggestion,
    an_attempt,
    an_own,
)  # fmt: skip


async def test_a_guild_comes_back_as_it_was_saved(store: Store):
    guild = Guild(GUILD, joined_at=NOON, left_at=NOON + DAY, trouble="no permission")
    assert await store.read(lambda tx: tx.guilds.get(GUILD)) is None
    for version in (guild, replace(guild, left_at=None, trouble=None), guild):
        await store.write(lambda tx, version=version: tx.guilds.save(version))
        assert await store.read(lambda tx: tx.guilds.get(GUILD)) == version


async def test_left_before_names_those_gone_longer_than_that(store: Store):
    async def work(tx: Tx) -> list[int]:
        await tx.guilds.save(Guild(1, joined_at=NOON))
        await tx.guilds.save(Guild(2, joined_at=NOON, left_at=NOON + HOUR))
        await tx.guilds.save(Guild(3, joined_at=NOON, left_at=NOON))
        await tx.guilds.save(Guild(4, joined_at=NOON, left_at=NOON + 2 * HOUR))
        return await tx.guilds.left_before(NOON + 2 * HOUR)

    assert await store.write(work) == [3, 2]


async def test_a_purged_guild_is_gone_but_answers_stay_with_their_people(store: Store):
    mine, elsewhere = an_attempt(1), an_attempt(2, guild_id=OTHER, post_id="elsewhere")

    async def fill(tx: Tx) -> None:
        for guild_id in (GUILD, OTHER):
            await tx.guilds.save(Guild(guild_id, joined_at=NOON))
            await tx.schedules.save(a_schedule(guild_id))
            await tx.posts.insert(a_post(guild_id=guild_id))
            await tx.suggestions.save(a_suggestion(guild_id, guild_id=guild_id))
            await tx.owns.save(an_own(f"own-{guild_id}", guild_id))
            await tx.editors.add(guild_id, ANNA, NOON)
            await tx.nights.save(a_night(guild_id, guild_id=guild_id))
            await tx.reports.save(a_report(ANNA, f"own-{guild_id}", guild_id=guild_id))
        await tx.reports.save(a_report())
        await tx.persons.save(Person(ANNA, home_guild_id=GUILD))
        for attempt in (mine, elsewhere):
            await tx.attempts.insert(attempt)
            await tx.rollups.add(attempt, WEEK)
        await tx.claims.insert(a_claim(1))
        await tx.claims.insert(a_claim(2, guild_id=OTHER))
        await tx.ladders.insert(a_ladder(), 1)

    await store.write(fill)
    await store.write(lambda tx: tx.guilds.purge(GUILD))

    async def look(tx: Tx) -> None:
        assert await tx.guilds.get(GUILD) is None
        assert await tx.schedules.get(GUILD) is None
        assert await tx.posts.latest(GUILD) is None
        assert await tx.rollups.member(GUILD, ANNA) is None
        assert await tx.persons.get(ANNA) == Person(ANNA)
        assert await tx.attempts.get(1) == replace(mine, guild_id=None, post_id=None)
        claim = await tx.claims.get(1, "cost")
        assert claim == a_claim(1, guild_id=None)
        assert await tx.ladders.get(1) == a_ladder(guild_id=None)
        held = await tx.persons.export(ANNA)
        assert [row["guild_id"] for row in held["period_score"]] == [OTHER] * 4
        assert held["topic_stat"][0]["answered"] == 2
        assert await tx.suggestions.by(GUILD, ANNA, 9) == []
        assert await tx.owns.of(GUILD) == []
        assert await tx.editors.of(GUILD) == []
        assert await tx.nights.of(GUILD) == []
        assert await tx.reports.open_in(GUILD, 9) == []
        assert await tx.reports.open_in(None, 9) == [a_report()]
        # The other guild has lost nothing.
        assert await tx.suggestions.by(OTHER, ANNA, 9) == [a_suggestion(OTHER, guild_id=OTHER)]
        assert len(await tx.owns.of(OTHER)) == len(await tx.reports.open_in(OTHER, 9)) == 1
        assert await tx.editors.of(OTHER) == [ANNA]
        assert await tx.nights.of(OTHER) == [a_night(OTHER, guild_id=OTHER)]
        assert await tx.guilds.get(OTHER)
        assert await tx.schedules.get(OTHER)
        assert await tx.posts.latest(OTHER)
        assert await tx.attempts.get(2) == elsewhere
        assert await tx.claims.open_in(OTHER, 9) == [a_claim(2, guild_id=OTHER)]

    await store.read(look)
