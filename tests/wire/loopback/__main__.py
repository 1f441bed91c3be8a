"""`python -m tests.wire.loopback`: prints one JSON line, serves until its input ends."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys

from .openapi import Validator
from .server import Loopback
from .world import TOKEN, World


async def serve(options: argparse.Namespace) -> None:
    """Serves until standard input is closed (or for ever, with --stay)."""
    world = World(token=options.token).seed(guilds=options.guilds, people=options.people)
    validator = Validator(os.devnull) if options.unchecked else None
    async with Loopback(world, port=options.port, validator=validator) as loopback:
        loopback.limiter.global_limit = options.global_limit
        control = f"{world.base_url}/_control"
        line = {"port": loopback.port, "control": control, "env": loopback.env}
        print(json.dumps(line), flush=True)
        if options.stay:
            await asyncio.Event().wait()
        await asyncio.to_thread(sys.stdin.buffer.read)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="tests.wire.loopback", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--guilds", type=int, default=1)
    parser.add_argument("--people", type=int, default=0, help="besides the usual five")
    parser.add_argument("--unchecked", action="store_true", help="take bodies as they come: faster")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--global-limit", type=int, default=None)
    parser.add_argument("--stay", action="store_true")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
