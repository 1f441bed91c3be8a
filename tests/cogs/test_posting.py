"""The post on its way, on the real discord.py: order, recovery, trouble, recap."""

from typing import Any

import pytest

from tests.cogs.world import GOOD, Group, buttons, said


async def test_every_day_one_question_and_no_repeat_before_all_were_asked(group: Group) -> None:
    await group.set_up()
    for _ in range(3):
        await group.posted()
        await group.tick()
    titles = {said(m).split("### ")[1].splitlines()[0] for m in group.questions()}
    assert len(group.questions()) == 3
    assert len(titles) == 3


async def test_the_next_post_closes_the_last_one_with_a_recap(group: Group) -> None:
    await group.set_up()
    first = await group.posted()
    await group.answer(group.bob)
    await group.answer(group.ada, "I would look at precision among the 500 alerts.")
    await group.posted()
    closed = next(m for m in group.questions() if m.id == first.id)
    text = said(closed)
    assert "closed" in text
    assert "2 people answered, 70 of 100 on average" in text
    assert "**A strong answer**" in text
    assert closed.components[1].spoiler
    assert buttons(closed) == ["Practise", "Pick A–D", "Report"]


async def test_the_next_morning_is_late_and_says_so(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.until(8)
    assert "a day late: half the leaderboard points" in said(await group.answer(group.bob))


async def test_the_recap_counts_who_was_still_writing_when_the_next_one_came(group: Group) -> None:
    await group.set_up()
    first = await group.posted()
    asked = await group.bob.click(first, label="Answer")
    await group.posted()
    assert "nobody answered it" in said(group.questions()[0])
    late = await group.bob.submit_modal(asked, {"answer": GOOD})
    assert "half the leaderboard points" in said(late)
    await group.tick()
    assert "1 person answered" in said(group.questions()[0])


async def test_a_closed_question_is_for_practice(group: Group) -> None:
    await group.set_up()
    first = await group.posted()
    await group.posted()
    await group.env.advance_time(3600)
    asked = await group.bob.click(first, label="Practise")
    verdict = await group.bob.submit_modal(asked, {"answer": GOOD})
    assert "practice" in said(verdict)
    assert "no streak yet" in said(verdict)


async def test_practice_is_never_scored_even_minutes_after_closing(group: Group) -> None:
    """The strong answer is out by then: what is copied from it is worth nothing."""
    await group.set_up()
    first = await group.posted()
    await group.posted()
    asked = await group.bob.click(first, label="Practise")
    verdict = await group.bob.submit_modal(asked, {"answer": GOOD})
    assert "practice" in said(verdict)
    assert "I disagree" not in buttons(verdict)
    offered = await group.ada.click(first, label="Pick A–D")
    await group.ada.click(offered.response, label="B")
    assert "practice" in said(offered)


async def test_who_was_writing_when_the_next_one_came_is_late_and_not_lost(group: Group) -> None:
    await group.set_up()
    first = await group.posted()
    asked = await group.bob.click(first, label="Answer")
    await group.posted()
    verdict = await group.bob.submit_modal(asked, {"answer": GOOD})
    assert "a day late" in said(verdict)
    assert "first day of a streak" in said(verdict)


async def test_an_answer_that_never_came_back_is_found_in_the_channel(group: Group) -> None:
    """Discord stored the message, but answered with an error: it must not be sent again."""
    await group.set_up()
    posting = group.bot.services.posting
    await group.until(9, 0)
    now = group.env.now()
    await posting.claim_due(now)
    (post,) = await posting.unfinished(now)
    leaving = await posting.begin(post, now)
    assert leaving is not None
    courier = group.posting.courier
    schedule = await posting.schedule(group.guild.id)
    await courier._request(leaving, await posting.question(post), schedule)
    assert len(group.questions()) == 1

    await group.tick()
    assert (await posting.post(post.id)).state == "sending", "its request may still be in flight"
    await group.env.advance_time(31)
    await group.tick()
    fresh = await posting.post(post.id)
    assert fresh.state == "sent"
    assert fresh.message_id == group.questions()[0].id
    assert len(group.questions()) == 1


async def test_a_post_found_a_day_later_is_closed_and_todays_stays_open(group: Group) -> None:
    await group.set_up()
    posting = group.bot.services.posting
    await group.until(9, 0)
    now = group.env.now()
    await posting.claim_due(now)
    (post,) = await posting.unfinished(now)
    leaving = await posting.begin(post, now)
    schedule = await posting.schedule(group.guild.id)
    await group.posting.courier._request(leaving, await posting.question(post), schedule)
    await group.until(8)
    today = await group.posted()
    await group.tick()
    old, new = group.questions()
    assert new.id == today.id
    assert "closed" in said(old)
    assert "closed" not in said(new)
    assert "500" in said(await group.bob.slash(group.channel, "today"))
    open_now = await posting.post(post.id)
    assert open_now.state == "closed"


async def test_a_server_error_is_unknown_and_tried_again(group: Group) -> None:
    await group.set_up()
    group.env.inject_error("POST", "/channels/*/messages", status=503)
    await group.until(9, 1)
    await group.tick()
    assert not group.questions()
    await group.env.advance_time(31)
    await group.tick()
    assert len(group.questions()) == 1


async def test_lost_permission_is_told_once_and_retried_the_next_day(group: Group) -> None:
    reports = group.guild.create_text_channel("admins")
    await group.set_up(reports=reports)
    group.env.inject_error(
        "POST", f"/channels/{group.channel.id}/messages", status=403, code=50013, times=2
    )
    for _ in range(2):
        await group.until(9, 1)
        await group.tick()
    assert len(reports.history()) == 1
    told = said(reports.history()[0])
    assert "post in" in told
    assert "I'll try again" in told
    assert "Last trouble" in said(await group.ada.slash(group.channel, "setup show"))

    await group.posted()
    assert len(group.questions()) == 1
    assert "Last trouble" not in said(await group.ada.slash(group.channel, "setup show"))


async def test_without_a_report_channel_the_owner_is_told(group: Group) -> None:
    await group.set_up()
    group.env.inject_error("POST", f"/channels/{group.channel.id}/messages", status=403, code=50001)
    await group.until(9, 1)
    await group.tick()
    assert "ML interview group" in said(group.ada.user.dm_channel.last_message)


async def test_thread_pin_and_mention_fail_alone(group: Group) -> None:
    role = group.guild.create_role("learners")
    reports = group.guild.create_text_channel("admins")
    await group.set_up(thread=True, pin=True, mention=role, reports=reports)
    group.env.inject_error("PUT", "/channels/*/pins/*", status=403, code=50013)
    group.env.inject_error("PUT", "/channels/*/messages/pins/*", status=403, code=50013)
    question = await group.posted()
    assert f"<@&{role.id}>" in said(question)
    assert [r.id for r in question.role_mentions] == [role.id]
    assert len(group.channel.threads) == 1
    assert "couldn't pin it" in said(reports.history()[0])


async def test_a_role_that_was_deleted_is_mentioned_no_more(group: Group) -> None:
    role = group.guild.create_role("learners")
    await group.set_up(mention=role)
    await group.bot.get_guild(group.guild.id).get_role(role.id).delete()
    question = await group.posted()
    assert f"<@&{role.id}>" not in said(question)
    await group.answer(group.bob)
    await group.tick()
    assert f"<@&{role.id}>" not in said(group.questions()[-1])


async def test_what_was_due_too_long_ago_is_skipped_and_pardoned(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.until(13)  # the bot was away from yesterday's answer to four hours past nine
    await group.until(13)
    await group.tick()
    assert len(group.questions()) == 1
    await group.posted()
    await group.answer(group.bob)
    ledger = said(await group.bob.slash(group.channel, "me streak"))
    assert "### 2 days in a row" in ledger
    assert "pardoned" in ledger


async def test_within_the_catch_up_window_it_is_posted_late(group: Group) -> None:
    await group.set_up()
    await group.until(11, 30)
    await group.tick()
    assert len(group.questions()) == 1


async def test_the_count_under_the_post_follows_with_one_edit(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.answer(group.ada)
    before = len(group.env.http_requests)
    await group.tick()
    edits = [r for r in group.env.http_requests[before:] if r.method == "PATCH"]
    assert len(edits) == 1
    assert "2 have answered" in said(group.questions()[-1])


async def test_a_count_that_is_overtaken_by_the_next_post_leaves_the_recap(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two edits of one message may arrive in either order."""
    await group.set_up()
    old = await group.posted()
    await group.answer(group.bob)
    await group.until(9, 1)
    posting, courier = group.bot.services.posting, group.posting.courier
    weekly = posting.weekly

    async def overtaken(*args: Any) -> Any:
        monkeypatch.setattr(posting, "weekly", weekly)
        await posting.claim_due(group.env.now())
        for post in await posting.unfinished(group.env.now()):
            await courier._step(post)
        return await weekly(*args)

    monkeypatch.setattr(posting, "weekly", overtaken)
    courier.refresh()
    await courier.landed()
    assert len(group.questions()) == 2
    assert group.questions()[0].id == old.id
    assert "closed" in said(group.questions()[0])


async def test_a_guild_that_removed_the_bot_is_asked_no_more_and_purged_later(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    guild_id, now = group.guild.id, group.env.now()
    await group.bot.services.setup.left(guild_id, now)
    await group.until(9, 1)
    await group.tick()
    assert len(group.questions()) == 1
    await group.env.advance_time(31 * 86400)
    await group.tick()
    assert await group.bot.services.posting.schedule(guild_id) is None


async def test_the_first_question_of_a_week_says_how_the_last_one_went(group: Group) -> None:
    shown = await group.set_up(recap=True)  # 1 January 2026 is a Thursday
    assert "recaps the week with its first question" in said(shown)
    for day in range(4):
        await group.posted()
        assert "Last week" not in said(group.questions()[-1])
        if day < 3:
            await group.answer(group.bob)
    monday = await group.posted()
    assert "**Last week** · 1 person answered" in said(monday)
    assert f"Most points: <@{group.bob.id}>" in said(monday)
    await group.answer(group.bob)
    await group.tick()
    assert "1 has answered" in said(group.questions()[-1])
    assert "**Last week**" in said(group.questions()[-1])
    assert "Last week" not in said(await group.posted())
