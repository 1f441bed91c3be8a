"""A Discord small enough to read: REST v10, a gateway, people who click, and things that break."""

from .exchange import Exchange
from .mishaps import Mishap
from .openapi import Validator
from .remote import Remote
from .server import Loopback
from .words import labels_of, text_of
from .world import World

__all__ = [
    "Exchange",
    "Loopback",
    "Mishap",
    "Remote",
    "Validator",
    "World",
    "labels_of",
    "text_of",
]
