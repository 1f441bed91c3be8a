"""What every test may use: a bot on a real database, and the world it lives in."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio
import simcord

from bot.app import build
from bot.client import StudyBot
from bot.settings import Settings

hypothesis.settings.register_profile("here", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("here")

BANK = Path(__file__).parent / "bank"
START = datetime(2026, 1, 1, tzinfo=UTC)
"""Where simcord's clock starts."""


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
