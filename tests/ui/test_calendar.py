"""The calendar file, read back by the library that calendars use."""

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from bot.services.planning import Outlook
from bot.ui.calendar import calendar
from tests.domain.test_plan import NOTHING
from tests.store.samples import ANNA, NOON

from bot.domain.aim import Aim  # isort: skip
from bot.domain.plan import Begun, plan
from bot.domain.question import Role, Seniority

TODAY, END = date(2026, 11, 30), date(2026, 12, 13)
MOVED = date(2026, 12, 16)


def outlook(interview: date | None = END) -> Outlook:
    return Outlook(
        plan=plan(Role.MLE, Seniority.MID, TODAY, END, NOTHING),
        aim=Aim(ANNA, Role.MLE, Seniority.MID, interview),
        begun=Begun(ANNA, NOON, TODAY, END, TODAY, {}, {}, {}),
        today=TODAY,
        done=frozenset(),
        changes=[],
        project=None,
    )


def moved_to(day: date) -> Outlook:
    """The same plan, once its interview has moved."""
    before = outlook(day)
    return replace(before, begun=replace(before.begun, ends_on=day))


def test_every_day_is_an_entry_and_so_is_the_interview():
    made = Calendar.from_ical(calendar(outlook(), NOON))
    entries = list(made.walk("VEVENT"))
    assert len(entries) == 15
    study = [e for e in entries if "-study-" in e["uid"]]
    assert [e.decoded("dtstart") for e in study] == [TODAY + timedelta(days=n) for n in range(14)]
    assert all("min" in e["summary"] for e in study)
    (interview,) = [e for e in entries if e["summary"] == "Interview"]
    assert interview.decoded("dtstart") == END
    assert str(ANNA) not in str(calendar(outlook(), NOON))


def test_a_later_file_replaces_an_earlier_one():
    first, later = (
        list(Calendar.from_ical(calendar(outlook(), at)).walk("VEVENT"))
        for at in (NOON, NOON + timedelta(days=1))
    )
    assert [e["uid"] for e in first] == [e["uid"] for e in later]
    assert later[0]["sequence"] > first[0]["sequence"]


def test_without_a_date_there_is_no_interview():
    made = calendar(outlook(None), NOON)
    assert b"SUMMARY:Interview" not in made
    assert max(map(len, made.splitlines())) <= 75


def test_an_interview_that_moves_is_not_there_twice():
    first, later = (
        next(e for e in Calendar.from_ical(made).walk("VEVENT") if e["summary"] == "Interview")
        for made in (calendar(outlook(), NOON), calendar(moved_to(MOVED), NOON))
    )
    assert later["uid"] == first["uid"]
    assert later.decoded("dtstart") == MOVED
