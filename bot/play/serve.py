"""`loopmate play`: the bot with no token, alive in a simulated Discord, on a local page."""

import asyncio
import contextlib
import logging
import signal
import webbrowser
from collections.abc import AsyncIterator, Callable, Coroutine, MutableMapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import discord
from simcord import ChannelHandle, SetupError
from simcord.preview import Preview

from bot.clock import Clock, SystemClock
from bot.play import live
from bot.play.live import Viewer
from bot.play.page import Door, Front
from bot.play.world import Seed, World, WorldClock, found

log = logging.getLogger(__name__)

BEAT = 0.25  # seconds between two looks at the wall clock
REDRAW = 15.0  # seconds after which "in 3 minutes" is out of date

INVITATION = """\
Loopmate is playing in a simulated Discord: no token, and nothing leaves this machine.

  {url}              #ml-daily as Ada, who runs the group
  {url}#ml-daily/bob the same channel as Bob, in another tab
  {url}#messages/ada Ada's direct messages

Press Answer under the question. Type / in the message field for the commands.
Ctrl-C ends it; nothing is kept."""


class Stage:
    """The world, what is shown of it, and the beat that keeps it on the wall clock."""

    def __init__(self, world: World, wall: Clock, stack: AsyncExitStack) -> None:
        self.world = world
        self.doors: dict[str, Door] = {}
        self._wall = wall
        self._stack = stack  # where every preview waits to be closed
        self._previews: list[Preview] = []
        self._shown: set[int] = set()
        self._lock = asyncio.Lock()  # simcord takes one operation at a time
        self._drawn = -1
        self._redraw_at = 0.0

    async def open_doors(self) -> None:
        """Show each channel to each person who can see it, under the name `room/person`."""
        world = self.world
        await self._open("ml-daily", "# ml-daily", world.daily, world.people)
        await self._open("general", "# general", world.general, world.people)
        for member in world.people:
            await self._open("messages", "@ Loopmate", member.user.dm_channel, [member.user])

    async def _open(
        self, room: str, label: str, channel: ChannelHandle, viewers: Sequence[Viewer]
    ) -> None:
        preview = live.open_preview(self.world.env, channel, viewers, "UTC")
        await self._stack.enter_async_context(preview)
        self._previews.append(preview)
        for viewer in viewers:
            self.doors[f"{room}/{viewer.name}"] = Door(label, preview, channel, viewer)

    async def _open_threads(self) -> None:
        """Make a room of every thread that somebody has started since the last look."""
        for channel in (self.world.daily, self.world.general):
            for thread in channel.threads:
                if thread.id in self._shown:
                    continue
                self._shown.add(thread.id)
                label = f"› {thread.name}"
                with contextlib.suppress(SetupError):  # a private thread is not for everybody
                    await self._open(f"thread-{thread.id}", label, thread, self.world.people)

    @asynccontextmanager
    async def acting(
        self, preview: Preview, page_id: str, action: MutableMapping[str, Any]
    ) -> AsyncIterator[None]:
        """Hold the world for one action of somebody in a browser."""
        async with self._lock:
            live.before_action(self.world.env, preview, page_id, action)
            yield

    async def keep_time(self) -> None:
        """Let the world's time follow the wall clock and the pages follow the world."""
        while True:
            await asyncio.sleep(BEAT)
            try:
                async with self._lock:
                    await self._beat()
            except Exception:
                log.exception("The simulated Discord missed a beat")

    async def _beat(self) -> None:
        env = self.world.env
        behind = (self._wall.now() - env.now()).total_seconds()
        if behind > 0:
            await env.advance_time(behind)
        now = env.now().timestamp()
        if env.happenings == self._drawn and now < self._redraw_at:
            return
        await self._open_threads()
        for preview in self._previews:
            await preview.refresh()
        self._drawn, self._redraw_at = env.happenings, now + REDRAW


async def play(
    make_bot: Callable[[Clock], discord.Client],
    *,
    port: int = 8765,
    open_browser: bool,
    announce: Callable[[str], None],
    seed: Seed,
    past: timedelta = timedelta(),
) -> None:
    """Run the bot in a simulated Discord, show it on a local page, end at Ctrl-C.

    Args:
        make_bot: builds it on the world's clock.
        port: of the page, on this machine.
        open_browser: whether to show the page at once.
        announce: told what to say when the page is there.
        seed: what happens before.
        past: how long ago the world begins; `seed` has to let that time pass.
    """
    wall = SystemClock()
    begun = wall.now() - past
    clock = WorldClock(begun)
    bot = make_bot(clock)
    env = live.LiveEnv(bot, start=begun)
    clock.follow(env)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bot.close)  # simcord never closes the bot it ran
        world = found(env)
        await env.start()
        stack.push_async_callback(env.shutdown)
        await seed(world)
        stage = Stage(world, wall, stack)
        await stage.open_doors()
        front = Front(stage.doors, stage.acting, world=str(world.guild.id))
        url = await stack.enter_async_context(front.open(port))
        announce(INVITATION.format(url=url))
        if open_browser:
            await asyncio.to_thread(webbrowser.open, url)
        await _until_interrupted(stage.keep_time())


async def _until_interrupted(work: Coroutine[Any, Any, None]) -> None:
    """Run this until Ctrl-C or a polite kill."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C arrives as an exception
        loop.add_signal_handler(signal.SIGINT, task.cancel)
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    with contextlib.suppress(NotImplementedError):
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)
