"""A readiness check as people see it: six questions, then a verdict that claims no more."""

from bot.domain.question import Option, Question
from bot.domain.readiness import Competency, Judged, Readiness, Sign
from bot.domain.standing import interval
from bot.services.readiness import Standing
from bot.ui.layout import Card, card, row, small
from bot.ui.post import asking
from bot.ui.preferences import ROLES
from bot.ui.press import Press
from bot.ui.text import LETTERS, listed, percent, relative, worded

NAMES = {
    Competency.FUNDAMENTALS: "fundamentals",
    Competency.EVALUATION: "evaluation",
    Competency.DATA_AND_TREES: "data and trees",
    Competency.DEEP_LEARNING: "deep learning and LLM",
    Competency.CODING: "coding",
    Competency.SYSTEMS: "systems and production",
}
SIGNS = {
    Sign.SOLID: "solid",
    Sign.GAP: "a gap",
    Sign.HOPEFUL: "no gap seen yet",
    Sign.DOUBTFUL: "a first hint of a gap",
    Sign.UNKNOWN: "not reached, so unknown",
}
MARKS = {True: "● right", False: "○ wrong", None: "– not reached"}
SHOWN = 5


def check_view(standing: Standing) -> Card:
    """The next question, or the verdict after the last one."""
    question, check = standing.question, standing.check
    if question is None or check.at is None:
        return verdict_view(standing)
    number, item = check.at, check.items[check.at]
    options = "\n".join(
        f"**{letter}** · {worded(question, question.choice.options[at].text)}"
        for letter, at in zip(LETTERS, item.order, strict=True)
    )
    buttons = [
        Press(letter, "readiness", check.id, number, place) for place, letter in enumerate(LETTERS)
    ]
    return card(
        small(f"**Readiness** · {number + 1} of {len(check.items)} · {NAMES[item.competency]}"),
        asking(question, question.choice.prompt),
        options,
        row(buttons),
        small(f"Time is up {relative(check.until)}. Reasons come at the end."),
    )


def verdict_view(standing: Standing) -> Card:
    """What the check says for each competency, and how little that is."""
    check = standing.check
    head = f"### Readiness · {ROLES[check.role]}, {check.seniority}"
    if not check.answered:
        return card(
            head,
            "Nothing was answered in time, so this says nothing about you.",
            small("`/readiness` begins again whenever you have five minutes."),
        )
    missed = any(item.right is not True for item in check.items)
    return card(
        f"{head}\n{_overall(check)}",
        "\n".join(map(_line, standing.judged)),
        _gaps(standing),
        _before(standing.before),
        row([Press("What I missed", "unready", check.id)]) if missed else None,
        small(
            "Ranges hold with 95 %; checks of the last 90 days on this level add up. Stories "
            "cannot be judged by four options: `/plan` makes room for them."
        ),
    )


def missed_view(standing: Standing) -> Card:
    """What would have been right, and why."""
    parts = []
    for item in standing.check.items:
        question = standing.questions.get(item.question_id)
        if question is None or item.right:
            continue
        best = question.choice.options[question.choice.right]
        says = f"### {worded(question, question.title)}\n**Right:** {_option(question, best)}"
        if item.picked is not None:
            says += f"\n**You picked:** {_option(question, question.choice.options[item.picked])}"
        parts.append(says)
    if not parts:
        return card("You missed nothing in this check.", small("`/plan` has what comes next."))
    return card(*parts, small("What you answered comes back in `/review` when it is due."))


def _option(question: Question, option: Option) -> str:
    return f"{worded(question, option.text)}\n{worded(question, option.because)}"


def _overall(check: Readiness) -> str:
    right, asked = sum(bool(i.right) for i in check.answered), len(check.answered)
    low, high = interval(right, asked)
    return (
        f"**{right} of {asked} right.** That is little to go by: your true rate could be anywhere "
        f"from {percent(low)} to {percent(high)}."
    )


def _line(judged: Judged) -> str:
    head = f"{MARKS[judged.now]} · **{NAMES[judged.competency]}**: {SIGNS[judged.sign]}"
    if not judged.asked:
        return head
    span = f"{round(100 * judged.low)}–{percent(judged.high)}"
    return f"{head}\n-# {judged.right} of {judged.asked} so far, so {span}"


def _gaps(standing: Standing) -> str:
    role = ROLES[standing.check.role]
    # A part of the loop that one right answer stands on is not missing.
    missing = sorted(standing.judged, key=lambda j: (-j.missing, j.competency))
    named = [f"{NAMES[j.competency]} ({percent(j.share)})" for j in missing if j.missing > 0][:3]
    if not named:
        return (
            f"**Against the mix of a loop for {role}:** nothing is missing that six questions "
            "could show."
        )
    return (
        f"**Against the mix of a loop for {role}:** most is still to be shown in {listed(named)}. "
        "`/plan` leans that way, and `/resources` has what to read."
    )


def _before(before: list[Readiness]) -> str | None:
    telling = [check for check in before if check.answered]
    if not telling:
        return None
    lines = [
        f"{relative(check.started_at)} · {ROLES[check.role]}, {check.seniority}: "
        f"{sum(bool(i.right) for i in check.answered)} of {len(check.answered)}"
        for check in telling[:SHOWN]
    ]
    return "**Before**\n" + "\n".join(lines)
