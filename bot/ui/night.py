"""A quiz night in words: planned, announced, on its way, or come to nothing."""

from collections.abc import Collection, Sequence

from discord import ui

from bot.domain.night import GRACE, REMIND, Night
from bot.ui.layout import Card, card, row, small
from bot.ui.quiz import in_short
from bot.ui.text import counted, moment, relative, short_day, shortened, topic_name

REMINDED = f"I remind you {REMIND.total_seconds() / 60:.0f} minutes before"
OPEN = "The lobby opens in the channel, and whoever is there can join."
NO_EVENT = "without an event; to make one I need *Create Events*"
LOST = (
    "The channel of your quiz night is gone, so I have taken the night off the calendar. "
    "`/quiz schedule` plans another one elsewhere."
)
MUTE = (
    "I may not write in {where}, so nobody there heard from me about the quiz night. I need "
    "*View Channel* and *Send Messages* there, also to open it."
)


def event_name(night: Night) -> str:
    """What Discord's calendar calls it."""
    return f"Quiz night: {topic_name(night.terms.topic)}" if night.terms.topic else "Quiz night"


def event_text(night: Night) -> str:
    """What Discord's calendar says of it."""
    promise = f"Press *Interested* and {REMINDED}. " if night.remind_at else ""
    return f"{_agreed(night)}\n\n{promise}{OPEN}"


def event_place(night: Night) -> str:
    """The channel, as a link that people can follow from Discord's calendar."""
    return f"https://discord.com/channels/{night.guild_id}/{night.channel_id}"


def planned_view(night: Night) -> Card:
    """What everybody in the channel sees once a night is planned."""
    return card(
        small(f"**Quiz night** · {_agreed(night)}"),
        f"### {moment(night.due_at)}\nThe lobby opens here, {relative(night.due_at)}.",
        _starting(f"{_wall(night)}. It stands in the server's events too{_promise(night)}."),
        small("`/quiz nights` shows what is planned; `/quiz cancel` takes it back"),
    )


def _promise(night: Night) -> str:
    """What comes of being interested; nothing where it begins in a moment."""
    return f"; press *Interested* there and {REMINDED}" if night.remind_at else ""


def _starting(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def reminder_mark(night: Night) -> str:
    """What the reminder of that night says, and no other message."""
    return f"Quiz night begins {relative(night.due_at)}"


def reminder_view(night: Night, user_ids: Collection[int], more: int) -> Card:
    """A word to those who are interested, before it begins."""
    people = " ".join(f"<@{user_id}>" for user_id in user_ids)
    return card(
        f"### {reminder_mark(night)}",
        f"{people} and {more} more" if more else people,
        small(f"{_agreed(night)} · the lobby opens here"),
        row([ui.Button(label="Event", url=event_url(night))]) if night.event_id else None,
    )


def event_url(night: Night) -> str:
    """Where Discord shows its event."""
    return f"https://discord.com/events/{night.guild_id}/{night.event_id}"


def missed_mark(night: Night) -> str:
    """What is said of a night that came to nothing, and in no other message."""
    return f"The quiz night of {moment(night.due_at)} did not begin"


def missed_view(night: Night, then: Night | None) -> Card:
    """Why nothing happened."""
    late = int(GRACE.total_seconds() // 60)
    return card(
        f"{missed_mark(night)}: I could not open it in time, and after {late} minutes I let it be.",
        f"The next one is {moment(then.due_at)}." if then else None,
        small("`/quiz start` opens a quiz at once"),
    )


def nights_view(nights: Sequence[Night]) -> Card:
    """What a group has ahead."""
    if not nights:
        return card("No quiz night is planned here. `/quiz schedule` plans one.")
    lines = [_line(night) for night in nights]
    return card(f"### {counted(len(nights), 'quiz night')} ahead", *lines)


def _line(night: Night) -> str:
    event = f"[event]({event_url(night)})" if night.event_id else _no_event(night)
    told = f"-# {_agreed(night)} · {_wall(night)}{event and f' · {event}'}"
    return f"{moment(night.due_at)} ({relative(night.due_at)}) in <#{night.channel_id}>\n{told}"


def _no_event(night: Night) -> str:
    return "" if night.awaits_event else NO_EVENT


def called_off_view(night: Night) -> Card:
    """What is said once a night is off."""
    series = "It and all that would follow are" if night.weekly else "It is"
    event = ", and so is the event" if night.event_id else ""
    return card(
        f"Called off: the quiz night of {moment(night.due_at)} in <#{night.channel_id}>. "
        f"{series} off the calendar{event}."
    )


def label(night: Night) -> str:
    """A night in one line, for a list to choose from."""
    told = f"{short_day(night.day)} {night.day:%b}, {_wall(night)}, {_agreed(night)}"
    return shortened(told, 100)


def _wall(night: Night) -> str:
    """When it is on the wall of its group."""
    hour = f"{night.minute // 60:02}:{night.minute % 60:02} in {night.zone_name}"
    return f"every {night.day:%A} at {hour}" if night.weekly else f"once, at {hour}"


def _agreed(night: Night) -> str:
    return in_short(night.terms)
