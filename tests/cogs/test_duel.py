"""Duels on the real discord.py, driven from the challenge to the final card."""

from datetime import timedelta
from typing import Any

import discord

from tests.cogs.world import Group, buttons, said


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
        right = ring_right(group, ring)
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


def ring_right(group: Group, ring: Ring) -> int:
    """The place of the right letter in the open round."""
    text = said(ring.message)
    for question in group.bot.services.setup._bank:
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
