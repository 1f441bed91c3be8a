"""The story in the terminal: the same every time, at 80 columns, with everything it promises."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import build
from bot.play.story import story_bank, tell
from bot.settings import Settings

SCENES = (
    "Daily question saved",
    "Question of the day · Tuesday 24 November",
    "presses [ Answer ] and writes:",
    "only Bob can see this",
    "only Chen can see this",
    "» Chen presses [ Follow-up ].",
    "Under pressure",
    "is a common mistake.",
    "@Bob answered",
    "Question of the day · Wednesday 25 November",
    "Question of the day · Tuesday 24 November · closed",
    "3 people answered",
    "» Bob types /me streak",
    "2 days in a row",
    "Now you: loopmate play",
)


@pytest.fixture
def story(tmp_path: Path) -> str:
    said: list[str] = []
    settings = Settings(
        _env_file=None, database=tmp_path / "story.db", questions=story_bank(tmp_path)
    )
    asyncio.run(tell(lambda clock: build(settings, clock=clock, scheduled=False), said.append))
    return "".join(f"{block}\n" for block in said)


def test_every_scene_is_told_in_its_order(story: str) -> None:
    at = 0
    for scene in SCENES:
        at = story.find(scene, at)
        assert at >= 0, scene


def test_the_command_line_tells_the_very_same_story(story: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "play", "--story"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", story)


def test_it_fits_a_terminal_and_shows_no_markup(story: str) -> None:
    assert max(map(len, story.splitlines())) <= 80
    for markup in ("**", "### ", "<t:", "<@", "<#", "\\"):
        assert markup not in story


def test_the_verdict_quotes_what_was_written(story: str) -> None:
    unwrapped = " ".join(line.strip(" │›") for line in story.splitlines())
    assert unwrapped.count("“More trees will not help”") == 1
    assert unwrapped.count("More trees will not help") >= 3
