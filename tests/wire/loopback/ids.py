"""Snowflakes, timestamps and the one clock of a loopback world."""

from __future__ import annotations

import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Real time plus a shift that tests may move, so that a day passes without waiting."""

    def __init__(self) -> None:
        self.shift = 0.0
        self._count = 0

    def now(self) -> float:
        """Seconds since 1970 in this world."""
        return time.time() + self.shift

    def snowflake(self) -> str:
        """A fresh id that carries the present, unique even when the clock is set back."""
        self._count = (self._count + 1) % (1 << 22)
        return str((int(self.now() * 1000) - DISCORD_EPOCH_MS << 22) | self._count)

    def iso(self) -> str:
        """The present as Discord writes it."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="microseconds")


def seconds_of(snowflake: str) -> float:
    """The moment a snowflake was made, in seconds since 1970."""
    return ((int(snowflake) >> 22) + DISCORD_EPOCH_MS) / 1000


def iso_of(snowflake: str) -> str:
    """The moment a snowflake was made, as Discord writes it."""
    return datetime.fromtimestamp(seconds_of(snowflake), UTC).isoformat(timespec="microseconds")
