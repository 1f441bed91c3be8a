"""What a quiz night survives: a lost event, channel, permission, answer or process."""

from typing import Any

import discord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.domain.night import Stage
from bot.domain.post import LEASE
from bot.settings import Settings
from tests.cogs.evening import changed, forgotten, nights_of, planned, restarted, stored
from tests.cogs.world import Group, buttons, said
from tests.conftest import WorldClock


async def test_without_an_event_the_night_goes_on(group: Group) -> None:
    group.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013)
    evening, _ = await planned(group)
    assert evening.events == []
    assert "Create Events" in said(await group.ada.slash(group.channel, "quiz nights"))
    await evening.at(19, 45)
    (reminder,) = evening.saying("Quiz night begins")
    assert buttons(reminder) == []
    await evening.at(20)
    assert "It is quiz night" in said(evening.message)


async def test_where_no_event_was_none_is_said_to_be_deleted(group: Group) -> None:
    group.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013)
    evening, _ = await planned(group)
    night = await stored(evening)
    off = await group.ada.slash(group.channel, "quiz cancel", night=str(night.id))
    assert "off the calendar." in said(off)


async def test_an_event_that_may_be_there_is_looked_for(group: Group) -> None:
    group.env.inject_error("POST", "/guilds/*/scheduled-events", status=503)
    evening, _ = await planned(group)
    assert evening.events == []
    await evening.settle()
    assert evening.events == [], "its request may still be on its way"
    await evening.settle(31)
    (event,) = evening.events
    await changed(evening, stage=Stage.ANNOUNCING, event_id=None, next_at=group.env.now())
    await evening.settle()
    assert [e.id for e in evening.events] == [event.id]
    assert (await stored(evening)).event_id == event.id


async def test_a_restart_between_claim_and_send_loses_and_doubles_nothing(
    group: Group, settings: Settings, clock: WorldClock
) -> None:
    evening, _ = await planned(group)
    night = await stored(evening)
    await group.until(19, 45)
    assert await evening.nights.nights.begin(night, group.env.now())
    evening = await restarted(group, settings, clock)
    await evening.settle()
    assert not evening.saying("Quiz night begins"), "it may be on its way"
    await evening.settle(31)
    assert len(evening.saying("Quiz night begins")) == 1
    reminded = await stored(evening)
    await changed(evening, stage=Stage.REMINDING, next_at=group.env.now())
    await evening.bot.close()
    evening = await restarted(group, settings, clock)
    await evening.settle()
    assert len(evening.saying("Quiz night begins")) == 1, "it was found"
    assert await stored(evening) == reminded
    await group.until(20)
    await evening.nights.nights.open_due(group.env.now())
    await evening.bot.close()
    evening = await restarted(group, settings, clock)
    await evening.settle()
    (lobby,) = evening.saying("It is quiz night")
    await forgotten(evening)
    await evening.bot.close()
    evening = await restarted(group, settings, clock)
    await evening.settle(120)
    assert [m.id for m in evening.saying("It is quiz night")] == [lobby.id], "found as well"
    assert "You are in" in said(await group.bob.click(lobby, label="Join"))
    await evening.bot.close()


async def test_what_was_said_of_a_missed_night_is_not_said_again(group: Group) -> None:
    evening, _ = await planned(group, weekly=True)
    await group.until(20, 31)
    before = await stored(evening)
    await evening.settle()
    await changed(evening, **{n: getattr(before, n) for n in ("day", "due_at", "remind_at")},
                  stage=Stage.MISSED, next_at=group.env.now())  # fmt: skip
    await evening.settle(31)
    assert len(evening.saying("did not begin")) == 1
    assert (await stored(evening)).due_at > before.due_at


async def test_cancel_finds_an_event_that_nobody_knew_had_come(group: Group) -> None:
    evening, _ = await planned(group)
    flight_ends = group.env.now() + LEASE
    await changed(evening, stage=Stage.ANNOUNCING, event_id=None, next_at=flight_ends)
    night = await stored(evening)
    await group.ada.slash(group.channel, "quiz cancel", night=str(night.id))
    await evening.settle()
    assert await nights_of(evening), "it may still be on its way, so nobody looks yet"
    await evening.settle(31)
    assert evening.events == []
    assert await nights_of(evening) == []


async def test_an_event_deleted_by_somebody_is_no_obstacle(group: Group) -> None:
    evening, _ = await planned(group)
    (event,) = evening.events
    group.env.backend.delete_scheduled_event(group.guild.id, event.id)
    await evening.at(19, 45)
    (reminder,) = evening.saying("Quiz night begins")
    assert buttons(reminder) == []
    await evening.at(20)
    assert "It is quiz night" in said(evening.message)


async def test_cancel_without_its_event_is_no_trouble(group: Group) -> None:
    evening, _ = await planned(group)
    (event,) = evening.events
    group.env.backend.delete_scheduled_event(group.guild.id, event.id)
    night = await stored(evening)
    await group.ada.slash(group.channel, "quiz cancel", night=str(night.id))
    await evening.settle()
    assert await nights_of(evening) == []


async def test_a_channel_that_is_gone_ends_its_nights_and_is_told(group: Group) -> None:
    evening, _ = await planned(group, weekly=True)
    group.env.backend.delete_channel(group.channel.id)
    await group.env.advance_time(1)
    await evening.nights.tick()
    await evening.nights.usher.landed()
    assert evening.events == []
    told = group.ada.user.dm_channel.last_message
    assert "channel of your quiz night is gone" in said(told)


async def test_a_channel_that_went_while_we_were_away(group: Group) -> None:
    evening, _ = await planned(group)
    evening.bot.remove_listener(evening.nights.on_guild_channel_delete, "on_guild_channel_delete")
    group.env.backend.delete_channel(group.channel.id)
    await group.until(19, 45)
    for _ in range(2):
        await evening.nights.tick()
        await evening.nights.usher.landed()
    assert evening.events == []
    assert "is gone" in said(group.ada.user.dm_channel.last_message)


async def test_where_we_may_not_write_the_owner_hears_of_it(group: Group) -> None:
    evening, _ = await planned(group)
    group.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await evening.at(19, 45)
    assert not evening.saying("Quiz night begins")
    assert "may not write" in said(group.ada.user.dm_channel.last_message)
    await evening.at(20)
    assert "It is quiz night" in said(evening.message)


async def test_a_server_that_removes_us_has_no_nights(group: Group) -> None:
    evening, _ = await planned(group)
    await evening.nights.on_guild_remove(group.bot.get_guild(group.guild.id))
    assert await nights_of(evening) == []


async def test_a_server_that_is_away_is_waited_for_and_one_that_is_gone_is_not(
    group: Group,
) -> None:
    evening, _ = await planned(group)
    guild: Any = group.bot.get_guild(group.guild.id)
    guild.unavailable = True
    await evening.at(19, 45)
    assert not evening.saying("Quiz night begins")
    assert len(await nights_of(evening)) == 1
    guild.unavailable = False
    await evening.settle(30)
    assert evening.saying("Quiz night begins")
    await changed(evening, stage=Stage.PLANNED, next_at=group.env.now())
    group.bot._connection._remove_guild(guild)
    await evening.settle()
    assert await nights_of(evening) == []


async def test_a_reminder_that_cannot_be_looked_for_is_not_sent_again(group: Group) -> None:
    evening, _ = await planned(group)
    await evening.at(19, 45)
    await changed(evening, stage=Stage.REMINDING, next_at=group.env.now())
    group.env.backend.set_overwrite(
        group.channel.id,
        Overwrite(
            target_id=group.guild.default_role.id,
            type=OverwriteType.ROLE,
            deny=discord.Permissions(read_message_history=True).value,
        ),
    )
    await group.env.advance_time(31)
    await evening.nights.tick()
    await evening.nights.usher.landed()
    assert len(evening.saying("Quiz night begins")) == 1
    assert (await stored(evening)).stage is Stage.REMINDED
