"""What `/me settings` shows: everything somebody has chosen, and how to choose otherwise."""

from datetime import date

from discord import app_commands

from bot.domain.aim import UNSAID, Aim
from bot.domain.question import Role, Seniority
from bot.domain.sharing import Sharing, Visibility
from bot.services.profiles import Preferences
from bot.ui.layout import Card, card, small
from bot.ui.text import counted, day_name

ROLES = {
    Role.MLE: "ML engineer",
    Role.APPLIED_SCIENTIST: "applied scientist",
    Role.RESEARCH_SCIENTIST: "research scientist",
    Role.DATA_SCIENTIST: "data scientist",
    Role.AI_ENGINEER: "AI engineer",
}
VISIBILITIES = {
    Visibility.PRIVATE: "nobody but you",
    Visibility.PROGRESS: "members of your servers, without what went wrong",
    Visibility.EVERYTHING: "members of your servers, all but what you aim at",
}
ROLE_CHOICES = [app_commands.Choice(name=name, value=role.value) for role, name in ROLES.items()]
SENIORITY_CHOICES = [app_commands.Choice(name=s.value, value=s.value) for s in Seniority]
NONE_CHOICE = app_commands.Choice(name="none in particular", value=UNSAID)
"""Where somebody may take back what they said."""
VISIBILITY_CHOICES = [
    app_commands.Choice(name=name, value=level.value) for level, name in VISIBILITIES.items()
]


def preferences_view(found: Preferences) -> Card:
    """Everything that is set."""
    return card(
        "### Your settings",
        "\n".join(
            [
                f"**Aiming at** {_aim(found.aim)}",
                f"**Interview** {_interview(found.aim, found.today)}",
                f"**Profile** seen by {VISIBILITIES[found.sharing.visibility]}",
                f"**Leaderboards and recaps** {_boards(found.sharing)}",
                f"**Time zone** {_zone(found)}",
            ]
        ),
        small("`/me settings` with any of its options changes that one and leaves the rest."),
    )


def moved_view(zone_name: str) -> Card:
    """Their days follow another zone now."""
    return card(
        f"Your days are now counted in **{zone_name}**.",
        small("They end at 03:00 there. Once a week, a date that a move skips costs you nothing."),
    )


def aimed_at(aim: Aim, today: date) -> str | None:
    """The aim in one sentence; nothing without one."""
    what = _aim(aim) if aim.role or aim.seniority else ""
    left = aim.days_left(today)
    when = "" if left is None else _in_days(left)
    if not what:
        return f"Your interview is {when}." if when else None
    return f"You aim at {what}{f', interview {when}' if when else ''}."


def day_offered(day: date, today: date) -> str:
    """A date to choose, with how far it is."""
    return f"{day_name(day)} {day.year}, {_in_days((day - today).days)}"


def _aim(aim: Aim) -> str:
    if not aim.role and not aim.seniority:
        return "nothing in particular yet; `role` and `seniority` fit plans to you"
    role = ROLES[aim.role] if aim.role else "any role"
    return f"{role}, {aim.seniority}" if aim.seniority else role


def _interview(aim: Aim, today: date) -> str:
    if aim.interview_on is None:
        return "no date yet; `interview` sets one"
    left = aim.days_left(today)
    if left is None:
        return f"was on {day_name(aim.interview_on)}; `interview` sets the next, or `none`"
    return f"{day_name(aim.interview_on)} {aim.interview_on.year}, {_in_days(left)}"


def _in_days(left: int) -> str:
    if left < 2:
        return ("today", "tomorrow")[left]
    return f"in {counted(left, 'day')}" if left < 21 else f"in {left // 7} weeks"


def _zone(found: Preferences) -> str:
    if found.own_zone:
        return f"{found.zone_name}, your own; `/me timezone` changes it"
    return f"{found.zone_name}, until `/me timezone` sets your own"


def _boards(sharing: Sharing) -> str:
    return "you are on them" if sharing.on_boards else "you are left out"
