"""Plans, on the real discord.py."""

from icalendar import Calendar

from tests.cogs.world import Group, buttons, said


async def test_without_a_role_it_asks_for_one(group: Group) -> None:
    assert "What do you prepare for?" in said(await group.bob.user.slash("plan"))
    passed = await group.bob.user.slash("plan", role="mle", interview="2020-01-01")
    assert "That day has passed" in said(passed)
    unread = await group.bob.user.slash("plan", role="mle", interview="next week")
    assert "year-month-day" in said(unread)


async def test_from_the_role_to_the_calendar(group: Group) -> None:
    await group.until(9)
    shown = await group.bob.user.slash(
        "plan", role="ai-engineer", seniority="senior", interview="2026-01-20"
    )
    text = said(shown)
    assert shown.response.ephemeral
    assert "### Your plan · AI engineer, senior" in text
    assert "Interview on Tuesday 20 January, in 19 days" in text
    assert "**Today, 30 minutes**" in text
    assert "`/drill topic:" in text
    assert "Week 1 of 3" in text
    assert "Week 3 · " in text
    assert buttons(shown) == ["Calendar file", "Next week"]
    turned = await group.bob.user.click(shown.response, label="Next week")
    assert "Week 2 of 3" in said(turned)
    file = await group.bob.user.click(shown.response, label="Calendar file")
    (attached,) = file.response.attachments
    assert attached.filename == "plan.ics"
    assert (
        len(list(Calendar.from_ical(await attached.read()).walk("VEVENT"))) == 21
    )  # 20 days and the interview


async def test_todays_step_is_in_today_with_a_question_or_without(group: Group) -> None:
    assert "Today, 30 minutes" not in said(await group.bob.slash(group.channel, "today"))
    await group.bob.slash(group.channel, "plan", role="mle")
    alone = await group.bob.slash(group.channel, "today")
    assert "**Today, 30 minutes**" in said(alone)
    await group.set_up()
    await group.posted()
    both = said(await group.bob.slash(group.channel, "today"))
    assert "Today's question" in both
    assert "**Today, 30 minutes**" in both
    assert "Today, 30 minutes" not in said(await group.ada.slash(group.channel, "today"))


async def test_a_plan_can_be_deleted(group: Group) -> None:
    await group.bob.slash(group.channel, "plan", role="mle")
    asked = await group.bob.slash(group.channel, "privacy delete")
    await group.bob.click(asked.response, label="Delete it all")
    assert "What do you prepare for?" in said(await group.bob.slash(group.channel, "plan"))
