"""What moderators decide, and what becomes of it when it changes on the day itself."""

import pytest

from bot.domain.bank import Selection
from bot.domain.errors import Invalid, NotFound
from bot.domain.question import Difficulty, Topic
from tests.services.world import ANNA, CHANNEL, GUILD, OTHER, World, at, days


async def test_the_first_question_comes_at_the_next_time(world: World) -> None:
    early = await world.set_up(GUILD, now=at(0, 8))
    late = await world.set_up(OTHER, now=at(0, 9))
    assert (early.next_run_at, late.next_run_at) == (at(0, 9), at(1, 9))
    assert await world.services.setup.scheduled() == [GUILD, OTHER]


@pytest.mark.parametrize(("minute", "runs"), [(18 * 60, at(0, 18)), (7 * 60, at(1, 7))])
async def test_a_change_before_todays_question_moves_it(
    world: World, minute: int, runs: object
) -> None:
    await world.set_up(now=at(-1, 10))
    changed = await world.set_up(now=at(0, 8), minute=minute)
    assert changed.next_run_at == runs


async def test_a_change_after_todays_question_asks_no_second_one(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    changed = await world.set_up(now=at(0, 10), minute=18 * 60)
    assert ([changed.next_day], changed.next_run_at) == (days(1), at(1, 18))
    assert await world.tick(at(0, 18)) == []
    assert [post.day for post in await world.tick(at(1, 18))] == days(1)


async def test_nor_does_a_zone_in_which_it_is_still_the_same_date(world: World) -> None:
    await world.set_up(zone_name="Asia/Tokyo", minute=60, now=at(0, 12))
    (post,) = await world.tick(at(0, 16))
    assert [post.day] == days(1), "01:00 of Tuesday in Tokyo"
    changed = await world.set_up(zone_name="America/New_York", minute=13 * 60, now=at(0, 17))
    assert [changed.next_day] == days(2), "Monday and Tuesday have gone by for this group"


async def test_what_no_question_fits_is_refused_and_changes_nothing(world: World) -> None:
    saved = await world.set_up()
    with pytest.raises(Invalid, match="No question fits"):
        await world.set_up(topics=frozenset({Topic.LLM}))
    with pytest.raises(Invalid, match="at least one day"):
        await world.set_up(weekdays=frozenset())
    assert await world.services.setup.get(GUILD) == saved
    assert await world.services.setup.fitting(saved) == 3


async def test_while_paused_nothing_comes_and_a_new_set_up_does_not_wake_it(world: World) -> None:
    setup = world.services.setup
    await world.set_up()
    paused = await setup.pause(GUILD, at(0, 8))
    assert (paused.paused, paused.next_run_at) == (True, None)
    assert (await world.set_up(now=at(0, 8), minute=600)).next_run_at is None
    assert await world.tick(at(3, 9)) == []
    assert await setup.scheduled() == []
    resumed = await setup.resume(GUILD, at(3, 9))
    assert (resumed.paused, resumed.minute, resumed.next_run_at) == (False, 600, at(3, 10))


async def test_pausing_and_resuming_asks_no_second_question(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await world.services.setup.pause(GUILD, at(0, 10))
    await world.set_up(minute=18 * 60, now=at(0, 11))
    assert (await world.services.setup.resume(GUILD, at(0, 12))).next_run_at == at(1, 18)


async def test_where_nothing_is_set_up_there_is_nothing_to_change(world: World) -> None:
    setup = world.services.setup
    for change in (setup.pause(GUILD, at(0, 0)), setup.resume(GUILD, at(0, 0)), setup.get(GUILD)):
        with pytest.raises(NotFound, match="Nothing is set up"):
            await change


async def test_a_group_that_removed_the_bot_is_asked_nothing_until_it_is_back(
    world: World,
) -> None:
    setup = world.services.setup
    await setup.joined(GUILD, at(0, 0))
    await world.set_up()
    await world.studied(ANNA, 0)
    await setup.left(GUILD, at(1, 8))
    assert await setup.scheduled() == []
    assert await world.tick(at(1, 9)) == []
    await setup.joined(GUILD, at(3, 8))
    assert await world.states(1, 3) == ["none"] * 3, "nobody was failed while we were away"
    await world.studied(ANNA, 3)
    assert (await world.ledger(ANNA))[1] == ("rested", *days(1, 2))
    assert (await world.streak(ANNA, at(3, 13))).length == 2


async def test_news_of_a_group_that_never_left_loses_nothing_that_is_due(world: World) -> None:
    """Discord tells of every group at every start."""
    await world.services.setup.joined(GUILD, at(0, 0))
    await world.set_up()
    await world.services.setup.joined(GUILD, at(0, 9, 30))
    assert [post.day for post in await world.tick(at(0, 9, 30))] == days(0)


async def test_a_paused_group_that_comes_back_is_still_paused(world: World) -> None:
    setup = world.services.setup
    await world.set_up()
    await setup.pause(GUILD, at(0, 0))
    await setup.left(GUILD, at(0, 1))
    await setup.joined(GUILD, at(0, 2))
    schedule = await setup.get(GUILD)
    assert (schedule.paused, schedule.next_run_at) == (True, None)


async def test_everything_of_a_set_up_is_kept(world: World) -> None:
    chosen = {"role_id": 5, "thread": True, "pin": True, "report_channel_id": 6}
    await world.set_up(**chosen, weekdays=frozenset({0, 6}), minute=75, zone_name="Asia/Tokyo")
    kept = await world.services.setup.get(GUILD)
    assert {name: getattr(kept, name) for name in chosen} == chosen
    assert (kept.weekdays, kept.minute, kept.zone_name) == ({0, 6}, 75, "Asia/Tokyo")
    assert (kept.channel_id, kept.next_run_at) == (CHANNEL, at(5, 16, 15))


async def test_what_is_left_out_stays_as_it_was(world: World) -> None:
    await world.set_up(role_id=5, thread=True, weekly=True, weekdays=frozenset({0}))
    await world.set_up(difficulties=frozenset({Difficulty.MEDIUM}))
    changed = await world.set_up(minute=600, thread=False, pin=True)
    assert (changed.minute, changed.role_id, changed.thread, changed.pin) == (600, 5, False, True)
    assert (changed.weekly, changed.weekdays) == (True, {0})
    assert changed.selection == Selection(difficulties=frozenset({Difficulty.MEDIUM}))
    widened = await world.set_up(difficulties=frozenset(), report_channel_id=6)
    assert (widened.selection, widened.report_channel_id) == (Selection(), 6)
    assert (await world.services.setup.quieten(GUILD, at(0, 1))).role_id is None
    assert (await world.services.setup.report_to_owner(GUILD, at(0, 1))).report_channel_id is None


async def test_a_group_that_never_set_anything_up_may_come_and_go(world: World) -> None:
    setup = world.services.setup
    await setup.joined(GUILD, at(0, 0))
    await setup.left(GUILD, at(0, 1))
    await setup.joined(GUILD, at(0, 2))
    assert (await setup.scheduled(), await setup.trouble(GUILD)) == ([], None)
    assert await world.services.posting.schedule(GUILD) is None
