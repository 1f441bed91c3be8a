"""What somebody takes along, and what must not be given away by it."""

import pytest

from bot.domain.errors import NotFound
from tests.services.world import ANNA, WRONG, World, at


async def test_a_missed_question_that_is_asked_again_waits_for_its_answer(world: World) -> None:
    """Three questions, and the fourth day asks one of them again: its strong answer stays shut."""
    await world.set_up()
    export = world.services.export
    for day in range(3):
        await world.tick(at(day, 9))
        await world.pick(ANNA, at(day, 12), picked=WRONG)
    assert len(await export.missed(ANNA)) == 3
    (again,) = await world.tick(at(3, 9))
    shown = [question.id for question in await export.missed(ANNA)]
    assert len(shown) == 2
    assert again.question_id not in shown
    await world.pick(ANNA, at(3, 12))
    assert len(await export.missed(ANNA)) == 2
    assert len(await export.answers(ANNA)) == 4


async def test_somebody_new_has_nothing_to_take_along(world: World) -> None:
    for files in (world.services.export.missed, world.services.export.answers):
        with pytest.raises(NotFound, match="not answered anything yet"):
            await files(ANNA)
