"""The README says what is there."""

import re
from pathlib import Path

from discord import app_commands

from bot.app import build
from bot.client import EXTENSIONS
from bot.settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


async def test_every_command_is_in_the_readme_and_no_other(settings: Settings) -> None:
    bot = build(settings, scheduled=False)
    await bot.store.open()
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    registered = {
        f"/{command.qualified_name}"
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }
    assert registered == set(re.findall(r"^\| `(/[^`]+)` \|", README, re.MULTILINE))
    assert all(c.description for c in bot.tree.walk_commands())
    await bot.close()


def test_every_setting_is_in_the_readme() -> None:
    shown = set(re.findall(r"`((?:LOOPMATE|DISCORD)_[A-Z_]+)`", README))
    names = {
        "DISCORD_TOKEN" if name == "token" else f"LOOPMATE_{name.upper()}"
        for name in Settings.model_fields
    }
    assert names | {"LOOPMATE_SECRETS"} == shown


def test_its_links_lead_somewhere() -> None:
    root = Path(__file__).parents[1]
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert not [target for target in targets if not (root / target).exists()]
