"""What a quiz survives: a lost message, channel, permission, answer or process."""

from bot.app import build
from bot.settings import Settings
from tests.cogs.conftest import Unpaced
from tests.cogs.hall import begun, changed, opened
from tests.cogs.world import Group, buttons, said
from tests.conftest import WorldClock


async def test_a_deleted_round_goes_on_in_a_new_message(group: Group) -> None:
    hall = await begun(group, group.bob)
    lost = hall.message
    await group.ada.delete(lost)
    await hall.settle(15)
    assert hall.message.id != lost.id
    assert "round 1 of 2" in said(hall.message)
    assert "Locked in" in await hall.lock(group.ada, right=True)


async def test_a_channel_that_is_gone_ends_it_in_private(group: Group) -> None:
    hall = await begun(group, group.bob)
    await hall.lock(group.ada, right=True)
    group.env.inject_error("PATCH", "/channels/*", status=404, code=10003)
    await hall.lock(group.bob, right=False)
    await hall.settle()
    for player in (group.ada, group.bob):
        told = player.user.dm_channel.last_message
        assert f"### <@{group.ada.id}> wins with " in said(told)
        assert "can't reach the channel" in said(told)
        assert buttons(told) == [], "they lead nowhere in private"
    assert await group.bot.services.rounds.running() == []


async def test_a_lobby_is_edited_by_the_token_of_its_command_and_a_round_is_not(
    group: Group,
) -> None:
    hall = await begun(group, group.bob)
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=True)
    await hall.settle()
    edits = [r.path.split("/")[1] for r in group.env.http_requests if r.method == "PATCH"]
    assert edits[0] == "webhooks"
    assert edits[-1] == "channels", "that message is our own"


async def test_a_round_that_may_have_been_sent_is_sent_as_the_same(group: Group) -> None:
    hall = await opened(group, group.bob)
    await group.ada.click(hall.message, label="Start now")
    group.env.inject_error("POST", "/channels/*/messages", status=500, code=0)
    await hall.settle(7)
    assert "round 1" not in said(hall.message)
    await hall.settle()
    assert "round 1 of 2" in said(hall.message)
    sent = [r for r in group.env.http_requests if r.path.endswith("/messages")]
    first, second = [r.json["nonce"] for r in sent]
    assert first == second, "Discord shows it once, whichever of them arrived"
    assert hall.message.edited_at, "as it stands now, if the first had arrived"


async def test_a_podium_that_may_not_have_been_seen_keeps_its_picture(group: Group) -> None:
    hall = await begun(group, group.bob, rounds=1)
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=False)
    await hall.settle()
    await hall.settle(11)
    assert await group.bot.services.rounds.running() == [], "it was seen"
    await changed(group, due_at=group.env.now())
    await hall.settle()
    await hall.settle()
    assert len(hall.messages) == 3
    assert [a.filename for a in hall.message.attachments] == ["podium.png"]


async def test_a_restart_in_the_middle_of_a_round(
    group: Group, settings: Settings, clock: WorldClock
) -> None:
    hall = await begun(group, group.bob)
    await hall.lock(group.ada, right=True)
    await group.bot.store.close()
    after = build(settings, clock=clock, scheduled=False)
    after.pacer = Unpaced()
    await group.env.restart_bot(after)
    hall.games = after.get_cog("Games")
    await hall.settle()
    assert len(hall.messages) == 2, "the round has its message already"
    assert "first one counts" in await hall.lock(group.ada, right=True)
    await hall.settle(60)
    assert "counts for nobody" in said(hall.message)
    await hall.settle(11)
    assert "round 2 of 2" in said(hall.message)
    await after.close()


async def test_without_attach_files_the_words_are_there_all_the_same(group: Group) -> None:
    hall = await begun(group, group.bob, rounds=1)
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=False)
    await hall.settle()
    group.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await hall.settle(11)
    assert f"### <@{group.ada.id}> wins with " in said(hall.message)
    assert hall.message.attachments == []
