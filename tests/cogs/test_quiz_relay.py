"""Relays on the real discord.py: one of each team answers for all, the others watch."""

from tests.cogs.hall import begun, chen_of, opened
from tests.cogs.world import Group, said


async def test_a_relay_goes_round_the_team(group: Group) -> None:
    chen = chen_of(group)
    hall = await opened(group, group.bob, chen, mode="relay", teams=2, rounds=3)
    assert "one of each team answers for all" in said(hall.message)
    assert "2 teams · relay" in said(hall.message)
    await group.ada.click(hall.message, label="Start now")
    await hall.settle(7)
    asking = said(hall.message)
    assert f"<@{group.ada.id}> for team 1 and <@{group.bob.id}> for team 2" in asking
    sent = [r for r in group.env.http_requests if r.path.endswith("/messages")][-1]
    assert sent.json["allowed_mentions"] == {"parse": []}, "shown, not pinged"
    refused = await hall.lock(chen, right=True)
    assert f"<@{group.ada.id}> answers for your team" in refused
    assert "Locked in" in await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=False)
    await hall.settle()
    told = said(hall.message)
    assert f"Team 1 · <@{group.ada.id}>: right, 100 points" in told
    assert f"Team 2 · <@{group.bob.id}>: not this time, 0 points" in told
    assert "Team 1 **100** · Team 2 **0**" in told, "closed without waiting for who watches"
    await hall.settle(11)
    assert f"<@{chen.id}> for team 1 and <@{group.bob.id}> for team 2" in said(hall.message)
    await hall.lock(group.bob, right=True)
    await hall.settle(16)
    assert "1 of 2 have answered" in said(hall.message)
    await hall.settle(16)
    assert f"Team 1 · <@{chen.id}>: no answer in time" in said(hall.message)
    await hall.settle(11)
    assert f"<@{group.ada.id}> for team 1" in said(hall.message)
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=False)
    await hall.settle()
    await hall.settle(11)
    final = said(hall.message)
    assert "### Team 1 wins" in final
    assert "3 rounds · any topic · 2 teams · relay" in final
    assert [a.filename for a in hall.message.attachments] == ["podium.png"]
    mine = said(await chen.click(hall.message, label="How did I do"))
    assert mine.count("**") == 4, "what she missed is her own round alone"


async def test_whoever_leaves_is_skipped_and_the_late_come_last(group: Group) -> None:
    chen = chen_of(group)
    hall = await begun(group, group.bob, chen, mode="relay", rounds=3)
    dee = group.guild.add_member(group.env.create_user("dee"))
    assert "from the next round on" in await hall.lock(dee, right=True)
    await chen.slash(group.channel, "quiz leave")
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=True)
    await hall.settle()
    await hall.settle(11)
    asking = said(hall.message)
    assert f"<@{group.ada.id}> for team 1" in asking, "chen has left"
    assert f"<@{dee.id}> for team 2" in asking
    await group.ada.slash(group.channel, "quiz stop")
    await hall.settle()
    never = said(await chen.click(hall.message, label="How did I do"))
    assert "Your turn never came" in never


async def test_open_answers_go_round_too(group: Group) -> None:
    chen = chen_of(group)
    hall = await begun(group, group.bob, chen, mode="relay", style="explain", rounds=1)
    assert "answers for your team" in said(
        await chen.click(hall.message, label="Write your answer")
    )
    modal = await group.ada.click(hall.message, label="Write your answer")
    assert "Locked in" in said(await group.ada.submit_modal(modal, {"answer": "By precision."}))
    modal = await group.bob.click(hall.message, label="Write your answer")
    assert "Locked in" in said(await group.bob.submit_modal(modal, {"answer": "By recall."}))
    await hall.settle()
    assert f"Team 2 · <@{group.bob.id}>:" in said(hall.message)
