"""Editors decide what their server is asked: the queue, and the questions they let in."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.question import Question
from bot.domain.report import Report
from bot.domain.suggestion import (
    LONGEST_REJECTION,
    Draft,
    Own,
    Suggestion,
    SuggestionState,
    question_of,
)
from bot.services.editors import Caller, require_editor
from bot.store.port import Store, Tx

MOST = 100
"""Things waiting that are looked through."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A question of the guild's own, with all that is said against it."""

    own: Own
    reports: tuple[Report, ...]


Waiting = Suggestion | Reported
"""What an editor has to decide."""


def key_of(waiting: Waiting) -> str:
    """Names it in a button; ids of suggestions are numbers, those of questions are not."""
    return str(waiting.id) if isinstance(waiting, Suggestion) else waiting.own.question.id


class Reviewing:
    """Suggestions and own questions, from the side of the editors."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def queue(self, caller: Caller) -> list[Waiting]:
        """All that waits: suggestions, then reported questions, each the oldest first.

        Raises:
            NotAllowed: the caller is no editor.
        """

        async def work(tx: Tx) -> list[Waiting]:
            await require_editor(tx, caller)
            return [
                *await tx.suggestions.waiting(caller.guild_id, MOST),
                *await _reported(tx, caller),
            ]

        return await self._store.read(work)

    async def waiting(self, caller: Caller, suggestion_id: int) -> Suggestion:
        """A suggestion that waits.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is gone, or another server's.
            AlreadyDone: it has been decided; says by whom.
        """
        return await self._store.read(lambda tx: _undecided(tx, caller, suggestion_id))

    async def amend(
        self, caller: Caller, suggestion_id: int, draft: Draft, revision: int
    ) -> Suggestion:
        """Change what a suggestion says before it is decided.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is gone, or another server's.
            AlreadyDone: it has been decided; says by whom.
            Invalid: it could not be asked like that, or has been edited since the caller read it;
                nothing is changed.
        """
        question_of(draft, suggestion_id)

        async def work(tx: Tx) -> Suggestion:
            before = await _undecided(tx, caller, suggestion_id)
            _require_read(before, revision)
            after = replace(before, draft=draft, revision=before.revision + 1)
            await tx.suggestions.save(after)
            return after

        return await self._store.write(work)

    async def accept(
        self, caller: Caller, suggestion_id: int, revision: int, now: datetime
    ) -> Suggestion:
        """Let a suggestion in: from now on it is one of the questions of its server.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is gone, or another server's.
            AlreadyDone: it has been decided; says by whom.
            Invalid: it has been edited since the caller read it.
        """

        async def work(tx: Tx) -> Suggestion:
            before = await _undecided(tx, caller, suggestion_id)
            _require_read(before, revision)
            after = _decided(before, SuggestionState.ACCEPTED, caller, now)
            await tx.suggestions.save(after)
            await tx.owns.save(Own(caller.guild_id, after.question, now, caller.user_id))
            return after

        return await self._store.write(work)

    async def reject(
        self, caller: Caller, suggestion_id: int, reason: str, now: datetime
    ) -> Suggestion:
        """Turn a suggestion down, with a reason for its author if there is one.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is gone, or another server's.
            AlreadyDone: it has been decided; says by whom.
        """

        async def work(tx: Tx) -> Suggestion:
            before = await _undecided(tx, caller, suggestion_id)
            after = _decided(before, SuggestionState.REJECTED, caller, now)
            after = replace(after, reason=reason.strip()[:LONGEST_REJECTION])
            await tx.suggestions.save(after)
            return after

        return await self._store.write(work)

    async def own(self, guild_id: int, typed: str = "", most: int = 25) -> list[Own]:
        """The questions of a guild's own whose title holds what was typed, the newest first."""
        wanted = typed.strip().casefold()
        found = await self._store.read(lambda tx: tx.owns.of(guild_id))
        return [o for o in reversed(found) if wanted in o.question.title.casefold()][:most]

    async def ask(self, caller: Caller, question_id: str, now: datetime) -> Question:
        """Have one of the server's own questions asked next.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is not one of this server's own, or retired.
        """

        async def work(tx: Tx) -> Question:
            own = await _live(tx, caller, question_id)
            await tx.owns.save(replace(own, wanted_at=own.wanted_at or now))
            return own.question

        return await self._store.write(work)

    async def retire(self, caller: Caller, question_id: str, now: datetime) -> Question:
        """Ask one of the server's own questions no more; what was said against it is settled.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is not one of this server's own, or retired.
        """

        async def work(tx: Tx) -> Question:
            own = await _live(tx, caller, question_id)
            await tx.owns.save(replace(own, retired_at=now, wanted_at=None))
            await tx.reports.close_all(question_id, caller.guild_id, caller.user_id, now)
            return own.question

        return await self._store.write(work)

    async def keep(self, caller: Caller, question_id: str, now: datetime) -> Question:
        """Settle what was said against a question, which stays as it is.

        Raises:
            NotAllowed: the caller is no editor.
            NotFound: it is not one of this server's own, or retired.
        """

        async def work(tx: Tx) -> Question:
            own = await _live(tx, caller, question_id)
            await tx.reports.close_all(question_id, caller.guild_id, caller.user_id, now)
            return own.question

        return await self._store.write(work)


def after(queue: list[Waiting], key: str) -> Waiting | None:
    """What comes behind that one in the queue; the first when it is the last, or gone."""
    keys = [key_of(waiting) for waiting in queue]
    at = keys.index(key) + 1 if key in keys else 0
    return queue[at % len(queue)] if queue else None


def _require_read(suggestion: Suggestion, revision: int) -> None:
    if suggestion.revision != revision:
        raise Invalid("It has been edited since. `/question review` shows how it reads now.")


def _decided(
    suggestion: Suggestion, state: SuggestionState, caller: Caller, now: datetime
) -> Suggestion:
    return replace(suggestion, state=state, decided_by=caller.user_id, decided_at=now)


async def _undecided(tx: Tx, caller: Caller, suggestion_id: int) -> Suggestion:
    await require_editor(tx, caller)
    found = await tx.suggestions.get(suggestion_id)
    if found is None or found.guild_id != caller.guild_id or found.state is SuggestionState.DRAFT:
        raise NotFound("That suggestion is not here any more. `/question review` shows the next.")
    if found.state is not SuggestionState.WAITING:
        by = f" by <@{found.decided_by}>" if found.decided_by else ""
        raise AlreadyDone(f"That one has been {found.state}{by} already.")
    return found


async def _live(tx: Tx, caller: Caller, question_id: str) -> Own:
    await require_editor(tx, caller)
    own = await tx.owns.get(caller.guild_id, question_id)
    if own is None:
        raise NotFound("That is none of this server's own questions. Choose one from the list.")
    if own.retired_at is not None:
        raise NotFound("That question has been retired already.")
    return own


async def _reported(tx: Tx, caller: Caller) -> list[Reported]:
    against: dict[str, list[Report]] = {}
    for report in await tx.reports.open_in(caller.guild_id, MOST):
        against.setdefault(report.question_id, []).append(report)
    found = [(await tx.owns.get(caller.guild_id, q), tuple(r)) for q, r in against.items()]
    return [Reported(own, r) for own, r in found if own is not None and own.retired_at is None]
