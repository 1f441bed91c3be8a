"""From the start of the process to commands that work, beside the smallest bot there is.

`python -m benchmarks.start`. The same point for both, seen from Discord: the commands are
registered and the gateway is connected. Runs alternate, so that both see the same machine.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.wire.loopback import Remote
from tests.wire.process import BARE, BOT, Process

ALLOWED = 2.0
COMMANDS = "/applications/*/commands"


async def seconds(discord: Remote, process: Process) -> float:
    """One start, from nothing to commands that work."""
    registered = len(await discord.requests("PUT", COMMANDS))
    started = time.perf_counter()
    async with process:
        await discord.online(1, 60)
        took = time.perf_counter() - started
        assert len(await discord.requests("PUT", COMMANDS)) == registered + 1
        await process.kill()
        await discord.offline()
    return took


async def compare(runs: int, folder: Path) -> tuple[list[float], list[float]]:
    """Start both in turns; the first start of each, which compiles and migrates, does not count."""
    ours: list[float] = []
    bare: list[float] = []
    async with Remote() as discord:
        for run in range(runs + 1):
            for command, times in ((BOT, ours), (BARE, bare)):
                took = await seconds(discord, Process(folder, discord.env, command=command))
                if run:
                    times.append(took)
    return ours, bare


def main() -> int:
    """Measure, print; 1 if ours takes more than twice as long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="start-") as folder:
        ours, bare = asyncio.run(compare(options.runs, Path(folder)))
    ratio = statistics.median(ours) / statistics.median(bare)
    for name, times in (("ours", ours), ("bare", bare)):
        middle, least, most = statistics.median(times), min(times), max(times)
        print(f"{name}: {middle:.2f} s, median of {len(times)} starts ({least:.2f} to {most:.2f})")
    print(f"ratio: {ratio:.2f} (allowed: {ALLOWED:.0f})")
    return 0 if ratio <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
