"""Small words shared by every surface: quoting people, dates, counts, marks."""

import re
from datetime import date, datetime

import discord

from bot.domain.question import Question
from bot.domain.suggestion import is_own
from bot.domain.verdict import State

MARK = {
    State.COVERED: "●",
    State.UNCLEAR: "◐",
    State.MISSING: "○",
    State.CONTRADICTED: "✕",
}
"""Beside the words, never instead of them: a screen reader may skip them."""
LETTERS = "ABCD"

_MARKDOWN = re.compile(r"[\\*_~|`\[\]<]|^\s*(?:[#>+-]|\d+\.(?=\s))", re.MULTILINE)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def plain(text: str) -> str:
    """What a person typed as harmless text: no markdown, no mention, nothing invisible."""
    escaped = _MARKDOWN.sub(_escaped, _INVISIBLE.sub("", text))
    return discord.utils.escape_mentions(escaped)


def _escaped(mark: re.Match[str]) -> str:
    """Every mark on its own: discord.py escapes only the first of a line that holds a link."""
    return f"{mark[0][:-1]}\\{mark[0][-1]}"


def worded(question: Question, text: str) -> str:
    """Text of a question: a member may have written it, and then it neither formats nor pings."""
    return plain(text) if is_own(question.id) else text


def quoted(text: str, longest: int = 160) -> str:
    """A person's own words on one line, in quotation marks."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = line[: longest - 1].rstrip() + "…"
    return f"*“{plain(line)}”*"


def shortened(text: str, longest: int) -> str:
    """At most so many characters, with an ellipsis where something was left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def topic_name(topic: str) -> str:
    """`system design`, as people write it."""
    return "LLM" if topic == "llm" else topic.replace("-", " ")


def topic_or_any(topic: str | None) -> str:
    """The topic of a game, which may have none."""
    return topic_name(topic) if topic else "any topic"


def day_name(day: date) -> str:
    """`Tuesday 24 November`."""
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date) -> str:
    """`Tue 24`."""
    return f"{day:%a} {day.day}"


def relative(at: datetime) -> str:
    """A timestamp that each reader sees in their own time, as `in 21 hours`."""
    return discord.utils.format_dt(at, "R")


def moment(at: datetime) -> str:
    """A timestamp with weekday and time, in each reader's own zone."""
    return discord.utils.format_dt(at, "F")


def counted(n: int, one: str, many: str | None = None) -> str:
    """`1 day`, `2 days`."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def of_hundred(score: float) -> str:
    """A score of 0..1 as people read it."""
    return f"{round(100 * score)} of 100"


def percent(share: float) -> str:
    """A share of 0..1 as `71 %`."""
    return f"{round(100 * share)} %"


def signed(change: int) -> str:
    """`+38`, `−38`, `±0`."""
    return f"{change:+d}".replace("-", "−") if change else "±0"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
