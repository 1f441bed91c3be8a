"""What `loopmate play` does: a bot on a database that is thrown away, and a group that uses it."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import build
from bot.logs import start_logging
from bot.play.past import PAST, live_through
from bot.play.serve import play
from bot.play.story import story_bank, tell
from bot.play.world import World
from bot.settings import LogFormat, Settings

WELCOME = """\
Welcome to our group. Loopmate asks one question a day in here.
Press **Answer** and say it as you would in the interview: the verdict comes back to you alone. \
`/today` shows the open question anywhere, `/me streak` where you stand."""


def command(*, port: int, open_browser: bool, story: bool, past: bool) -> int:
    """Play until Ctrl-C, or tell the story; returns the exit status."""
    start_logging(LogFormat.TEXT, "ERROR", None)
    with TemporaryDirectory(prefix="loopmate-play-") as folder:
        settings = Settings(_env_file=None, database=Path(folder) / "play.db")
        if story:
            bank = story_bank(Path(folder))
            settings = settings.model_copy(update={"questions": bank})
            asyncio.run(tell(lambda clock: build(settings, clock=clock, scheduled=False), _say))
            return 0
        asyncio.run(
            play(
                lambda clock: build(settings, clock=clock),
                port=port,
                open_browser=open_browser,
                announce=_say,
                seed=open_after_weeks if past else open_the_day,
                past=PAST if past else timedelta(),
            )
        )
    return 0


async def open_the_day(world: World) -> None:
    """Ada welcomes everybody, sets the daily question up and asks the first one at once."""
    await world.ada.send(world.daily, WELCOME)
    chosen = {"time": "09:00", "timezone": "UTC", "difficulty": "medium"}
    await world.ada.slash(world.general, "setup daily", channel=world.daily, **chosen)
    await world.ada.slash(world.general, "setup post-now")


async def open_after_weeks(world: World) -> None:
    """The same, but nine weeks ago; everybody has studied since."""
    _say("Nine weeks pass first; that takes a while.")
    await open_the_day(world)
    await live_through(world)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
