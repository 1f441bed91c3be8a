"""What every test may use: a bot on a real database, and the world it lives in."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
import simcord

from bot.app import build
from bot.client import StudyBot
from bot.settings import Settings
from tests.wire.loopback.openapi import Validator

hypothesis.settings.register_profile("here", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("here")

BANK = Path(__file__).parent / "bank"
START = datetime(2026, 1, 1, tzinfo=UTC)
"""Where simcord's clock starts."""


validator = Validator()


class WorldClock:
    """The simulated world's clock, once there is a world."""

    env: simcord.Env | None = None

    def now(self) -> datetime:
        return self.env.now() if self.env else START


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database=tmp_path / "loopmate.db", questions=BANK)


@pytest_asyncio.fixture
async def simcord_bot(settings: Settings, clock: WorldClock) -> AsyncIterator[StudyBot]:
    bot = build(settings, clock=clock, scheduled=False)
    yield bot
    await bot.close()  # simcord never does, and the store's threads would keep pytest alive


@pytest.fixture(autouse=True)
def every_request_is_lawful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test makes the bot send: Discord would take it, and it pings nobody unasked."""
    worlds: list[simcord.Env] = []
    begin = simcord.Env.__init__

    def begun(world: simcord.Env, *args: Any, **options: Any) -> None:
        begin(world, *args, **options)
        worlds.append(world)

    monkeypatch.setattr(simcord.Env, "__init__", begun)
    yield
    sent = [request for world in worlds for request in world.http_requests]
    wrong = [
        f"{request.method} {request.path}: {fault}"
        for request in sent
        if request.json is not None
        for fault in validator.validate(request.method, request.path, request.json)
    ]
    wrong += [
        f"{request.method} {request.path} could ping" for request in sent if could_ping(request)
    ]
    assert not wrong, "\n".join(wrong)


def could_ping(sent: simcord.HttpLogEntry) -> bool:
    """Whether a new message leaves it to Discord to ping whoever its text names."""
    body = sent.json.get("data", sent.json) if isinstance(sent.json, dict) else {}
    is_new = sent.method == "POST" and (body.get("content") or body.get("components"))
    if not is_new or sent.json.get("type") in {7, 9}:
        return False
    allowed = body.get("allowed_mentions", {"parse": ["everything"]})
    users = allowed.get("users") or []
    challenged = [user for user in users if f"challenges <@{user}>" in str(body)]
    reminded = "Quiz night begins" in str(body) and all(f"<@{u}>" in str(body) for u in users)
    return bool(allowed.get("parse") or not (reminded or users == challenged))
