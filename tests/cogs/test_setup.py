"""Setting a guild up, on the real discord.py."""

from datetime import timedelta

import discord
import pytest

from tests.cogs.world import Group, said


async def test_the_set_up_tells_what_was_chosen_and_when_it_posts_next(group: Group) -> None:
    shown = await group.set_up(days="Mon, Wed, Fri", topics="evaluation", difficulty="medium")
    text = said(shown)
    assert shown.response.ephemeral
    assert "Mon, Wed, Fri at 09:00 in UTC" in text
    assert "evaluation, medium · 2 questions" in text
    assert text.count(":F>") == 3
    assert "every permission" in text


async def test_only_those_who_manage_the_server_may_set_it_up(group: Group) -> None:
    assert not any(name.startswith("setup") for name in group.bob.available_commands(group.channel))
    (command,) = [c for c in await group.bot.tree.fetch_commands() if c.name == "setup"]
    group.guild.set_command_permissions(command, {group.bob: True})
    refused = await group.bob.slash(group.channel, "setup show")
    assert "Only members who may manage this server" in said(refused)


@pytest.mark.parametrize(
    ("option", "typed", "says"),
    [
        ("timezone", "Europe/Berln", "Did you mean Europe/Berlin"),
        ("timezone", "Nowhere", "I don't know that time zone"),
        ("time", "25:00", "no such time of day"),
        ("time", "soon", "I can't read that time"),
        ("days", "someday", "I can't read those days"),
        ("topics", "evaluation, cooking", "I don't know the topic cooking"),
        ("topics", "coding", "No question fits"),
    ],
)
async def test_what_cannot_be_used_is_refused_with_what_can(
    group: Group, option: str, typed: str, says: str
) -> None:
    refused = await group.set_up(**{option: typed})
    assert refused.response.ephemeral
    assert says in said(refused)
    assert "Nothing is set up here yet" in said(await group.ada.slash(group.channel, "setup show"))


async def test_zones_are_suggested_while_typing(group: Group) -> None:
    names = [
        c["value"]
        for c in await group.ada.autocomplete(group.channel, "setup daily", "timezone", "berl")
    ]
    assert names[0] == "Europe/Berlin"
    assert len(names) <= 25
    topics = await group.ada.autocomplete(group.channel, "setup daily", "topics", "data, eval")
    assert [c["value"] for c in topics] == ["data, evaluation"]
    days = await group.ada.autocomplete(group.channel, "setup daily", "days", "week")
    assert [c["value"] for c in days] == ["weekdays", "weekends"]


async def test_missing_permissions_are_named_before_they_are_needed(group: Group) -> None:
    closed = group.guild.create_text_channel(
        "announcements",
        overwrites={
            group.guild.default_role: discord.PermissionOverwrite(
                send_messages=False, create_public_threads=False
            )
        },
    )
    shown = await group.set_up(channel=closed, thread=True)
    assert "I can't post there yet" in said(shown)
    assert "*Send Messages*" in said(shown)


async def test_a_clock_change_within_the_week_is_announced(group: Group) -> None:
    await group.env.advance_time(timedelta(days=85).total_seconds())
    shown = await group.set_up(timezone="Europe/Berlin")
    assert "Clocks go forward by 60 minutes" in said(shown)


async def test_pausing_stops_and_resuming_goes_on(group: Group) -> None:
    await group.set_up()
    assert "Paused" in said(await group.ada.slash(group.channel, "setup pause"))
    await group.until(9, 1)
    await group.tick()
    assert not group.questions()
    assert "Next posts" in said(await group.ada.slash(group.channel, "setup resume"))
    await group.posted()
    assert len(group.questions()) == 1


async def test_post_now_asks_today_and_not_again_at_its_time(group: Group) -> None:
    await group.set_up()
    assert "on its way" in said(await group.ada.slash(group.channel, "setup post-now"))
    await group.tick()
    assert len(group.questions()) == 1
    assert "out already" in said(await group.ada.slash(group.channel, "setup post-now"))
    await group.until(9, 1)
    await group.tick()
    assert len(group.questions()) == 1
    await group.posted()
    assert len(group.questions()) == 2


async def test_changing_the_time_after_the_post_does_not_ask_twice_a_day(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.set_up(time="18:00")
    await group.until(18, 1)
    await group.tick()
    assert len(group.questions()) == 1


async def test_the_last_of_two_set_ups_wins_and_posts_once(group: Group) -> None:
    other = group.guild.create_text_channel("other")
    await group.set_up()
    await group.set_up(channel=other, time="09:00")
    await group.until(9, 1)
    await group.tick()
    await group.tick()
    assert not group.questions()
    assert len(other.history()) == 1


async def test_a_lost_day_is_repaired_with_a_reason(group: Group) -> None:
    await group.set_up()
    for _ in range(2):
        await group.posted()
        await group.answer(group.bob)
    await group.posted()
    await group.posted()
    await group.answer(group.bob)
    assert "### 1 day in a row" in said(await group.bob.slash(group.channel, "me streak"))
    mended = await group.ada.slash(
        group.channel, "setup streak-repair", member=group.bob, day="2026-01-03", reason="ill"
    )
    assert "3 days in a row" in said(mended)
    ledger = said(await group.bob.slash(group.channel, "me streak"))
    assert "### 3 days in a row" in ledger
    assert "ill" in ledger
    again = await group.ada.slash(
        group.channel, "setup streak-repair", member=group.bob, day="2026-01-03", reason="ill"
    )
    assert "cost them nothing" in said(again)
    wrong = await group.ada.slash(
        group.channel, "setup streak-repair", member=group.bob, day="3 Jan", reason="ill"
    )
    assert "2026-11-24" in said(wrong)


async def test_a_day_of_somebody_who_has_left_is_repaired_or_refused_kindly(group: Group) -> None:
    await group.set_up()
    carl = group.env.create_user("carl")
    refused = await group.ada.slash(
        group.channel, "setup streak-repair", member=carl, day="2026-01-03", reason="ill"
    )
    assert "have not answered a question here yet" in said(refused)


async def test_a_repair_that_a_later_day_undoes_says_so(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    for _ in range(3):
        await group.posted()
    mended = await group.ada.slash(
        group.channel, "setup streak-repair", member=group.bob, day="2026-01-02", reason="ill"
    )
    assert "A later day was lost as well" in said(mended)


async def test_what_was_chosen_once_need_not_be_said_again(group: Group) -> None:
    role = group.guild.create_role("interviews", mentionable=True)
    shown = await group.set_up(
        mention=role, topics="evaluation", thread=True, reports=group.channel
    )
    shown = await group.set_up(time="10:00")
    assert f"mentions <@&{role.id}> · opens a thread" in said(shown)
    assert "evaluation · " in said(shown)
    assert "all topics" in said(await group.set_up(topics="all"))
    await group.ada.click(shown.response, label="Mention nobody")
    assert "mentions" not in said(shown)
    await group.ada.click(shown.response, label="Report to the owner")
    assert "reports trouble to the server's owner" in said(shown)


async def test_whoever_may_not_manage_any_more_changes_nothing(group: Group) -> None:
    role = group.guild.create_role("interviews")
    await group.set_up(mention=role)
    manages = group.guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    carl = group.env.create_user("carl")
    shown = await group.guild.add_member(carl, roles=[manages]).slash(group.channel, "setup show")
    group.guild.remove_member(carl)
    refused = await group.guild.add_member(carl).click(shown.response, label="Mention nobody")
    assert "Only members who may manage this server" in said(refused)
    assert f"mentions <@&{role.id}>" in said(await group.ada.slash(group.channel, "setup show"))
