"""Who may let questions in: the server's owner, and those whom the owner names."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.store.port import Store, Tx

MOST = 20
"""Editors of one server; their list fits a message."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks for it, in which server."""

    guild_id: int
    user_id: int
    is_owner: bool
    """Of the server."""


async def require_editor(tx: Tx, caller: Caller) -> None:
    """Let pass who may let questions in.

    Raises:
        NotAllowed: they may not.
    """
    if not caller.is_owner and caller.user_id not in await tx.editors.of(caller.guild_id):
        raise NotAllowed(
            "Only the owner of this server and the editors they have named can do that. "
            "`/question editors list` shows who they are."
        )


class Editors:
    """The editors of a guild."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, guild_id: int) -> list[int]:
        """The editors besides the owner, the first named first."""
        return await self._store.read(lambda tx: tx.editors.of(guild_id))

    async def add(self, caller: Caller, user_id: int, now: datetime) -> None:
        """Name an editor.

        Raises:
            NotAllowed: the caller does not own the server.
            AlreadyDone: they are one.
            Invalid: there are enough.
        """
        _owner_only(caller)

        async def work(tx: Tx) -> None:
            if len(await tx.editors.of(caller.guild_id)) >= MOST:
                raise Invalid(f"{MOST} editors are as many as I keep track of; remove one first.")
            if not await tx.editors.add(caller.guild_id, user_id, now):
                raise AlreadyDone("They are an editor already.")

        await self._store.write(work)

    async def remove(self, caller: Caller, user_id: int) -> None:
        """Take it back.

        Raises:
            NotAllowed: the caller does not own the server.
            NotFound: they are no editor.
        """
        _owner_only(caller)
        if not await self._store.write(lambda tx: tx.editors.remove(caller.guild_id, user_id)):
            raise NotFound("They are no editor. `/question editors list` shows who is.")


def _owner_only(caller: Caller) -> None:
    if not caller.is_owner:
        raise NotAllowed("Only the owner of this server names its editors.")
