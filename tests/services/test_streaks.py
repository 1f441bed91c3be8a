"""Streaks as people live them: outages, rest days, two groups, and life in other time zones."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import AlreadyDone, Invalid, NotFound, UnknownZone
from bot.domain.streak import Streak
from bot.services.streaks import studied
from bot.store.port import Tx
from tests.services.world import ANNA, BEN, GUILD, MODERATOR, MONDAY, OTHER, World, at, days

WORKING_DAYS = frozenset(range(5))


async def test_every_day_answered_is_one_more(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0, 1, 2)
    assert await world.streak(ANNA, at(2, 13)) == Streak(3, 3, 0, *days(2, 2))
    assert await world.ledger(ANNA) == [("counted", day, None) for day in days(0, 1, 2)]
    assert await world.streak(BEN, at(2, 13)) == Streak()


async def test_a_day_not_answered_ends_it_once_it_is_over(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0, 1)
    await world.tick(at(2, 9))
    assert (await world.streak(ANNA, at(3, 2, 59))).length == 2, "until 03:00 it is not over"
    assert (await world.streak(ANNA, at(3, 3))).length == 0
    assert (await world.ledger(ANNA))[-1] == ("ended", *days(2), None)
    await world.studied(ANNA, 3)
    assert await world.streak(ANNA, at(3, 13)) == Streak(1, 2, 0, *days(3, 3))


async def test_a_day_on_which_the_bot_failed_the_group_is_pardoned(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0, 1)
    await world.tick(at(2, 9), failing=(GUILD,))
    await world.studied(ANNA, 3)
    assert await world.ledger(ANNA) == [
        ("counted", *days(0), None),
        ("counted", *days(1), None),
        ("pardoned", *days(2), None),
        ("counted", *days(3), None),
    ]
    assert (await world.streak(ANNA, at(3, 13))).length == 3


async def test_an_outage_of_days_is_pardoned_in_one_line(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0)
    await world.tick(at(4, 10))
    await world.pick(ANNA, at(4, 12))
    assert await world.states(0, 4) == ["closed", "skipped", "skipped", "skipped", "sent"]
    assert await world.ledger(ANNA) == [
        ("counted", *days(0), None),
        ("pardoned", *days(1, 3)),
        ("counted", *days(4), None),
    ]
    assert (await world.streak(ANNA, at(4, 13))).length == 2


async def test_a_group_that_asks_on_working_days_rests_at_the_weekend(world: World) -> None:
    await world.set_up(weekdays=WORKING_DAYS)
    await world.studied(ANNA, 0, 1, 2, 3, 4)
    assert await world.tick(at(5, 9)) == []
    await world.studied(ANNA, 7)
    assert (await world.ledger(ANNA))[5:] == [
        ("rested", *days(5, 6)),
        ("counted", *days(7), None),
    ]
    assert (await world.streak(ANNA, at(7, 13))).length == 6


@pytest.mark.parametrize(
    ("minute", "lives_in"), [(60, "UTC"), (540, "America/Denver"), (540, "America/Los_Angeles")]
)
async def test_a_question_that_comes_by_night_asks_for_the_day_that_follows(
    world: World, minute: int, lives_in: str
) -> None:
    """At nine in Europe it is night in America, and Monday's question is not Sunday's."""
    zone_name = "UTC" if lives_in == "UTC" else "Europe/Berlin"
    await world.set_up(minute=minute, zone_name=zone_name, weekdays=WORKING_DAYS)
    await world.services.streaks.move(ANNA, GUILD, lives_in, at(0, 0))
    for day in (0, 1, 2, 3, 4, 7):
        await world.tick(at(day, minute // 60))
        await world.pick(ANNA, at(day, 20))
    assert (await world.ledger(ANNA))[5:] == [
        ("rested", *days(5, 6)),
        ("counted", *days(7), None),
    ]


async def test_while_a_group_pauses_its_members_rest(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, 0, 1)
    await world.services.setup.pause(GUILD, at(1, 20))
    assert await world.tick(at(9, 9)) == []
    await world.services.setup.resume(GUILD, at(9, 20))
    await world.studied(ANNA, 10)
    assert ("rested", *days(2, 9)) in await world.ledger(ANNA)
    assert (await world.streak(ANNA, at(10, 13))).length == 3


async def test_the_seventh_day_earns_a_freeze_and_a_missed_day_spends_it(world: World) -> None:
    await world.set_up()
    await world.studied(ANNA, *range(7))
    assert (await world.streak(ANNA, at(6, 13))).freezes == 1
    await world.tick(at(7, 9))
    await world.studied(ANNA, 8)
    assert (await world.ledger(ANNA))[-2:] == [
        ("frozen", *days(7), None),
        ("counted", *days(8), None),
    ]
    assert await world.streak(ANNA, at(8, 13)) == Streak(8, 8, 0, *days(8, 8))


async def test_two_groups_are_one_promise(world: World) -> None:
    await world.set_up(GUILD)
    await world.set_up(OTHER)
    await world.studied(ANNA, 0, guild_id=GUILD)
    await world.studied(ANNA, 1, guild_id=OTHER)
    await world.pick(ANNA, at(1, 13), guild_id=GUILD)
    assert (await world.streak(ANNA, at(1, 14))).length == 2, "two answers are still one day"
    assert await world.streak(ANNA, at(1, 14), OTHER) == await world.streak(ANNA, at(1, 14), GUILD)


async def test_who_is_asked_in_one_of_two_groups_has_no_day_of_rest(world: World) -> None:
    await world.set_up(GUILD, weekdays=frozenset({0}))
    await world.set_up(OTHER)
    await world.studied(ANNA, 0, guild_id=GUILD)
    await world.pick(ANNA, at(0, 13), guild_id=OTHER)
    await world.tick(at(1, 9))
    assert (await world.streak(ANNA, at(2, 12))).length == 0
    assert (await world.ledger(ANNA))[-1] == ("ended", *days(1), None)


async def test_a_group_that_one_never_answered_in_asks_nothing_of_one(world: World) -> None:
    await world.set_up(GUILD, weekdays=frozenset({0}))
    await world.set_up(OTHER)
    await world.studied(ANNA, 0, guild_id=GUILD)
    await world.tick(at(1, 9))
    assert (await world.streak(ANNA, at(2, 12))).length == 1
    assert (await world.ledger(ANNA))[-1] == ("rested", *days(1), None)


async def test_a_new_group_asks_nothing_of_the_days_before_one_came(world: World) -> None:
    await world.set_up(GUILD, weekdays=WORKING_DAYS)
    await world.set_up(OTHER)
    await world.studied(ANNA, 3, 4, guild_id=GUILD)
    for day in (5, 6, 7):
        await world.tick(at(day, 9))
    outcome = await world.pick(ANNA, at(7, 12), guild_id=OTHER)
    assert (await world.ledger(ANNA))[2:] == [("rested", *days(5, 6)), ("counted", *days(7), None)]
    assert outcome.streak.streak.length == 3
    await world.tick(at(8, 9))
    assert (await world.streak(ANNA, at(9, 12))).length == 0, "from now on it does"


async def test_the_failure_of_one_group_pardons_the_day_for_both(world: World) -> None:
    await world.set_up(GUILD)
    await world.set_up(OTHER)
    await world.studied(ANNA, 0, guild_id=GUILD)
    await world.pick(ANNA, at(0, 13), guild_id=OTHER)
    await world.tick(at(1, 9), failing=(OTHER,))
    assert (await world.streak(ANNA, at(2, 12))).length == 1
    assert (await world.ledger(ANNA))[-1] == ("pardoned", *days(1), None)


async def test_days_are_counted_in_ones_own_zone_once_it_is_set(world: World) -> None:
    """19:00 UTC is 04:00 of the next day in Tokyo, and still today for the rest of the group."""
    await world.set_up()
    assert await world.services.streaks.move(ANNA, GUILD, "asia/tokyo", at(0, 8)) == "Asia/Tokyo"
    await world.tick(at(0, 9))
    for user_id, day in ((ANNA, 1), (BEN, 0)):
        outcome = await world.pick(user_id, at(0, 19))
        assert [outcome.attempt.study_day] == days(day)
        assert await world.ledger(user_id) == [("counted", *days(day), None)]
    anna = await world.services.streaks.report(ANNA, GUILD, at(0, 19))
    assert ([anna.today], anna.zone_name, anna.own_zone) == (days(1), "Asia/Tokyo", True)
    ben = await world.services.streaks.report(BEN, GUILD, at(0, 19))
    assert ([ben.today], ben.zone_name, ben.own_zone) == (days(0), "UTC", False)


async def test_without_a_zone_of_ones_own_the_first_groups_zone_stays(world: World) -> None:
    await world.set_up(GUILD, zone_name="Asia/Tokyo", minute=18 * 60)
    await world.set_up(OTHER)
    await world.studied(ANNA, 0, guild_id=GUILD)
    report = await world.services.streaks.report(ANNA, OTHER, at(0, 19))
    assert (report.zone_name, report.own_zone) == ("Asia/Tokyo", False)
    stranger = await world.services.streaks.report(BEN, None, at(0, 19))
    assert (stranger.zone_name, stranger.entries) == ("UTC", ())


@pytest.mark.parametrize(
    ("before", "kind", "length"),
    [(None, "pardoned", 3), (timedelta(days=6), "ended", 1), (timedelta(days=7), "pardoned", 3)],
)
async def test_a_date_skipped_on_a_flight_is_pardoned_once_in_seven_days(
    world: World, before: timedelta | None, kind: str, length: int
) -> None:
    """At 15:00 UTC on Tuesday that day begins in Honolulu, and Wednesday's begins in Auckland."""
    move = world.services.streaks.move
    await world.set_up(now=at(-1, 0))
    flight = at(1, 15)
    if before:
        await move(ANNA, GUILD, "Pacific/Honolulu", flight - timedelta(days=10))
        await move(ANNA, GUILD, "Pacific/Auckland", flight - before)
    await move(ANNA, GUILD, "Pacific/Honolulu", at(-1, 8))
    for day in (-1, 0):
        await world.tick(at(day, 9))
        await world.pick(ANNA, at(day, 20))
    await world.tick(at(1, 9))
    await move(ANNA, GUILD, "Pacific/Auckland", flight)
    await world.pick(ANNA, at(1, 16))
    assert await world.ledger(ANNA) == [
        ("counted", *days(-1), None),
        ("counted", *days(0), None),
        (kind, *days(1), None),
        ("counted", *days(2), None),
    ]
    assert (await world.streak(ANNA, at(1, 17))).length == length


async def test_a_flight_west_counts_no_day_twice(world: World) -> None:
    await world.set_up()
    await world.services.streaks.move(ANNA, GUILD, "Pacific/Auckland", at(0, 8))
    await world.tick(at(0, 9))
    await world.pick(ANNA, at(0, 17))
    await world.services.streaks.move(ANNA, GUILD, "Pacific/Honolulu", at(0, 18))
    await world.tick(at(1, 9))
    await world.pick(ANNA, at(1, 20))
    assert await world.ledger(ANNA) == [("counted", *days(1), None)]
    assert (await world.streak(ANNA, at(1, 21))).length == 1


async def test_a_move_takes_back_no_day_that_was_missed_before_it(world: World) -> None:
    """In Honolulu Tuesday's question came on Monday, on which Anna had answered."""
    await world.set_up(weekdays=frozenset({0, 1}))
    await world.studied(ANNA, 0)
    await world.tick(at(1, 9))
    await world.services.streaks.move(ANNA, GUILD, "Pacific/Honolulu", at(2, 12))
    assert (await world.streak(ANNA, at(3, 12))).length == 0
    assert (await world.ledger(ANNA))[-1] == ("ended", *days(1), None)


async def test_a_zone_that_is_none_changes_nothing(world: World) -> None:
    with pytest.raises(UnknownZone, match="Europe/Berlin"):
        await world.services.streaks.move(ANNA, GUILD, "Europe/Berln", at(0, 8))
    assert (await world.services.streaks.report(ANNA, GUILD, at(0, 8))).zone_name == "UTC"


async def test_five_other_questions_make_a_study_day(world: World) -> None:
    """Answers to a closed question are practice; the fifth of a day makes it count."""
    await world.set_up()
    await world.studied(ANNA, 0)
    await world.tick(at(1, 9))
    lengths = []
    for minute in range(6):
        outcome = await world.pick(ANNA, at(1, 10, minute), day=0)
        assert (outcome.attempt.scored, outcome.attempt.points) == (False, 0)
        lengths.append(outcome.streak.streak.length)
    assert lengths == [1, 1, 1, 1, 2, 2]


async def test_questions_of_two_days_do_not_add_up(world: World) -> None:
    await world.set_up()

    async def practised(day: int, questions: int) -> int:
        async def work(tx: Tx) -> int:
            person = await tx.persons.get(ANNA)
            assert person is not None
            tz = (await tx.schedules.get(GUILD)).tz  # type: ignore[union-attr]
            for _ in range(questions):
                change = await studied(tx, person, tz, at(day, 12), post=False)
            return change.streak.length

        return await world.store.write(work)

    await world.streak(ANNA, at(0, 0))
    assert await practised(0, 4) == 0
    assert await practised(1, 4) == 0
    assert await practised(1, 1) == 1


REASON = "The server was down."


async def lost_on_tuesday(world: World) -> date:
    """Monday, Wednesday and Thursday; Tuesday was asked and missed."""
    await world.set_up()
    await world.studied(ANNA, 0)
    await world.tick(at(1, 9))
    await world.studied(ANNA, 2, 3)
    assert (await world.streak(ANNA, at(3, 13))).length == 2
    return MONDAY + timedelta(days=1)


async def test_a_moderator_gives_back_what_a_day_had_cost(world: World) -> None:
    tuesday = await lost_on_tuesday(world)
    repair = world.services.streaks.repair
    mended = await repair(GUILD, ANNA, tuesday, REASON, MODERATOR, at(3, 14))
    assert (mended.length, mended.best) == (3, 3)
    assert await world.streak(ANNA, at(3, 15)) == mended
    report = await world.services.streaks.report(ANNA, GUILD, at(3, 15))
    last = report.entries[-1]
    assert (last.kind, last.day, last.detail, last.by) == ("repaired", tuesday, REASON, MODERATOR)
    with pytest.raises(AlreadyDone):
        await repair(GUILD, ANNA, tuesday, REASON, MODERATOR, at(3, 15))
    await world.studied(ANNA, 4)
    assert (await world.streak(ANNA, at(4, 13))).length == 4


async def test_a_day_that_cost_nothing_or_is_not_over_cannot_be_repaired(world: World) -> None:
    await lost_on_tuesday(world)
    repair = world.services.streaks.repair
    with pytest.raises(AlreadyDone):
        await repair(GUILD, ANNA, *days(2), REASON, MODERATOR, at(3, 14))
    with pytest.raises(Invalid, match="not over"):
        await repair(GUILD, ANNA, *days(3), REASON, MODERATOR, at(3, 14))
    with pytest.raises(NotFound, match="not answered"):
        await repair(OTHER, ANNA, *days(1), REASON, MODERATOR, at(3, 14))
    assert (await world.streak(ANNA, at(3, 15))).length == 2


async def test_what_a_repair_says_is_what_the_person_then_sees(world: World) -> None:
    """A gap of several days takes a repair for each; after the first there is nothing yet."""
    await world.set_up()
    await world.studied(ANNA, 0, 1)
    for day in (2, 3, 4):
        await world.tick(at(day, 9))
    for day, length in ((2, 0), (3, 2)):
        now = at(4, 14, day)
        mended = await world.services.streaks.repair(
            GUILD, ANNA, *days(day), REASON, MODERATOR, now
        )
        assert mended.length == length
        assert await world.streak(ANNA, now) == mended
