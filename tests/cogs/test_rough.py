"""What people really do to a bot: press twice, delete, fly about, paste markdown, come back."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.bank import Bank
from bot.domain.rubric import assess_probe
from bot.services.claims import Claims
from bot.ui.layout import MOST_TEXT, card
from bot.ui.text import plain
from tests.cogs.world import GOOD, Group, buttons, said

WEAK = "I would look at precision among the 500 alerts."


def options(shown: Any) -> list[str]:
    """What a modal's select offers."""
    held = json.dumps(shown.modal, default=lambda modal: modal.to_dict())
    labels = json.loads(held)["components"]
    return [o["value"] for c in labels for o in c.get("component", {}).get("options", [])]


def title_of(question: Any) -> str:
    return said(question).split("### ")[1].splitlines()[0]


async def claim(group: Group, verdict: Any, point: str, reason: str = "") -> None:
    asked = await group.bob.click(verdict.response, label="I disagree")
    await group.bob.submit_modal(asked, {"point": [point], "answer": reason})


async def elsewhere(group: Group) -> tuple[Any, Any]:
    """Bob, and a channel, in a server where nothing is asked."""
    other = group.env.create_guild("Elsewhere", owner=group.bob.user)
    return other.add_member(group.bob.user), other.create_text_channel("chat")


async def test_an_answer_full_of_markdown_is_shared_and_moderated(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, f"{WEAK} {'*_' * 1900}")
    await claim(group, verdict, "cutoff", "_" * 300)
    case = await group.ada.slash(group.channel, "moderate claims")
    assert buttons(case) == ["Accept", "Reject"]
    await group.bob.click(verdict.response, label="Share")
    assert group.channel.last_message.components[1].spoiler


async def test_when_all_is_claimed_there_is_nothing_left_to_dispute(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, WEAK)
    for point in ("cutoff", "recall"):
        await claim(group, verdict, point)
    refused = await group.bob.click(verdict.response, label="I disagree")
    assert "You have claimed all that was open" in said(refused)


async def test_a_rejected_claim_is_shown_as_open_and_not_claimed_again(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, WEAK)
    await claim(group, verdict, "cutoff")
    case = await group.ada.slash(group.channel, "moderate claims")
    await group.ada.click(case.response, label="Reject")
    asked = await group.bob.click(verdict.response, label="I disagree")
    assert options(asked) == ["recall"]
    await group.bob.click(verdict.response, label="Share")
    assert "Still open: how the cut-off is set" in said(verdict)


async def test_nothing_waits_for_a_moderator_who_has_decided_it(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, WEAK)
    for point, decision in (("cutoff", "Reject"), ("recall", "Accept")):
        await claim(group, verdict, point)
        case = await group.ada.slash(group.channel, "moderate claims")
        await group.ada.click(case.response, label=decision)
    refused = await group.bob.click(verdict.response, label="I disagree")
    assert "Nothing is left to claim" in said(refused)


async def test_claims_of_retired_questions_do_not_hide_the_rest(group: Group) -> None:
    await group.set_up()
    for answers in (6, 1):
        title = title_of(await group.posted())
        for at in range(answers):
            group.bob = group.guild.add_member(group.env.create_user(f"member-{answers}-{at}"))
            verdict = await group.answer(group.bob, WEAK)
            for point in options(await group.bob.click(verdict.response, label="I disagree")):
                await claim(group, verdict, point)
    left = Bank.of(q for q in group.bot.services.answering._shelf.bank if q.title == title)
    cases = await Claims(group.bot.store, left).open_in(group.guild.id)
    assert {case.question.title for case in cases} == {title}


async def test_a_server_where_nothing_is_asked_is_no_home(group: Group) -> None:
    bob, chat = await elsewhere(group)
    await bob.slash(chat, "me streak")
    await group.set_up(timezone="Asia/Tokyo", time="18:00")
    await group.posted()
    await group.answer(group.bob)
    assert "Asia/Tokyo" in said(await group.bob.user.slash("me streak"))


async def test_a_group_that_came_back_while_we_were_down_is_asked_and_kept(group: Group) -> None:
    await group.set_up()
    setup = group.bot.services.setup
    await setup.left(group.guild.id, group.env.now())
    await group.env.advance_time(60)
    await group.posting.on_ready()
    await group.posted()
    assert len(group.questions()) == 1
    await group.env.advance_time(timedelta(days=31).total_seconds())
    await group.tick()
    assert await group.bot.services.posting.schedule(group.guild.id) is not None


async def test_a_command_during_the_shutdown_is_answered(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group.bot, "_leaving", True)
    refused = await group.bob.slash(group.channel, "today")
    assert "just restarting" in said(refused)
    assert not await group.bob.autocomplete(group.channel, "me timezone", "zone", "tok")


async def test_a_form_of_a_version_long_gone_gives_the_text_back(group: Group) -> None:
    await group.set_up()
    question = await group.posted()
    asked = await group.bob.click(question, label="Answer")
    group.bot.modals.pop("answer")
    refused = await group.bob.submit_modal(asked, {"answer": GOOD})
    assert "earlier version" in said(refused)
    assert GOOD in said(refused)


async def test_a_deleted_message_is_no_trouble_with_the_pin(group: Group) -> None:
    reports = group.guild.create_text_channel("admins")
    await group.set_up(pin=True, reports=reports)
    await group.ada.delete(await group.posted())
    await group.posted()
    assert len(group.questions()) == 1
    assert not reports.history()


async def test_where_reports_cannot_be_told_the_owner_is(group: Group) -> None:
    reports = group.guild.create_text_channel("admins")
    await group.set_up(reports=reports)
    for channel in (group.channel, reports):
        await group.bot.get_channel(channel.id).delete()
    await group.until(9, 1)
    await group.tick()
    assert "is gone" in said(group.ada.user.dm_channel.last_message)


async def test_a_place_as_an_option_that_is_gone_is_not_our_fault(group: Group) -> None:
    gone = group.guild.create_text_channel("gone")
    group.bot.get_guild(group.guild.id)._remove_channel(gone)
    refused = await group.set_up(channel=gone)
    assert "can't find that in this server" in said(refused)


async def test_everyone_is_not_a_role_to_mention(group: Group) -> None:
    refused = await group.set_up(mention=group.guild.default_role)
    assert "I don't mention everyone" in said(refused)


async def test_after_a_flight_west_today_counts_already(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    await group.bob.slash(group.channel, "me timezone", zone="Pacific/Pago_Pago")
    assert "Today counts already" in said(await group.bob.slash(group.channel, "me streak"))


async def test_when_todays_question_is_retired_people_hear_what_comes_next(group: Group) -> None:
    await group.set_up()
    await group.posted()
    group.bot.services.answering._shelf.bank.by_id.clear()
    assert "The next one comes on time" in said(await group.bob.slash(group.channel, "today"))
    shown = said(await group.ada.slash(group.channel, "setup show"))
    assert "No question fits that any more" in shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "[a](b) ||x|| [c](http://d.example) (e)",
            r"\[a\](b) \|\|x\|\| \[c\](http://d.example) (e)",
        ),
        ("http://a||b", r"http://a\|\|b"),
        ("# big\n-# small\n  - item\n> said", "\\# big\n\\-# small\n  \\- item\n\\> said"),
        ("<@1> <t:1> a\\*b", r"\<@1> \<t:1> a\\\*b"),
        ("3 - 2 > 0 #1", "3 - 2 > 0 #1"),
        ("9. nine\n 1. one\n3.5 2.", "9\\. nine\n 1\\. one\n3.5 2."),
    ],
)
def test_no_mark_of_what_people_type_does_anything(typed: str, shown: str) -> None:
    assert plain(typed) == shown


@pytest.mark.parametrize("parts", [["x" * 9000], ["y" * 3000, "x" * 3000, "z" * 3000], ["ok"]])
def test_a_message_is_never_longer_than_discord_takes(parts: list[str]) -> None:
    texts = [i.content for i in card(*parts).walk_children() if hasattr(i, "content")]
    assert len(texts) == len(parts)
    assert all(texts)
    assert sum(map(len, texts)) == min(MOST_TEXT, sum(map(len, parts)))


async def test_a_reply_is_assessed_while_others_write(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units of work block each other (docs/decisions/0003), so grading is kept out of them."""
    where: list[threading.Thread] = []

    def noted(*args: Any) -> Any:
        where.append(threading.current_thread())
        return assess_probe(*args)

    monkeypatch.setattr("bot.domain.rubric.assess_probe", noted)
    shown = await group.bob.slash(group.channel, "probe", question="alerts-at-night")
    asked = await group.bob.click(shown.response, label="Reply")
    assert "on that one" in said(await group.bob.submit_modal(asked, {"answer": GOOD}))
    assert where == [threading.main_thread()]


async def test_a_post_whose_question_left_the_bank_is_finished_all_the_same(group: Group) -> None:
    await group.set_up(thread=True)
    posting = group.bot.services.posting
    await group.until(9, 0)
    now = group.env.now()
    await posting.claim_due(now)
    (post,) = await posting.unfinished(now)
    leaving = await posting.begin(post, now)
    schedule = await posting.schedule(group.guild.id)
    message = await group.posting.courier._request(leaving, await posting.question(post), schedule)
    await posting.confirm(leaving, message.id, now)
    posting._shelf.bank.by_id.clear()  # we were restarted on another bank just then
    await group.tick()
    assert (await posting.post(post.id)).finished


async def test_nobody_decides_their_own_claim_and_it_holds_up_no_other(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.ada, WEAK)
    asked = await group.ada.click(verdict.response, label="I disagree")
    await group.ada.submit_modal(asked, {"point": ["cutoff"], "answer": "It is implied."})
    only = await group.ada.slash(group.channel, "moderate claims")
    assert "1 claim of your own waits for another moderator" in said(only)
    assert not buttons(only)
    await claim(group, await group.answer(group.bob, WEAK), "recall")
    case = await group.ada.slash(group.channel, "moderate claims")
    assert f"<@{group.bob.id}> claims" in said(case)
    assert "more claim" not in said(case)
    await group.ada.click(case.response, label="Accept")
    assert "Accepted" in said(case)


async def test_members_see_and_answer_todays_question_in_other_servers_too(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    elsewhere = group.env.create_guild("Somewhere else")
    bob = elsewhere.add_member(group.bob.user)
    stranger = elsewhere.add_member(group.env.create_user("stranger"))
    channel = elsewhere.create_text_channel("lobby")
    shown = await bob.slash(channel, "today")
    assert "500 cases a day" in said(shown)
    asked = await bob.click(shown.response, label="Answer")
    assert "practice" in said(await bob.submit_modal(asked, {"answer": "precision among the 500"}))
    assert "No question is open here" in said(await stranger.slash(channel, "today"))


async def test_without_its_channel_nothing_is_promised(group: Group) -> None:
    doomed = group.guild.create_text_channel("doomed")
    await group.set_up(channel=doomed)
    channel = group.bot.get_channel(doomed.id)
    await channel.delete()
    refused = await group.ada.slash(group.channel, "setup post-now")
    assert "is gone" in said(refused)
