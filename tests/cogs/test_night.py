"""Quiz nights on the real discord.py: from the calendar to the first question."""

import discord

from tests.cogs.evening import TONIGHT, Evening, planned
from tests.cogs.hall import chen_of
from tests.cogs.world import Group, buttons, said


async def test_from_the_calendar_to_the_first_question(group: Group) -> None:
    evening, shown = await planned(group, topic="evaluation", weekly=True)
    assert "Every Thursday at 20:00 in UTC" in said(shown)
    (event,) = evening.events
    assert event.name == "Quiz night: evaluation"
    assert "I remind you 15 minutes before" in event.description
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
    assert "Nobody is in yet" in said(evening.message)
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


async def test_a_night_that_is_near_promises_no_reminder(group: Group) -> None:
    await group.until(19, 50)
    evening, shown = await planned(group)
    assert "Interested" not in said(shown)
    (event,) = evening.events
    assert "remind" not in event.description
    await evening.at(20)
    assert not evening.saying("Quiz night begins")
    assert "It is quiz night" in said(evening.message)


async def test_who_may_not_plan_hears_who_may(group: Group) -> None:
    refused = await group.bob.slash(group.channel, "quiz schedule", **TONIGHT)
    assert "may manage events" in said(refused)
    evening = Evening(group)
    await evening.settle()
    assert evening.events == []


async def test_a_permission_that_is_missing_is_named_before(group: Group) -> None:
    closed = group.guild.create_text_channel(
        "announcements",
        overwrites={
            group.guild.default_role: discord.PermissionOverwrite(
                read_message_history=False, create_events=False, manage_events=False
            )
        },
    )
    refused = await group.ada.slash(closed, "quiz schedule", **TONIGHT)
    assert "*Read Message History* and *Create Events*" in said(refused)
    assert "No quiz night" in said(await group.ada.slash(closed, "quiz nights"))


async def test_too_late_is_said_once(group: Group) -> None:
    evening, _ = await planned(group, weekly=True)
    await evening.at(20, 31)
    await evening.settle(60)
    (told,) = evening.saying("did not begin")
    assert "The next one is" in said(told)
    assert not evening.saying("It is quiz night")
    assert len(evening.events) == 2


async def test_cancel_takes_the_event_along(group: Group) -> None:
    evening, _ = await planned(group, weekly=True)
    (choice,) = await group.ada.autocomplete(group.channel, "quiz cancel", "night", "thursday")
    assert choice["name"].startswith("Thu 1 Jan, every Thursday at 20:00")
    refused = await group.bob.slash(group.channel, "quiz cancel", night=choice["value"])
    assert "Whoever planned it" in said(refused)
    off = await group.ada.slash(group.channel, "quiz cancel", night=choice["value"])
    assert "off the calendar, and so is the event" in said(off)
    await evening.settle()
    assert evening.events == []
    again = await group.ada.slash(group.channel, "quiz cancel", night=choice["value"])
    assert "not planned any more" in said(again)
    await evening.at(20)
    assert not evening.saying("It is quiz night")


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
