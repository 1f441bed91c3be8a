"""A streak, and every day that changed it, in words."""

from bot.domain.streak import DAYS_FOR_A_FREEZE, MOST_FREEZES, Entry, Streak
from bot.domain.streak import DayKind as K
from bot.services.streaks import StreakReport
from bot.ui.layout import Card, card, small
from bot.ui.text import counted, plain, short_day

RULES = (
    "A day counts when you answer a question of the day, or any five questions. It ends at 03:00. "
    "Every seventh day earns a freeze, two at most; one is spent by itself on a day you miss. "
    "Days on which your group is asked nothing cost nothing."
)


def streak_view(report: StreakReport) -> Card:
    """How long, what is in hand, and why."""
    streak = report.streak
    head = (
        f"### {counted(streak.length, 'day')} in a row"
        if streak.length
        else "### No streak just now\nOne question of the day starts the next."
    )
    before = (None, *report.entries)
    lines = [_line(*pair) for pair in zip(report.entries, before, strict=False)]
    return card(
        f"{head}\n{_so_far(report)}",
        "**Why it stands there**\n" + "\n".join(lines) if lines else None,
        small(RULES),
        small(_zone(report)),
    )


def repaired_view(user_id: int, streak: Streak) -> Card:
    """What a repair came to, for the moderator."""
    if not streak.length:
        return card(
            f"Repaired, but <@{user_id}> has no streak just now. A later day was lost as well, and "
            "each takes a repair of its own: `/me streak` shows them which."
        )
    return card(f"Repaired. <@{user_id}> stands at {counted(streak.length, 'day')} in a row.")


def _so_far(report: StreakReport) -> str:
    streak = report.streak
    # Later than today for somebody who has flown west since.
    counted_today = streak.last_counted is not None and streak.last_counted >= report.today
    today = "Today counts already." if counted_today else "Today is still open."
    if not streak.best:
        return today
    return f"{_in_hand(streak.freezes)} · longest so far {counted(streak.best, 'day')} · {today}"


def _in_hand(freezes: int) -> str:
    return f"{counted(freezes, 'freeze')} in hand" if freezes else "no freeze in hand yet"


def _zone(report: StreakReport) -> str:
    zone_name = report.zone_name
    if report.own_zone:
        return f"Days are counted in your own time zone, {zone_name}: `/me timezone` changes it."
    return f"Days are counted in the time zone {zone_name} until `/me timezone` sets your own."


def _line(entry: Entry, before: Entry | None) -> str:
    earned = ", a freeze earned" if _earned(entry, before) else ""
    return f"{_days(entry)}: {_what(entry)}{earned}"


def _earned(entry: Entry, before: Entry | None) -> bool:
    """Whether that day brought a freeze; the first line of many cannot always know."""
    if entry.kind is not K.COUNTED or entry.length % DAYS_FOR_A_FREEZE:
        return False
    return entry.freezes > before.freezes if before else entry.freezes < MOST_FREEZES


def _days(entry: Entry) -> str:
    first = short_day(entry.day)
    if entry.through and entry.through != entry.day:
        return f"{first} to {short_day(entry.through)}"
    return first


def _what(entry: Entry) -> str:
    day = f"day {entry.length}"
    match entry.kind:
        case K.COUNTED:
            return f"counted ({entry.detail}), {day}"
        case K.FROZEN:
            left = "none left" if not entry.freezes else f"{entry.freezes} left"
            return f"no study; a freeze was used, {left}"
        case K.PARDONED:
            return "pardoned: I could not post, or you changed time zones"
        case K.RESTED:
            return "nothing was asked, nothing lost"
        case K.REPAIRED:
            by = f" by <@{entry.by}>" if entry.by else ""
            return f"repaired{by}: {plain(entry.detail)}. The streak stands at {entry.length}"
        case K.ENDED:
            return f"no study and no freeze left; a streak of {entry.detail} ended"
