"""What somebody prepares for: the role, the seniority, and the day of the interview."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.errors import Invalid
from bot.domain.question import Role, Seniority

FURTHEST = timedelta(days=730)
"""An interview further away than this is a typing error."""
UNSAID = "none"
"""Typed or chosen to take back what was said."""
WEEKS_OFFERED = (1, 2, 4, 6, 8, 12)


@dataclass(frozen=True, slots=True)
class Aim:
    """A row of `aim`; what is empty has not been said."""

    user_id: int
    role: Role | None = None
    seniority: Seniority | None = None
    interview_on: date | None = None

    @property
    def level(self) -> Seniority:
        """The seniority to prepare on: the middle one until they have said."""
        return self.seniority or Seniority.MID

    def days_left(self, today: date) -> int | None:
        """Days until the interview, 0 on its day; None without one, or once it is over."""
        if self.interview_on is None or self.interview_on < today:
            return None
        return (self.interview_on - today).days


def changed(
    aim: Aim, role: str | None, seniority: str | None, interview: str | None, today: date
) -> Aim:
    """The aim with what was chosen; None leaves as it is, and `UNSAID` takes back.

    Raises:
        Invalid: the interview's date cannot be used.
    """
    if role is not None:
        aim = replace(aim, role=None if role == UNSAID else Role(role))
    if seniority is not None:
        aim = replace(aim, seniority=None if seniority == UNSAID else Seniority(seniority))
    if interview is not None:
        taken_back = interview.strip().casefold() == UNSAID
        day = None if taken_back else interview_day(interview, today)
        aim = replace(aim, interview_on=day)
    return aim


def interview_day(typed: str, today: date) -> date:
    """The day that was typed, as `2026-11-24`.

    Raises:
        Invalid: it is no such date, has passed, or is years away.
    """
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        example = (today + timedelta(weeks=4)).isoformat()
        raise Invalid(f"I read dates as year-month-day, like {example}.") from None
    if day < today:
        raise Invalid("That day has passed. Give me the date of your next interview, or `none`.")
    if day - today > FURTHEST:
        raise Invalid("That is more than two years away. Is the year right?")
    return day


def days_offered(typed: str, today: date) -> list[date]:
    """Days to choose from: the one that was typed if it can be used, else some weeks ahead."""
    try:
        return [interview_day(typed, today)]
    except Invalid:
        return [today + timedelta(weeks=weeks) for weeks in WEEKS_OFFERED]
