"""A plan as people see it: today, this week, the weeks to come, and why."""

from collections import Counter
from datetime import date

from bot.domain.focus import Focus
from bot.domain.plan import Block, Change, Day, Why
from bot.domain.question import Round
from bot.services.planning import Outlook
from bot.ui.layout import Card, card, row, small
from bot.ui.preferences import ROLES
from bot.ui.press import Press, Style
from bot.ui.text import counted, day_name, listed, of_hundred, short_day, topic_name

PROMISE = "Made new each day from what you answered before it."


def focus_name(focus: Focus) -> str:
    """What a block is about."""
    if focus.round is Round.PROJECT:
        return "project story"
    return topic_name(focus.topic)


def plan_view(outlook: Outlook, week: int = 0) -> Card:
    """One week day by day, the others in a line each."""
    weeks = outlook.plan.weeks
    week = min(max(week, 0), len(weeks) - 1)
    buttons = [Press("Calendar file", "calendar", outlook.aim.user_id, style=Style.primary)]
    if week:
        buttons.append(Press("Week before", "week", outlook.aim.user_id, week - 1))
    if week + 1 < len(weeks):
        buttons.append(Press("Next week", "week", outlook.aim.user_id, week + 1))
    return card(
        _head(outlook),
        None if week else step_lines(outlook),
        f"**Week {week + 1} of {len(weeks)}**\n" + "\n".join(map(_day, _listed(outlook, week))),
        _later(outlook, week),
        _moved(outlook),
        row(buttons),
        small(PROMISE),
    )


def step_view(outlook: Outlook, said: str) -> Card:
    """Today's step where there is no question of the day beside it."""
    return card(step_lines(outlook), small(said))


def step_lines(outlook: Outlook) -> str:
    """Today's step: what, how and why."""
    day = outlook.step
    lines = [_block(block, outlook) for block in day.blocks]
    return f"**Today, {day.minutes} minutes**\n" + "\n".join(lines)


def _head(outlook: Outlook) -> str:
    head = f"### Your plan · {ROLES[outlook.plan.role]}, {outlook.plan.seniority}"
    left = (outlook.begun.ends_on - outlook.today).days
    ends = day_name(outlook.begun.ends_on)
    if outlook.aim.interview_on is None:
        return (
            f"{head}\nUp to {ends}, the usual six weeks. A date makes it exact: `/plan interview:`"
        )
    when = "today" if not left else f"in {counted(left, 'day')}"
    return f"{head}\nInterview on {ends}, {when}"


def _listed(outlook: Outlook, week: int) -> tuple[Day, ...]:
    days = outlook.plan.weeks[week]
    return days if week or len(days) == 1 else days[1:]


def _day(day: Day) -> str:
    return f"{short_day(day.on)} · {day.minutes} min · {_about(day)}"


def _about(day: Day) -> str:
    return ", ".join(focus_name(block.focus) for block in day.blocks)


def _later(outlook: Outlook, week: int) -> str | None:
    lines = []
    for number, days in enumerate(outlook.plan.weeks[week + 1 :], week + 2):
        minutes = Counter[str]()
        for day in days:
            for block in day.blocks:
                minutes[topic_name(block.focus.round)] += block.minutes
        most = [name for name, _ in minutes.most_common(3)]
        lines.append(f"Week {number} · {sum(minutes.values())} min · most on {listed(most)}")
    return "**After that**\n" + "\n".join(lines) if lines else None


def _block(block: Block, outlook: Outlook) -> str:
    mark = "● done" if block.focus in outlook.done else "○ open"
    name = focus_name(block.focus)
    head = f"{mark} · **{name[:1].upper()}{name[1:]}**, {block.minutes} min"
    return f"{head}: {_how(block, outlook)}\n-# {_why(block, outlook)}"


def _how(block: Block, outlook: Outlook) -> str:
    match block.focus.round:
        case Round.PROJECT:
            title = f"`/probe question:{outlook.project.title}`" if outlook.project else "`/probe`"
            return f"tell it aloud with what broke, then {title}"
        case Round.SYSTEM_DESIGN:
            return "`/drill topic:system-design style:explain`, all five parts aloud"
        case Round.BEHAVIORAL:
            return "`/drill topic:behavioral style:explain`, one true story"
        case _:
            return f"`/drill topic:{block.focus.topic}`"


def _why(block: Block, outlook: Outlook) -> str:
    shown = outlook.begun.shown.get(block.focus)
    role = ROLES[outlook.plan.role]
    match block.why:
        case Why.GAP if shown:
            return f"A gap: {of_hundred(shown.mean)} over {counted(shown.answers, 'question')}."
        case Why.KEEP if shown:
            return f"You can do it ({of_hundred(shown.mean)}); a little keeps it that way."
        case Why.UNTOUCHED:
            return "You have not touched it yet, and it is a round of its own."
        case Why.STORIES:
            return "A warm-up with your own stories; nothing new on the last day."
        case _:
            return f"{_article(role)} {role}'s interviews ask for it, and its turn has come."


def _article(word: str) -> str:
    return "An" if word[0] in "aA" or word.startswith("ML") else "A"


def _moved(outlook: Outlook) -> str | None:
    if not outlook.changes:
        return None
    lines = [_change(change) for change in outlook.changes]
    return f"**What changed since {short_day(outlook.begun.began_on)}**\n" + "\n".join(lines)


def _change(change: Change) -> str:
    more = "more" if change.more else "less"
    now = f"{of_hundred(change.now.mean)} over {counted(change.now.answers, 'question')}"
    if not change.before.answers:
        return f"{more} {focus_name(change.focus)}: {now}, where I had nothing to go by"
    return f"{more} {focus_name(change.focus)}: {now}, from {of_hundred(change.before.mean)}"


def calendar_said(ends_on: date) -> str:
    """Beside the calendar file."""
    return (
        f"Every day up to {day_name(ends_on)}. Open it with your calendar; a later file "
        "replaces these entries instead of doubling them."
    )
