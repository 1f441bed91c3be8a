"""One tick that sleeps to the next due row; the only module that imports apscheduler.

Rows are truth and this is only an alarm clock: a tick that comes late, twice or never changes
when things happen, not whether (docs/decisions/0001).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import Clock, SystemClock

log = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(seconds=30)
"""However far away the next due row is: somebody may have added an earlier one."""
SHORTEST_SLEEP = timedelta(milliseconds=50)


class Alarm:
    """Calls `tick` at start, at every due instant it names, and at least every half minute."""

    def __init__(self, tick: Callable[[], Awaitable[datetime | None]], clock: Clock) -> None:
        self._tick, self._clock = tick, clock
        self._machine = SystemClock()
        """What APScheduler goes by; a simulated world's clock may run behind it."""
        self._scheduler: Any = None
        self._job: Any = None
        self._ticking = self._again = self._stopped = False

    def start(self) -> None:
        """Ring at once, then keep ringing; not at all if it has been stopped before."""
        if self._stopped:
            return  # whoever gets ready while we are leaving
        if self._job is not None:
            self.wake()  # Discord has forgotten our session, and we are ready once more
            return
        from apscheduler.schedulers.asyncio import (  # noqa: PLC0415 - after the start, not in it
            AsyncIOScheduler,
        )

        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._job = self._scheduler.add_job(
            self._ring,
            "interval",
            seconds=LONGEST_SLEEP.total_seconds(),
            next_run_time=self._machine.now(),
            coalesce=True,
            misfire_grace_time=None,
            # A ring that is set within a tick may come before the tick is seen to have ended, and
            # would be dropped until the next beat; `_ring` sees to it that one tick runs at a time.
            max_instances=3,
        )
        self._scheduler.start()

    def wake(self) -> None:
        """Something may be due earlier than thought, also while a tick is under way: look now."""
        self._again = True
        if self._job is not None:
            self._job.modify(next_run_time=self._machine.now())

    def stop(self) -> None:
        """Ring no more; a tick under way is cancelled, and its units of work stay whole."""
        self._stopped = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        self._job = None

    async def _ring(self) -> None:
        if self._ticking:
            self._again = True
            return
        self._ticking, self._again = True, False
        due = await self._ticked()
        self._ticking = False
        now = self._clock.now()
        if self._job is not None:
            latest = now + LONGEST_SLEEP
            due = now if self._again else due
            at = min(max(due or latest, now + SHORTEST_SLEEP), latest)
            self._job.modify(next_run_time=self._machine.now() + (at - now))

    async def _ticked(self) -> datetime | None:
        try:
            return await self._tick()
        except asyncio.CancelledError:
            return None  # we are stopping; what is undone now is done after the next start
        except Exception:
            log.exception("a tick failed; the next one tries again")
            return None
