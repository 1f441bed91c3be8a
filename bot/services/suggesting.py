"""Somebody suggests a question for their own server: a draft, as often as they like, then sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.likeness import lookalike
from bot.domain.question import Question
from bot.domain.suggestion import MOST_WAITING, Draft, Suggestion, SuggestionState
from bot.services.shelf import Shelf
from bot.store.port import Store, Tx

SHOWN = 10
"""Suggestions of one person that are listed."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be asked, or what has to be mended first."""

    suggestion: Suggestion
    question: Question | None
    trouble: str = ""
    twin: Question | None = None
    """One that is asked here already and says nearly the same."""


class Suggesting:
    """Suggestions, from the side of those who make them."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store, self._shelf = store, Shelf(bank)

    async def begin(
        self, suggestion_id: int, guild_id: int, user_id: int, draft: Draft, now: datetime
    ) -> Preview:
        """Keep what was typed, whatever it is, in the place of an earlier draft."""
        suggestion = Suggestion(suggestion_id, guild_id, user_id, now, draft)

        async def work(tx: Tx) -> Suggestion:
            if known := await tx.suggestions.get(suggestion_id):
                return known  # Discord delivered it twice
            await tx.suggestions.drop_drafts(guild_id, user_id)
            await tx.suggestions.save(suggestion)
            return suggestion

        return await self._preview(await self._store.write(work))

    async def rewrite(self, suggestion_id: int, user_id: int, draft: Draft) -> Preview:
        """Keep a draft as it has been edited.

        Raises:
            NotFound: it is gone, or somebody else's.
            AlreadyDone: it has been sent.
        """

        async def work(tx: Tx) -> Suggestion:
            before = _draft(await tx.suggestions.get(suggestion_id), user_id)
            after = replace(before, draft=draft, revision=before.revision + 1)
            await tx.suggestions.save(after)
            return after

        return await self._preview(await self._store.write(work))

    async def draft(self, suggestion_id: int, user_id: int) -> Suggestion:
        """A draft of this person's.

        Raises:
            NotFound: it is gone, or somebody else's.
            AlreadyDone: it has been sent.
        """
        found = await self._store.read(lambda tx: tx.suggestions.get(suggestion_id))
        return _draft(found, user_id)

    async def send(self, suggestion_id: int, user_id: int) -> Suggestion:
        """Hand a draft to the editors.

        Raises:
            NotFound: it is gone, or somebody else's.
            AlreadyDone: it has been sent.
            Invalid: it cannot be asked like this, or too many are waiting.
        """
        preview = await self._preview(await self.draft(suggestion_id, user_id))
        if preview.question is None:
            raise Invalid(preview.trouble)

        async def work(tx: Tx) -> Suggestion:
            draft = _draft(await tx.suggestions.get(suggestion_id), user_id)
            if await tx.suggestions.waiting_of(draft.guild_id, user_id) >= MOST_WAITING:
                raise Invalid(
                    f"{MOST_WAITING} of yours are waiting already. Your draft is kept; press "
                    "*Send to the editors* again once one of them has been decided."
                )
            sent = replace(draft, state=SuggestionState.WAITING)
            await tx.suggestions.save(sent)
            return sent

        return await self._store.write(work)

    async def mine(self, guild_id: int, user_id: int) -> list[Suggestion]:
        """What somebody has suggested in a guild, the latest first."""
        return await self._store.read(lambda tx: tx.suggestions.by(guild_id, user_id, SHOWN))

    async def _preview(self, suggestion: Suggestion) -> Preview:
        try:
            question = suggestion.question
        except Invalid as unfit:
            return Preview(suggestion, None, str(unfit))
        there = await self._store.read(lambda tx: self._shelf.of(tx, suggestion.guild_id))
        if twin := lookalike(question, there):
            close = "It is very close to a question that is asked here already."
            return Preview(suggestion, None, close, twin)
        return Preview(suggestion, question)


def _draft(suggestion: Suggestion | None, user_id: int) -> Suggestion:
    if suggestion is None or suggestion.user_id != user_id:
        raise NotFound("That draft is not here any more. `/question suggest` starts a new one.")
    if suggestion.state is not SuggestionState.DRAFT:
        raise AlreadyDone("That one has been sent already; `/question mine` tells how it stands.")
    return suggestion
