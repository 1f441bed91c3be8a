"""Quizzes on the real discord.py, driven from the lobby to the podium."""

from tests.cogs.hall import begun, chen_of, opened
from tests.cogs.world import Group, buttons, said


async def test_a_quiz_from_lobby_to_podium(group: Group) -> None:
    hall = await opened(group, group.bob)
    assert "2 players" in said(hall.message)
    assert buttons(hall.message) == ["Join", "Start now"]
    again = await group.bob.click(hall.message, label="Join")
    assert "in already" in said(again)
    refused = await group.bob.click(hall.message, label="Start now")
    assert "Only the host" in said(refused)
    await group.ada.click(hall.message, label="Start now")
    assert "The quiz begins" in said(hall.message)
    for no in (1, 2):
        await hall.settle(11)
        assert len(hall.messages) == 1 + no, "a message a round"
        assert f"round {no} of 2" in said(hall.message)
        assert "Locked in" in await hall.lock(group.ada, right=True)
        assert "have answered" not in said(hall.message), "a press is no edit"
        await hall.lock(group.bob, right=False)
        await hall.settle()
        text = said(hall.message)
        assert "is right:" in text
        assert text.count("█" * 6) == 2, "one of two chose each"
        assert f"<@{group.ada.id}> **100**" in text or no == 2
    await hall.settle(11)
    text = said(hall.message)
    assert f"### <@{group.ada.id}> wins with " in text
    assert text.index(str(group.ada.id)) < text.index(str(group.bob.id))
    assert "1 of 2 right" in text
    assert "rating +158" in text
    assert [a.filename for a in hall.message.attachments] == ["podium.png"]
    mine = await group.bob.click(hall.message, label="How did I do")
    assert "Place 2 of 2" in said(mine)
    assert said(mine).count("You picked") == 2
    history = await group.bob.slash(group.channel, "quiz history")
    assert "**Place 2 of 2** · 0 points · rating −158 · any topic · <t:" in said(history)
    offered = await group.ada.click(hall.message, label="Play again")
    assert buttons(offered) == ["Play 1 round"], "one of three questions is fresh"
    refused = await group.bob.click(hall.message, label="Play again")
    assert "Its host" in said(refused)


async def test_it_starts_by_itself_or_not_at_all(group: Group) -> None:
    hall = await opened(group, group.bob)
    other = await group.bob.slash(group.channel, "quiz start", rounds=2)
    assert "on in this channel already" in said(other)
    await hall.settle(181)
    assert "The quiz begins" in said(hall.message)
    await group.ada.slash(group.channel, "quiz stop")
    await hall.settle()
    await group.ada.slash(group.channel, "quiz start", rounds=2)
    alone = await group.ada.click(hall.message, label="Start now")
    assert "takes two" in said(alone)
    await hall.settle(181)
    assert "Nobody else came" in said(hall.message)
    assert buttons(hall.message) == []


async def test_half_time_tells_how_many_have_answered(group: Group) -> None:
    hall = await begun(group, group.bob, chen_of(group))
    await hall.lock(group.bob, right=True)
    await hall.settle(15)
    assert "1 of 3 have answered" in said(hall.message)
    assert buttons(hall.message) == list("ABCD")
    await hall.settle(16)
    assert "is right:" in said(hall.message)


async def test_a_stranger_who_presses_is_in_from_the_next_round_on(group: Group) -> None:
    hall = await begun(group, group.bob)
    chen = chen_of(group)
    assert "from the next round on" in await hall.lock(chen, right=True)
    assert "from the next round on" in await hall.lock(chen, right=True), "and not twice"
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=True)
    await hall.settle(11)
    assert "round 2 of 2" in said(hall.message)
    assert "Locked in" in await hall.lock(chen, right=True)
    assert "first one counts" in await hall.lock(chen, right=False)


async def test_teams_have_the_average_of_their_members(group: Group) -> None:
    chen = chen_of(group)
    hall = await opened(group, group.bob, chen, mode="teams", rounds=1)
    assert "Team 2: " in said(hall.message)
    await group.ada.click(hall.message, label="Start now")
    await hall.settle(7)
    await hall.lock(group.bob, right=True)
    await hall.lock(group.ada, right=True)
    await hall.lock(chen, right=False)
    await hall.settle()
    assert "Team 2 **100** · Team 1 **50**" in said(hall.message)
    await hall.settle(11)
    assert "### Team 2 wins" in said(hall.message)


async def test_survival_ends_when_one_is_left(group: Group) -> None:
    chen = chen_of(group)
    hall = await begun(group, group.bob, chen, mode="survival", rounds=3)
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=True)
    await hall.lock(chen, right=False)
    await hall.settle()
    await hall.settle(11)
    assert "are out" in await hall.lock(chen, right=True)
    late = group.guild.add_member(group.env.create_user("dee"))
    assert "begun without you" in await hall.lock(late, right=True)
    await hall.lock(group.ada, right=False)
    await hall.lock(group.bob, right=True)
    await hall.settle()
    await hall.settle(11)
    assert f"### <@{group.bob.id}> is the last one standing" in said(hall.message)


async def test_of_several_who_stand_none_is_called_the_last(group: Group) -> None:
    hall = await begun(group, group.bob, mode="survival", rounds=1)
    await hall.lock(group.ada, right=True)
    await hall.group.env.advance_time(9)
    await hall.lock(group.bob, right=True)
    await hall.settle(11)
    assert f"### <@{group.ada.id}> wins with 100 points" in said(hall.message)


async def test_stop_names_the_winner_and_moves_no_rating(group: Group) -> None:
    hall = await begun(group, group.bob)
    await hall.lock(group.ada, right=False)
    await hall.lock(group.bob, right=True)
    await hall.settle()
    await hall.settle(11)
    open_round = hall.message
    refused = await group.bob.slash(group.channel, "quiz stop")
    assert "Only the host" in said(refused)
    await group.ada.slash(group.channel, "quiz stop")
    await hall.settle()
    text = said(hall.message)
    assert text.index(f"<@{group.bob.id}> wins") < text.index("stopped in round 2")
    assert "rating +" not in text
    cut = next(m for m in hall.messages if m.id == open_round.id)
    assert buttons(cut) == [], "nobody presses into a round that was cut"
    none = await group.ada.slash(group.channel, "quiz stop")
    assert "No quiz is on" in said(none)


async def test_a_host_who_leaves_hands_over(group: Group) -> None:
    hall = await opened(group, group.bob, chen_of(group))
    await group.ada.slash(group.channel, "quiz leave")
    await hall.settle()
    assert f"<@{group.bob.id}> opens a quiz" in said(hall.message)
    await group.bob.click(hall.message, label="Start now")
    assert "The quiz begins" in said(hall.message)
    gone = await group.ada.slash(group.channel, "quiz leave")
    assert "not in the quiz" in said(gone)


async def test_too_few_fresh_questions_offers_a_way(group: Group) -> None:
    few = await group.ada.slash(group.channel, "quiz start", rounds=5, topic="evaluation")
    assert "Only 3" in said(few)
    assert buttons(few) == ["Play 3 rounds", "All topics"]
    shown = await group.ada.click(few.response, label="Play 3 rounds")
    assert "3 rounds · evaluation" in said(shown)


async def test_what_nobody_can_write_on_is_said_to_be_so(group: Group) -> None:
    await group.set_up()
    terms = {"topic": "coding", "style": "explain", "rounds": 2}
    none = await group.ada.slash(group.channel, "quiz start", **terms)
    assert "no questions on coding to answer in your own words" in said(none)
    assert buttons(none) == ["All topics"]
    night = await group.ada.slash(
        group.channel, "quiz schedule", day="tomorrow", time="20:00", **terms
    )
    assert "no questions on coding to answer in your own words" in said(night)


async def test_who_has_seen_everything_hears_when_it_is_fresh_again(group: Group) -> None:
    hall = await begun(group, group.bob, rounds=3)
    for _ in range(3):
        await hall.lock(group.ada, right=True)
        await hall.lock(group.bob, right=True)
        await hall.settle()
        await hall.settle(11)
    none = await group.ada.click(hall.message, label="Play again")
    assert "Only 0" in said(none)
    assert "30 days" in said(none)


async def test_open_answers_of_many_show_the_best(group: Group) -> None:
    hall = await begun(group, group.bob, style="explain", rounds=1)
    for who, text in ((group.ada, "I would rank by score."), (group.bob, "No idea, @everyone.")):
        modal = await who.click(hall.message, label="Write your answer")
        assert "Locked in" in said(await who.submit_modal(modal, {"answer": text}))
    await hall.settle()
    assert "2 answers" in said(hall.message)
    assert "@everyone" not in said(hall.message)


async def test_nothing_to_show_is_said_with_a_next_step(group: Group) -> None:
    for command in ("history", "stop", "leave"):
        assert "/quiz start" in said(await group.bob.slash(group.channel, f"quiz {command}"))
    topics = await group.bob.autocomplete(group.channel, "quiz start", "topic", "tre")
    assert [c["value"] for c in topics] == ["trees"]
