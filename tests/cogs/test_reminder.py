"""Reminders by direct message, on the real discord.py."""

from typing import Any

import discord

from tests.cogs.test_drill import pick
from tests.cogs.world import Group, buttons, said


async def tick(group: Group) -> None:
    """Do what the alarm would do now, and wait until it is done."""
    cog: Any = group.bot.get_cog("Reminder")
    await cog.tick()
    await cog.herald.landed()


def told(group: Group) -> list[discord.Message]:
    """Every reminder that Bob has, the oldest first."""
    messages = sorted(group.bob.user.dm_channel.history(), key=lambda m: m.id)
    return [m for m in messages if "No more reminders" in buttons(m)]


async def learned(group: Group) -> None:
    """Bob has answered one question, and wants to be reminded at eight."""
    shown = await group.bob.slash(group.channel, "drill", count=1)
    await pick(group, shown)
    said_so = await group.bob.slash(group.channel, "me reminders", hour=8)
    assert "I remind you at 08:00" in said(said_so)


async def due_again(group: Group) -> None:
    """It is the hour at which there is something to remind of."""
    await group.until(8, 1)
    await tick(group)
    await group.until(8, 1)


async def test_what_is_due_is_told_once_at_their_own_hour(group: Group) -> None:
    await learned(group)
    await group.until(8, 1)
    await tick(group)
    assert told(group) == [], "nothing is due yet"
    await group.until(7, 59)
    await tick(group)
    assert told(group) == []
    await group.until(8, 1)
    for _ in range(3):
        await tick(group)
    await group.until(21, 1)
    await tick(group)
    (message,) = told(group)
    assert "### 1 question you are about to forget" in said(message)
    assert buttons(message) == ["Review", "No more reminders"]
    shown = await group.bob.user.click(message, label="Review")
    assert "**Review** · 1 of 1 · ○" in said(shown)
    assert "about to forget" in said(told(group)[0]), "the reminder stays as it is"
    await group.until(8, 1)
    await tick(group)
    assert len(told(group)) == 2


async def test_one_press_ends_them(group: Group) -> None:
    await learned(group)
    await due_again(group)
    await tick(group)
    (message,) = told(group)
    done = await group.bob.user.click(message, label="No more reminders")
    assert "Reminders are off" in said(group.bob.user.dm_channel.last_message)
    assert done is not None
    await group.until(8, 1)
    await tick(group)
    assert "Reminders are off" in said(await group.bob.slash(group.channel, "me reminders"))
    assert told(group) == []


async def test_the_last_call_saves_a_streak(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.bob.slash(group.channel, "me reminders", hour=8)
    await group.posted()
    await group.until(20, 59)
    await tick(group)
    assert told(group) == []
    await group.until(21, 1)
    await tick(group)
    (message,) = told(group)
    assert "streak of 1 day ends tonight" in said(message)


async def test_one_in_doubt_is_looked_for_before_it_is_sent_again(group: Group) -> None:
    await learned(group)
    await due_again(group)
    group.env.inject_error("POST", "/channels/*/messages", status=500, code=0)
    await tick(group)
    assert told(group) == []
    await tick(group)
    assert told(group) == [], "it may still be in flight"
    await group.env.advance_time(60)
    await tick(group)
    assert len(told(group)) == 1


async def test_one_that_arrived_unseen_is_found(group: Group) -> None:
    await learned(group)
    await due_again(group)
    reminding = group.bot.services.reminding
    arrived = reminding.arrived

    async def killed(user_id: int) -> None:
        raise OSError("killed here")

    object.__setattr__(reminding, "arrived", killed)
    await tick(group)
    object.__setattr__(reminding, "arrived", arrived)
    await group.env.advance_time(60)
    await tick(group)
    assert len(told(group)) == 1
    assert await reminding.under_way(group.env.now()) == []


async def test_closed_messages_turn_them_off(group: Group) -> None:
    await learned(group)
    await due_again(group)
    group.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await tick(group)
    shown = await group.bob.slash(group.channel, "me reminders")
    assert "your direct messages are closed to me" in said(shown)


async def test_nobody_is_reminded_unasked(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "me reminders")
    assert "### Reminders are off" in said(shown)
    off = await group.bob.slash(group.channel, "me reminders", on=False)
    assert "### Reminders are off" in said(off)
    on = await group.bob.slash(group.channel, "me reminders", on=True)
    assert "I remind you at 19:00" in said(on)
    await group.bob.slash(group.channel, "me reminders", hour=7)
    await group.bob.slash(group.channel, "me reminders", on=False)
    again = await group.bob.slash(group.channel, "me reminders", on=True)
    assert "I remind you at 07:00" in said(again), "the hour they had"


async def test_another_time_zone_moves_the_next_reminder(group: Group) -> None:
    await group.bob.user.slash("me reminders", hour=20)
    await group.bob.user.slash("me timezone", zone="America/New_York")
    reminder = await group.bot.services.reminding.of(group.bob.id)
    assert reminder is not None
    assert reminder.next_at is not None
    assert reminder.next_at.hour == 1, "eight in the evening in New York"
