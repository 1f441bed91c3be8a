"""Background work of the edge: each thing once at a time, and waited for before we leave."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


class Flights:
    """What is under way right now, by name."""

    def __init__(self) -> None:
        self._flying: dict[str, asyncio.Task[None]] = {}

    def launch(self, key: str, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin something, unless it is under way; `what` is said of it when it goes wrong."""
        before = self._flying.get(key)
        # One that has ended counts no more, though its callback may not have run yet.
        if before is None or before.done():
            task = asyncio.create_task(_logged(what, work()), name=what)
            self._flying[key] = task
            task.add_done_callback(lambda done: self._land(key, done))

    def _land(self, key: str, task: asyncio.Task[None]) -> None:
        if self._flying.get(key) is task:
            del self._flying[key]

    async def landed(self, patience: float | None = None) -> None:
        """Wait until nothing is under way, or for so many seconds."""
        if self._flying:
            await asyncio.wait(list(self._flying.values()), timeout=patience)


async def _logged(what: str, work: Awaitable[None]) -> None:
    """Whatever goes wrong: rows are truth, so nothing is lost by trying again later."""
    try:
        await work
    except Exception:
        log.exception("%s is left for the next tick", what)
