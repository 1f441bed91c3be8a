"""One interaction from the click to the last follow-up, as the person who clicked sees it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .model import Channel, Json, Message, User
from .waiting import Signal
from .words import labels_of, text_of

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
KINDS = {
    4: "message",
    5: "defer",
    6: "defer_update",
    7: "update",
    8: "choices",
    9: "modal",
}


@dataclass
class Exchange:
    """An interaction and everything that came back for it."""

    id: str
    token: str
    type: int
    user: User
    channel: Channel
    payload: Json
    made: float
    source: Message | None = None
    born: float = field(default_factory=time.monotonic)
    ack: int | None = None
    ack_ms: float | None = None
    loading: bool = False
    original: Message | None = None
    latest: Message | None = None
    shown: list[Message] = field(default_factory=list)
    edits: list[Json] = field(default_factory=list)
    ephemeral: dict[str, Message] = field(default_factory=dict)
    modal: Json | None = None
    choices: list[Json] | None = None
    errors: list[Json] = field(default_factory=list)
    moved: Signal = field(default_factory=Signal, repr=False)

    @property
    def kind(self) -> str | None:
        """The first answer in a word: message, defer, defer_update, update, choices, modal."""
        return KINDS.get(self.ack or 0)

    @property
    def message(self) -> Json | None:
        """The message shown or changed last."""
        return self.latest.json() if self.latest else None

    @property
    def followups(self) -> list[Json]:
        """The messages after the first answer."""
        return [message.json() for message in self.shown if message is not self.original]

    @property
    def private(self) -> bool:
        """Whether that message is for this person only."""
        return self.latest is not None and self.latest.only_for is not None

    @property
    def text(self) -> str:
        """The words of the newest message, or of the modal."""
        shown = self.modal or self.message
        return text_of(shown) if shown else ""

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons and fields shown."""
        shown = self.modal or self.message
        return labels_of(shown) if shown else []

    @property
    def answered(self) -> bool:
        """Whether the person has something to read, fill in or choose from."""
        return bool(self.modal or self.edits or self.choices is not None) or (
            bool(self.shown) and not self.loading
        )

    async def acked(self, within: float = 5.0) -> Exchange:
        """Waits for the first answer of any kind, a bare defer too."""
        return await self._until(lambda: self.ack is not None, within)

    async def reply(self, within: float = 5.0) -> Exchange:
        """Waits until there is something to see."""
        return await self._until(lambda: self.answered, within)

    async def settled(self, count: int, within: float = 5.0) -> Exchange:
        """Waits until `count` messages or edits came back."""
        return await self._until(lambda: len(self.shown) + len(self.edits) >= count, within)

    async def _until(self, condition: Callable[[], bool], within: float) -> Exchange:
        try:
            await self.moved.until(condition, within)
        except TimeoutError:
            raise AssertionError(f"no answer within {within} s: {self.summary()}") from None
        return self

    def summary(self) -> Json:
        """Everything that came back, as JSON."""
        return {
            "exchange": self.id,
            "user": self.user.name,
            "ack": self.ack,
            "kind": self.kind,
            "ack_ms": self.ack_ms,
            "loading": self.loading,
            "private": self.private,
            "text": self.text,
            "labels": self.labels,
            "message": self.message,
            "followups": self.followups,
            "edits": self.edits,
            "modal": self.modal,
            "choices": self.choices,
            "errors": self.errors,
        }


def visible(message: Message, user: User) -> bool:
    """Whether a person may see a message."""
    return message.only_for in (None, user.id)


def described(value: Any) -> Any:
    """A result as JSON for callers over HTTP."""
    if isinstance(value, Exchange):
        return value.summary()
    if hasattr(value, "json"):
        return value.json()
    if isinstance(value, list):
        return [described(item) for item in value]
    return value
