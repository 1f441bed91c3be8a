"""A table of REST routes and what a handler is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .messages import Upload

if TYPE_CHECKING:
    from .world import World


@dataclass
class Call:
    """A request that was authorised, decoded and validated."""

    world: World
    ids: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: list[Upload] = field(default_factory=list)

    @property
    def truthy(self) -> Callable[[str], bool]:
        """Whether a query parameter is switched on."""
        return lambda name: self.query.get(name, "").lower() in ("1", "true")


Handler = Callable[[Call], Any]
"""Returns the JSON to answer with, or None for 204."""

ROUTES: list[tuple[str, str, Handler]] = []


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Registers a handler; more specific paths come first."""

    def register(handler: Handler) -> Handler:
        ROUTES.append((method, path, handler))
        return handler

    return register
