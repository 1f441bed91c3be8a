"""Reports, on the real discord.py: kept, replaced, read by those it concerns, and no ping."""

from typing import Any

from tests.cogs.test_question import accepted, asked_next, review
from tests.cogs.world import Group, buttons, said


async def reported(group: Group, message: Any, text: str = "") -> Any:
    dialog = await group.bob.click(message, label="Report")
    return await group.bob.submit_modal(dialog, {"reason": ["unclear"], "answer": text})


async def open_reports(group: Group, guild_id: int | None = None) -> list[Any]:
    return await group.bot.store.read(lambda tx: tx.reports.open_in(guild_id, 9))


async def test_a_question_of_the_bank_is_reported_to_the_operator(group: Group) -> None:
    await group.set_up()
    post = await group.posted()
    before = len(group.channel.history())
    noted = await reported(group, post, "Which rate?")
    assert noted.response.ephemeral
    assert "Noted: " in said(noted)
    assert "Nobody is pinged" in said(noted)
    assert len(group.channel.history()) == before
    (report,) = await open_reports(group)
    question = (await group.bot.services.answering.today(group.bob.id, group.guild.id)).question
    assert (report.question_id, report.question_hash) == (question.id, question.hash)
    assert (report.reason, report.text, report.guild_id) == ("unclear", "Which rate?", None)
    assert "Nothing is waiting" in said(await review(group)), "not the editors' business"


async def test_a_second_report_replaces_the_first_wherever_it_is_made(group: Group) -> None:
    await group.set_up()
    await group.posted()
    shown = await group.bob.slash(group.channel, "today")
    await reported(group, shown.response, "First.")
    verdict = await group.answer(group.bob)
    strong = await group.bob.click(verdict.response, label="Strong answer")
    assert buttons(strong) == ["Report"]
    noted = await reported(group, strong.response, "Second.")
    assert "in the place of what you said before" in said(noted)
    (report,) = await open_reports(group)
    assert report.text == "Second."


async def test_the_command_offers_what_was_asked_lately(group: Group) -> None:
    await group.set_up()
    post = await group.posted()
    title = said(post).split("### ")[1].splitlines()[0]
    offered = await group.bob.autocomplete(group.channel, "question report", "question", "")
    assert [c["name"] for c in offered] == [title]
    nothing = await group.bob.autocomplete(group.channel, "question report", "question", "zzz")
    assert nothing == []
    dialog = await group.bob.slash(group.channel, "question report", question=offered[0]["value"])
    await group.bob.submit_modal(dialog, {"reason": ["wrong"]})
    (report,) = await open_reports(group)
    assert (report.reason, report.text) == ("wrong", "")


async def test_own_questions_are_reported_to_the_editors_who_keep_or_retire(group: Group) -> None:
    question_id = await accepted(group)
    post = await asked_next(group, question_id)
    await reported(group, post, "Is *macro* meant?")
    assert await open_reports(group) == []
    queue = await review(group)
    assert "**Reported**" in said(queue)
    assert r"**unclear** · Is \*macro\* meant?" in said(queue)
    assert buttons(queue) == ["Keep it", "Retire it"]
    await group.ada.click(queue.response, label="Keep it")
    assert "stays as it is" in said(queue)
    assert await open_reports(group, group.guild.id) == []

    noted = await reported(group, post, "Still unclear.")
    assert "this server's editors" in said(noted)
    queue = await review(group)
    await group.ada.click(queue.response, label="Retire it")
    assert "not asked any more" in said(queue)
    assert await open_reports(group, group.guild.id) == []
    assert await group.bot.services.reviewing.own(group.guild.id) == []
    late = await reported(group, post, "And wrong besides.")
    assert "retired meanwhile" in said(late)
    assert await open_reports(group, group.guild.id) == [], "no editor would ever see it"
    offered = await group.bob.autocomplete(group.channel, "question report", "question", "")
    assert question_id not in [choice["value"] for choice in offered]
