from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import simcord
from discord import app_commands

from bot.client import StudyBot
from bot.domain.errors import StudyError
from bot.pacer import Pacer
from tests.cogs.world import Group
from tests.conftest import WorldClock


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A refusal is not an error: the `group` fixture tells the two apart, simcord does not."""
    for item in items:
        item.add_marker(pytest.mark.simcord(check_errors=False))


class Unpaced(Pacer):
    """Nobody waits: simcord has one clock for the bot and another for the test that drives it."""

    async def turn(self) -> None:
        """Now."""


def _foreseen(error: BaseException) -> bool:
    cause = getattr(error, "original", error)
    return isinstance(cause, StudyError | app_commands.CheckFailure | app_commands.TransformerError)


@pytest_asyncio.fixture
async def group(
    simcord_env: simcord.Env, simcord_bot: StudyBot, clock: WorldClock
) -> AsyncIterator[Group]:
    clock.env = simcord_env
    simcord_bot.pacer = Unpaced()
    owner = simcord_env.create_user("ada")
    guild = simcord_env.create_guild("ML interview group", owner=owner)
    yield Group(
        env=simcord_env,
        bot=simcord_bot,
        guild=guild,
        channel=guild.create_text_channel("ml-daily"),
        ada=guild.add_member(owner),
        bob=guild.add_member(simcord_env.create_user("bob")),
    )
    unforeseen = [e for e in simcord_env.errors if not _foreseen(e)]
    if unforeseen:
        raise ExceptionGroup("the bot raised what nobody had foreseen", unforeseen)
