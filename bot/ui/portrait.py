"""A profile as a picture: a year of study days, topics, and sureness against being right.

It names nobody and says nothing that the words beside it do not. Colours differ in lightness, so
that they tell the same to those who see few of them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.domain.local_time import ONE_DAY, days
from bot.domain.profile import ENOUGH, YEAR, Profile, ranked
from bot.ui.text import counted, topic_name

WIDTH, MARGIN = 1000, 32
GROUND, INK, PALE, LINE = "#1f2a30", "#f4f1ea", "#9fb2bb", "#34434b"
HEAT: Final = ("#2a373e", "#3d6f78", "#5fa3a0", "#a5d3b8", "#f2f3c8")
"""Nothing, then 1, 2 to 4, 5 to 9, and 10 questions or more on a day."""
STEPS: Final = (1, 2, 5, 10)
ACCENT, UNSURE = "#d9b44a", "#6f7f87"
CELL, GAP = 14, 3
ROW = 25
PLOT = 250
COLOURS: Final = 64
"""A dozen, and what lies between letters and ground."""
Text = Callable[..., None]


def portrait(profile: Profile) -> bytes:
    """The profile as a PNG. It takes some milliseconds: call it off the event loop."""
    topics, plotted = list(profile.topics), profile.calibration is not None
    lower = max(ROW * len(topics), PLOT + 40 if plotted else 0)
    image = Image.new("RGB", (WIDTH, 250 + (lower + 70 if lower else 0)), GROUND)
    draw = ImageDraw.Draw(image)
    fonts: dict[int, ImageFont.ImageFont | ImageFont.FreeTypeFont] = {}

    def write(
        x: float, y: float, text: str, size: int = 17, ink: str = PALE, to: str = "l"
    ) -> None:
        if size not in fonts:
            fonts[size] = ImageFont.load_default(size)
        draw.text((x, y), text, fill=ink, anchor=f"{to}m", font=fonts[size])

    _head(profile, write)
    _year(profile, draw, write, 78)
    if topics:
        _topics(profile, draw, write, 262, 590 if plotted else WIDTH - MARGIN)
    if plotted:
        _sureness(profile, draw, write, (690, 300))
    out = BytesIO()
    # With a palette it is a third of the size, and made in two thirds of the time.
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _head(profile: Profile, write: Text) -> None:
    write(MARGIN, 36, f"{counted(profile.study_days, 'study day')} in a year", 24, INK)
    run = f"{counted(profile.streak.length, 'day')} in a row"
    write(WIDTH - MARGIN, 36, f"{run}, {profile.streak.best} at best", 20, to="r")


def _year(profile: Profile, draw: ImageDraw.ImageDraw, write: Text, top: int) -> None:
    """A column a week, Monday on top; months above."""
    start = profile.today - YEAR
    start -= timedelta(days=start.weekday())
    heat, step, month = profile.heat, CELL + GAP, 0
    left = MARGIN + 42
    for name, row in (("Mon", 0), ("Wed", 2), ("Fri", 4), ("Sun", 6)):
        write(MARGIN, top + 22 + row * step + CELL / 2, name, 13)
    for day in days(start, profile.today):
        week = (day - start).days // 7
        x, y = left + week * step, top + 22 + day.weekday() * step
        draw.rectangle((x, y, x + CELL, y + CELL), fill=HEAT[_level(heat.get(day, 0))])
        if day.weekday() == 0 and day.month != month and _has_room(day, profile.today):
            month = day.month
            write(x, top + 8, f"{day:%b}", 13)
    _legend(draw, write, top + 22 + 7 * step + 12)


def _has_room(day: date, today: date) -> bool:
    return today - day >= 2 * 7 * ONE_DAY and day.day <= 14


def _level(questions: int) -> int:
    return sum(questions >= step for step in STEPS)


def _legend(draw: ImageDraw.ImageDraw, write: Text, y: int) -> None:
    x = WIDTH - MARGIN - 330
    write(x - 10, y + CELL / 2, "questions a day", 13, to="r")
    for colour, says in zip(HEAT, ("0", "1", "2-4", "5-9", "10+"), strict=True):
        draw.rectangle((x, y, x + CELL, y + CELL), fill=colour)
        write(x + CELL + 6, y + CELL / 2, says, 13)
        x += 66


def _topics(profile: Profile, draw: ImageDraw.ImageDraw, write: Text, top: int, right: int) -> None:
    """A bar a topic, the best first; pale where questions are too few to tell."""
    write(MARGIN, top + 10, "Topics, of 100", 18, INK)
    left, y = MARGIN + 150, top + 34
    width = right - left - 130
    for topic in ranked(profile.topics):
        write(left - 14, y + 8, topic_name(topic.topic), 16, to="r")
        draw.rounded_rectangle((left, y, left + width, y + 14), 4, fill=LINE)
        end = left + max(6, round(width * topic.shown.mean))
        draw.rounded_rectangle(
            (left, y, end, y + 14), 4, fill=ACCENT if topic.shown.answers >= ENOUGH else UNSURE
        )
        write(left + width + 12, y + 8, f"{round(100 * topic.shown.mean)}", 16, INK)
        write(left + width + 50, y + 8, counted(topic.shown.answers, "question"), 13)
        y += ROW


def _sureness(
    profile: Profile, draw: ImageDraw.ImageDraw, write: Text, corner: tuple[int, int]
) -> None:
    """Sure to the right, right to the top; on the line somebody knows what they know."""
    assert profile.calibration is not None  # noqa: S101 - the caller looks
    x, y = corner
    write(x, y - 28, "How sure, and how right", 18, INK)
    draw.rectangle((x, y, x + PLOT, y + PLOT), outline=LINE, width=2)
    draw.line((x, y + PLOT, x + PLOT, y), fill=PALE, width=2)
    write(x + 10, y + 18, "more right than sure", 13)
    write(x + PLOT - 10, y + PLOT - 18, "more sure than right", 13, to="r")
    most = max((s.answers for s in profile.sureness), default=1)
    for at in profile.sureness:
        cx, cy = x + PLOT * at.sure, y + PLOT * (1 - at.right)
        radius = 6 + 10 * (at.answers / most) ** 0.5
        draw.ellipse(
            (cx - radius, cy - radius, cx + radius, cy + radius), fill=ACCENT, outline=GROUND
        )
    for share in (0, 50, 100):
        write(
            x + PLOT * share / 100,
            y + PLOT + 16,
            f"{share} %{' sure' if share == 50 else ''}",
            13,
            to="m",
        )
    write(x, y + PLOT + 42, f"Brier score {profile.calibration.brier:.2f}; 0 is perfect", 15)
