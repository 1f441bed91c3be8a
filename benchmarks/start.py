"""From the start of the process to commands that work, beside the smallest bot there is.

`python -m benchmarks.start`. The same point for both, seen from Discord: the commands are
registered and the gateway is connected. Runs alternate, so that both see the same machine. Ours
loads the questions that come along with it. CPU is told too: it varies less on a busy machine.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.press import cpu_seconds
from tests.wire.loopback import Remote
from tests.wire.process import BARE, BOT, Process

ALLOWED = 2.0
COMMANDS = "/applications/*/commands"


async def seconds(discord: Remote, process: Process) -> tuple[float, float]:
    """One start, from nothing to commands that work: time, and CPU."""
    registered = len(await discord.requests("PUT", COMMANDS))
    started = time.perf_counter()
    async with process:
        await discord.online(1, 60)
        took = time.perf_counter() - started, cpu_seconds(process.pid)
        assert len(await discord.requests("PUT", COMMANDS)) == registered + 1
        await process.kill()
        await discord.offline()
    return took


Starts = list[tuple[float, float]]


async def compare(runs: int, folder: Path) -> tuple[Starts, Starts]:
    """Start both in turns; the first start of each, which compiles and migrates, does not count."""
    ours: Starts = []
    bare: Starts = []
    async with Remote() as discord:
        for run in range(runs + 1):
            for command, times in ((BOT, ours), (BARE, bare)):
                process = Process(folder, discord.env, command=command)
                process.env.pop("LOOPMATE_QUESTIONS")
                took = await seconds(discord, process)
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
    wall, cpu = [
        [statistics.median(took[kind] for took in starts) for starts in (ours, bare)]
        for kind in (0, 1)
    ]
    ratio = wall[0] / wall[1]
    for at, (name, starts) in enumerate((("ours", ours), ("bare", bare))):
        least, most = min(starts)[0], max(starts)[0]
        print(
            f"{name}: {wall[at]:.2f} s ({least:.2f} to {most:.2f}), {cpu[at]:.2f} s of CPU; "
            f"medians of {len(starts)} starts"
        )
    print(f"ratio: {ratio:.2f} (allowed: {ALLOWED:.0f}), of CPU {cpu[0] / cpu[1]:.2f}")
    return 0 if ratio <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
