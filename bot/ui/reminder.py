"""Reminders as people see them: the message, and how they are set."""

from bot.domain.reminder import Nudge, Reminder
from bot.ui.drill import BESIDE
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press, Style
from bot.ui.text import counted, moment


def nudge_view(nudge: Nudge, mark: str) -> Card:
    """The reminder itself.

    Args:
        nudge: what there is to say.
        mark: tells this day's reminder from every other.
    """
    review = [Press("Review", "recall", BESIDE, mark, style=Style.primary)] if nudge.due else []
    return card(
        _due(nudge),
        _streak(nudge),
        row([*review, Press("No more reminders", "hush", mark)]),
    )


def reminders_view(reminder: Reminder | None) -> Card:
    """Whether somebody is reminded, and when."""
    if reminder is None or not reminder.on:
        why = f"{reminder.trouble} " if reminder and reminder.trouble else ""
        return card(
            f"### Reminders are off\n{why}`/me reminders hour:19` turns them on.",
            small("One message a day at most, and only when there is something to review."),
        )
    assert reminder.next_at is not None  # noqa: S101 - what is on has a next moment
    return card(
        f"### I remind you at {reminder.minute // 60:02}:00",
        "By direct message, on days when there is something to review; or at 21:00, when your "
        "streak would end. One message a day at most.",
        small(f"I look next {moment(reminder.next_at)}. `/me reminders on:False` stops them."),
        row([Press("No more reminders", "hush", "set")]),
    )


def hushed_view() -> Card:
    """Reminders were turned off."""
    return card("Reminders are off. `/me reminders` turns them on again.")


def _due(nudge: Nudge) -> str | None:
    if not nudge.due:
        return None
    minutes = max(1, round(nudge.due * 0.75))
    many, long = counted(nudge.due, "question"), counted(minutes, "minute")
    return f"### {many} you are about to forget\nA review of about {long} brings back what fades."


def _streak(nudge: Nudge) -> str | None:
    if not nudge.streak:
        return None
    return (
        f"Your streak of {counted(nudge.streak, 'day')} ends tonight at 03:00. "
        "The question of the day keeps it (`/today`), or any five questions (`/drill`)."
    )
