"""Follow-ups, on the real discord.py."""

import pytest

from tests.cogs.world import Group, buttons, said


async def test_the_follow_up_aims_at_what_the_answer_left_out(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    assert buttons(verdict)[0] == "Follow-up"
    asked = await group.bob.click(verdict.response, label="Follow-up")
    assert asked.response.ephemeral
    assert "1 of up to 3" in said(asked)
    assert "Two more reviewers join" in said(asked), "the cut-off weighs most of what is missing"


async def test_up_the_ladder_to_the_summary(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    step = await group.bob.click(verdict.response, label="Follow-up")
    replies = [
        "I sort by score and take the top 800 now, which lowers the threshold. That is my cutoff.",
        "I would monitor the cutoff and the rate, and recall at that capacity of 500.",
        "Accuracy is high for doing nothing when fraud is rare.",
    ]
    for reply in replies:
        modal = await group.bob.click(step.response, label="Reply")
        step = await group.bob.submit_modal(modal, {"answer": reply})
    text = said(step)
    assert "### Under pressure" in text
    assert "**Held** · Judges by precision" in text
    assert "**Repaired** · Sets the cut-off" in text
    assert "Still open" not in text
    model = await group.bob.click(step.response, label="Strong answer")
    assert "I take the top eight hundred instead" in said(model)


async def test_a_ladder_is_left_and_taken_up_again_after_a_restart(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    step = await group.bob.click(verdict.response, label="Follow-up")
    modal = await group.bob.click(step.response, label="Reply")
    await group.bob.submit_modal(modal, {"answer": "I lower the threshold, then the cutoff."})
    again = await group.bob.click(verdict.response, label="Follow-up")
    assert "2 of up to 3" in said(again)
    stale = await group.bob.click(step.response, label="Reply")
    assert "replied to that one" in said(stale)
    enough = await group.bob.click(again.response, label="That's enough")
    assert "### Under pressure" in said(enough)


async def test_a_reply_sent_twice_counts_once(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    step = await group.bob.click(verdict.response, label="Follow-up")
    one = await group.bob.click(step.response, label="Reply")
    two = await group.bob.click(step.response, label="Reply")
    await group.bob.submit_modal(one, {"answer": "I lower the threshold."})
    twice = await group.bob.submit_modal(two, {"answer": "I lower the threshold, I said."})
    assert "replied to that one" in said(twice)
    assert "I lower the threshold, I said." in said(twice)


async def test_probe_on_any_question_can_be_public(group: Group) -> None:
    names = await group.bob.autocomplete(group.channel, "probe", "question", "night")
    assert [c["value"] for c in names] == ["alerts-at-night"]
    shown = await group.bob.slash(group.channel, "probe", question="alerts-at-night", public=True)
    assert not shown.response.ephemeral
    assert "500 cases a day" in said(shown)
    foreign = await group.ada.click(shown.response, label="Reply")
    assert "somebody else's" in said(foreign)
    modal = await group.bob.click(shown.response, label="Reply")
    step = await group.bob.submit_modal(modal, {"answer": "I lower the threshold, @everyone."})
    assert not step.response.ephemeral
    assert "**They said**" in said(step)


async def test_probe_starts_with_the_last_answer(group: Group) -> None:
    nothing = await group.bob.slash(group.channel, "probe")
    assert "not answered anything yet" in said(nothing)
    await group.set_up()
    await group.posted()
    await group.answer(group.bob)
    shown = await group.bob.slash(group.channel, "probe", public=True)
    assert shown.response.ephemeral, "what was said in private stays there"
    assert "Follow-up" in said(shown)
    unknown = await group.bob.slash(group.channel, "probe", question="no-such-question")
    assert "choose one from the list" in said(unknown)
    typed = await group.bob.slash(group.channel, "probe", question="Alerts at night")
    assert "### Alerts at night" in said(typed)


@pytest.mark.parametrize("text", ["  ", "\u200b"])
async def test_a_reply_without_words_is_refused_kindly(group: Group, text: str) -> None:
    shown = await group.bob.slash(group.channel, "probe", question="alerts-at-night")
    modal = await group.bob.click(shown.response, label="Reply")
    refused = await group.bob.submit_modal(modal, {"answer": text})
    assert "no words in that reply" in said(refused)


async def test_the_strong_answer_to_todays_question_waits_for_an_answer(group: Group) -> None:
    await group.set_up()
    await group.posted()
    title = said(group.questions()[-1]).split("### ")[1].splitlines()[0]
    step = await group.bob.slash(group.channel, "probe", question=title)
    modal = await group.bob.click(step.response, label="Reply")
    step = await group.bob.submit_modal(modal, {"answer": "I have no idea at all."})
    summary = await group.bob.click(step.response, label="That's enough")
    refused = await group.bob.click(summary.response, label="Strong answer")
    assert "Answer it first" in said(refused)
    await group.answer(group.bob)
    shown = await group.bob.click(summary.response, label="Strong answer")
    assert "Precision is the share of flagged cases" in said(shown)


async def test_a_follow_up_that_was_retired_unanswered_gives_way_to_the_next(group: Group) -> None:
    """A ladder waits for its person, also while the bank moves on."""
    shown = await group.bob.slash(group.channel, "probe", question="alerts-at-night")
    bank = group.bot.services.probing._bank
    question = bank.by_id["alerts-at-night"]
    asked = next(p for p in question.probes if p.prompt in said(shown))
    left = tuple(p for p in question.probes if p is not asked)
    bank.by_id[question.id] = question.model_copy(update={"probes": left})
    modal = await group.bob.click(shown.response, label="Reply")
    step = await group.bob.submit_modal(modal, {"answer": "I lower the threshold."})
    assert "on that one" in said(step)
