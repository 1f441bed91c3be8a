"""What the bank says fits into Discord's messages whole, whatever an author writes next."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.content import load_bank
from bot.domain.post import Post, PostState, post_id
from bot.domain.probe import Ladder, Rung, pressure
from bot.domain.question import Question
from bot.domain.rubric import assess, assess_probe
from bot.services.posting import Recap
from bot.services.probe import Climb
from bot.settings import QUESTIONS
from bot.ui.answer import options_view
from bot.ui.layout import MOST_TEXT
from bot.ui.post import closed_post, open_post
from bot.ui.probe import model_view, summary_view
from bot.ui.verdict import strong_view

NOW, DAY, SOMEBODY = datetime(2026, 9, 30, 9, tzinfo=UTC), date(2026, 9, 30), 2**63 - 1
BANK = list(load_bank(QUESTIONS))


def views(question: Question) -> list[Any]:
    """Every message whose length is the bank's doing, at its longest."""
    post = Post(post_id(1, DAY), 1, DAY, question.id, 1, NOW, PostState.SENT, NOW, answered=9999)
    rungs = tuple(
        Rung(p.id, "x", assess_probe(p, question, "x"), assess(question, "x"))
        for p in sorted(question.probes, key=lambda p: -len(p.prompt + p.model_reply))[:3]
    )
    ladder = Ladder(SOMEBODY, SOMEBODY, None, question.id, NOW, None, rungs)
    climb = Climb(ladder, question, None, pressure(question, ladder))
    return [
        open_post(post, question, NOW, role_id=SOMEBODY),
        closed_post(Recap(post, question, ((SOMEBODY, 999),) * 3)),
        options_view(post.id, question),
        strong_view(question, SOMEBODY),
        summary_view(climb),
        model_view(climb),
    ]


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)
def test_no_message_of_the_bank_is_cut(question: Question) -> None:
    for view in views(question):
        texts = [item.content for item in view.walk_children() if hasattr(item, "content")]
        assert sum(map(len, texts)) < MOST_TEXT, "shorten the strong answer, prompt or code"
