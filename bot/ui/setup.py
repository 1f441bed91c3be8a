"""What a guild has set up, and whether it will work."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.bank import Selection
from bot.domain.local_time import ONE_WEEK, offset_change
from bot.domain.schedule import Schedule, weekdays_named
from bot.ui.layout import Card, card, row, small
from bot.ui.permissions import Preflight
from bot.ui.press import Press
from bot.ui.text import counted, listed, moment, relative

SHOWN = 3
FEW = 14
"""With fewer questions than this the group starts over within two weeks."""


def setup_view(
    schedule: Schedule,
    now: datetime,
    *,
    fitting: int,
    checks: Preflight | None,
    trouble: str | None = None,
    saved: bool = False,
) -> Card:
    """The set-up in words, the next posts, and everything that stands in their way."""
    return card(
        "### Daily question " + ("saved" if saved else "paused" if schedule.paused else "set up"),
        _choices(schedule, fitting),
        _next(schedule, now),
        _permissions(schedule, checks),
        f"**Last trouble** · {trouble}" if trouble else None,
        _clock_change(schedule, now),
        row(buttons) if (buttons := list(_less(schedule))) else None,
        small("`/setup post-now` asks today's question at once; `/setup pause` stops the series."),
    )


def _less(schedule: Schedule) -> Iterator[Press]:
    """To take back what no option of the command can name."""
    if schedule.role_id:
        yield Press("Mention nobody", "setup", "quieten")
    if schedule.report_channel_id:
        yield Press("Report to the owner", "setup", "owner")


def _choices(schedule: Schedule, fitting: int) -> str:
    hour = f"{schedule.minute // 60:02}:{schedule.minute % 60:02}"
    days = weekdays_named(schedule.weekdays)
    lines = [
        f"<#{schedule.channel_id}>, {days} at {hour} in {schedule.zone_name}",
        f"{_selected(schedule.selection)} · {counted(fitting, 'question')}",
    ]
    extras = [
        f"mentions <@&{schedule.role_id}>" if schedule.role_id else "",
        "opens a thread" if schedule.thread else "",
        "pins the question" if schedule.pin else "",
        "recaps the week with its first question" if schedule.weekly else "",
        f"reports trouble in <#{schedule.report_channel_id}>"
        if schedule.report_channel_id
        else "reports trouble to the server's owner",
    ]
    lines.append(" · ".join(e for e in extras if e))
    if not fitting:
        lines.append("No question fits that any more. `/setup daily` widens it.")
    elif fitting < FEW:
        lines.append(f"With {counted(fitting, 'question')} it starts over soon; widen the topics.")
    return "\n".join(lines)


def _selected(selection: Selection) -> str:
    topics = listed(sorted(selection.topics)) if selection.topics else "all topics"
    levels = listed(sorted(selection.difficulties)) if selection.difficulties else ""
    return f"{topics}, {levels}" if levels else topics


def _next(schedule: Schedule, now: datetime) -> str:
    if schedule.paused:
        return "**Paused.** `/setup resume` goes on."
    first = schedule.next_run_at or now
    times = [first, *(due for _, due in schedule.upcoming(first, SHOWN - 1))]
    lines = [f"{moment(due)} ({relative(due)})" for due in times]
    return "**Next posts**, in your own time zone\n" + "\n".join(lines)


def _permissions(schedule: Schedule, checks: Preflight | None) -> str:
    if checks is None:
        return f"**I can't see <#{schedule.channel_id}>.** Check that it exists and let me view it."
    if checks.blocking:
        names = listed([f"*{name}*" for name in checks.blocking])
        return f"**I can't post there yet:** give me {names} in <#{schedule.channel_id}>."
    if checks.partial:
        names = listed([f"*{name}*" for name in checks.partial])
        return f"The question will be posted, but for the rest I also need {names}."
    return "I have every permission that this needs."


def _clock_change(schedule: Schedule, now: datetime) -> str | None:
    change = None if schedule.paused else offset_change(now, now + ONE_WEEK, schedule.tz)
    if change is None:
        return None
    at, by = change
    way = "forward" if by > timedelta(0) else "back"
    minutes = abs(int(by.total_seconds() // 60))
    return (
        f"**Clocks go {way} by {minutes} minutes** {relative(at)}. "
        "The question keeps its hour on the wall; elsewhere it moves."
    )
