"""A drill as its one message shows it: the question, the reason, and how it went."""

from collections.abc import Iterator
from typing import Any

from discord import ui

from bot.domain.attempt import Mode
from bot.domain.drill import Drill, Kind, Wanted
from bot.domain.question import Question
from bot.services.drill import Sight
from bot.services.steps import Marked
from bot.services.streaks import Today
from bot.ui.answer import answer_parts
from bot.ui.layout import Card, card, row, small
from bot.ui.post import asked_plainly, asking
from bot.ui.press import Press, Style
from bot.ui.text import LETTERS, counted, of_hundred, relative, worded
from bot.ui.verdict import PATTERNS, headline, points_of, streak_line

NAMES = {Kind.DRILL: "Drill", Kind.REVIEW: "Review"}
HERE, BESIDE = "here", "beside"
"""Whether a button's own message moves on, or stays and another opens."""
GUESSING, CERTAIN = "20", "95"
"""What is noted as the confidence, in per cent, for either button."""
REVIEWED = 20
"""Questions of one review."""
TITLES = 5
"""Missed questions that the summary names."""


def sight_view(sight: Sight, sure: str = "", note: str = "") -> Card:
    """The question that is next, or how it went.

    Args:
        sight: where the drill stands.
        sure: `GUESSING`, `CERTAIN` or nothing, as the person has said of their pick.
        note: something to say first.
    """
    if sight.question is None:
        return _summary(sight)
    drill, question = sight.drill, sight.question
    assert drill.step is not None  # noqa: S101 - what has a question has a step
    in_words = drill.step.mode is Mode.OPEN
    back = small("This one you missed a while ago.") if drill.step.again else None
    head = [small(note) if note else None, small(_head(drill, drill.no)), back]
    if in_words:
        return card(*head, asking(question), row(_writing(drill)))
    return card(
        *head,
        asking(question, question.choice.prompt),
        _options(question, sight.layout),
        row(_letters(sight, sure)),
        row(_sureness(drill, sure)),
    )


def marked_view(marked: Marked) -> Card:
    """What came of a step, and why, at once."""
    said = _verdict(marked) if marked.attempt.mode is Mode.OPEN else _picked(marked)
    back = not marked.done.right and not marked.step.again
    return card(
        small(_head(marked.drill, marked.no)),
        f"### {worded(marked.question, marked.question.title)}",
        *said,
        small("It comes back before the end.") if back else None,
        row(_after(marked)),
    )


def essay_modal(drill_id: int, no: int, question: Question) -> ui.Modal:
    """Asks for an answer in words, and how sure they are."""
    modal = ui.Modal(title=question.title, custom_id=f"essay:{drill_id}:{no}", timeout=15 * 60)
    for item in answer_parts(asked_plainly(question)):
        modal.add_item(item)
    return modal


def bar(drill: Drill) -> str:
    """A mark for every step: `●` right, `✕` missed, `○` to come."""
    done = "".join("●" if d.right else "✕" for d in drill.done)
    return done + "○" * (len(drill.steps) - len(drill.done))


def about(wanted: Wanted) -> str:
    """`trees, hard, for mle`."""
    parts = [str(p) for p in (wanted.topic, wanted.difficulty) if p]
    if wanted.role:
        parts.append(f"for {wanted.role}")
    return ", ".join(parts) or "what you gain most from"


def _head(drill: Drill, no: int) -> str:
    what = f" · {about(drill.wanted)}" if drill.kind is Kind.DRILL else ""
    return f"**{NAMES[drill.kind]}**{what} · {no + 1} of {len(drill.steps)} · {bar(drill)}"


def _options(question: Question, layout: tuple[int, ...]) -> str:
    return "\n".join(
        f"**{letter}** · {worded(question, question.choice.options[at].text)}"
        for letter, at in zip(LETTERS, layout, strict=True)
    )


def _letters(sight: Sight, sure: str) -> Iterator[Press]:
    drill = sight.drill
    for letter, at in zip(LETTERS, sight.layout, strict=True):
        yield Press(letter, "mark", drill.id, drill.no, at, sure, style=Style.primary)


def _sureness(drill: Drill, sure: str) -> list[Press]:
    """How sure they are, said before they pick; pressed again, it is taken back."""
    return [
        Press(
            label,
            "step",
            drill.id,
            drill.no,
            "" if sure == value else value,
            style=Style.success if sure == value else Style.secondary,
        )
        for label, value in (("I'm sure", CERTAIN), ("I'm guessing", GUESSING))
    ] + [_stop(drill)]


def _writing(drill: Drill) -> list[Press]:
    return [
        Press("Answer", "essay", drill.id, drill.no, style=Style.primary),
        Press("Hint", "clue", drill.id, drill.no),
        _stop(drill),
    ]


def _stop(drill: Drill) -> Press:
    return Press("Stop", "halt", drill.id)


def _picked(marked: Marked) -> list[str]:
    """The picked option's reason, and the right one's."""
    question, layout = marked.question, marked.layout
    picked = marked.attempt.choice or 0
    option, letter = question.choice.options[picked], LETTERS[layout.index(picked)]
    why = worded(question, option.because)
    if option.correct:
        return [f"**{letter} is right.** {why}"]
    best, at = question.choice.options[question.choice.right], layout.index(question.choice.right)
    return [
        f"**{letter} is not it:** {worded(question, option.text)}\n{why}",
        f"**{LETTERS[at]} is right:** {worded(question, best.text)}\n"
        f"{worded(question, best.because)}",
    ]


def _verdict(marked: Marked) -> list[str]:
    verdict = marked.attempt.verdict
    assert verdict is not None  # noqa: S101 - an answer in words has one
    points = points_of(verdict, marked.question.key_points, frozenset())
    pattern = [PATTERNS[verdict.pattern]] if verdict.pattern else []
    said = [f"**{headline(verdict)} · {of_hundred(verdict.score)}**", *pattern, "\n".join(points)]
    return [*said, small(f"graded by {verdict.grader}")]


def _after(marked: Marked) -> list[Press]:
    drill, attempt = marked.drill, marked.attempt
    label = "Next" if drill.step else "How it went"
    buttons = [Press(label, "step", drill.id, marked.no + 1, "", style=Style.primary)]
    if marked.question.in_words:
        buttons.append(Press("Strong answer", "strong", attempt.id))
        buttons.append(Press("Follow-up", "followup", attempt.id))
    if drill.step:
        buttons.append(_stop(drill))
    return buttons


def _summary(sight: Sight) -> Card:
    drill = sight.drill
    if not drill.done:
        return card(
            "### Stopped before the first answer",
            "Nothing was lost. Pick up whenever you like.",
            row(_further(sight)),
        )
    first = [d for s, d in drill.answered if not s.again]
    second = [d for s, d in drill.answered if s.again]
    right = sum(d.right for d in first)
    mended = sum(d.right for d in second)
    again = f"\nOf {len(second)} that came back, {mended} right the second time." if second else ""
    return card(
        small(f"**{NAMES[drill.kind]}** · {bar(drill)}"),
        f"### {right} of {len(first)} right at first sight{again}",
        _missed(sight),
        _comes_back(sight),
        row(_further(sight)),
        small(_today(sight.today)) if sight.today else None,
    )


def _today(today: Today) -> str:
    if today.left:
        return f"{counted(today.left, 'more question')} and today is a study day."
    return f"Today counts · {streak_line(today.change)}"


def _missed(sight: Sight) -> str | None:
    if not sight.missed:
        return None
    lines = [f"{worded(q, q.title)} · `{q.topic}`" for q in sight.missed[:TITLES]]
    if len(sight.missed) > TITLES:
        lines.append(f"and {len(sight.missed) - TITLES} more")
    return "\n".join(["**Missed**", *lines])


def _comes_back(sight: Sight) -> str:
    """When memory needs it next: the next step in words."""
    if sight.due:
        return f"You are about to forget {counted(sight.due, 'question')}. {in_review(sight.due)}"
    if sight.next_due_at:
        return f"The next question comes back {relative(sight.next_due_at)}; `/review` has it then."
    return "What you answer comes back when you are about to forget it."


def in_review(due: int) -> str:
    """Which of them a review takes."""
    if due <= REVIEWED:
        return "A review takes them all."
    return f"A review takes the {REVIEWED} that have faded most."


def _further(sight: Sight) -> list[ui.Item[Any]]:
    """What to do next; the first button is what most people want."""
    wanted = sight.drill.wanted
    parts = (wanted.topic or "", wanted.difficulty or "", wanted.role or "")
    more = Press(
        f"{wanted.count} more" if sight.drill.kind is Kind.DRILL else "Drill",
        "drill",
        *parts,
        wanted.count,
        wanted.style,
        style=Style.secondary if sight.due else Style.primary,
    )
    if not sight.due:
        return [more]
    return [Press(f"Review {min(sight.due, REVIEWED)}", "recall", HERE, style=Style.primary), more]
