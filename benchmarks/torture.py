"""Kill the bot at random moments, of posts (`torture_posts.py`) or of games (`torture_games.py`).

`python -m benchmarks.torture [games] --moments 200 --seed 7`. With `--broken memory` it is a bot
that is broken on purpose (`broken_bots.py`), and all is well if that is noticed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks import broken_bots, torture_games, torture_posts
from tests.wire.process import BOT


def main() -> int:
    """Read the command line, kill, print; 1 if a promise was broken, and not on purpose."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("posts", "games"), default="posts")
    parser.add_argument("--broken", choices=sorted(broken_bots.HOW), help="how (games only)")
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="another one every time without")
    parser.add_argument("--lanes", type=int, default=4, help="bots at the same time")
    options = parser.parse_args()
    seed = time.time_ns() % 1_000_000 if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        if options.what == "games":
            command = broken_bots.command(options.broken) if options.broken else BOT
            torture = partial(torture_games.torture, command=command)
        else:
            torture = torture_posts.torture
        tally = asyncio.run(torture(options.moments, seed, Path(folder), lanes=options.lanes))
    print("\n".join(tally.report(seed)))
    return 0 if tally.clean is (options.broken is None) else 1


if __name__ == "__main__":
    sys.exit(main())
