"""A group's own questions, on the real discord.py: written, decided, asked, answered, closed."""

from typing import Any

import pytest
import simcord

from bot.domain.suggestion import SuggestionState
from tests.cogs.world import Group, buttons, said
from tests.store.samples import a_draft, a_suggestion

TYPED = {
    "title": "Which average",
    "prompt": "Ninety of a hundred classes are rare. Which average of F1 shows how we do on them?",
    "right": "Macro | every class counts the same",
    "wrong": "Micro - that is accuracy in disguise\nWeighted\nThe harmonic one | of what?",
    "topic": ["evaluation"],
}


async def suggest(
    group: Group, who: simcord.MemberActor, options: dict[str, Any] | None = None, **typed: Any
) -> simcord.InteractionResult:
    asked = await who.slash(group.channel, "question suggest", **(options or {}))
    return await who.submit_modal(asked, TYPED | typed)


async def send(group: Group, who: simcord.MemberActor, **typed: Any) -> None:
    shown = await suggest(group, who, **typed)
    await who.click(shown.response, label="Send to the editors")
    assert "with the editors now" in said(shown)


async def review(group: Group, who: simcord.MemberActor | None = None) -> Any:
    return await (who or group.ada).slash(group.channel, "question review")


async def accepted(group: Group, **typed: Any) -> str:
    """A question of the group's own; its id."""
    await send(group, group.bob, **typed)
    shown = await review(group)
    await group.ada.click(shown.response, label="Accept")
    (own,) = await group.bot.services.reviewing.own(group.guild.id, typed.get("title", "Which"))
    return own.question.id


async def asked_next(group: Group, question_id: str) -> Any:
    await group.set_up()
    await group.ada.slash(group.channel, "question ask", question=question_id)
    return await group.posted()


def letter_of(group: Group, question: Any, *, right: bool) -> str:
    place = question.choice.right
    return "ABCD"[place if right else (place + 1) % 4]


async def test_from_a_suggestion_to_the_recap(group: Group) -> None:
    await group.set_up()
    shown = await suggest(group, group.bob)
    assert shown.response.ephemeral
    assert "every class counts the same" in said(shown)
    assert buttons(shown) == ["Send to the editors", "Edit"]
    await group.bob.click(shown.response, label="Send to the editors")

    queue = await review(group)
    assert f"<@{group.bob.id}> suggests" in said(queue)
    assert buttons(queue) == ["Accept", "Edit", "Reject"]
    await group.ada.click(queue.response, label="Accept")
    assert f"Accepted by <@{group.ada.id}>" in said(queue)
    assert "is in" in group.bob.user.dm_channel.last_message.content
    (own,) = await group.bot.services.reviewing.own(group.guild.id)

    chosen = await group.ada.autocomplete(group.channel, "question ask", "question", "which")
    assert [c["value"] for c in chosen] == [own.question.id]
    await group.ada.slash(group.channel, "question ask", question=own.question.id)
    post = await group.posted()
    assert "### Which average" in said(post)
    assert "**A** · " in said(post)
    assert buttons(post) == ["Pick A–D", "Report"]

    offered = await group.bob.click(post, label="Pick A–D")
    await group.bob.click(offered.response, label=letter_of(group, own.question, right=True))
    assert "is right.** every class counts the same" in said(offered)
    assert "first day of a streak" in said(offered)
    assert buttons(offered) == ["Report"]
    shown = await group.bob.slash(group.channel, "today")
    assert "You answered it: 100 of 100" in said(shown)
    assert buttons(shown) == ["Pick A–D", "Report"]

    second = await group.posted()
    assert "Which average" not in said(second)
    closed = next(m for m in group.questions() if m.id == post.id)
    assert "1 person answered, 100 of 100" in said(closed)
    assert "is right** · Macro" in said(closed)
    assert closed.components[1].spoiler
    assert buttons(closed) == ["Pick A–D", "Report"]


async def test_it_takes_part_in_the_draw_until_all_were_asked(group: Group) -> None:
    """Three of the bank and one of their own make four days without a repeat."""
    await group.set_up()
    await accepted(group)
    for _ in range(4):
        await group.posted()
    titles = {said(m).split("### ")[1].splitlines()[0] for m in group.questions()}
    assert len(titles) == 4
    assert "Which average" in titles


async def test_another_server_sees_nothing_of_it(group: Group) -> None:
    question_id = await accepted(group)
    eve = group.env.create_user("eve")
    other = group.env.create_guild("Another group", owner=eve)
    hall = other.create_text_channel("hall")
    member = other.add_member(eve)
    assert await member.autocomplete(hall, "question ask", "question", "") == []
    assert await member.autocomplete(hall, "question report", "question", "which") == []
    assert await member.autocomplete(hall, "probe", "question", "which") == []
    for command in ("question ask", "question retire"):
        refused = await member.slash(hall, command, question=question_id)
        assert "none of this server's own" in said(refused)
    refused = await member.slash(hall, "question report", question=question_id)
    assert "I don't know that question" in said(refused)
    probed = await member.slash(hall, "probe", question=question_id)
    assert "choose one from the list" in said(probed)
    assert "Nothing is waiting" in said(await member.slash(hall, "question review"))
    shown = await member.slash(hall, "setup daily", channel=hall, time="09:00", timezone="UTC")
    assert "3 questions" in said(shown)
    assert "4 questions" in said(await group.set_up())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"wrong": "Micro\nWeighted"}, "three wrong answers, one a line, and count 2"),
        ({"wrong": "Micro\nWeighted\nmacro."}, "Two of the answers are the same"),
        ({"right": "Macro"}, "Say why the right answer is right"),
        ({"wrong": f"Micro\nWeighted\n{'x' * 161}"}, "An answer has 161 characters; 160 fit"),
        ({"title": "…"}, "needs a title"),
        (
            {"prompt": "400 alerts a day: fraud is rare, the team can look at 400 cases a day. "
             "Which number goes on the dashboard, how do you set the threshold?"},
            "very close to a question that is asked here already",
        ),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_is_told_kindly_and_nothing_is_lost(
    group: Group, typed: dict[str, str], says: str
) -> None:
    shown = await suggest(group, group.bob, **typed)
    assert shown.response.ephemeral
    assert says in said(shown)
    assert buttons(shown) == ["Edit"]
    dialog = await group.bob.click(shown.response, label="Edit")
    for text in (v for v in (TYPED | typed).values() if isinstance(v, str)):
        assert text in [c["component"].get("value") for c in dialog.modal["components"]]
    mended = await group.bob.submit_modal(dialog, TYPED)
    assert mended.acknowledged
    assert buttons(shown) == ["Send to the editors", "Edit"]


async def test_what_people_type_neither_formats_nor_mentions(group: Group) -> None:
    wild = {
        "title": "**Bold** @everyone",
        "prompt": f"<@{group.ada.id}> || Which of `these` [is](https://a.org) right, and why?",
        "right": "# One | *so*",
    }
    question_id = await accepted(group, **wild)
    post = await asked_next(group, question_id)
    assert r"### \*\*Bold\*\*" in said(post)
    assert "@everyone" not in said(post)
    assert r"\[is\]" in said(post)
    assert not post.mentions
    assert not post.mention_everyone


async def test_an_editor_is_named_by_the_owner_alone_and_may_decide(group: Group) -> None:
    await send(group, group.bob)
    assert "Only the owner of this server and the editors" in said(await review(group, group.bob))
    refused = await group.bob.slash(group.channel, "question editors add", member=group.bob)
    assert "Only the owner" in said(refused)
    named = await group.ada.slash(group.channel, "question editors add", member=group.bob)
    assert f"<@{group.bob.id}>" in said(named)
    again = await group.ada.slash(group.channel, "question editors add", member=group.bob)
    assert "an editor already" in said(again)

    queue = await review(group, group.bob)
    await group.bob.click(queue.response, label="Accept")
    assert f"Accepted by <@{group.bob.id}>" in said(queue), "their own, and it shows whose word"
    mine = await group.bob.slash(group.channel, "question mine")
    assert f"“Which average” · accepted by <@{group.bob.id}>" in said(mine)

    gone = await group.ada.slash(group.channel, "question editors remove", member=group.bob)
    assert "Nobody else yet" in said(gone)
    assert "Only the owner" in said(await review(group, group.bob))
    listed = await group.bob.slash(group.channel, "question editors list")
    assert f"<@{group.ada.id}>, who owns this server" in said(listed)
    nobody = await group.ada.slash(group.channel, "question editors remove", member=group.bob)
    assert "They are no editor" in said(nobody)


async def test_the_second_of_two_editors_hears_what_the_first_decided(group: Group) -> None:
    await send(group, group.bob)
    await group.ada.slash(group.channel, "question editors add", member=group.bob)
    first, second = await review(group), await review(group, group.bob)
    await group.ada.click(first.response, label="Accept")
    for label in ("Accept", "Reject", "Edit"):
        late = await group.bob.click(second.response, label=label)
        assert f"accepted by <@{group.ada.id}> already" in said(late)
    assert len(await group.bot.services.reviewing.own(group.guild.id)) == 1


async def test_nobody_accepts_what_was_edited_under_their_eyes(group: Group) -> None:
    await send(group, group.bob)
    stale, queue = await review(group), await review(group)
    dialog = await group.ada.click(queue.response, label="Edit")
    await group.ada.submit_modal(dialog, TYPED | {"title": "Average of rare classes"})
    assert "### Average of rare classes" in said(queue)
    late = await group.ada.click(stale.response, label="Accept")
    assert "edited since" in said(late)
    await group.ada.click(queue.response, label="Accept")
    (own,) = await group.bot.services.reviewing.own(group.guild.id)
    assert own.question.title == "Average of rare classes"


async def test_nobody_overwrites_an_edit_that_they_have_not_read(group: Group) -> None:
    await send(group, group.bob)
    first, second = await review(group), await review(group)
    late = await group.ada.click(second.response, label="Edit")
    dialog = await group.ada.click(first.response, label="Edit")
    await group.ada.submit_modal(dialog, TYPED | {"title": "Average of rare classes"})
    refused = await group.ada.submit_modal(late, TYPED | {"title": "What I would say"})
    assert "edited since" in said(refused)
    assert "What I would say" in said(refused), "nothing typed is lost"
    assert "### Average of rare classes" in said(await review(group))


async def test_an_edit_that_cannot_be_asked_changes_nothing_and_comes_back(group: Group) -> None:
    await send(group, group.bob)
    queue = await review(group)
    dialog = await group.ada.click(queue.response, label="Edit")
    refused = await group.ada.submit_modal(dialog, TYPED | {"wrong": "Only one, long thought of"})
    assert "count 1" in said(refused)
    assert "Only one, long thought of" in said(refused)
    assert "Micro" in said(await review(group))


async def test_a_rejection_is_told_with_its_reason(group: Group) -> None:
    await send(group, group.bob)
    queue = await review(group)
    dialog = await group.ada.click(queue.response, label="Reject")
    await group.ada.submit_modal(dialog, {"answer": "We *had* that one."})
    assert f"Not taken by <@{group.ada.id}>" in said(queue)
    told = group.bob.user.dm_channel.last_message.content
    assert "did not take your question “Which average”" in told
    assert r"We \*had\* that one." in told
    mine = await group.bob.slash(group.channel, "question mine")
    assert r"We \*had\* that one." in said(mine)


async def test_an_author_who_takes_no_messages_finds_it_under_mine(group: Group) -> None:
    await send(group, group.bob)
    queue = await review(group)
    group.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await group.ada.click(queue.response, label="Accept")
    assert "Accepted by" in said(queue)
    mine = await group.bob.slash(group.channel, "question mine")
    assert "accepted by" in said(mine)


async def test_next_goes_round_the_queue(group: Group) -> None:
    assert "Nothing is waiting" in said(await review(group))
    await send(group, group.bob, title="First", prompt="How many folds do ten rows allow?")
    await send(group, group.bob, title="Second", prompt="When is a median the better pivot?")
    queue = await review(group)
    assert "### First" in said(queue)
    assert "1 more waiting" in said(queue)
    await group.ada.click(queue.response, label="Next")
    assert "### Second" in said(queue)
    await group.ada.click(queue.response, label="Accept")
    await group.ada.click(queue.response, label="Next, 1 waiting")
    assert "### First" in said(queue)


async def test_what_newer_rules_would_not_have_is_shown_all_the_same(group: Group) -> None:
    """It was fit to be sent once; it must not stand in the way of the rest of the queue."""
    unfit = a_suggestion(
        7,
        group.bob.id,
        guild_id=group.guild.id,
        state=SuggestionState.WAITING,
        draft=a_draft(wrong="Only one"),
    )
    await group.bot.store.write(lambda tx: tx.suggestions.save(unfit))
    queue = await review(group)
    assert "Not quite yet" in said(queue)
    assert "Only one" in said(queue)
    refused = await group.ada.click(queue.response, label="Accept")
    assert "count 1" in said(refused)
    dialog = await group.ada.click(queue.response, label="Edit")
    await group.ada.submit_modal(dialog, TYPED)
    await group.ada.click(queue.response, label="Accept")
    assert "Accepted by" in said(queue)


async def test_a_wanted_question_can_be_asked_at_once(group: Group) -> None:
    await group.set_up()
    question_id = await accepted(group)
    wanted = await group.ada.slash(group.channel, "question ask", question=question_id)
    assert "`/setup post-now`" in said(wanted)
    await group.ada.slash(group.channel, "setup post-now")
    await group.tick()
    assert "### Which average" in said(group.questions()[-1])


async def test_five_may_wait_and_the_sixth_stays_a_draft(group: Group) -> None:
    for number in range(5):
        word = ["apple", "banana", "cherry", "damson", "elder"][number]
        await send(group, group.bob, title=word, prompt=f"What is {word}?", right=f"{word} | so")
    sixth = await suggest(group, group.bob)
    refused = await group.bob.click(sixth.response, label="Send to the editors")
    assert "5 of yours are waiting already" in said(refused)
    queue = await review(group)
    await group.ada.click(queue.response, label="Accept")
    await group.bob.click(sixth.response, label="Send to the editors")
    assert "with the editors now" in said(sixth)


async def test_a_draft_is_its_authors_and_sent_once(group: Group) -> None:
    shown = await suggest(group, group.bob)
    await group.bob.click(shown.response, label="Send to the editors")
    services, guild = group.bot.services, group.guild.id
    (sent,) = await services.suggesting.mine(guild, group.bob.id)
    mine = await group.ada.slash(group.channel, "question mine")
    assert "suggested nothing here yet" in said(mine)
    again = await suggest(group, group.ada)
    await group.ada.click(again.response, label="Send to the editors")
    assert len(await services.suggesting.mine(guild, group.bob.id)) == 1
    assert (await services.suggesting.mine(guild, group.bob.id)) == [sent]


async def test_a_retired_question_comes_no_more_and_stays_readable(group: Group) -> None:
    question_id = await accepted(group)
    post = await asked_next(group, question_id)
    gone = await group.ada.slash(group.channel, "question retire", question=question_id)
    assert "not asked any more" in said(gone)
    offered = await group.bob.click(post, label="Pick A–D")
    assert "Macro" in said(offered)
    await group.bob.click(offered.response, label="A")
    await group.posted()
    closed = next(m for m in group.questions() if m.id == post.id)
    assert "is right** · Macro" in said(closed)
    assert "1 person answered" in said(closed)
    again = await group.ada.slash(group.channel, "question retire", question=question_id)
    assert "retired already" in said(again)
    assert await group.ada.autocomplete(group.channel, "question ask", "question", "") == []


async def test_difficulty_is_the_authors_to_say(group: Group) -> None:
    shown = await suggest(group, group.bob, {"difficulty": "hard"})
    assert "`evaluation` · hard" in said(shown)
    dialog = await group.bob.click(shown.response, label="Edit")
    await group.bob.submit_modal(dialog, TYPED)
    assert "`evaluation` · hard" in said(shown)
