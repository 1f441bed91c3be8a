"""When an alarm rings is tested with what it is for; here is what it does while we are leaving."""

import asyncio

from bot.clock import SystemClock
from bot.scheduling import Alarm


async def test_an_alarm_stopped_before_it_began_never_rings() -> None:
    rung = asyncio.Event()

    async def tick() -> None:
        rung.set()

    alarm, other = Alarm(tick, SystemClock()), Alarm(tick, SystemClock())
    alarm.stop()
    alarm.start()
    await asyncio.wait([ringing := asyncio.create_task(rung.wait())], timeout=0.2)
    assert not ringing.done()
    other.start()
    await ringing
    other.stop()


async def test_an_alarm_that_is_started_once_more_rings_at_once() -> None:
    rung: asyncio.Queue[None] = asyncio.Queue()

    async def tick() -> None:
        rung.put_nowait(None)

    alarm = Alarm(tick, SystemClock())
    alarm.start()
    await rung.get()
    alarm.start()
    await asyncio.wait_for(rung.get(), timeout=5)
    alarm.stop()
