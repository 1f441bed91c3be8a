"""Duels on the real discord.py, driven from the challenge to the final card."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord

from bot.content import load_bank
from tests.cogs.world import GOOD, Group, buttons, said
from tests.conftest import BANK


class Ring:
    """A duel's message, and what happens when time goes by."""

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
    def message(self) -> discord.Message:
        """The duel as people see it: the last message in the channel."""
        return max(self.group.channel.history(), key=lambda m: m.id)


async def challenged(group: Group, **options: Any) -> Ring:
    terms = {"opponent": group.bob, "rounds": 3} | options
    await group.ada.slash(group.channel, "duel challenge", **terms)
    return Ring(group)


async def test_a_duel_from_challenge_to_rating(group: Group) -> None:
    ring = await challenged(group, rounds=2)
    assert "challenges" in said(ring.message)
    assert buttons(ring.message) == ["Accept", "Decline"]
    await group.bob.click(ring.message, label="Accept")
    assert "The first question" in said(ring.message)
    for no in (1, 2):
        await ring.settle(11)
        assert f"round {no} of 2" in said(ring.message)
        assert buttons(ring.message) == list("ABCD")
        right = ring_right(ring)
        locked = await group.ada.click(ring.message, label="ABCD"[right])
        assert said(locked) == f"Locked in: **{'ABCD'[right]}**."
        await ring.settle()
        assert f"<@{group.ada.id}> locked in" in said(ring.message)
        await group.bob.click(ring.message, label="ABCD"[(right + 1) % 4])
        await ring.settle()
        assert "is right:" in said(ring.message)
        assert f"<@{group.ada.id}>: right." in said(ring.message)
    await ring.settle(11)
    text = said(ring.message)
    assert f"### <@{group.ada.id}> wins 2 – 0" in text
    assert "Rating: " in text
    assert buttons(ring.message) == ["Rematch", "Review what I missed"]
    missed = await group.bob.click(ring.message, label="Review what I missed")
    assert said(missed).count("You picked") == 2
    rating = await group.ada.slash(group.channel, "duel rating")
    assert "after 1 game" in said(rating)
    board = await group.ada.slash(group.channel, "duel board")
    assert said(board).index(str(group.ada.id)) < said(board).index(str(group.bob.id))
    history = await group.bob.slash(group.channel, "duel history")
    assert f"lost to <@{group.ada.id}> 0 – 2" in said(history)


def ring_right(ring: Ring) -> int:
    """The place of the right letter in the open round."""
    text = said(ring.message)
    for question in load_bank(BANK):
        if f"### {question.title}\n" in text:
            right = question.choice.options[question.choice.right].text
            return next(i for i, letter in enumerate("ABCD") if f"**{letter}** · {right}" in text)
    raise AssertionError(text)


async def test_only_the_one_who_is_challenged_can_accept(group: Group) -> None:
    ring = await challenged(group)
    own = await group.ada.click(ring.message, label="Accept")
    assert "theirs to answer" in said(own)
    await group.bob.click(ring.message, label="Decline")
    assert "declined" in said(ring.message)
    assert buttons(ring.message) == []


async def test_a_challenge_waits_five_minutes(group: Group) -> None:
    ring = await challenged(group)
    again = await group.ada.slash(group.channel, "duel challenge", opponent=group.bob, rounds=3)
    assert "still waiting" in said(again)
    await ring.settle(timedelta(minutes=5, seconds=1).total_seconds())
    assert "waited five minutes" in said(ring.message)


async def test_a_deleted_message_goes_on_in_a_new_one(group: Group) -> None:
    ring = await challenged(group)
    await group.bob.click(ring.message, label="Accept")
    lost = ring.message
    await group.ada.delete(lost)
    await ring.settle(11)
    assert ring.message.id != lost.id
    assert "round 1 of 3" in said(ring.message)
    await group.ada.click(ring.message, label="A")
    await group.bob.click(ring.message, label="A")
    await ring.settle()
    assert "is right:" in said(ring.message)


async def test_after_fourteen_minutes_it_is_edited_as_ourselves(group: Group) -> None:
    ring = await challenged(group, rounds=1)
    await group.bob.click(ring.message, label="Accept")
    game_id = (await group.bot.services.rounds.running())[0]

    async def forget_token(tx: Any) -> None:
        game = await tx.games.get(game_id)
        await tx.games.save(replace(game, token_until=game.made_at))

    await group.bot.store.write(forget_token)
    await ring.settle(11)
    assert "round 1 of 1" in said(ring.message)
    assert any(
        r.method == "PATCH" and r.path.startswith("/channels/") for r in group.env.http_requests
    )


async def test_a_channel_that_is_gone_ends_it_with_the_result_in_private(group: Group) -> None:
    ring = await challenged(group)
    await group.bob.click(ring.message, label="Accept")
    await ring.settle(11)
    group.env.inject_error("PATCH", "/webhooks/*", status=404, code=10003)
    await group.ada.click(ring.message, label="A")
    await ring.settle()
    for player in (group.ada, group.bob):
        assert "Duel" in said(player.user.dm_channel.last_message)


async def test_a_restart_in_the_middle_of_a_round(group: Group) -> None:
    ring = await challenged(group, rounds=2)
    await group.bob.click(ring.message, label="Accept")
    await ring.settle(11)
    await group.ada.click(ring.message, label="A")
    games: Any = ring.games
    games.tables._drawn.clear()
    await games.cog_load()
    await games.on_ready()
    await games.tables.landed()
    assert f"<@{group.ada.id}> locked in" in said(ring.message)
    again = await group.ada.click(ring.message, label="B")
    assert "first one counts" in said(again)
    await ring.settle(60)
    assert "counts for nobody" in said(ring.message)


async def test_an_open_duel_shows_both_answers_side_by_side(group: Group) -> None:
    ring = await challenged(group, rounds=1, style="explain")
    await group.bob.click(ring.message, label="Accept")
    await ring.settle(11)
    assert buttons(ring.message) == ["Write your answer"]
    for who, text in ((group.ada, GOOD), (group.bob, "I have no idea, @everyone.")):
        modal = await who.click(ring.message, label="Write your answer")
        locked = await who.submit_modal(modal, {"answer": text})
        assert "Locked in" in said(locked)
    await ring.settle()
    text = said(ring.message)
    assert "I have no idea" in text
    assert "●" in text
    assert "@everyone" not in text
    await ring.settle(26)
    assert f"<@{group.ada.id}> wins" in said(ring.message)


async def test_too_few_fresh_questions_offers_a_way(group: Group) -> None:
    few = await group.ada.slash(
        group.channel, "duel challenge", opponent=group.bob, rounds=5, topic="evaluation"
    )
    assert "Only 3" in said(few)
    assert buttons(few) == ["Play 3 rounds", "All topics"]
    shown = await group.ada.click(few.response, label="Play 3 rounds")
    assert "challenges" in said(shown)
    assert "3 rounds · evaluation" in said(shown)


async def test_nobody_else_plays_or_looks(group: Group) -> None:
    ring = await challenged(group, rounds=1)
    await group.bob.click(ring.message, label="Accept")
    await ring.settle(11)
    chen = group.guild.add_member(group.env.create_user("chen"))
    refused = await chen.click(ring.message, label="A")
    assert "between other people" in said(refused)
    await group.ada.slash(group.channel, "duel resign")
    await ring.settle()
    assert f"<@{group.ada.id}> resigned" in said(ring.message)
    refused = await chen.click(ring.message, label="Review what I missed")
    assert "between other people" in said(refused)
    rematch = await group.bob.click(ring.message, label="Rematch")
    assert "Only 2" in said(rematch) or "challenges" in said(rematch)


async def test_who_takes_no_challenges(group: Group) -> None:
    said_no = await group.bob.slash(group.channel, "duel challenges", welcome=False)
    assert "Nobody can challenge you" in said(said_no)
    refused = await group.ada.slash(group.channel, "duel challenge", opponent=group.bob, rounds=3)
    assert "no challenges" in said(refused)
    await group.bob.slash(group.channel, "duel challenges", welcome=True)
    await group.bob.slash(group.channel, "duel challenges", welcome=False, member=group.ada)
    refused = await group.ada.slash(group.channel, "duel challenge", opponent=group.bob, rounds=3)
    assert "no challenges" in said(refused)


async def test_nothing_to_show_is_said_with_a_next_step(group: Group) -> None:
    for command in ("history", "rating", "board"):
        shown = await group.bob.slash(group.channel, f"duel {command}")
        assert said(shown)
        assert "duel" in said(shown).casefold()
    refused = await group.bob.slash(group.channel, "duel resign")
    assert "in no duel" in said(refused)
    topics = await group.bob.autocomplete(group.channel, "duel challenge", "topic", "tre")
    assert [c["value"] for c in topics] == ["trees"]
    unknown = await group.ada.slash(
        group.channel, "duel challenge", opponent=group.bob, topic="cooking"
    )
    assert "don't know that topic" in said(unknown)


async def test_a_rematch_without_fresh_questions_has_ways_around(group: Group) -> None:
    ring = await challenged(group, rounds=2)
    await group.bob.click(ring.message, label="Accept")
    for _ in range(2):
        await ring.settle(11)
        await group.ada.click(ring.message, label="A")
        await group.bob.click(ring.message, label="B")
    await ring.settle(11)
    offered = await group.bob.click(ring.message, label="Rematch")
    assert "Only 1 of those questions" in said(offered)
    assert buttons(offered) == ["Play 1 round"]
    await group.bob.click(offered.response, label="Play 1 round")
    assert f"<@{group.bob.id}> challenges <@{group.ada.id}>" in said(ring.message)


async def test_a_board_is_of_a_topic_that_there_is(group: Group) -> None:
    refused = await group.ada.slash(group.channel, "duel board", topic="**@everyone**")
    assert "I don't know that topic" in said(refused)
    board = await group.ada.slash(group.channel, "duel board", topic="trees")
    assert "Nobody has a rating on trees" in said(board)


async def test_a_forgotten_opponent_has_no_name(group: Group) -> None:
    ring = await challenged(group, rounds=2)
    await group.bot.services.privacy.forget(group.ada.id)
    refused = await group.bob.click(ring.message, label="Accept")
    assert "deleted" in said(refused)
    await ring.settle(301)
    assert "found nobody" in said(ring.message)
    assert "<@0>" not in said(ring.message)


async def test_a_duel_with_a_forgotten_one_was_no_draw(group: Group) -> None:
    ring = await challenged(group, rounds=1)
    await group.bob.click(ring.message, label="Accept")
    await ring.settle(11)
    right = ring_right(ring)
    await group.ada.click(ring.message, label="ABCD"[right])
    await group.bob.click(ring.message, label="ABCD"[(right + 1) % 4])
    await ring.settle(11)
    await group.bot.services.privacy.forget(group.bob.id)
    history = said(await group.ada.slash(group.channel, "duel history"))
    assert "drew" not in history
    assert "played somebody who has left" in history


async def test_whose_challenges_one_takes_is_told_as_it_is(group: Group) -> None:
    async def takes(**options: Any) -> str:
        return said(await group.bob.slash(group.channel, "duel challenges", **options))

    await takes(welcome=False)
    assert "nobody can challenge you" in await takes(welcome=True, member=group.ada)
    await takes(welcome=False, member=group.ada)
    assert "except" in await takes(welcome=True)
    assert f"<@{group.ada.id}> can challenge you" in await takes(welcome=True, member=group.ada)


async def test_somebody_who_has_left_is_not_challenged_but_is_looked_up(group: Group) -> None:
    gone = group.env.create_user("gone")
    refused = await group.ada.slash(group.channel, "duel challenge", opponent=gone, rounds=2)
    assert "they may have left" in said(refused)
    for command in ("duel history", "duel rating", "quiz history"):
        shown = await group.ada.slash(group.channel, command, member=gone)
        assert f"<@{gone.id}> has" in said(shown)
    blocked = await group.ada.slash(group.channel, "duel challenges", welcome=False, member=gone)
    assert "no longer challenge you" in said(blocked)
