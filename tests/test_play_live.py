"""What play takes from behind simcord's public names: it is there, and it does no harm."""

import asyncio
import time
from datetime import UTC, datetime

import discord
import pytest
import simcord

from bot.play import live
from bot.play.live import LiveEnv
from bot.play.world import found

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Napper(discord.Client):
    """Naps for a while after it has come up."""

    async def setup_hook(self) -> None:
        self.nap = asyncio.create_task(asyncio.sleep(0.4))


def test_a_simcord_that_has_changed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(simcord.Env, "_settle_internal")
    with pytest.raises(ImportError, match=r"has changed Env\._settle_internal$"):
        live.check()


async def test_the_world_starts_at_the_given_time_under_its_own_name() -> None:
    client = Napper(intents=discord.Intents.none())
    env = LiveEnv(client, start=NOW)
    found(env)
    assert env.now() == NOW
    await env.start()
    assert client.user is not None
    assert client.user.name == "Loopmate"
    assert abs(env.now() - NOW).total_seconds() < 5
    await env.shutdown()
    await client.close()


async def test_a_timer_that_fires_while_time_is_moved_does_not_stop_it() -> None:
    client = Napper(intents=discord.Intents.none())
    env = LiveEnv(client, start=NOW)
    await env.start()
    woken = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.01, woken.set_result, None)
    time.sleep(0.6)  # noqa: ASYNC251 - now both timers are due in one turn of the loop, ours first
    await woken
    async with asyncio.timeout(5):
        await env.advance_time(1)
    assert client.nap.done()
    await env.shutdown()
    await client.close()
