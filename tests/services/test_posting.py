"""The question of the day between due and done: outages, early posts, second tries."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import AlreadyDone, NotFound
from bot.domain.post import LEASE, PostState
from bot.services.posting import Posting
from bot.store.sqlite import SqliteStore
from tests.services.world import ANNA, BANK, BEN, GUILD, MODERATOR, OTHER, WRONG, World, at, days

SECOND = timedelta(seconds=1)


async def restored(folder: Path) -> World:
    """The same group on a database that knows nothing of the last days."""
    store = SqliteStore(folder / "restored.db", now=at(0, 0))
    await store.open()
    return World.over(store)


async def test_what_is_due_is_claimed_once_however_often_the_alarm_rings(world: World) -> None:
    posting = world.services.posting
    await world.set_up()
    assert await posting.claim_due(at(0, 9) - SECOND) == 0
    assert await posting.claim_due(at(0, 9)) == 1
    assert await posting.claim_due(at(0, 9)) == 0
    assert await world.states(-1, 1) == ["none", "claimed", "none"]
    assert await posting.next_run_at(at(0, 9)) == at(1, 9)


async def test_every_group_gets_its_post_and_a_batch_is_a_batch(world: World) -> None:
    posting = world.services.posting
    await world.set_up(GUILD)
    await world.set_up(OTHER, minute=541)
    assert await posting.claim_due(at(0, 10), most=1) == 1
    assert await world.states(0, 0, OTHER) == ["none"], "the longest overdue comes first"
    assert await posting.claim_due(at(0, 10), most=1) == 1
    assert await world.states(0, 0, OTHER) == ["claimed"]
    assert {p.guild_id for p in await posting.unfinished(at(0, 10))} == {GUILD, OTHER}


async def test_after_an_outage_what_is_too_late_is_written_down_and_today_still_comes(
    world: World,
) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    arrived = await world.tick(at(4, 12))
    assert [post.day for post in arrived] == days(4)
    assert await world.states(0, 5) == ["closed", *["skipped"] * 3, "sent", "none"]
    skipped = await world.post(GUILD, *days(2))
    assert (skipped.trouble, skipped.question_id) == ("I was not running when it was due.", "")
    assert skipped.due_at == at(2, 9)
    schedule = await world.services.setup.get(GUILD)
    assert ([schedule.next_day], schedule.next_run_at) == (days(5), at(5, 9))


async def test_three_hours_after_its_time_todays_question_is_skipped_as_well(world: World) -> None:
    await world.set_up()
    assert await world.tick(at(1, 12) + SECOND) == []
    assert await world.states(0, 2) == ["skipped", "skipped", "none"]
    schedule = await world.services.setup.get(GUILD)
    assert ([schedule.next_day], schedule.next_run_at) == (days(2), at(2, 9))


async def test_after_the_longest_outage_todays_question_comes_and_the_last_days_are_known(
    world: World,
) -> None:
    await world.set_up()
    await world.studied(ANNA, 0)
    arrived = await world.tick(at(100, 10))
    assert [post.day for post in arrived] == days(100)
    written = await world.states(1, 101)
    assert written == [*["none"] * 40, *["skipped"] * 59, "sent", "none"]
    await world.pick(ANNA, at(100, 12))
    assert (await world.ledger(ANNA))[1:] == [
        ("rested", *days(1, 40)),
        ("pardoned", *days(41, 99)),
        ("counted", *days(100), None),
    ]


async def test_questions_that_were_never_seen_are_not_used_up(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9), failing=(GUILD,))
    seen = [(await world.tick(at(day, 9)))[0].question_id for day in range(1, 4)]
    assert sorted(seen) == sorted(BANK.by_id)


async def test_a_restored_backup_asks_the_same_question_again(world: World, tmp_path: Path) -> None:
    await world.set_up()
    (post,) = await world.tick(at(0, 9))
    later = await restored(tmp_path)
    await later.set_up()
    (again,) = await later.tick(at(0, 11))
    await later.store.close()
    assert (again.id, again.question_id) == (post.id, post.question_id)


async def test_where_nothing_is_set_up_nothing_can_be_posted(world: World) -> None:
    with pytest.raises(NotFound, match="Nothing is set up"):
        await world.services.posting.claim_now(GUILD, at(0, 8))


async def test_a_post_ahead_of_its_time_takes_the_place_of_todays(world: World) -> None:
    posting = world.services.posting
    await world.set_up()
    post = await posting.claim_now(GUILD, at(0, 8))
    assert (post.state, post.due_at, [post.day]) == (PostState.CLAIMED, at(0, 8), days(0))
    with pytest.raises(AlreadyDone, match="out already"):
        await posting.claim_now(GUILD, at(0, 8))
    assert await posting.claim_due(at(0, 9)) == 0
    assert (await world.services.setup.get(GUILD)).next_run_at == at(1, 9)


async def test_after_a_move_west_the_question_of_the_date_ahead_is_todays(world: World) -> None:
    posting = world.services.posting
    await world.set_up(zone_name="Asia/Tokyo", now=at(0, 16))  # there it is Tuesday already
    await posting.claim_now(GUILD, at(0, 16))
    (post,) = await world.tick(at(0, 16))
    await world.set_up(zone_name="America/Los_Angeles", now=at(0, 17))
    with pytest.raises(AlreadyDone, match="out already"):
        await posting.claim_now(GUILD, at(0, 18))
    await world.tick(at(2, 17))
    assert await world.states(0, 2) == ["none", "closed", "sent"]
    assert (await world.post(GUILD, post.day)).question_id == post.question_id


async def test_it_may_come_on_a_day_without_a_question_or_while_paused(world: World) -> None:
    await world.set_up(weekdays=frozenset({1, 2}))
    await world.services.setup.pause(GUILD, at(0, 0))
    assert [(await world.services.posting.claim_now(GUILD, at(0, 8))).day] == days(0)
    schedule = await world.services.setup.get(GUILD)
    assert (schedule.paused, schedule.next_run_at) == (True, None)


@pytest.mark.parametrize("state", [PostState.FAILED, PostState.SKIPPED])
async def test_a_post_that_came_to_nothing_is_put_on_its_way_once_more(
    world: World, state: PostState
) -> None:
    posting = world.services.posting
    await world.set_up()
    await posting.claim_due(at(0, 9))
    (claimed,) = await posting.unfinished(at(0, 9))
    leaving = await posting.begin(claimed, at(0, 9))
    assert leaving is not None
    await posting.give_up(leaving, state, "I may not post there.", at(0, 9))
    again = await posting.claim_now(GUILD, at(0, 11))
    assert (again.id, again.state, again.trouble) == (claimed.id, PostState.CLAIMED, None)
    assert (again.tries, again.sending_at, again.due_at) == (0, None, at(0, 11))
    assert again.question_id == claimed.question_id
    await world.tick(at(0, 11))
    await world.pick(ANNA, at(0, 12))
    assert await world.states(0, 1) == ["sent", "none"]
    with pytest.raises(AlreadyDone):
        await posting.claim_now(GUILD, at(0, 13))


async def test_where_no_question_fits_the_day_is_written_down_as_failed(world: World) -> None:
    """A bank may shrink after a set-up has been saved."""
    await world.set_up()
    shrunk = Posting(world.store, type(BANK).of(()))
    with pytest.raises(NotFound, match="No question fits"):
        await shrunk.claim_now(GUILD, at(0, 8))
    assert await world.states(0, 0) == ["none"], "what a moderator tried leaves no trace"
    await shrunk.claim_due(at(0, 9))
    assert await world.states(0, 0) == ["failed"]
    assert (await world.services.posting.claim_now(GUILD, at(0, 10))).trouble is None


async def test_only_one_of_two_couriers_sends_a_post(world: World) -> None:
    posting = world.services.posting
    await world.set_up()
    await posting.claim_due(at(0, 9))
    (post,) = await posting.unfinished(at(0, 9))
    assert await posting.begin(post, at(0, 9)) is not None
    assert await posting.begin(post, at(0, 9)) is None
    assert await posting.unfinished(at(0, 9) + LEASE - SECOND) == []
    (doubtful,) = await posting.unfinished(at(0, 9) + LEASE)
    assert (doubtful.state, doubtful.tries) == (PostState.SENDING, 1)
    assert await posting.next_run_at(at(0, 9)) == at(0, 9) + LEASE


async def test_a_message_that_arrived_closes_the_one_before(world: World) -> None:
    await world.set_up()
    (first,) = await world.tick(at(0, 9))
    (second,) = await world.tick(at(1, 9))
    assert await world.states(0, 1) == ["closed", "sent"]
    closed = await world.post(GUILD, first.day)
    assert closed.closed_at == at(1, 9)
    assert await world.services.posting.previous(second) == closed


async def test_trouble_is_news_once_and_again_when_it_changes(world: World) -> None:
    posting, setup = world.services.posting, world.services.setup
    await world.set_up()
    (post,) = await world.tick(at(0, 9))

    async def news(trouble: str | None) -> bool:
        return await posting.finish(post, thread_id=None, trouble=trouble, now=at(0, 9))

    told = [await news(t) for t in (None, "no thread", "no thread", "no pin", None, "no pin")]
    assert told == [False, True, False, True, False, True]
    assert await setup.trouble(GUILD) == "no pin"


async def test_the_recap_names_the_mean_and_who_has_been_at_it_longest(world: World) -> None:
    await world.set_up()
    for day in range(3):
        await world.studied(ANNA, day)
        if day:
            await world.pick(BEN, at(day, 13), picked=WRONG)
    await world.pick(MODERATOR, at(2, 13))
    recap = await world.services.posting.recap(await world.post(GUILD, *days(2)), at(3, 9))
    assert recap is not None
    assert (recap.post.answered, recap.mean) == (3, pytest.approx(2 / 3))
    assert recap.longest == ((ANNA, 3), (BEN, 2)), "one day is no streak yet"


async def test_a_streak_that_ended_meanwhile_is_not_in_the_recap(world: World) -> None:
    await world.set_up()
    for day in range(3):
        await world.studied(ANNA, day)
    await world.pick(BEN, at(2, 13))
    for day in (3, 4):
        await world.tick(at(day, 9))
    recap = await world.services.posting.recap(await world.post(GUILD, *days(3)), at(5, 9))
    assert recap is not None
    assert (recap.post.answered, recap.mean, recap.longest) == (0, 0.0, ())


async def test_a_recap_of_a_retired_question_is_none(world: World) -> None:
    await world.set_up()
    (post,) = await world.tick(at(0, 9))
    shrunk = Posting(world.store, type(BANK).of(()))
    assert await shrunk.recap(post, at(1, 9)) is None
    with pytest.raises(NotFound, match="retired"):
        await shrunk.question(post)
    assert (await world.services.posting.question(post)).id == post.question_id


async def test_a_post_found_after_a_later_one_went_out_is_closed_and_closes_nothing(
    world: World,
) -> None:
    """Its request was in doubt for a day; the group has long been asked the next question."""
    posting = world.services.posting
    await world.set_up()
    await posting.claim_due(at(0, 9))
    (first,) = await posting.unfinished(at(0, 9))
    leaving = await posting.begin(first, at(0, 9))
    assert leaving is not None
    await posting.claim_due(at(1, 9))
    second = next(p for p in await posting.unfinished(at(1, 9)) if p.day > first.day)
    await posting.confirm(second, 2, at(1, 9))
    found = await posting.confirm(leaving, 1, at(0, 9))
    assert (found.state, found.closed_at, found.finished) == (PostState.CLOSED, at(1, 9), True)
    assert await world.states(0, 1) == ["closed", "sent"]
    assert (await world.services.answering.today(ANNA, GUILD)).post.day == second.day
