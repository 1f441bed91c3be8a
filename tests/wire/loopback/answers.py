"""JSON answers in the exact form discord.py reads."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A JSON response; discord.py takes a content type with a charset for plain text."""
    raw = json.dumps(body).encode()
    return web.Response(body=raw, status=status, headers=headers, content_type="application/json")
