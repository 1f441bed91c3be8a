"""One round of a game: the question, and what came of it."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.domain.question import Question
from bot.domain.round import Reply, Round, Style
from bot.domain.verdict import State
from bot.services.table import Table
from bot.ui.answer import answer_label
from bot.ui.layout import row
from bot.ui.post import asked_plainly
from bot.ui.press import Press
from bot.ui.press import Style as Look
from bot.ui.text import LETTERS, MARK, listed, of_hundred, plain, relative, shortened

RETIRED = "*That question has been retired from the bank since.*"
MINUTES = 15 * 60


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
        return [f"### {question.title}\n{asked_plainly(question)}", row([button])]
    options = [
        f"**{letter}** · {question.choice.options[at].text}"
        for letter, at in zip(LETTERS, round_.layout, strict=True)
    ]
    asked = asked_plainly(question, question.choice.prompt)
    buttons = [
        Press(letter, "lock", game.id, round_.no, place) for place, letter in enumerate(LETTERS)
    ]
    return [f"### {question.title}\n{asked}", "\n".join(options), row(buttons)]


def until(round_: Round) -> str:
    """How long the round is open."""
    return f"until {relative(round_.deadline)}"


def revealed_parts(table: Table, round_: Round) -> list[str]:
    """What was right and why, and what everybody made of it."""
    question = table.questions.get(round_.question_id)
    if question is None:
        return [RETIRED]
    replies = [r for r in table.replies if r.no == round_.no]
    if table.game.terms.style is Style.EXPLAIN:
        parts = [f"### {question.title}", *(_written(question, r) for r in replies)]
    else:
        right = question.choice.right
        letter = LETTERS[round_.layout.index(right)]
        best = question.choice.options[right]
        parts = [f"### {question.title}\n**{letter} is right:** {best.text}\n{best.because}"]
        parts += _mistakes(question, round_, replies)
    if round_.void:
        parts.append("I was away when this round ended, so it counts for nobody.")
    return parts


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
            lines.append(f"{listed(who)}: **{LETTERS[place]}**. {option.because}")
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
    """What one person got wrong in a game, and what would have been right."""
    mine = {r.no: r for r in table.replies if r.user_id == user_id}
    parts: list[str] = []
    for round_ in table.rounds:
        question, reply = table.questions.get(round_.question_id), mine.get(round_.no)
        if question is None or round_.closed_at is None or (reply and reply.score >= 0.6):
            continue
        best = question.choice.options[question.choice.right]
        yours = ""
        if reply and reply.picked is not None:
            chosen = question.choice.options[reply.picked]
            yours = f"\nYou picked: {chosen.text} {chosen.because}"
        parts.append(f"**{question.title}**\n{best.text} {best.because}{yours}")
    return parts
