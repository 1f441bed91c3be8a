"""A small language-model endpoint on the loopback: OpenAI's chat completions, Anthropic's messages.

It says what a test wants it to say, in the form that the request asks for, and keeps every request.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from aiohttp import web

Body = dict[str, Any]
Behaviour = Callable[[Body, web.Request], Awaitable[web.StreamResponse]]


def point(
    point_id: str, state: str = "covered", quote: str = "", wrong_claim: int = 0
) -> dict[str, Any]:
    """One key point of a reply."""
    return {"id": point_id, "state": state, "quote": quote, "wrong_claim": wrong_claim}


def completion(message: Body, finish: str = "stop") -> web.Response:
    """A chat completion with that message."""
    return web.json_response(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_760_000_000,
            "model": "the-model",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": None, **message},
                    "finish_reason": finish,
                    "logprobs": None,
                }
            ],
            "usage": {"prompt_tokens": 900, "completion_tokens": 90, "total_tokens": 990},
        }
    )


def message(tool: str, arguments: Body) -> web.Response:
    """An Anthropic message that calls a tool."""
    return web.json_response(
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "the-model",
            "content": [{"type": "tool_use", "id": "toolu_1", "name": tool, "input": arguments}],
            "stop_reason": "tool_use",
            "stop_sequence": None,
            "usage": {"input_tokens": 900, "output_tokens": 90},
        }
    )


def says(*points: Body, text: str | None = None, **extra: Any) -> Behaviour:
    """Answer with these key points; `text` stands in for the JSON, whatever it is."""
    written = json.dumps({"points": points, **extra}) if text is None else text

    async def answer(body: Body, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/messages"):
            return message(body["tools"][0]["name"], json.loads(written))
        if "tools" not in body:
            return completion({"content": written})
        call = {"name": body["tools"][0]["function"]["name"], "arguments": written}
        return completion(
            {"tool_calls": [{"id": "call_1", "type": "function", "function": call}]}, "tool_calls"
        )

    return answer


def talks(**message: Any) -> Behaviour:
    """Answer with a plain message: talk instead of a judgement, or a refusal."""

    async def answer(body: Body, request: web.Request) -> web.StreamResponse:
        return completion(message)

    return answer


def sends(raw: bytes, content_type: str = "application/json", status: int = 200) -> Behaviour:
    """Answer with these very bytes."""

    async def answer(body: Body, request: web.Request) -> web.StreamResponse:
        return web.Response(body=raw, status=status, content_type=content_type)

    return answer


class Endpoint(AbstractAsyncContextManager["Endpoint"]):
    """The server; `behaves` is what it does with the next request."""

    def __init__(self) -> None:
        self.behaves: Behaviour = says()
        self.bodies: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.arrived = asyncio.Event()
        self.over = asyncio.Event()
        """Set at the end; whoever hangs waits for it."""
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def asked(self) -> int:
        """How often."""
        return len(self.bodies)

    @property
    def told(self) -> str:
        """Everything the last request said."""
        return json.dumps(self.bodies[-1], ensure_ascii=False)

    async def hangs(self, body: Body, request: web.Request) -> web.StreamResponse:
        """Take the request and say nothing."""
        await self.over.wait()
        return web.Response()

    async def trickles(self, body: Body, request: web.Request) -> web.StreamResponse:
        """Begin to answer, and never end."""
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"id": ')
        await self.over.wait()
        return response

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        self.bodies.append(await request.json())
        self.arrived.set()
        return await self.behaves(self.bodies[-1], request)

    async def __aenter__(self) -> Endpoint:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.over.set()
        assert self._runner
        await self._runner.cleanup()
