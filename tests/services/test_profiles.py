"""Profiles on a real store: what looking at one does, and does not do."""

from bot.domain.drill import Wanted
from bot.domain.sharing import Visibility
from bot.services.profiles import Wish
from tests.services.world import ANNA, BEN, GUILD, RIGHT, World, at


async def test_to_be_looked_up_is_not_to_turn_up(world: World) -> None:
    await world.set_up(zone_name="Asia/Tokyo")
    profiles = world.services.profiles
    await profiles.prefer(ANNA, None, Wish(visibility=Visibility.PROGRESS), at(0, 12))
    sight = await world.services.drilling.begin(Wanted(count=1), world.press(ANNA, None, at(0, 12)))
    await world.services.steps.choose(
        sight.drill.id, 0, RIGHT, None, world.press(ANNA, None, at(0, 12))
    )
    assert (await profiles.of(ANNA, BEN, GUILD, at(0, 13))).answered == 0, "too few to be shown"
    assert (await profiles.preferences(ANNA, None, at(0, 13))).zone_name == "UTC"
    await profiles.of(ANNA, ANNA, GUILD, at(0, 13))
    assert (await profiles.preferences(ANNA, None, at(0, 13))).zone_name == "Asia/Tokyo"
