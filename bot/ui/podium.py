"""The podium of a quiz as a picture; its words stand beside it for whoever cannot see it."""

import asyncio
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import discord
from PIL import Image, ImageDraw, ImageFont

from bot.client import StudyBot
from bot.domain.game import Ending
from bot.domain.quiz import team_points
from bot.services.quiz import standings_of
from bot.services.table import Table
from bot.ui.text import counted

WIDTH, HEIGHT = 900, 420
GROUND, INK, PALE = "#1f2a30", "#f4f1ea", "#9fb2bb"
STEPS = ("#d9b44a", "#a9b4ba", "#b98555")
"""Gold, silver, bronze; the numbers on them say the same."""
COLUMNS = (1, 0, 2)
"""Second, first, third, as on a podium."""
TALL = (200, 150, 110)
"""Of whoever is first, second and third; equal places are equally high."""
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first three."""

    name: str
    points: int
    place: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the same in words."""

    png: bytes
    told: str


async def podium_of(bot: StudyBot, table: Table) -> Picture | None:
    """The podium of a quiz that came to something."""
    if table.game.ending not in {Ending.PLAYED, Ending.STOPPED}:
        return None
    steps = _teams(table) if table.game.terms.mode.in_teams else await _people(bot, table)
    return Picture(await asyncio.to_thread(drawn, steps), told(steps))


def _teams(table: Table) -> list[Step]:
    points = team_points(table.game, table.players, table.rounds, table.replies)
    ranks = sorted(points.values(), reverse=True)
    first = sorted(points, key=lambda team: (-points[team], team))[:3]
    return [Step(f"Team {t}", round(points[t]), 1 + ranks.index(points[t])) for t in first]


async def _people(bot: StudyBot, table: Table) -> list[Step]:
    first = standings_of(table)[:3]
    names = [await _name(bot, table.game.guild_id, s.user_id) for s in first]
    return [Step(name, s.points, s.place) for name, s in zip(names, first, strict=True)]


async def _name(bot: StudyBot, guild_id: int, user_id: int) -> str:
    """How somebody is called in that server; nothing if Discord does not say."""
    guild = bot.get_guild(guild_id)
    if guild is None:
        return ""
    await bot.pacer.turn()
    try:
        return (await guild.fetch_member(user_id)).display_name
    except discord.HTTPException:
        return ""


def drawn(steps: Sequence[Step]) -> bytes:
    """The podium as a PNG. It takes some milliseconds: call it off the event loop."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    for rank, step in enumerate(steps[:3]):
        middle = WIDTH * (2 * COLUMNS.index(rank) + 1) // 6
        top = HEIGHT - TALL[step.place - 1]
        draw.rectangle((middle - 125, top, middle + 125, HEIGHT), fill=STEPS[step.place - 1])
        _write(draw, (middle, top + 50), str(step.place), 64, GROUND)
        _write(draw, (middle, top - 62), _latin(step.name), 30, INK)
        _write(draw, (middle, top - 26), counted(step.points, "point"), 22, PALE)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def told(steps: Sequence[Step]) -> str:
    """The same in words, for screen readers."""
    places = (f"{s.place}. {s.name or 'a player'}, {counted(s.points, 'point')}" for s in steps[:3])
    return f"Podium: {'; '.join(places)}"[:1000]


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, fill: str) -> None:
    draw.text(at, text, fill=fill, anchor="mm", font=ImageFont.load_default(size))


def _latin(name: str) -> str:
    """What the font that Pillow brings can write of a name; nothing is better than boxes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip()
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}..."
