"""Readiness, on the real discord.py."""

from tests.cogs.world import Group, buttons, said


async def test_from_the_first_question_to_the_verdict(group: Group) -> None:
    assert "Ready for what?" in said(await group.bob.user.slash("readiness"))
    asked = await group.bob.user.slash("readiness", role="mle", seniority="junior")
    assert asked.response.ephemeral
    assert "**Readiness** · 1 of 1 · evaluation" in said(asked)
    assert buttons(asked) == ["A", "B", "C", "D"]
    told = await group.bob.user.click(asked.response, label="A")
    text = said(told)
    assert "### Readiness · ML engineer, junior" in text
    assert "That is little to go by" in text
    again = await group.bob.user.slash("readiness")
    assert "1 of 1" in said(again)
    assert said(again) != text


async def test_after_five_minutes_it_is_over(group: Group) -> None:
    asked = await group.bob.slash(group.channel, "readiness", role="mle")
    await group.env.advance_time(301)
    over = await group.bob.click(asked.response, label="B")
    assert "says nothing about you" in said(over)


async def test_earlier_checks_are_told_as_long_ago_and_only_where_something_was_answered(
    group: Group,
) -> None:
    first = await group.bob.slash(group.channel, "readiness", role="mle")
    await group.bob.click(first.response, label="A")
    began = int(group.env.now().timestamp())
    await group.bob.slash(group.channel, "readiness")
    await group.env.advance_time(301)
    third = await group.bob.slash(group.channel, "readiness")
    await group.bob.click(third.response, label="A")
    (line,) = said(third).split("**Before**\n")[1].splitlines()[:-1]
    assert abs(int(line.split(":")[1]) - began) < 5
    assert " of 1" in line
