"""What is yours, on the real discord.py: streak, zone, disputes, privacy."""

import json

from tests.cogs.world import Group, buttons, said


async def test_the_ledger_explains_every_day(group: Group) -> None:
    await group.set_up(days="weekdays")  # 1 January 2026 is a Thursday
    for _ in range(2):
        await group.posted()
        await group.answer(group.bob)
    await group.env.advance_time(3 * 86400)
    await group.tick()
    await group.answer(group.bob)
    text = said(await group.bob.slash(group.channel, "me streak"))
    assert "### 3 days in a row" in text
    assert "Thu 1: counted (question of the day), day 1" in text
    assert "Sat 3 to Sun 4: nothing was asked, nothing lost" in text
    assert "Mon 5: counted (question of the day), day 3" in text
    assert "Today counts already" in text


async def test_a_missed_day_without_a_freeze_ends_the_streak(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.posted()
    await group.posted()
    text = said(await group.bob.slash(group.channel, "me streak"))
    assert "No streak just now" in text
    assert "Fri 2: no study and no freeze left; a streak of 1 ended" in text


async def test_half_past_two_at_night_is_still_yesterday(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.until(2, 30)
    await group.answer(group.bob)
    text = said(await group.bob.slash(group.channel, "me streak"))
    assert "Thu 1: counted" in text


async def test_the_streak_of_somebody_new_says_how_to_start(group: Group) -> None:
    shown = await group.bob.user.slash("me streak")
    assert "One question of the day starts" in said(shown)
    assert "in the time zone UTC until `/me timezone` sets your own" in said(shown)
    settings = await group.bob.user.slash("me settings")
    assert "UTC, until `/me timezone` sets your own" in said(settings)


async def test_a_zone_of_ones_own(group: Group) -> None:
    refused = await group.bob.slash(group.channel, "me timezone", zone="Tokio")
    assert "Asia/Tokyo" in said(refused)
    names = await group.bob.autocomplete(group.channel, "me timezone", "zone", "tok")
    assert "Asia/Tokyo" in [c["value"] for c in names]
    done = await group.bob.slash(group.channel, "me timezone", zone="asia/tokyo")
    assert "Asia/Tokyo" in said(done)
    assert "your own time zone, Asia/Tokyo" in said(
        await group.bob.slash(group.channel, "me streak")
    )


async def test_a_moderator_decides_a_claim(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    asked = await group.bob.click(verdict.response, label="I disagree")
    await group.bob.submit_modal(asked, {"point": ["cutoff"], "answer": "@everyone it is implied"})

    case = await group.ada.slash(group.channel, "moderate claims")
    assert case.response.ephemeral
    assert "I would look at precision" in said(case)
    assert buttons(case) == ["Accept", "Reject"]
    second = await group.ada.slash(group.channel, "moderate claims")
    await group.ada.click(case.response, label="Accept")
    assert "Accepted" in said(case)
    late = await group.ada.click(second.response, label="Reject")
    assert "accepted already" in said(late)
    assert "No claims are waiting" in said(await group.ada.slash(group.channel, "moderate claims"))
    today = await group.bob.slash(group.channel, "today")
    assert "80 of 100" in said(today)


async def test_everything_held_is_exported_and_then_really_gone(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    export = await group.bob.slash(group.channel, "privacy export")
    assert export.response.ephemeral
    (file,) = export.response.attachments
    held = json.loads(await file.read())
    assert "I would look at precision among the 500 alerts." in json.dumps(held)

    asked = await group.bob.slash(group.channel, "privacy delete")
    assert "Answers, verdicts, streak" in said(asked)
    await group.bob.click(asked.response, label="Delete it all")
    assert "all gone" in said(asked)
    after = await group.bot.services.privacy.export(group.bob.id)
    assert not any(after.values())
    await group.tick()
    assert "1 has answered" in said(group.questions()[-1])
