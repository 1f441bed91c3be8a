"""What to read, on the real discord.py."""

from tests.cogs.world import Group, said


async def test_a_word_finds_links_in_a_direct_message(group: Group) -> None:
    shown = await group.bob.user.slash("resources", topic="calibration")
    assert shown.response.ephemeral
    assert "https://scikit-learn.org/stable/modules/model_evaluation.html" in said(shown)


async def test_what_is_not_there_names_the_next_step(group: Group) -> None:
    shown = await group.bob.slash(group.channel, "resources", topic="watercolour")
    assert "Topics are foundations" in said(shown)
    shown = await group.bob.slash(group.channel, "resources", topic="evaluate stuff")
    assert "Did you mean `evaluation`?" in said(shown)


async def test_gaps_lead_to_what_helps(group: Group) -> None:
    assert "I don't know your gaps yet" in said(await group.bob.slash(group.channel, "resources"))
    await group.set_up()
    await group.posted()
    await group.answer(group.bob, "I would look at accuracy, since most alerts are fine anyway.")
    await group.answer(group.ada)
    text = said(await group.bob.slash(group.channel, "resources"))
    assert "**Evaluation** · 0 of 100 over 1 question" in text
    assert "https://" in text
    assert "No topic looks weak" in said(await group.ada.slash(group.channel, "resources"))


async def test_typing_is_helped(group: Group) -> None:
    offered = await group.bob.autocomplete(group.channel, "resources", "topic", "")
    assert "system-design" in [c["value"] for c in offered]
    offered = await group.bob.autocomplete(group.channel, "resources", "topic", "system design")
    assert [c["name"] for c in offered] == ["Topic: system design"]
    offered = await group.bob.autocomplete(group.channel, "resources", "topic", "boosting")
    assert any("XGBoost" in c["name"] for c in offered)
