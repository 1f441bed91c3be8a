"""What a guild can be asked: the bank, and the questions of its own.

The one place that knows where a question is kept. A guild's own question is found with that
guild alone, so nothing of it shows in another one, in a search or in a direct message.
"""

from dataclasses import replace
from datetime import date

from bot.domain.bank import Bank, Selection
from bot.domain.errors import NotFound
from bot.domain.post import Post, rng_for
from bot.domain.question import Question
from bot.domain.suggestion import Own, is_own
from bot.store.port import Tx


class Shelf:
    """The bank, with what a guild has put beside it."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    async def get(
        self, tx: Tx, question_id: str, guild_id: int | None, *, to_ask: bool = False
    ) -> Question:
        """That question; unless it is to be asked, also one of the guild's own that is retired.

        Raises:
            NotFound: it is not there, or another guild's.
        """
        if guild_id is None or not is_own(question_id):
            return self.bank.get(question_id)
        own = await tx.owns.get(guild_id, question_id)
        if own is None or (to_ask and own.retired_at is not None):
            raise NotFound("That question is not here any more.")
        return own.question

    async def of(self, tx: Tx, guild_id: int) -> Bank:
        """All that the guild may be asked."""
        return self._with(await tx.owns.of(guild_id))

    async def draw(self, tx: Tx, guild_id: int, selection: Selection, day: date) -> Question:
        """The question of a day: one that an editor wants next, else one that fits.

        Raises:
            NotFound: no question fits the selection.
        """
        own = await tx.owns.of(guild_id)
        if wanted := [(o.wanted_at, o.question.id, o.question) for o in own if o.wanted_at]:
            return min(wanted)[-1]
        asked = await tx.posts.asked(guild_id)
        return self._with(own).pick(selection, asked, rng_for(guild_id, day))

    async def was_asked(self, tx: Tx, post: Post) -> None:
        """The post is out: whoever wanted its question has got it."""
        own = await tx.owns.get(post.guild_id, post.question_id)
        if own is not None and own.wanted_at is not None:
            await tx.owns.save(replace(own, wanted_at=None))

    def _with(self, own: list[Own]) -> Bank:
        return Bank.of([*self.bank, *(o.question for o in own)]) if own else self.bank
