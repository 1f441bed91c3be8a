"""Rate limits: the headers of every answer, and the global window when it is switched on."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .mishaps import Mishap

if TYPE_CHECKING:
    from aiohttp import web

REALISTIC = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "POST /users/@me/channels": (10, 10.0),
    "POST /webhooks/{app}/{token}": (5, 2.0),
}
"""Buckets as people have observed them; Discord publishes none."""


@dataclass
class Window:
    """A fixed window: so many requests until it ends."""

    limit: int
    seconds: float
    ends: float = 0.0
    used: int = 0

    def take(self, now: float) -> bool:
        """Uses one request up; False when none is left."""
        if now >= self.ends:
            self.ends, self.used = now + self.seconds, 0
        self.used += 1
        return self.used <= self.limit


@dataclass
class Limiter:
    """Roomy by default; `global_limit` and `buckets` make it as tight as a test wants."""

    global_limit: int | None = None
    buckets: dict[str, tuple[int, float]] = field(default_factory=dict)
    global_hits: int = 0
    _global: Window = field(default_factory=lambda: Window(50, 1.0))
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)

    def refusal(self, route: str) -> web.Response | None:
        """The 429 of the global limit; answers to interactions are never held back."""
        if self.global_limit is None or route.partition(" ")[2].startswith(
            ("/interactions/", "/webhooks/")
        ):
            return None
        now = time.monotonic()
        self._global.limit = self.global_limit
        if self._global.take(now):
            return None
        self.global_hits += 1
        left = round(self._global.ends - now, 3)
        body = {"message": "You are being rate limited.", "retry_after": left, "global": True}
        headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        return Mishap(status=429, body=body, headers=headers).response()

    def headers(self, route: str, major: str) -> tuple[dict[str, str], bool]:
        """The headers of this request's bucket, and whether it still had room."""
        limit, seconds = self.buckets.get(route, (10_000, 1.0))
        now = time.monotonic()
        window = self._windows.setdefault((route, major), Window(limit, seconds))
        window.limit, window.seconds = limit, seconds
        room = window.take(now)
        left = max(window.ends - now, 0.001)
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(limit - window.used, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(route.encode(), usedforsecurity=False).hexdigest(),
        }, room
