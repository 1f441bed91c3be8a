"""What to read and watch, as people see it."""

from discord import app_commands

from bot.domain.question import Topic
from bot.domain.resource import Resource
from bot.services.resources import ForTopic
from bot.ui.layout import Card, card, small
from bot.ui.text import counted, of_hundred, plain, shortened, topic_name


def found_view(typed: str, resources: list[Resource]) -> Card:
    """What fits a word."""
    return card(
        f"### To read and watch: {plain(shortened(typed.strip(), 60))}",
        "\n".join(_line(resource) for resource in resources),
        small("`/resources` alone starts from what you are weakest at."),
    )


def gaps_view(gaps: list[ForTopic]) -> Card:
    """What helps with somebody's weakest topics."""
    return card(
        "### To read and watch, where it helps you most",
        *(_gap(gap) for gap in gaps),
        small("From your last answer to each question. `/resources topic:…` looks for anything."),
    )


def offered(found: Topic | Resource) -> app_commands.Choice[str]:
    """One thing to choose while typing."""
    if isinstance(found, Topic):
        return app_commands.Choice(name=f"Topic: {topic_name(found)}", value=found.value)
    return app_commands.Choice(name=found.title, value=found.title)


def _gap(gap: ForTopic) -> str:
    name = topic_name(gap.topic)
    why = f"{of_hundred(gap.shown.mean)} over {counted(gap.shown.answers, 'question')}"
    lines = "\n".join(_line(resource) for resource in gap.resources)
    return f"**{name[:1].upper()}{name[1:]}** · {why}\n{lines}"


def _line(resource: Resource) -> str:
    head = f"[{resource.title}](<{resource.link}>) · {resource.medium}, {resource.by}"
    return f"{head}\n-# {resource.about}"
