"""Answering the question of the day, on the real discord.py."""

import pytest

from tests.cogs.world import GOOD, Group, buttons, said


async def test_an_answer_gets_a_private_verdict_in_the_persons_own_words(group: Group) -> None:
    await group.set_up()
    question = await group.posted()
    assert buttons(question) == ["Answer", "Pick A–D", "Hint", "Report"]

    verdict = await group.answer(group.bob)

    assert verdict.response.ephemeral
    assert "3 of 3 key points" in said(verdict)
    assert "“" in said(verdict)
    assert "top 500" in said(verdict)
    assert "first day of a streak" in said(verdict)
    assert "graded by rubric" in said(verdict)
    assert "You were 80 % sure" in said(verdict)


async def test_what_is_missing_is_named_and_not_given_away(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    assert "Still open: how the cut-off is set" in said(verdict)
    assert "as many cases come out" not in said(verdict)
    assert buttons(verdict) == ["Follow-up", "Strong answer", "Share", "I disagree"]


async def test_a_second_answer_is_practice(group: Group) -> None:
    await group.set_up()
    question = await group.posted()
    await group.answer(group.bob, "Something about precision among the 500 alerts.")
    again = await group.answer(group.bob)
    assert "practice" in said(again)
    await group.tick()
    assert "1 has answered" in said(group.questions()[-1])
    assert question.id == group.questions()[-1].id


async def test_an_option_is_offered_and_judged_in_private(group: Group) -> None:
    await group.set_up()
    question = await group.posted()
    offered = await group.bob.click(question, label="Pick A–D")
    assert offered.response.ephemeral
    assert "**B** · Precision among the reviewed cases" in said(offered)

    wrong = await group.bob.click(offered.response, label="A")
    text = said(offered)
    assert wrong.acknowledged
    assert "**A is a common mistake.**" in text
    assert "**B is right:**" in text
    assert buttons(offered) == ["Follow-up", "Strong answer"]


async def test_two_presses_at_once_count_once(group: Group) -> None:
    await group.set_up()
    question = await group.posted()
    first = await group.bob.click(question, label="Pick A–D")
    second = await group.bob.click(question, label="Pick A–D")
    await group.bob.click(first.response, label="B")
    twice = await group.bob.click(second.response, label="B")
    assert "a moment ago" in said(twice)
    await group.tick()
    assert "1 has answered" in said(group.questions()[-1])


async def test_the_hint_is_private(group: Group) -> None:
    await group.set_up()
    hint = await group.bob.click(await group.posted(), label="Hint")
    assert hint.response.ephemeral
    assert "Think of the people" in said(hint)


async def test_a_shared_answer_is_behind_a_spoiler_and_pings_nobody(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, f"@everyone {GOOD} <@{group.ada.id}>")
    await group.bob.click(verdict.response, label="Share")
    shared = group.channel.last_message
    assert shared is not None
    assert not shared.flags.ephemeral
    assert shared.components[1].spoiler
    assert "Share" not in buttons(verdict)


async def test_the_strong_answer_is_told_to_who_asks(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob)
    strong = await group.bob.click(verdict.response, label="Strong answer")
    assert strong.response.ephemeral
    assert "Precision is the share of flagged cases" in said(strong)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "precision " * 400,
        "**precision** among ||the 500|| `alerts`\n```py\nprint('hi')\n```",
        "\u202eprecision among the 500 alerts\u202c",
        "pre\u200bcision among the 500 alerts",
        "@everyone @here <@1> <@&2> precision among the 500 alerts",
        "الدقة بين الحالات التي يمكن مراجعتها",
        "精度",
    ],
)
async def test_whatever_is_typed_is_assessed_and_pings_nobody(group: Group, text: str) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, text[:4000])
    assert "key points" in said(verdict)
    assert not verdict.response.message.mentions
    assert not verdict.response.message.mention_everyone


@pytest.mark.parametrize("text", ["   ", "\u200b\u200b", "…", "||||"])
async def test_an_answer_without_words_is_refused_kindly(group: Group, text: str) -> None:
    await group.set_up()
    await group.posted()
    refused = await group.answer(group.bob, text)
    assert "no words in that answer" in said(refused) + said_later(refused)
    await group.tick()
    assert "be the first" in said(group.questions()[-1])


async def test_when_saving_fails_people_get_their_text_back(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    await group.set_up()
    await group.posted()

    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(group.bot.store, "write", full)
    refused = await group.answer(group.bob, "My only copy of precision.")
    text = said(refused) + said_later(refused)
    assert "My only copy of precision." in text
    assert "no space" not in text


async def test_a_long_text_comes_back_as_a_file(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    await group.set_up()
    await group.posted()

    async def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(group.bot.store, "write", full)
    refused = await group.answer(group.bob, "precision " * 390)
    files = [a for m in (refused.response, *refused.followups) for a in m.attachments]
    assert [f.filename for f in files] == ["your-answer.txt"]


async def test_an_answer_that_could_not_be_shared_can_be_shared_again(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob)
    group.env.inject_error("POST", "/webhooks/*", status=403, code=50013)
    refused = await group.bob.click(verdict.response, label="Share")
    assert "could not share it here" in said_later(refused)
    assert "Share" in buttons(verdict)
    await group.bob.click(verdict.response, label="Share")
    assert "answered **500 alerts a day**" in said(group.channel.last_message)
    assert "Share" not in buttons(verdict)


async def test_today_shows_the_open_question(group: Group) -> None:
    await group.set_up()
    nothing = await group.bob.slash(group.channel, "today")
    assert "No question is open here" in said(nothing)
    alone = await group.bob.user.slash("today")
    assert "`/drill` has questions for you alone" in said(alone)
    await group.posted()
    shown = await group.bob.slash(group.channel, "today")
    assert shown.response.ephemeral
    assert "500 cases a day" in said(shown)
    await group.answer(group.bob)
    shown = await group.bob.slash(group.channel, "today")
    assert "You answered it: 100 of 100" in said(shown)


async def test_a_claim_is_recorded_and_shown_as_the_persons_own(group: Group) -> None:
    await group.set_up()
    await group.posted()
    verdict = await group.answer(group.bob, "I would look at precision among the 500 alerts.")
    asked = await group.bob.click(verdict.response, label="I disagree")
    claimed = await group.bob.submit_modal(asked, {"point": ["cutoff"], "answer": "It is implied."})
    assert "how the cut-off is set" in said(claimed)
    again = await group.bob.click(verdict.response, label="I disagree")
    options = str(again.modal)
    assert "What slips through" in options
    assert "How the cut-off is set" not in options


def said_later(result: object) -> str:
    return "\n".join(said(f) for f in getattr(result, "followups", ()))
