"""What people replied in games, remembered like every other answer."""

from contextlib import suppress

from bot.domain.attempt import Attempt, Mode, Origin
from bot.domain.errors import NotFound
from bot.domain.game import Game
from bot.domain.question import Question
from bot.domain.round import Reply, Style
from bot.services.shelf import Shelf
from bot.services.studying import study
from bot.store.port import Tx

AT_ONCE = 50
"""Replies that become attempts in one unit of work; presses need not wait for more."""


async def record_some(tx: Tx, shelf: Shelf) -> int:
    """Turn replies of closed rounds into attempts; returns how many, 0 when none is left."""
    replies = await tx.games.unrecorded(AT_ONCE)
    for reply, game, question_id in replies:
        with suppress(NotFound):  # retired since
            question = await shelf.get(tx, question_id, game.guild_id)
            await study(tx, _attempt(reply, game, question))
        await tx.games.mark_recorded(reply.id)
    return len(replies)


def _attempt(reply: Reply, game: Game, question: Question) -> Attempt:
    return Attempt(
        id=reply.id,
        user_id=reply.user_id,
        guild_id=game.guild_id,
        post_id=None,
        question_id=question.id,
        topic=question.topic,
        origin=Origin(game.kind.value),
        mode=Mode.OPEN if game.terms.style is Style.EXPLAIN else Mode.CHOICE,
        at=reply.at,
        study_day=reply.at.date(),
        score=reply.score,
        points=0,
        scored=False,
        answer=reply.answer,
        choice=reply.picked,
        verdict=reply.verdict,
    )
