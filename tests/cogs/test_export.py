"""What people take along, on the real discord.py."""

from io import BytesIO
from zipfile import ZipFile

from tests.cogs.world import Group, said

BAD = "I would look at accuracy, since most alerts are fine anyway."


async def test_nothing_to_take_along_says_where_to_begin(group: Group) -> None:
    for command in ("export anki", "export csv"):
        assert "You have not answered anything yet" in said(await group.bob.user.slash(command))


async def test_missed_questions_become_cards(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob, BAD)
    await group.answer(group.ada)
    shown = await group.bob.slash(group.channel, "export anki")
    assert shown.response.ephemeral
    assert "1 card of questions you missed" in said(shown)
    (file,) = shown.response.attachments
    assert file.filename == "loopmate.apkg"
    assert "collection.anki2" in ZipFile(BytesIO(await file.read())).namelist()
    assert "your last answer to every question was good" in said(
        await group.ada.slash(group.channel, "export anki")
    )


async def test_every_answer_is_a_row(group: Group) -> None:
    await group.set_up()
    await group.posted()
    await group.answer(group.bob, BAD)
    shown = await group.bob.user.slash("export csv")
    assert "1 row" in said(shown)
    (file,) = shown.response.attachments
    assert BAD in (await file.read()).decode("utf-8-sig")
