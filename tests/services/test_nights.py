"""Quiz nights on a real store: one lobby for each, whatever is late, doubled or lost."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound, UnknownZone
from bot.domain.game import Ending, Game, Kind, Phase, Terms
from bot.domain.night import GRACE, Night, Stage, When
from bot.services.nights import MOST
from tests.services.world import ANNA, BEN, CHANNEL, GUILD, MODERATOR, OTHER, World, at

NOW = at(0, 12)
"""A Monday."""
TWO = Terms(rounds=2)
TUESDAY = When("Tuesday", "19:00", "Europe/Berlin")
WEEKLY = replace(TUESDAY, weekly=True)
DUE = at(1, 18)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


async def plan(world: World, when: When = TUESDAY, channel_id: int = CHANNEL) -> Night:
    press = world.press(ANNA, GUILD, NOW)
    return await world.services.nights.plan(press, channel_id, TWO, when)


async def only(world: World) -> Night:
    (night,) = await world.store.read(lambda tx: tx.nights.of(GUILD))
    return night


async def lobbies(world: World) -> list[Game]:
    """Every game there is, the first first."""
    rows = await world.store.read(lambda tx: tx.sql.all("SELECT id FROM game ORDER BY id"))  # type: ignore[attr-defined]
    found = [await world.store.read(lambda tx, i=row[0]: tx.games.get(i)) for row in rows]
    return [game for game in found if game]


async def walk(world: World, night: Night, event_id: int | None = 77) -> Night | None:
    """The next errand of a night, done without a fault."""
    nights = world.services.nights
    begun = await nights.begin(night, night.next_at)
    assert begun is not None
    if begun.stage is Stage.ANNOUNCING:
        return await nights.announced(begun, event_id)
    return await nights.reminded(begun)


async def test_a_night_is_planned_in_the_zone_of_the_group(world: World) -> None:
    with pytest.raises(Invalid, match="time zone"):
        await plan(world, When("Tuesday", "19:00"))
    night = await plan(world)
    assert (night.due_at, night.host_id, night.stage) == (DUE, ANNA, Stage.PLANNED)
    assert (await plan(world, When("Wednesday", "19:00"))).due_at == DUE + DAY, "as the one before"
    await world.set_up(zone_name="Asia/Tokyo")
    assert (await plan(world, When("Wednesday", "19:00"))).due_at == at(2, 10)
    assert [n.due_at for n in await world.services.nights.ahead(GUILD)] == [
        DUE, at(2, 10), DUE + DAY,
    ]  # fmt: skip
    with pytest.raises(UnknownZone):
        await plan(world, replace(TUESDAY, zone_name="Berlin/Europe"))


async def test_what_cannot_be_is_refused(world: World) -> None:
    nights = world.services.nights
    with pytest.raises(Invalid, match="only 3 such questions"):
        await nights.plan(world.press(ANNA, GUILD, NOW), CHANNEL, Terms(rounds=4), TUESDAY)
    await plan(world)
    with pytest.raises(AlreadyDone, match="at that time already"):
        await plan(world)
    await plan(world, TUESDAY, channel_id=32)
    for hour in range(MOST - 2):
        await plan(world, replace(TUESDAY, time=f"{hour}:00"))
    with pytest.raises(AlreadyDone, match="Call one off"):
        await plan(world, replace(TUESDAY, time="20:00"))


async def test_a_command_that_comes_twice_plans_one_night(world: World) -> None:
    press = world.press(ANNA, GUILD, NOW)
    nights = world.services.nights
    begun = await nights.begin(await nights.plan(press, CHANNEL, TWO, TUESDAY), NOW)
    assert await nights.plan(press, CHANNEL, TWO, TUESDAY) == begun == await only(world)


async def test_from_event_to_reminder_to_lobby(world: World) -> None:
    nights, night = world.services.nights, await plan(world)
    assert await nights.next_at(NOW - SECOND) == NOW
    assert await nights.errands(NOW) == [night]
    there = await walk(world, night)
    assert await nights.next_at(NOW) == DUE - 15 * MINUTE
    assert await nights.errands(DUE - 16 * MINUTE) == []
    assert await nights.errands(DUE - 15 * MINUTE) == [there]
    assert there is not None
    assert there.event_id == 77
    await walk(world, there)
    assert await nights.next_at(NOW) == DUE
    assert await nights.open_due(DUE - SECOND) is None
    (game_id,) = await nights.open_due(DUE) or []
    (game,) = await lobbies(world)
    assert (game.id, game.phase, game.host_id, game.terms) == (game_id, Phase.INVITED, ANNA, TWO)
    assert await nights.open_due(DUE) is None
    assert await nights.ahead(GUILD) == []


async def test_a_weekly_night_is_planned_again_once_it_has_begun(world: World) -> None:
    nights, night = world.services.nights, await plan(world, WEEKLY)
    await walk(world, night)
    await nights.open_due(DUE)
    after = await only(world)
    assert (after.due_at, after.stage, after.event_id) == (DUE + 7 * DAY, Stage.PLANNED, None)
    assert await nights.errands(DUE) == [after]


async def test_another_quiz_in_the_channel_goes_first(world: World) -> None:
    nights = world.services.nights
    await plan(world)
    start = world.press(BEN, GUILD, DUE - MINUTE)
    on = await world.services.quizzes.start(start, CHANNEL, TWO)
    assert await nights.open_due(DUE) == []
    assert await nights.open_due(DUE) is None, "it does not ask all the time"
    await world.services.rounds.stop(on.game.id, DUE + MINUTE)
    opened = await nights.open_due(DUE + 2 * MINUTE)
    assert opened
    assert len(opened) == 1


async def test_too_late_is_said_and_the_series_goes_on(world: World) -> None:
    nights = world.services.nights
    await plan(world, WEEKLY)
    late = DUE + GRACE + SECOND
    assert await nights.open_due(late) == []
    (missed,) = await nights.errands(late)
    assert (missed.stage, await nights.ahead(GUILD)) == (Stage.MISSED, [])
    begun = await nights.begin(missed, late)
    assert begun is not None
    assert await nights.errands(late + SECOND) == [], "its request has its time"
    assert await nights.told(begun, late) == await only(world)
    assert (await only(world)).due_at == DUE + 7 * DAY
    assert await lobbies(world) == []


async def test_a_night_is_called_off_by_its_host_or_a_moderator(world: World) -> None:
    nights, night = world.services.nights, await plan(world)
    ben = world.press(BEN, GUILD, NOW)
    with pytest.raises(NotAllowed):
        await nights.call_off(ben, str(night.id), manages=False)
    for wanted, press in (("x", ben), (str(night.id), world.press(ANNA, OTHER, NOW))):
        with pytest.raises(NotFound):
            await nights.call_off(press, wanted, manages=True)
    off = await nights.call_off(ben, str(night.id), manages=True)
    with pytest.raises(NotFound):
        await nights.call_off(world.press(ANNA, GUILD, NOW), str(night.id), manages=False)
    assert await nights.errands(NOW) == [off]
    assert await nights.open_due(DUE) is None
    with pytest.raises(AlreadyDone):
        await plan(world)  # its event may still be there, and would be taken for ours
    await nights.cleared(off)
    await plan(world)


async def test_what_has_changed_meanwhile_is_not_overwritten(world: World) -> None:
    nights, night = world.services.nights, await plan(world)
    begun = await nights.begin(night, NOW)
    assert begun is not None
    assert await nights.begin(night, NOW) is None, "somebody is at it"
    await nights.call_off(world.press(ANNA, GUILD, NOW), str(night.id), manages=False)
    assert await nights.announced(begun, 77) is None
    assert (await only(world)).stage is Stage.CALLED_OFF


async def test_a_lost_channel_takes_its_nights_along(world: World) -> None:
    nights = world.services.nights
    await plan(world)
    await plan(world, channel_id=32)
    assert len(await nights.lost_channel(GUILD, CHANNEL, NOW)) == 1
    assert [n.channel_id for n in await nights.ahead(GUILD)] == [32]
    (there,) = await nights.ahead(GUILD)
    assert (await nights.off(there, NOW) or there).stage is Stage.CALLED_OFF
    await nights.left(GUILD)
    assert await nights.errands(NOW) == []


async def test_an_event_that_somebody_deleted_does_not_stop_a_night(world: World) -> None:
    there = await walk(world, await plan(world))
    assert there is not None
    without = await world.services.nights.without_event(there)
    assert without is not None
    assert (without.event_id, without.stage) == (None, Stage.ANNOUNCED)


async def test_without_its_host_the_oldest_player_begins(world: World) -> None:
    quizzes = world.services.quizzes
    await plan(world)
    (game_id,) = await world.services.nights.open_due(DUE) or []
    for user_id in (MODERATOR, BEN):
        await quizzes.join(game_id, world.press(user_id, GUILD, DUE))
    with pytest.raises(NotAllowed, match="host"):
        await quizzes.begin(game_id, world.press(MODERATOR, GUILD, DUE))
    table = await quizzes.begin(game_id, world.press(BEN, GUILD, DUE))
    assert (table.game.host_id, table.game.phase) == (BEN, Phase.PAUSING)


async def test_a_lobby_begins_by_itself_under_whoever_is_there(world: World) -> None:
    quizzes = world.services.quizzes
    await plan(world)
    (game_id,) = await world.services.nights.open_due(DUE) or []
    await world.services.privacy.forget(ANNA)
    for user_id in (BEN, MODERATOR):
        await quizzes.join(game_id, world.press(user_id, GUILD, DUE))
    await world.services.rounds.due(DUE + 3 * MINUTE)
    game = (await world.services.rounds.table(game_id)).game
    assert (game.host_id, game.phase) == (BEN, Phase.PAUSING)


async def test_a_lobby_to_which_nobody_comes_ends(world: World) -> None:
    await plan(world)
    (game_id,) = await world.services.nights.open_due(DUE) or []
    await world.services.rounds.due(DUE + 3 * MINUTE)
    assert (await world.services.rounds.table(game_id)).game.ending is Ending.EXPIRED


class Discord:
    """What has reached Discord, however often we asked."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.events: list[datetime] = []
        self.reminders: list[datetime] = []

    async def errand(self, world: World, night: Night, now: datetime) -> None:
        """Do one errand as the usher does, but for a crash before the request or after it."""
        nights, crash = world.services.nights, self.chance.choice(["before", "after", "", ""])
        made = self.events if night.awaits_event else self.reminders
        there = night.due_at in made
        begun = await nights.begin(night, now)
        if begun is None or crash == "before":
            return
        if not there or night.stage in {Stage.PLANNED, Stage.ANNOUNCED}:
            made.append(night.due_at)
        if crash == "after":
            return
        if night.awaits_event:
            await nights.announced(begun, len(made))
        else:
            await nights.reminded(begun)


@pytest.mark.parametrize("seed", range(12))
async def test_one_lobby_one_event_and_one_reminder_whatever_ticks_and_crashes(
    world: World, seed: int
) -> None:
    chance = Random(seed)
    outside, now = Discord(chance), NOW
    await plan(world, WEEKLY)
    while now < NOW + 22 * DAY:
        world = World.over(world.store)  # nothing but rows is remembered
        await world.services.nights.open_due(now)
        for night in await world.services.nights.errands(now):
            await outside.errand(world, night, now)
        for game in await lobbies(world):
            if not game.is_over:
                await world.services.rounds.stop(game.id, now)
        due = await world.services.nights.next_at(now)
        late = chance.choice([0, 1, 31, 60])
        now = max(due or now, now + 30 * SECOND) + late * SECOND
    weeks = [DUE + week * 7 * DAY for week in range(3)]
    games = await lobbies(world)
    assert [g.kind for g in games] == [Kind.QUIZ] * 3
    assert all(timedelta(0) <= g.made_at - w <= GRACE for g, w in zip(games, weeks, strict=True))
    assert outside.reminders == weeks
    assert outside.events[:3] == weeks
    assert len(outside.events) in {3, 4}, "and that of the week to come"
