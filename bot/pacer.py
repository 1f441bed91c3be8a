"""Spaces background requests, so that interactions never wait behind them.

Discord allows a bot 50 requests a second and bans addresses that ignore its 429s; discord.py does
not hold back by itself (../docs/decisions/0004). Answers to interactions are exempt.
"""

import asyncio

PER_SECOND = 35


class Pacer:
    """Hands out turns, `per_second` of them, in the order they were asked for."""

    def __init__(self, per_second: float = PER_SECOND) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next turn."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next)
        self._next = at + self._gap
        if at > now:
            await asyncio.sleep(at - now)
