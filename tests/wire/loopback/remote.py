"""A loopback in its own process: it survives a `kill -9` of the bot, and of nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

import aiohttp

from .openapi import ROOT


class Remote(AbstractAsyncContextManager["Remote"]):
    """Starts `python -m tests.wire.loopback`; every verb of the control API is a method."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self.env: dict[str, str] = {}
        self.control = ""

    async def __aenter__(self) -> Remote:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.wire.loopback",
            *self._arguments,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout
        started = json.loads(await self._process.stdout.readline())
        self.env, self.control = started["env"], started["control"]
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        # The process ends by itself when its standard input does.
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()

    async def call(self, verb: str, /, *args: Any, **options: Any) -> Any:
        """Does what the verb says and returns its result as JSON."""
        asked = {"args": args, "options": options}
        async with self._session.post(f"{self.control}/{verb}", json=asked) as response:
            answer = await response.json()
        if "error" in answer:
            raise AssertionError(f"{verb}: {answer['error']}")
        return answer["result"]

    def __getattr__(self, verb: str) -> Callable[..., Awaitable[Any]]:
        if verb.startswith("_"):
            raise AttributeError(verb)
        return partial(self.call, verb)
