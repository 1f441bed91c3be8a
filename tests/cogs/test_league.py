"""The league on the real discord.py: the table after a quiz, its buttons, and the next week."""

from tests.cogs.hall import begun
from tests.cogs.world import Group, buttons, said


async def played(group: Group) -> None:
    """A quiz of one round that Ada wins."""
    hall = await begun(group, group.bob, rounds=1)
    await hall.lock(group.ada, right=True)
    await hall.lock(group.bob, right=False)
    await hall.settle()
    await hall.settle(11)
    assert "wins" in said(hall.message)


async def test_before_anybody_has_played(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "quiz league")
    text = said(shown)
    assert "### Third division" in text
    assert "Nobody has points here this week yet. `/quiz start` opens a quiz." in text
    assert "You have not played this week. One quiz and you go up." in text
    assert buttons(shown) == ["First division", "Second division", "The season"]


async def test_a_week_and_the_next(group: Group) -> None:
    await played(group)
    shown = await group.bob.slash(group.channel, "quiz league")
    assert shown.ephemeral
    text = said(shown)
    assert "**League** · week of Monday 29 December, ends <t:" in text
    assert f"`1` <@{group.ada.id}> **100** in 1 quiz · ▲ goes up" in text
    assert f"`2` <@{group.bob.id}> (you) **0** in 1 quiz\n" in text
    assert "You are in place 2 of 2. 100 points more and you go up." not in text, "level is no win"
    assert "You are in place 2 of 2. 101 points more and you go up." in text
    await group.bob.click(shown.response, label="First division")
    assert "You are in the third division." in said(shown)
    assert buttons(shown) == ["Second division", "Third division (yours)", "The season"]
    await group.bob.click(shown.response, label="The season")
    assert "season 1 of 2026" in said(shown)
    assert "most points in the first division" in said(shown)
    await group.bob.click(shown.response, label="Third division (yours)")
    assert "You are in place 2 of 2." in said(shown)
    assert "goes up" not in said(shown)
    assert "This week" in buttons(shown)
    await group.env.advance_time(7 * 86400)
    later = said(await group.ada.slash(group.channel, "quiz league"))
    assert "### Second division" in later
    assert "You have not played this week. One quiz and you go up." in later
