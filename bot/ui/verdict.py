"""The verdict, in private: what was covered in the person's own words, then what was not."""

from collections.abc import Sequence

from bot.domain.attempt import Attempt, Calibration, Mode
from bot.domain.question import KeyPoint, Question
from bot.domain.streak import Change, DayKind
from bot.domain.verdict import Pattern, PointVerdict, State, Verdict
from bot.services.answering import RECENT, Outcome
from bot.ui.layout import Card, card, frame, row, small, stack
from bot.ui.press import Press, Style
from bot.ui.text import (
    LETTERS,
    MARK,
    counted,
    of_hundred,
    percent,
    plain,
    quoted,
    shortened,
    worded,
)

PATTERNS = {
    Pattern.DEFINITION_ONLY: "You defined it well, and stopped. An interviewer's next question "
    "is a decision: when would you not use it?",
    Pattern.BUZZWORD_LIST: "These are the right words without the sentences between them. "
    "Pick two and say how one leads to the other.",
    Pattern.NO_COST_ARGUMENT: "You named a metric, but not what a wrong call costs. "
    "The cost is what decides between metrics.",
    Pattern.CURE_BEFORE_DIAGNOSIS: "You went straight to the cure. "
    "Say first what you would look at to know what is wrong.",
    Pattern.MODEL_BEFORE_FRAMING: "The model came before the problem. "
    "Start with who decides what, on which label, and what success is.",
    Pattern.NOTHING_BROKE: "In this story everything worked. "
    "Say what broke, and what you did about it: that is the part people remember.",
    Pattern.ECHO: "That is mostly the question again. What would you do, and why?",
    Pattern.OFF_TOPIC: "That reads like an answer to another question.",
    Pattern.TOO_SHORT: "That is a start. Two or three sentences give me something to go on.",
}
ORDER = (State.COVERED, State.CONTRADICTED, State.UNCLEAR, State.MISSING)


def outcome_view(outcome: Outcome) -> Card:
    """What one answer came to, whichever way it was given."""
    if outcome.attempt.mode is Mode.CHOICE:
        return choice_view(outcome)
    return verdict_view(outcome)


def verdict_view(outcome: Outcome, *, shared: bool = False) -> Card:
    """An open answer's verdict."""
    attempt, question = outcome.attempt, outcome.question
    verdict = attempt.verdict
    if verdict is None:
        return choice_view(outcome)
    return card(
        f"### {question.title}\n**{headline(verdict)} · {of_hundred(verdict.score)}**",
        PATTERNS[verdict.pattern] if verdict.pattern else None,
        "\n".join(points_of(verdict, question.key_points, outcome.claimed)),
        small(sureness(attempt, outcome.calibration)) if attempt.confidence is not None else None,
        small(f"{standing(outcome)} · graded by {verdict.grader}"),
        row(_after(attempt, verdict, shared=shared)),
    )


def choice_view(outcome: Outcome) -> Card:
    """A picked option's reason, and the right one's."""
    attempt, question = outcome.attempt, outcome.question
    picked = question.choice.options[attempt.choice or 0]
    right = question.choice.right
    letter = LETTERS[attempt.choice or 0]
    why = worded(question, picked.because)
    if picked.correct:
        lines = [f"**{letter} is right.** {why}"]
    else:
        best = question.choice.options[right]
        mistake = "a common mistake" if question.in_words else "not it"
        lines = [
            f"**{letter} is {mistake}.** {why}",
            f"**{LETTERS[right]} is right:** {worded(question, best.text)}\n"
            f"{worded(question, best.because)}",
        ]
    return card(
        f"### {worded(question, question.title)}",
        *lines,
        small(standing(outcome)),
        row(_after_choice(attempt, question)),
    )


def headline(verdict: Verdict) -> str:
    """How many key points were there."""
    covered = sum(p.state is State.COVERED for p in verdict.points)
    close = sum(p.state is State.UNCLEAR for p in verdict.points)
    says = f"{covered} of {len(verdict.points)} key points"
    return f"{says}, {close} close" if close else says


def points_of(verdict: Verdict, points: Sequence[KeyPoint], claimed: frozenset[str]) -> list[str]:
    """One line a key point: what was there first; what was not, without giving it away."""
    known = {p.id: p for p in points}
    ranked = sorted(verdict.points, key=lambda p: ORDER.index(p.state))
    return [f"{MARK[p.state]} {_point(p, known.get(p.point_id), claimed)}" for p in ranked]


def _point(point: PointVerdict, known: KeyPoint | None, claimed: frozenset[str]) -> str:
    statement = known.statement.rstrip(".") if known else "A key point that has since been retired"
    about = known.about.rstrip(".") if known else "a key point that has since been retired"
    words = quoted(point.evidence) if point.evidence else ""
    below = f"\n-# {words}" if words else ""
    if point.state is State.COVERED:
        return f"{statement}{below}"
    if point.state is State.CONTRADICTED:
        return f"{words}: {point.correction}"
    if point.point_id in claimed:
        return f"You say it was there: {about}. It counts once a moderator accepts it."
    if point.state is State.UNCLEAR:
        return f"Close: {about}{below}"
    return f"Still open: {about}"


def sureness(attempt: Attempt, known: Calibration | None) -> str:
    """How sure they were, now and lately, against how right."""
    now = f"You were {percent(attempt.confidence or 0)} sure."
    if known is None or known.answers < 3:
        return now
    over = f"your last {min(known.answers, RECENT)} answers"
    return f"{now} Over {over}: {percent(known.sure)} sure, {percent(known.right)} right."


def standing(outcome: Outcome) -> str:
    """What the answer did: practice, late, and the streak."""
    attempt = outcome.attempt
    parts: list[str] = []
    if not attempt.scored:
        parts.append("practice: the first answer to an open question is the one that counts")
    elif attempt.late:
        parts.append("a day late: half the leaderboard points")
    parts.append(streak_line(outcome.streak))
    return " · ".join(parts)


def streak_line(change: Change) -> str:
    """The streak in a few words."""
    streak = change.streak
    if not streak.length:
        return "no streak yet: one question of the day starts it"
    says = "first day of a streak" if streak.length == 1 else f"{streak.length} days in a row"
    kinds = {e.kind for e in change.entries}
    if DayKind.FROZEN in kinds:
        says += ", saved by a freeze"
    if streak.freezes:
        says += f" · {counted(streak.freezes, 'freeze')} in hand"
    return says


def strong_view(question: Question, attempt_id: int) -> Card:
    """What a strong answer says, and why the weak one is not enough."""
    return card(
        f"### {question.title}\n{question.strong_answer}",
        f"**Sounds right, says little:** *{question.weak_answer}*\n{question.weak_because}",
        small("Sources: " + "; ".join(question.sources)),
        row([Press("Report", "report", "attempt", attempt_id)]),
    )


def share_view(outcome: Outcome) -> Card:
    """A person's answer for the channel, behind a spoiler."""
    attempt = outcome.attempt
    head = f"<@{attempt.user_id}> answered **{outcome.question.title}** · "
    score = of_hundred(attempt.score)
    words = plain(shortened(attempt.answer, 2000))
    return stack(frame(head + score), frame(words, spoiler=True))


def _after_choice(attempt: Attempt, question: Question) -> list[Press]:
    if not question.in_words:
        return [Press("Report", "report", "attempt", attempt.id)]
    return [
        Press("Follow-up", "followup", attempt.id, style=Style.primary),
        Press("Strong answer", "strong", attempt.id),
    ]


def _after(attempt: Attempt, verdict: Verdict, *, shared: bool) -> list[Press]:
    buttons = [
        Press("Follow-up", "followup", attempt.id, style=Style.primary),
        Press("Strong answer", "strong", attempt.id),
    ]
    if not shared:
        buttons.append(Press("Share", "share", attempt.id))
    if attempt.scored and any(p.state is not State.COVERED for p in verdict.points):
        buttons.append(Press("I disagree", "disagree", attempt.id))
    return buttons
