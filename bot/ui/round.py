"""One round of a game: the question, and what came of it."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.domain.question import Question
from bot.domain.round import FRESH, Reply, Round, Style
from bot.domain.verdict import State
from bot.services.table import Table, TooFew
from bot.ui.answer import answer_label
from bot.ui.layout import Card, card, row, small
from bot.ui.post import asked_plainly
from bot.ui.press import Press
from bot.ui.press import Style as Look
from bot.ui.text import (
    LETTERS,
    MARK,
    counted,
    listed,
    of_hundred,
    plain,
    relative,
    shortened,
    worded,
)

RETIRED = "*That question has been retired from the bank since.*"
VOID = "This round was cut short, so it counts for nobody."
MINUTES = 15 * 60
BAR = 12
"""Blocks of a full bar."""
ROOM = 3000
"""Characters for what somebody missed, in full; the names of the rest have what is left."""
BEST = 3
"""Open answers of a quiz that are shown to all."""


def asking_parts(table: Table) -> list[ui.Item[Any] | str]:
    """The open round: the question, how to reply, and until when."""
    round_ = table.round
    assert round_ is not None  # noqa: S101 - a game that asks has a round
    question = table.questions.get(round_.question_id)
    if question is None:
        return [RETIRED]
    game = table.game
    if game.terms.style is Style.EXPLAIN:
        button = Press("Write your answer", "compose", game.id, round_.no, style=Look.primary)
        return [f"{_title(question)}\n{asked_plainly(question)}", row([button])]
    options = [
        f"**{letter}** · {worded(question, question.choice.options[at].text)}"
        for letter, at in zip(LETTERS, round_.layout, strict=True)
    ]
    asked = asked_plainly(question, question.choice.prompt)
    buttons = [
        Press(letter, "lock", game.id, round_.no, place) for place, letter in enumerate(LETTERS)
    ]
    return [f"{_title(question)}\n{asked}", "\n".join(options), row(buttons)]


def until(round_: Round) -> str:
    """How long the round is open."""
    return f"until {relative(round_.deadline)}"


def what_next(table: Table) -> str:
    """What comes after a pause, and when."""
    game = table.game
    when = relative(game.due_at) if game.due_at else "in a moment"
    if not game.round:
        return f"The first question {when}"
    last = game.round >= game.terms.rounds
    return f"{'The result' if last else 'The next question'} {when}"


def ways_around(few: TooFew, way: Callable[[str, int, str], Press]) -> Card:
    """What could be played instead of what was asked for.

    Args:
        few: what was asked for, and how much of it is fresh.
        way: the button with that label, for so many rounds on that topic.
    """
    terms, ways = few.terms, []
    if few.fresh:
        ways.append(way(f"Play {counted(few.fresh, 'round')}", few.fresh, terms.topic or ""))
    if terms.topic:
        ways.append(way("All topics", terms.rounds, ""))
    later = small(f"What you have seen is fresh again after {FRESH.days} days.")
    return card(str(few), row(ways) if ways else later)


def revealed_parts(table: Table, round_: Round) -> list[str]:
    """What was right and why, and what everybody made of it."""
    question = table.questions.get(round_.question_id)
    if question is None:
        return [RETIRED]
    replies = [r for r in table.replies if r.no == round_.no]
    if table.game.terms.style is Style.EXPLAIN:
        parts = [_title(question), *(_written(question, r) for r in replies)]
    else:
        parts = [_solved(question, round_)]
        parts += _mistakes(question, round_, replies)
    if round_.void:
        parts.append(VOID)
    return parts


def charted_parts(table: Table, round_: Round) -> list[str]:
    """What was right and why, and how many chose what; of open answers the best few."""
    question = table.questions.get(round_.question_id)
    if question is None:
        return [RETIRED]
    replies = [r for r in table.replies if r.no == round_.no]
    if table.game.terms.style is Style.EXPLAIN:
        best = sorted(replies, key=lambda r: (-r.score, r.id))[:BEST]
        parts = [_title(question), *(_written(question, r) for r in best)]
        parts.append(f"{counted(len(replies), 'answer')}")
    else:
        parts = [_solved(question, round_), _chart(question, round_, replies)]
    if round_.void:
        parts.append(VOID)
    return parts


def _title(question: Question) -> str:
    return f"### {worded(question, question.title)}"


def _solved(question: Question, round_: Round) -> str:
    right = question.choice.right
    letter, best = LETTERS[round_.layout.index(right)], question.choice.options[right]
    text, because = worded(question, best.text), worded(question, best.because)
    return f"{_title(question)}\n**{letter} is right:** {text}\n{because}"


def _chart(question: Question, round_: Round, replies: Sequence[Reply]) -> str:
    """A bar for every option, and why the wrong one is wrong that most people chose."""
    counts = [sum(r.picked == at for r in replies) for at in round_.layout]
    lines = []
    for letter, at, count in zip(LETTERS, round_.layout, counts, strict=True):
        full = round(BAR * count / len(replies)) if replies else 0
        mark = " ✓" if at == question.choice.right else ""
        lines.append(f"`{letter} {'█' * full}{'░' * (BAR - full)} {count}`{mark}")
    wrong = {at: n for at, n in zip(round_.layout, counts, strict=True)
             if n and at != question.choice.right}  # fmt: skip
    if wrong:
        at = max(wrong, key=lambda at: (wrong[at], -round_.layout.index(at)))
        letter = LETTERS[round_.layout.index(at)]
        lines.append(f"**{letter}**: {worded(question, question.choice.options[at].because)}")
    return "\n".join(lines)


def _mistakes(question: Question, round_: Round, replies: Sequence[Reply]) -> list[str]:
    """Who was right, and the mistake behind each wrong option that somebody picked."""
    lines: list[str] = []
    for place, at in enumerate(round_.layout):
        who = [f"<@{r.user_id}>" for r in replies if r.picked == at]
        if not who:
            continue
        option = question.choice.options[at]
        if option.correct:
            lines.insert(0, f"{listed(who)}: right.")
        else:
            lines.append(f"{listed(who)}: **{LETTERS[place]}**. {worded(question, option.because)}")
    return ["\n".join(lines)] if lines else []


def _written(question: Question, reply: Reply) -> str:
    """An open answer with what it covered."""
    known = {p.id: p for p in question.key_points}
    points = reply.verdict.points if reply.verdict else ()
    lines = [
        f"{MARK[p.state]} {known[p.point_id].statement}"
        for p in points
        if p.point_id in known and p.state is State.COVERED
    ]
    words = plain(shortened(reply.answer, 500))
    head = f"**<@{reply.user_id}>** · {of_hundred(reply.score)}"
    return "\n".join([head, f"> {' '.join(words.split())}", *lines])


def compose_modal(game_id: int, no: int, question: Question) -> ui.Modal:
    """Asks for an open answer within a round."""
    modal = ui.Modal(title=question.title, custom_id=f"compose:{game_id}:{no}", timeout=MINUTES)
    modal.add_item(ui.TextDisplay[Any](shortened(asked_plainly(question), 2500)))
    modal.add_item(answer_label())
    return modal


def missed_parts(table: Table, user_id: int) -> list[str]:
    """What one person got wrong in a game, and what would have been right.

    Whole as far as a message has room; what comes after that is named.
    """
    mine = {r.no: r for r in table.replies if r.user_id == user_id}
    seat = next((p for p in table.players if p.user_id == user_id), None)
    parts: list[str] = []
    named: list[str] = []
    for round_ in table.rounds:
        question, reply = table.questions.get(round_.question_id), mine.get(round_.no)
        if question is None or round_.closed_at is None or (reply and reply.is_right):
            continue
        turns = table.on_turn(round_.no)
        if turns and user_id not in {t.user_id for t in turns}:
            continue  # somebody else answered for their team
        if seat is None or not seat.plays(round_.no):
            continue  # they came later, or only watched
        part = _missed(question, reply)
        if named or sum(map(len, parts)) + len(part) > ROOM:
            named.append(worded(question, question.title))
        else:
            parts.append(part)
    return [*parts, f"And {listed(named)}."] if named else parts


def _missed(question: Question, reply: Reply | None) -> str:
    best = question.choice.options[question.choice.right]
    says = worded(question, f"{best.text} {best.because}")
    yours = ""
    if reply and reply.picked is not None:
        chosen = question.choice.options[reply.picked]
        yours = f"\nYou picked: {worded(question, f'{chosen.text} {chosen.because}')}"
    return f"**{worded(question, question.title)}**\n{says}{yours}"
