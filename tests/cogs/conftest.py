import pytest_asyncio
import simcord

from bot.client import StudyBot
from tests.cogs.world import Group
from tests.conftest import WorldClock


@pytest_asyncio.fixture
async def group(simcord_env: simcord.Env, simcord_bot: StudyBot, clock: WorldClock) -> Group:
    clock.env = simcord_env
    owner = simcord_env.create_user("ada")
    guild = simcord_env.create_guild("ML interview group", owner=owner)
    channel = guild.create_text_channel("ml-daily")
    return Group(
        env=simcord_env,
        bot=simcord_bot,
        guild=guild,
        channel=channel,
        ada=guild.add_member(owner),
        bob=guild.add_member(simcord_env.create_user("bob")),
    )
