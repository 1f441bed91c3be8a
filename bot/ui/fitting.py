"""Whether what the bank says fits into Discord's messages whole."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from discord import ui

from bot.domain.league import Line, RoundUp
from bot.domain.post import Post, PostState, post_id
from bot.domain.probe import Ladder, Rung, pressure
from bot.domain.question import Question
from bot.domain.rubric import assess, assess_probe
from bot.services.posting import Recap
from bot.services.probe import Climb
from bot.services.weekly import Hardest, Weekly
from bot.ui.answer import options_view
from bot.ui.post import closed_post, open_post
from bot.ui.probe import model_view, summary_view
from bot.ui.verdict import strong_view

_NOW, _DAY, _SOMEBODY = datetime(2026, 9, 30, 9, tzinfo=UTC), date(2026, 9, 30), 2**63 - 1
_RUNGS: Final = 3
"""Follow-ups that one message sums up, at most."""


def unfit(question: Question) -> Iterator[str]:
    """The messages about a question that would have to be cut, by what they show."""
    for name, view in _views(question):
        texts = [i.content for i in view.walk_children() if isinstance(i, ui.TextDisplay)]
        if any(text.endswith("…") for text in texts):
            yield f"{name} is too long for one message; shorten the prompt, code or strong answer"


def _views(question: Question) -> Iterator[tuple[str, ui.LayoutView]]:
    """Every message whose length is the bank's doing, at its longest."""
    post = Post(
        post_id(1, _DAY), 1, _DAY, question.id, 1, _NOW, PostState.SENT, _NOW, answered=9999
    )
    three = ((_SOMEBODY, 9999),) * 3
    league = RoundUp(2, (Line(1, _SOMEBODY, 9999, 99),) * 9, (_SOMEBODY,) * 9)
    hardest = Hardest("", "x" * 80, 0.01, 9999)
    week = Weekly(9999, three, (_SOMEBODY, 0.99), hardest, league, date.max, three)
    yield "the daily post", open_post(post, question, _NOW, role_id=_SOMEBODY, weekly=week)
    yield "the closed post", closed_post(Recap(post, question, three))
    yield "the list of options", options_view(post.id, question)
    if not question.in_words:
        return
    wordy = sorted(question.probes, key=lambda p: -len(p.prompt + p.model_reply))[:_RUNGS]
    rungs = tuple(
        Rung(p.id, "x", assess_probe(p, question, "x"), assess(question, "x")) for p in wordy
    )
    ladder = Ladder(_SOMEBODY, _SOMEBODY, None, question.id, _NOW, None, rungs)
    climb = Climb(ladder, question, None, pressure(question, ladder))
    yield "the strong answer", strong_view(question, _SOMEBODY)
    yield "the summary of the follow-ups", summary_view(climb)
    yield "what we would have said", model_view(climb)
