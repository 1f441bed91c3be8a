"""The composition root: settings -> store, bank, services, client.

The only place that names concrete adapters. Everything else is handed what it needs:

    bot = build(settings)                       # a discord.py client, not yet connected
    bot = build(settings, clock=clock)          # the same on another clock: play, tests
    await run(settings)                         # until SIGTERM; the command line's `run`
"""

import asyncio
import gc
import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.assessors.rubric import RubricAssessor
from bot.bank_cache import cached_bank
from bot.client import StudyBot
from bot.clock import Clock, SystemClock
from bot.domain.errors import Trouble
from bot.domain.resource import Library, Resource
from bot.domain.verdict import Assessor
from bot.services import Services
from bot.settings import BadSettings, Settings
from bot.store.port import Store, StoreTrouble
from bot.store.sqlite import SqliteStore


class CannotRun(Trouble):
    """The bot cannot start; the message is one sentence for the operator."""


def open_store(settings: Settings, clock: Clock) -> SqliteStore:
    """The store of these settings, not yet connected."""
    return SqliteStore(settings.database, now=clock.now())


def build(settings: Settings, *, clock: Clock | None = None, scheduled: bool = True) -> StudyBot:
    """A bot, not yet connected.

    Args:
        settings: where everything is.
        clock: tells the time; the machine's own without one.
        scheduled: whether the alarm rings by itself.

    Raises:
        BadSettings: the language model cannot be asked as configured.
        BrokenBank: the questions have faults.
    """
    clock = clock or SystemClock()
    bank = cached_bank(settings.questions, settings.bank_cache)
    store = open_store(settings, clock)
    lease = timedelta(seconds=settings.lease_seconds)
    services = Services.over(
        store, bank, _assessor(settings, store), lease=lease, library=Library(_resources)
    )
    return StudyBot(
        store=store,
        services=services,
        clock=clock,
        scheduled=scheduled,
        beat=lambda: _touch(settings.heartbeat),
    )


def _resources() -> tuple[Resource, ...]:
    from bot.reading import load_resources  # noqa: PLC0415 - YAML is not for the start

    return load_resources()


def _assessor(settings: Settings, store: Store) -> Assessor:
    """The rubric engine, with a language model beside it where one is configured."""
    if settings.ai_model is None:
        return RubricAssessor()
    key = settings.ai_key.get_secret_value() if settings.ai_key else None
    try:
        from bot.assessors import llm  # noqa: PLC0415 - takes a second, and the extra
        from bot.services.judging import Judging  # noqa: PLC0415

        judge = llm.LlmJudge(llm.endpoint(settings.ai_model, settings.ai_url, key))
    except ImportError:
        raise BadSettings(
            "LOOPMATE_AI_MODEL is set, but what it needs is not installed: "
            "pip install 'loopmate[ai]'."
        ) from None
    except ValueError as fault:
        raise BadSettings(str(fault)) from None
    return Judging(store, judge, daily=settings.ai_daily, patience=settings.ai_timeout)


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in flight.

    Raises:
        BadSettings: there is no token.
        BrokenBank: the questions have faults.
        CannotRun: Discord or the database refuses.
    """
    if settings.token is None:
        raise BadSettings("DISCORD_TOKEN is not set; README.md tells how to get one.")
    _point_at(settings)
    bot = build(settings)
    gc.freeze()
    gc.enable()
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    connected = asyncio.create_task(bot.start(settings.token.get_secret_value()))
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        await bot.close()
        settings.heartbeat.unlink(missing_ok=True)
    await _outcome(connected, by_us=stop.is_set())


async def _outcome(connected: asyncio.Task[None], *, by_us: bool) -> None:
    """How the connection ended, in one sentence where it should not have."""
    if by_us:
        connected.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await connected
        return
    try:
        await connected
    except discord.LoginFailure:
        raise CannotRun("Discord refuses this token; check DISCORD_TOKEN.") from None
    except discord.PrivilegedIntentsRequired:
        raise CannotRun("Discord refuses our intents; none should need approval.") from None
    except StoreTrouble as trouble:
        raise CannotRun(str(trouble)) from None
    except (discord.HTTPException, discord.ConnectionClosed) as refused:
        raise CannotRun(f"Discord closed the connection: {refused}.") from None
    except (aiohttp.ClientError, OSError, discord.GatewayNotFound) as unreachable:
        raise CannotRun(f"Discord cannot be reached: {unreachable}.") from None


def _point_at(settings: Settings) -> None:
    """Send requests through proxies where the settings name any."""
    if settings.discord_api:
        Route.BASE = settings.discord_api.rstrip("/")
    if settings.discord_gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.discord_gateway)


def _touch(heartbeat: Path) -> None:
    with suppress(OSError):
        heartbeat.touch()
