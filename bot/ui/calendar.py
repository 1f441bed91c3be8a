"""A plan as a file for calendars, by icalendar (docs/decisions/0015)."""

from datetime import datetime, timedelta
from hashlib import blake2b

from bot.services.planning import Outlook
from bot.ui.plan import PROMISE, focus_name
from bot.ui.text import listed


def calendar(outlook: Outlook, now: datetime) -> bytes:
    """An `.ics` with an entry a day, and the interview. It takes a while: not for the event loop.

    An entry is known by its person and date, the interview by the day on which its plan began, and
    each file outranks those before it: a calendar that has read an earlier one moves its entries
    instead of doubling them.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - when somebody asks

    made = Calendar()
    made.add("prodid", "-//Loopmate//Plan//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Interview plan")
    whose = blake2b(str(outlook.aim.user_id).encode(), digest_size=8).hexdigest()
    entries = [
        (day.on, f"{day.on:%Y%m%d}-study",
         f"{listed([focus_name(b.focus) for b in day.blocks])}, {day.minutes} min",
         f"{listed([f'{focus_name(b.focus)} {b.minutes} min' for b in day.blocks])}. {PROMISE}")
        for day in outlook.plan.days
    ]  # fmt: skip
    if outlook.aim.interview_on:
        said = "Nothing new today. You have prepared for this."
        name = f"{outlook.begun.began_on:%Y%m%d}-interview"
        entries.append((outlook.begun.ends_on, name, "Interview", said))
    for on, name, title, said in entries:
        entry = Event()
        entry.add("uid", f"{name}-{whose}@loopmate")
        entry.add("dtstamp", now)
        entry.add("sequence", int(now.timestamp()))
        entry.add("dtstart", on)
        entry.add("dtend", on + timedelta(days=1))
        entry.add("summary", title[:1].upper() + title[1:])
        entry.add("description", said)
        entry.add("transp", "TRANSPARENT")
        made.add_component(entry)
    return bytes(made.to_ical())
