"""SQLite behind the port: one writer with group commit, two readers (docs/decisions/0003)."""

from bot.store.sqlite.backup import back_up
from bot.store.sqlite.glance import glance
from bot.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore", "back_up", "glance"]
