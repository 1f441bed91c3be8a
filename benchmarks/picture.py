"""How long the picture of a profile takes, and how long the event loop waits meanwhile.

    python -m benchmarks.picture

The fullest profile there can be, drawn as `/me profile` draws it, in a thread, beside an empty
picture of its size. A task of the same loop wakes every millisecond and notes how late it is.
Ends with status 1 when p99 is over 60 ms, or the loop was ever held up for more than 20 ms.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from io import BytesIO
from time import perf_counter

from PIL import Image

from benchmarks.many import share
from bot.ui.portrait import portrait
from bot.ui.profile import pictured
from tests.ui.test_profile import FULL

PICTURES, COLD = 200, 5
ALLOWED_MS, ALLOWED_HELD_MS = 60.0, 20.0
BEAT = 0.001


def empty(size: tuple[int, int]) -> bytes:
    """A picture with nothing on it."""
    out = BytesIO()
    Image.new("RGB", size).save(out, "PNG", compress_level=1)
    return out.getvalue()


async def drawn(draw: Callable[[], Awaitable[object]]) -> tuple[list[float], list[float]]:
    """Milliseconds of each picture, and by how much the loop was late at each beat."""
    took: list[float] = []
    late: list[float] = []

    async def beat() -> None:
        while True:
            begun = perf_counter()
            await asyncio.sleep(BEAT)
            late.append((perf_counter() - begun - BEAT) * 1000)

    beating = asyncio.create_task(beat())
    for at in range(COLD + PICTURES):
        begun = perf_counter()
        await draw()
        if at >= COLD:
            took.append((perf_counter() - begun) * 1000)
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
    return took, late


async def measured() -> int:
    """Both, in the same run; 1 if a demand was missed."""
    with Image.open(BytesIO(portrait(FULL))) as picture:
        size = picture.size
    ours, held = await drawn(lambda: pictured(FULL, own=True))
    bare, idle = await drawn(lambda: asyncio.to_thread(empty, size))
    for name, took, late in (("profile", ours, held), ("empty picture", bare, idle)):
        print(
            f"{name:14} p50 {share(took, 0.5):5.1f} ms, p99 {share(took, 0.99):5.1f}, "
            f"max {max(took):5.1f}; "
            f"loop held up p99 {share(late, 0.99):4.1f} ms, max {max(late):4.1f}"
        )
    return int(share(ours, 0.99) > ALLOWED_MS or max(held) > ALLOWED_HELD_MS)


def main() -> int:
    """Measure; 1 if a demand was missed."""
    return asyncio.run(measured())


if __name__ == "__main__":
    sys.exit(main())
