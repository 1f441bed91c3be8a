"""What people may ask for: all we hold, nothing held any more, and groups that are gone."""

import json
from datetime import timedelta

from bot.domain.streak import Streak
from tests.services.world import ANNA, BEN, GUILD, MODERATOR, MONDAY, OTHER, World, at, days


async def test_everything_held_is_exported_and_nothing_of_others(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0)
    await world.answer(BEN, at(0, 13))
    held = await world.services.privacy.export(ANNA)
    assert json.loads(json.dumps(held)) == held
    assert str(BEN) not in json.dumps(held)
    full = {table for table, rows in held.items() if rows}
    assert {"attempt", "member", "period_score", "topic_stat", "card", "streak"} <= full
    assert {"ledger", "progress", "person"} <= full


async def test_who_is_forgotten_leaves_only_a_count(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0)
    attempt = (await world.answer(BEN, at(0, 13))).attempt
    await world.services.claims.claim(attempt.id, BEN, "cost", "I did.", at(0, 14))
    before = await world.services.privacy.export(ANNA)
    await world.services.privacy.forget(BEN)
    held = await world.services.privacy.export(BEN)
    assert {table: rows for table, rows in held.items() if rows} == {}
    post = await world.post(GUILD, MONDAY)
    assert (post.answered, post.score_sum) == (2, 1.25), "about nobody"
    assert await world.services.claims.open_in(GUILD) == []
    assert await world.services.privacy.export(ANNA) == before, "nobody else is touched"
    recap = await world.services.posting.recap(post, at(1, 9))
    assert recap is not None
    assert recap.mean == 0.625


async def test_who_was_forgotten_may_begin_anew(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0, 1)
    await world.services.privacy.forget(ANNA)
    await world.tick(at(2, 9))
    outcome = await world.pick(ANNA, at(2, 12))
    assert outcome.attempt.points == 50
    assert await world.streak(ANNA, at(2, 13)) == Streak(1, 1, 0, *days(2, 2))


async def test_a_moderator_who_is_forgotten_is_named_nowhere(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0)
    await world.tick(at(1, 9))
    await world.studied(ANNA, 2)
    repair = world.services.streaks.repair
    await repair(GUILD, ANNA, *days(1), "The server was down.", MODERATOR, at(2, 13))
    attempt = (await world.answer(ANNA, at(2, 14))).attempt
    await world.services.claims.claim(attempt.id, ANNA, "cost", "I did.", at(2, 14))
    decide = world.services.claims.decide
    await decide(GUILD, attempt.id, "cost", MODERATOR, at(2, 15), accept=True)
    held = json.dumps(await world.services.privacy.export(ANNA))
    assert str(MODERATOR) in held
    await world.services.privacy.forget(MODERATOR)
    held = json.dumps(await world.services.privacy.export(ANNA))
    assert str(MODERATOR) not in held
    assert (await world.streak(ANNA, at(2, 16))).length == 2, "what they did stays"


async def test_a_group_that_left_is_kept_for_thirty_days(world: World) -> None:
    setup, privacy = world.services.setup, world.services.privacy
    for guild_id in (GUILD, OTHER):
        await world.set_up(guild_id)
    await world.studied(ANNA, 0)
    await world.pick(ANNA, at(0, 13), guild_id=OTHER)
    await setup.left(GUILD, at(1, 0))
    assert await privacy.purge(at(31, 0)) == []
    assert await privacy.purge(at(31, 0) + timedelta(seconds=1)) == [GUILD]
    assert await privacy.purge(at(32, 0)) == []
    held = await privacy.export(ANNA)
    assert [row["guild_id"] for row in held["member"]] == [OTHER]
    assert sorted(str(row["guild_id"]) for row in held["attempt"]) == [str(OTHER), "None"]
    assert await world.states(0, 0, GUILD) == ["none"]
    assert await world.states(0, 0, OTHER) == ["sent"]
    assert (await world.streak(ANNA, at(0, 14), OTHER)).length == 1


async def test_a_group_that_came_back_in_time_is_not_purged(world: World) -> None:
    setup, privacy = world.services.setup, world.services.privacy
    await world.set_up()
    await setup.left(GUILD, at(1, 0))
    await setup.joined(GUILD, at(20, 0))
    assert await privacy.purge(at(60, 0)) == []
    assert (await setup.get(GUILD)).next_run_at == at(20, 9)
