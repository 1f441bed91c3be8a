"""People in SQL: who they are, all we hold about them, and how to forget it."""

import json
from typing import Any

from bot.domain.person import Person
from bot.store.sql.values import Sql, day, instant, score, stamp, text

PERSONAL = (
    "claim", "ladder", "attempt", "member", "period_score", "topic_stat", "card", "streak",
    "ledger", "progress", "suggestion", "editor", "report", "player", "reply", "turn",
    "league_score", "rating", "block", "drill", "reminder", "aim", "sharing",
    "plan", "readiness", "person",
)  # fmt: skip
"""Every table with a `user_id`; tests/store walks the schema, so that none is left out."""
HOSTED = ("night",)
"""What somebody hosts for their group: they may read it, and it goes on without them."""
JSON = {"verdict", "first", "rungs", "draft", "terms", "wanted", "steps", "done", "items", "shown"}
"""Columns that hold JSON."""
NAMED_IN = {
    "claim": "decided_by", "ledger": "repaired_by", "suggestion": "decided_by",
    "own": "accepted_by", "report": "closed_by",
}  # fmt: skip
"""Where a moderator or an editor is named in somebody else's rows."""


class Persons:
    """The table `person`, and every table about people."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, user_id: int) -> Person | None:
        """That person."""
        row = await self._sql.one(
            "SELECT zone_name, home_guild_id, moved_at, moved_from, moved_to FROM person "
            "WHERE user_id = ?",
            (user_id,),
        )
        if row is None:
            return None
        zone_name, home, moved_at, moved_from, moved_to = row
        return Person(user_id, zone_name, home, instant(moved_at), day(moved_from), day(moved_to))

    async def save(self, person: Person) -> None:
        """Add or replace them."""
        await self._sql.run(
            "INSERT INTO person (user_id, zone_name, home_guild_id, moved_at, moved_from, "
            "moved_to) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id) DO UPDATE SET "
            "zone_name = excluded.zone_name, home_guild_id = excluded.home_guild_id, "
            "moved_at = excluded.moved_at, moved_from = excluded.moved_from, "
            "moved_to = excluded.moved_to",
            (person.user_id, person.zone_name, person.home_guild_id, stamp(person.moved_at),
             text(person.moved_from), text(person.moved_to)),
        )  # fmt: skip

    async def export(self, user_id: int) -> dict[str, Any]:
        """Everything held about them, by table, as JSON-ready values."""
        whose = dict.fromkeys(PERSONAL, "user_id") | dict.fromkeys(HOSTED, "host_id")
        return {
            table: [
                {column: _plain(column, value) for column, value in row.items()}
                for row in await self._sql.named(
                    f"SELECT * FROM {table} WHERE {column} = ?",  # noqa: S608 - names from above
                    (user_id,),
                )
            ]
            for table, column in whose.items()
        }

    async def forget(self, user_id: int) -> None:
        """Delete everything about them; counters of posts stay, being about nobody."""
        for table, column in NAMED_IN.items():
            await self._sql.run(
                f"UPDATE {table} SET {column} = NULL WHERE {column} = ?",  # noqa: S608
                (user_id,),
            )
        for table in ("game", *HOSTED):
            await self._sql.run(
                f"UPDATE {table} SET host_id = 0 WHERE host_id = ?",  # noqa: S608
                (user_id,),
            )
        await self._sql.run("DELETE FROM block WHERE blocked_id = ?", (user_id,))
        for table in PERSONAL:
            await self._sql.run(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))  # noqa: S608


def _plain(column: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """A stored value as somebody would want to read it."""
    if value is None:
        return None
    if column == "at" or column.endswith("_at"):
        return instant(value).isoformat()
    if column in {"score", "score_sum"}:
        return score(value)
    if column in {"scored", "late", "public", "recorded", "weekly", "on_boards"}:
        return bool(value)
    return json.loads(value) if column in JSON else value
