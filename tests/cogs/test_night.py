"""Quiz nights on the real discord.py: from the calendar to the first question."""

from dataclasses import replace
from typing import Any

import discord
import simcord

from bot.app import build
from bot.client import StudyBot
from bot.domain.night import Stage
from bot.settings import Settings
from tests.cogs.conftest import Unpaced
from tests.cogs.hall import Hall, chen_of
from tests.cogs.world import Group, buttons, said
from tests.conftest import WorldClock

TONIGHT = {"day": "today", "time": "20:00", "timezone": "UTC", "rounds": 2}


class Evening(Hall):
    """A channel in which a quiz night is planned."""

    def __init__(self, group: Group, bot: StudyBot | None = None) -> None:
        super().__init__(group)
        self.bot = bot or group.bot
        self.games = self.bot.get_cog("Games")
        self.nights: Any = self.bot.get_cog("Nights")

    async def settle(self, seconds: float = 0) -> None:
        if seconds:
            await self.group.env.advance_time(seconds)
        await self.nights.tick()
        await self.nights.usher.landed()
        await super().settle()

    async def at(self, hour: int, minute: int = 0) -> None:
        """Let time go by to that hour, then do what is due."""
        await self.group.until(hour, minute)
        await self.settle()

    @property
    def events(self) -> list[Any]:
        guild = self.group.env.backend.get_guild(self.group.guild.id)
        return list(guild.scheduled_events.values())

    def saying(self, words: str) -> list[discord.Message]:
        return [m for m in self.messages if words in said(m)]


async def planned(group: Group, **options: Any) -> tuple[Evening, simcord.InteractionResult]:
    evening = Evening(group)
    shown = await group.ada.slash(group.channel, "quiz schedule", **TONIGHT | options)
    await evening.settle()
    return evening, shown


async def restarted(group: Group, settings: Settings, clock: WorldClock) -> Evening:
    """The same night under the next process."""
    await group.bot.store.close()
    after = build(settings, clock=clock, scheduled=False)
    after.pacer = Unpaced()
    await group.env.restart_bot(after)
    return Evening(group, after)


async def changed(evening: Evening, **fields: Any) -> None:
    """The night as a crash at a bad moment leaves it."""

    async def work(tx: Any) -> None:
        (night,) = await tx.nights.of(evening.group.guild.id)
        await tx.nights.save(replace(night, **fields))

    await evening.bot.store.write(work)


async def stored(evening: Evening) -> Any:
    (night,) = await evening.bot.store.read(lambda tx: tx.nights.of(evening.group.guild.id))
    return night


async def test_from_the_calendar_to_the_first_question(group: Group) -> None:
    evening, shown = await planned(group, topic="evaluation", weekly=True)
    assert "every Thursday at 20:00 in UTC" in said(shown)
    (event,) = evening.events
    assert event.name == "Quiz night: evaluation"
    assert str(group.channel.id) in event.entity_metadata["location"]
    listed = await group.bob.slash(group.channel, "quiz nights")
    assert "1 quiz night ahead" in said(listed)
    assert str(event.id) in said(listed)
    chen = chen_of(group)
    for member in (group.bob, chen):
        await member.subscribe_event(event.id)
    await chen.unsubscribe_event(event.id)
    await evening.at(19, 44)
    assert not evening.saying("Quiz night begins")
    await evening.at(19, 45)
    await evening.settle(60)
    (reminder,) = evening.saying("Quiz night begins")
    assert f"<@{group.bob.id}>" in said(reminder)
    assert str(chen.id) not in said(reminder)
    sent = [r.json for r in group.env.http_requests if "Quiz night begins" in str(r.json)]
    assert [s["allowed_mentions"]["users"] for s in sent] == [[group.bob.id]]
    await evening.at(20)
    assert "It is quiz night" in said(evening.message)
    assert buttons(evening.message) == ["Join", "Start now"]
    for member in (group.bob, group.ada):
        await member.click(evening.message, label="Join")
    await evening.settle()
    assert f"<@{group.ada.id}> opens a quiz" in said(evening.message), "she has come"
    assert "Only the host" in said(await group.bob.click(evening.message, label="Start now"))
    await group.ada.click(evening.message, label="Start now")
    await evening.settle(7)
    assert "round 1 of 2" in said(evening.message)
    assert len(evening.events) == 2, "that of next week is there"
    assert "1 quiz night ahead" in said(await group.bob.slash(group.channel, "quiz nights"))


async def test_a_lobby_without_its_host_begins_by_itself(group: Group) -> None:
    evening, _ = await planned(group)
    await evening.at(20)
    for member in (group.bob, chen_of(group)):
        await member.click(evening.message, label="Join")
    await evening.settle(181)
    assert "The quiz begins" in said(evening.message)
    assert "Stopped" in said(await group.bob.slash(group.channel, "quiz stop"))


async def test_who_may_not_plan_hears_who_may(group: Group) -> None:
    refused = await group.bob.slash(group.channel, "quiz schedule", **TONIGHT)
    assert "may manage events" in said(refused)
    evening = Evening(group)
    await evening.settle()
    assert evening.events == []


async def test_a_permission_that_is_missing_is_named_before(group: Group) -> None:
    mine = group.guild.create_role("loopmate", permissions=discord.Permissions(
        view_channel=True, send_messages=True))  # fmt: skip
    await _only_role(group, mine)
    refused = await group.ada.slash(group.channel, "quiz schedule", **TONIGHT)
    assert "*Read Message History* and *Create Events*" in said(refused)
    assert "No quiz night" in said(await group.ada.slash(group.channel, "quiz nights"))


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
    await _forgotten(evening)
    await evening.bot.close()
    evening = await restarted(group, settings, clock)
    await evening.settle(120)
    assert [m.id for m in evening.saying("It is quiz night")] == [lobby.id], "found as well"
    assert "You are in" in said(await group.bob.click(lobby, label="Join"))
    await evening.bot.close()


async def test_too_late_is_said_once(group: Group) -> None:
    evening, _ = await planned(group, weekly=True)
    await evening.at(20, 31)
    await evening.settle(60)
    (told,) = evening.saying("did not begin")
    assert "The next one is" in said(told)
    assert not evening.saying("It is quiz night")
    assert len(evening.events) == 2


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


async def test_cancel_takes_the_event_along(group: Group) -> None:
    evening, _ = await planned(group, weekly=True)
    (choice,) = await group.ada.autocomplete(group.channel, "quiz cancel", "night", "thursday")
    assert choice["name"].startswith("Thu 1 Jan, every Thursday at 20:00")
    refused = await group.bob.slash(group.channel, "quiz cancel", night=choice["value"])
    assert "Whoever planned it" in said(refused)
    off = await group.ada.slash(group.channel, "quiz cancel", night=choice["value"])
    assert "Called off" in said(off)
    await evening.settle()
    assert evening.events == []
    again = await group.ada.slash(group.channel, "quiz cancel", night=choice["value"])
    assert "not planned any more" in said(again)
    await evening.at(20)
    assert not evening.saying("It is quiz night")


async def test_cancel_finds_an_event_that_nobody_knew_had_come(group: Group) -> None:
    evening, _ = await planned(group)
    await changed(evening, stage=Stage.ANNOUNCING, event_id=None)
    night = await stored(evening)
    await group.ada.slash(group.channel, "quiz cancel", night=str(night.id))
    await evening.settle()
    assert evening.events == []


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
    assert await evening.bot.store.read(lambda tx: tx.nights.of(group.guild.id)) == []


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
    group.bot.dispatch("guild_remove", group.bot.get_guild(group.guild.id))
    await group.env.advance_time(1)
    assert await evening.bot.store.read(lambda tx: tx.nights.of(group.guild.id)) == []


async def test_day_time_and_zone_are_read_as_people_write_them(group: Group) -> None:
    bare = {key: value for key, value in TONIGHT.items() if key != "timezone"}
    unknown = await group.ada.slash(group.channel, "quiz schedule", **bare)
    assert "time zone yet" in said(unknown)
    wrong = await group.ada.slash(group.channel, "quiz schedule", **TONIGHT | {"day": "someday"})
    assert "can't read that day" in said(wrong)
    zones = await group.ada.autocomplete(group.channel, "quiz schedule", "timezone", "berl")
    assert zones[0]["value"] == "Europe/Berlin"
    topics = await group.ada.autocomplete(group.channel, "quiz schedule", "topic", "tre")
    assert [c["value"] for c in topics] == ["trees"]


async def _only_role(group: Group, role: Any) -> None:
    """Leave the bot nothing but that role."""
    backend = group.env.backend
    guild = backend.get_guild(group.guild.id)
    member = guild.members[backend.bot_user.id]
    member.roles = [role.id]
    guild.roles[guild.id].permissions = 0
    await group.env.advance_time(0)


async def _forgotten(evening: Evening) -> None:
    """The lobby as if we had died before we knew its message."""

    async def work(tx: Any) -> None:
        (game_id,) = await tx.games.running()
        game = await tx.games.get(game_id)
        await tx.games.save(replace(game, message_id=None))

    await evening.bot.store.write(work)
