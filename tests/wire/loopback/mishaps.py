"""Things that go wrong on purpose: errors, delays, broken connections."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from aiohttp import web

from .answers import answer

Cut = Literal[
    "", "reset_before", "reset_after", "close_before", "close_after", "mute_before", "mute_after"
]
"""How a connection ends without an answer, and whether the request is done before that."""
GONE = 0.02
"""Seconds between two looks whether a client is still there."""


@dataclass
class Mishap:
    """What happens to the next `times` requests (None: all) that match; `*` crosses slashes."""

    method: str = "*"
    path: str = "*"
    times: int | None = 1
    status: int | None = None
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: Cut = ""

    def matches(self, method: str, path: str) -> bool:
        """Whether this one is due."""
        return (
            not self.struck
            and fnmatchcase(method, self.method.upper())
            and fnmatchcase(path, self.path)
        )

    @property
    def struck(self) -> bool:
        """Whether it has met every request it was for."""
        return self.times == 0

    def response(self) -> web.Response:
        """The error to answer with."""
        body = self.body
        headers = dict(self.headers)
        if self.status == 429:
            body = body or {
                "message": "You are being rate limited.",
                "retry_after": 0.05,
                "global": False,
            }
            headers = {"Via": "1.1 google", "X-RateLimit-Scope": "shared"} | headers
            headers.setdefault("Retry-After", str(body.get("retry_after", 0.05)))
        return answer(
            body or {"message": "The loopback was told to fail", "code": 0},
            status=self.status or 500,
            headers=headers,
        )


def take(mishaps: list[Mishap], method: str, path: str) -> Mishap | None:
    """The first mishap due for this request, used up by one."""
    for mishap in mishaps:
        if mishap.matches(method, path):
            if mishap.times is not None:
                mishap.times -= 1
            return mishap
    return None


async def cut(request: web.Request, how: Cut) -> web.Response:
    """Gives no answer: ends with a TCP reset, an orderly close, or when the client has gone."""
    while how.startswith("mute") and request.transport is not None:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(GONE)
    transport = request.transport
    if transport is not None:
        if how.startswith("reset"):
            # A linger of zero seconds makes the kernel send RST instead of FIN.
            handle: socket.socket = transport.get_extra_info("socket")
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
        await asyncio.sleep(0)
    return web.Response(status=499)
