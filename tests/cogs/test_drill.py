"""Drills and reviews, on the real discord.py: one private message that moves on."""

from datetime import timedelta
from typing import Any

from bot.app import build
from bot.services import answering
from bot.settings import Settings
from bot.ui.layout import card, row
from bot.ui.press import Press
from tests.cogs.world import GOOD, Group, buttons, said
from tests.conftest import WorldClock


async def letter(group: Group, user_id: int, *, right: bool = True) -> str:
    """The letter of a right or wrong option of the question that is next."""
    press = answering.Press(1, user_id, group.guild.id, group.env.now())
    sight = await group.bot.services.drilling.resume(press)
    assert sight is not None
    assert sight.question is not None
    correct = sight.layout.index(sight.question.choice.right)
    return "ABCD"[correct if right else (correct + 1) % 4]


async def pick(group: Group, shown: Any, *, right: bool = True) -> None:
    """Bob picks an option of what is shown; the message moves on."""
    await group.bob.click(shown.response, label=await letter(group, group.bob.id, right=right))


async def test_a_drill_moves_on_in_one_private_message(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill", topic="evaluation", count=3)
    assert shown.response.ephemeral
    assert "**Drill** · evaluation · 1 of 3 · ○○○" in said(shown)
    assert buttons(shown) == ["A", "B", "C", "D", "I'm sure", "I'm guessing", "Stop"]

    await pick(group, shown)
    assert "is right." in said(shown)
    assert "1 of 3 · ●○○" in said(shown)
    assert buttons(shown) == ["Next", "Strong answer", "Follow-up", "Stop"]
    await group.bob.click(shown.response, label="Next")
    assert "2 of 3 · ●○○" in said(shown)

    await pick(group, shown, right=False)
    assert "is not it" in said(shown)
    assert "It comes back before the end." in said(shown)
    await group.bob.click(shown.response, label="Next")
    await pick(group, shown)
    await group.bob.click(shown.response, label="Next")
    assert "4 of 4 · ●✕●○" in said(shown)
    assert "This one you missed a while ago." in said(shown)
    await pick(group, shown)
    assert buttons(shown)[0] == "How it went"
    await group.bob.click(shown.response, label="How it went")
    assert "2 of 3 right at first sight" in said(shown)
    assert "Of 1 that came back, 1 right the second time." in said(shown)
    assert "**Missed**" in said(shown)
    assert "1 more question and today is a study day." in said(shown)
    assert buttons(shown) == ["3 more"]
    await group.bob.click(shown.response, label="3 more")
    assert "1 of 3" in said(shown)
    await pick(group, shown)
    await group.bob.click(shown.response, label="Stop")
    assert "Today counts · first day of a streak" in said(shown)


async def test_stop_keeps_what_was_done(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill", count=3)
    await pick(group, shown)
    await group.bob.click(shown.response, label="Stop")
    assert "1 of 1 right at first sight" in said(shown)
    held = await group.bot.services.privacy.export(group.bob.id)
    assert [a["origin"] for a in held["attempt"]] == ["drill"]
    assert len(held["card"]) == 1


async def test_a_press_that_comes_twice_shows_its_reason_again(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill", count=3)
    other = await group.bob.slash(group.channel, "drill")
    chosen = await letter(group, group.bob.id)
    await group.bob.click(shown.response, label=chosen)
    await group.bob.click(other.response, label=chosen)
    assert said(other) == said(shown)
    held = await group.bot.services.privacy.export(group.bob.id)
    assert len(held["attempt"]) == 1


async def test_it_goes_on_after_a_restart_and_days_later(
    group: Group, settings: Settings, clock: WorldClock
) -> None:
    shown = await group.bob.slash(group.channel, "drill", topic="evaluation", count=3)
    await pick(group, shown)
    await group.bot.store.close()
    group.bot = build(settings, clock=clock, scheduled=False)
    await group.env.restart_bot(group.bot)
    await group.bob.click(shown.response, label="Next")
    assert "2 of 3 · ●○○" in said(shown)
    await group.env.advance_time(timedelta(days=4).total_seconds())
    again = await group.bob.slash(group.channel, "drill")
    assert "here is where you were" in said(again)
    assert "2 of 3 · ●○○" in said(again)
    await pick(group, again)
    assert "is right." in said(again)
    await group.bot.close()


async def test_it_works_in_direct_messages(group: Group) -> None:
    bob = group.bob.user
    shown = await bob.slash("drill", count=2)
    assert "1 of 2 · ○○" in said(shown)
    await bob.click(shown.response, label=await letter(group, bob.id))
    assert "1 of 2 · ●○" in said(shown)


async def test_how_sure_one_is_decides_when_it_comes_back(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill", count=3)
    await group.bob.click(shown.response, label="I'm guessing")
    await pick(group, shown)
    await group.bob.click(shown.response, label="Next")
    await group.bob.click(shown.response, label="I'm guessing")
    await group.bob.click(shown.response, label="I'm sure")
    await pick(group, shown)
    held = await group.bot.services.privacy.export(group.bob.id)
    guessed, known = held["attempt"]
    assert (guessed["confidence"], known["confidence"]) == (0.2, 0.95)
    due = {card["question_id"]: card["due_at"] for card in held["card"]}
    assert due[guessed["question_id"]] < due[known["question_id"]]


async def test_every_choice_shows_how_many_questions_fit(group: Group) -> None:
    offered = await group.bob.autocomplete(group.channel, "drill", "topic", "eval")
    assert [c["name"] for c in offered] == ["evaluation · 3 questions"]
    offered = await group.bob.autocomplete(group.channel, "drill", "style", "")
    assert [c["value"] for c in offered] == ["choice", "explain", "mixed"]
    offered = await group.bob.autocomplete(group.channel, "drill", "count", "")
    assert [c["name"] for c in offered] == ["3: all that fit"]


async def test_what_cannot_be_drilled_is_said_kindly(group: Group) -> None:
    odd = await group.bob.slash(group.channel, "drill", topic="cooking")
    assert "I don't know that topic" in said(odd)
    none = await group.bob.slash(group.channel, "drill", topic="trees")
    assert "No question fits" in said(none)
    assert "nothing to review yet" in said(await group.bob.slash(group.channel, "review"))


async def test_a_stopped_drill_without_an_answer_says_what_is_next(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill")
    await group.bob.click(shown.response, label="Stop")
    assert "Stopped before the first answer" in said(shown)
    assert buttons(shown) == ["3 more"], "there are no ten"


async def test_in_words_the_assessor_hears_it(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill", count=2, style="explain")
    assert buttons(shown) == ["Answer", "Hint", "Stop"]
    hint = await group.bob.click(shown.response, label="Hint")
    assert "**A hint**" in said(hint)
    assert "1 of 2" in said(shown), "the drill stays where it is"
    modal = await group.bob.click(shown.response, label="Answer")
    await group.bob.submit_modal(modal, {"answer": GOOD, "sure": ["80"]})
    assert "3 of 3 key points" in said(shown)
    assert buttons(shown)[0] == "Next"


async def test_what_was_learned_comes_back_and_is_reviewed(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "drill", count=3)
    await pick(group, shown, right=False)
    for _ in range(2):
        await group.bob.click(shown.response, label="Next")
        await pick(group, shown)
    await group.bob.click(shown.response, label="Stop")
    assert "the next question comes back" in said(await group.bob.slash(group.channel, "me due"))
    assert "Nothing is due just now" in said(await group.bob.slash(group.channel, "review"))

    await group.env.advance_time(timedelta(days=3).total_seconds())
    due = await group.bob.slash(group.channel, "me due")
    assert "### 3 questions to review today" in said(due)
    shares = [int(line.split(" %")[0]) for line in said(due).splitlines() if " %" in line]
    assert shares == sorted(shares), "the most forgotten first"
    await group.bob.click(due.response, label="Review 3")
    assert "**Review** · 1 of 3 · ○○○" in said(due)
    await group.bob.click(due.response, label="A")
    again = await group.bob.slash(group.channel, "review")
    assert "2 of " in said(again), "where it was left"
    worded = await group.bob.slash(group.channel, "review", style="explain")
    assert "**Review** · 1 of 2 · ○○" in said(worded), "another way is another review"
    assert "Answer" in buttons(worded)
    held = await group.bot.services.privacy.export(group.bob.id)
    assert held["attempt"][-1]["origin"] == "review"


async def test_words_are_kept_and_judged_though_the_message_is_gone(group: Group) -> None:
    """A private message goes when Discord is reloaded; the modal over it may still be open."""
    shown = await group.bob.slash(group.channel, "drill", count=2, style="explain")
    modal = await group.bob.click(shown.response, label="Answer")
    group.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=404, code=10008)
    done = await group.bob.submit_modal(modal, {"answer": GOOD})
    assert "3 of 3 key points" in said(done.followups[0])
    assert done.followups[0].ephemeral


async def test_a_number_that_no_button_of_ours_has_is_no_trouble_on_our_side(
    group: Group,
) -> None:
    forged = card(row([Press("Next", "step", 10**30, 0, "")]))
    message = await group.bot.get_channel(group.channel.id).send(view=forged)
    assert "earlier version" in said(await group.bob.click(message, label="Next"))
