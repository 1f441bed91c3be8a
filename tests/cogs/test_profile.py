"""Profiles, settings and leaderboards on the real discord.py."""

from io import BytesIO

from PIL import Image

from tests.cogs.world import Group, buttons, said
from tests.cogs.world import _raw as raw


def alt_text(shown: object) -> str:
    message = getattr(shown, "response", shown)
    galleries = [c for c in raw(message) if c["type"] == 12]
    return galleries[0]["items"][0]["description"] if galleries else ""


async def test_a_profile_as_a_picture_and_in_words(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    shown = await group.bob.slash(group.channel, "me profile")
    assert shown.response.ephemeral
    text = said(shown)
    assert "**1 day in a row**" in text
    assert "After 3 questions on a topic" in text
    assert "80 % sure" in text
    assert "Only you can see your profile" in text
    (file,) = shown.response.attachments
    with Image.open(BytesIO(await file.read())) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1000
    assert alt_text(shown).startswith("1 study day in a year, Jan 2026: 1. 1 day in a row")
    assert "Brier score" in alt_text(shown)


async def test_somebody_new_is_told_where_to_begin(group: Group) -> None:
    shown = await group.bob.user.slash("me profile")
    assert "It begins with your first answer" in said(shown)
    assert not shown.response.attachments
    assert buttons(shown) == ["Settings"]
    await group.bob.user.click(shown.response, label="Settings")


async def test_a_profile_is_private_until_it_is_shared(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    wanted = {"member": group.bob}
    refused = await group.ada.slash(group.channel, "me profile", **wanted)
    assert "keep their profile to themselves" in said(refused)
    await group.bob.slash(group.channel, "me settings", profile="progress")
    progress = await group.ada.slash(group.channel, "me profile", **wanted)
    assert f"Profile of <@{group.bob.id}>" in said(progress)
    assert "1 day in a row" in said(progress)
    assert "sure" not in said(progress)
    assert "Brier" not in alt_text(progress)
    await group.bob.slash(group.channel, "me settings", profile="everything", role="mle")
    everything = await group.ada.slash(group.channel, "me profile", **wanted)
    assert "80 % sure" in said(everything)
    assert "ML engineer" not in said(everything)
    empty = await group.bob.slash(group.channel, "me profile", member=group.ada)
    assert "keep their profile to themselves" in said(empty)
    await group.ada.slash(group.channel, "me settings", profile="everything")
    empty = await group.bob.slash(group.channel, "me profile", member=group.ada)
    assert "have not answered a question yet" in said(empty)
    elsewhere = await group.ada.user.slash("me profile", member=group.bob)
    assert "only in a server that you share" in said(elsewhere)


async def test_settings_say_what_is_set_and_how_to_change_it(group: Group) -> None:
    fresh = said(await group.bob.user.slash("me settings"))
    assert "nothing in particular yet" in fresh
    assert "no date yet" in fresh
    assert "nobody but you" in fresh
    assert "you are on them" in fresh
    past = await group.bob.slash(group.channel, "me settings", interview="2025-12-31")
    assert "That day has passed" in said(past)
    choices = await group.bob.autocomplete(group.channel, "me settings", "interview", "")
    day = choices[3]["value"]
    assert choices[3]["name"].endswith("in 6 weeks")
    done = await group.bob.slash(
        group.channel, "me settings", interview=day, role="mle", seniority="senior",
        leaderboards=False,
    )  # fmt: skip
    assert "**Aiming at** ML engineer, senior" in said(done)
    assert "in 6 weeks" in said(done)
    assert "you are left out" in said(done)
    await group.env.advance_time(60 * 86400)
    over = await group.bob.slash(group.channel, "me settings", role="none")
    assert "was on Thursday 12 February" in said(over)
    assert "any role, senior" in said(over)


async def test_a_leaderboard_and_the_way_to_the_others(group: Group) -> None:
    empty = await group.bob.slash(group.channel, "leaderboard")
    assert "Nobody has points this week yet" in said(empty)
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.answer(group.ada, "I would look at precision among the 500 alerts.")
    week = await group.bob.slash(group.channel, "leaderboard")
    assert week.response.ephemeral
    lines = said(week).splitlines()
    assert lines[1].startswith(f"**1** · <@{group.bob.id}> ")
    assert lines[1].endswith("points · 1 question · you")
    assert lines[2].startswith(f"**2** · <@{group.ada.id}>")
    await group.bob.click(week.response, label="Streaks")
    assert f"**1** · <@{group.ada.id}> 1 day" in said(week)
    assert f"**1** · <@{group.bob.id}> 1 day · you" in said(week)
    topic = await group.bob.slash(group.channel, "leaderboard", board="trees")
    assert "Nobody has points on this topic here yet" in said(topic)


async def test_who_opts_out_is_on_no_board_and_still_sees_where_they_would_be(
    group: Group,
) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.answer(group.ada)
    await group.bob.slash(group.channel, "me settings", leaderboards=False)
    theirs = said(await group.ada.slash(group.channel, "leaderboard", board="all"))
    assert f"<@{group.bob.id}>" not in theirs
    own = said(await group.bob.slash(group.channel, "leaderboard", board="all"))
    assert f"<@{group.bob.id}>" not in own
    assert "you are left out as you wished" in own
