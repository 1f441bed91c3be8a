"""Quizzes on the real discord.py, driven from the lobby to the podium."""

from dataclasses import replace
from typing import Any

import discord
import simcord

from bot.app import build
from bot.content import load_bank
from bot.domain.game import Kind
from bot.settings import Settings
from tests.cogs.conftest import Unpaced
from tests.cogs.world import Group, buttons, said
from tests.conftest import BANK, WorldClock


class Hall:
    """A quiz in a channel, and what happens when time goes by."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.games: Any = group.bot.get_cog("Games")

    async def settle(self, seconds: float = 0) -> None:
        """Let so much time go by, then do what is due and wait until it is drawn."""
        if seconds:
            await self.group.env.advance_time(seconds)
        await self.games.tick()
        await self.games.tables.landed()

    @property
    def messages(self) -> list[discord.Message]:
        """All its messages, the oldest first."""
        return sorted(self.group.channel.history(), key=lambda m: m.id)

    @property
    def message(self) -> discord.Message:
        """The latest."""
        return self.messages[-1]

    @property
    def right(self) -> int:
        """The place of the right letter in the open round."""
        text = said(self.message)
        question = next(q for q in load_bank(BANK) if f"### {q.title}\n" in text)
        right = question.choice.options[question.choice.right].text
        return next(i for i, letter in enumerate("ABCD") if f"**{letter}** · {right}" in text)

    async def lock(self, who: simcord.MemberActor, *, right: bool) -> str:
        place = self.right if right else (self.right + 1) % 4
        return said(await who.click(self.message, label="ABCD"[place]))


def chen_of(group: Group) -> simcord.MemberActor:
    return group.guild.add_member(group.env.create_user("chen"))


async def opened(group: Group, *players: simcord.MemberActor, **options: Any) -> Hall:
    """A lobby in which these people are beside Ada."""
    await group.ada.slash(group.channel, "quiz start", **{"rounds": 2} | options)
    hall = Hall(group)
    for player in players:
        await player.click(hall.message, label="Join")
    await hall.settle()
    return hall


async def begun(group: Group, *players: simcord.MemberActor, **options: Any) -> Hall:
    hall = await opened(group, *players, **options)
    await group.ada.click(hall.message, label="Start now")
    await hall.settle(7)
    return hall


async def changed(group: Group, **fields: Any) -> None:
    """The latest quiz, as a crash at a bad moment leaves it."""

    async def work(tx: Any) -> None:
        (game,) = await tx.games.latest(group.ada.id, group.guild.id, Kind.QUIZ, 1)
        await tx.games.save(replace(game, **fields))

    await group.bot.store.write(work)


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
    assert "place 2 of 2 · rating −158" in said(history)
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


async def test_too_few_fresh_questions_offers_a_way(group: Group) -> None:
    few = await group.ada.slash(group.channel, "quiz start", rounds=5, topic="evaluation")
    assert "Only 3" in said(few)
    assert buttons(few) == ["Play 3 rounds", "All topics"]
    shown = await group.ada.click(few.response, label="Play 3 rounds")
    assert "3 rounds · evaluation" in said(shown)


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
