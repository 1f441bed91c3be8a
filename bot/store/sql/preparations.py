"""Where somebody stands, and their plan, in SQL."""

import json
from dataclasses import asdict
from datetime import date, datetime

from bot.domain.plan import Begun
from bot.domain.question import Role, Seniority
from bot.domain.readiness import Competency, Item, Readiness
from bot.domain.standing import Last
from bot.store.sql.values import Row, Sql, instant, marks, score, stamp

FOREVER = 2**62
CHECK = "id, user_id, role, seniority, started_at, items"


class Preparations:
    """The tables `plan` and `readiness`, and reads over `attempt` and `ladder`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def lasts(self, user_id: int, before: datetime | None = None) -> list[Last]:
        """Their last answer to each question (before that instant), the worst first."""
        rows = await self._sql.all(
            "SELECT question_id, guild_id, topic, at, score FROM attempt "
            "WHERE user_id = ? AND at < ? ORDER BY at, id",
            (user_id, FOREVER if before is None else stamp(before)),
        )
        # Folded here: a window function would sort what the index hands over in order.
        latest = {
            row[0]: Last(row[0], row[1], row[2], instant(row[3]), score(row[4])) for row in rows
        }
        return sorted(latest.values(), key=lambda last: (last.score, last.at, last.question_id))

    async def touched(
        self, user_id: int, since: datetime, before: datetime
    ) -> list[tuple[datetime, str, str | None]]:
        """(when, question id, topic) of what they answered or were probed on, oldest first."""
        span = (user_id, stamp(since), stamp(before))
        answered = await self._sql.all(
            "SELECT at, question_id, topic FROM attempt "
            "WHERE user_id = ? AND at >= ? AND at < ? ORDER BY at",
            span,
        )
        probed = await self._sql.all(
            "SELECT started_at, question_id, NULL FROM ladder "
            "WHERE user_id = ? AND started_at >= ? AND started_at < ? AND rungs <> '[]'",
            span,
        )
        rows = sorted([*answered, *probed], key=lambda row: (row[0], row[1]))
        return [(instant(at), question_id, topic) for at, question_id, topic in rows]

    async def plan(self, user_id: int) -> Begun | None:
        """When their plan began and where it ends."""
        row = await self._sql.one(
            "SELECT began_at, began_on, ends_on FROM plan WHERE user_id = ?", (user_id,)
        )
        if row is None:
            return None
        return Begun(
            user_id, instant(row[0]), date.fromisoformat(row[1]), date.fromisoformat(row[2])
        )

    async def save_plan(self, begun: Begun) -> None:
        """Add or replace it."""
        await self._sql.run(
            "INSERT INTO plan (user_id, began_at, began_on, ends_on) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (user_id) DO UPDATE SET began_at = excluded.began_at, "
            "began_on = excluded.began_on, ends_on = excluded.ends_on",
            (begun.user_id, stamp(begun.began_at), begun.began_on.isoformat(),
             begun.ends_on.isoformat()),
        )  # fmt: skip

    async def check(self, check_id: int) -> Readiness | None:
        """That readiness check."""
        row = await self._sql.one(f"SELECT {CHECK} FROM readiness WHERE id = ?", (check_id,))  # noqa: S608
        return _check(row) if row else None

    async def checks(self, user_id: int, most: int) -> list[Readiness]:
        """Their readiness checks, the latest first."""
        rows = await self._sql.all(
            f"SELECT {CHECK} FROM readiness WHERE user_id = ? "  # noqa: S608 - names from above
            "ORDER BY started_at DESC, id DESC LIMIT ?",
            (user_id, most),
        )
        return [_check(row) for row in rows]

    async def save_check(self, check: Readiness) -> None:
        """Add it, or store what was picked."""
        await self._sql.run(
            f"INSERT INTO readiness ({CHECK}) VALUES ({marks(CHECK)}) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET items = excluded.items",
            (check.id, check.user_id, check.role.value, check.seniority.value,
             stamp(check.started_at), json.dumps([asdict(item) for item in check.items])),
        )  # fmt: skip


def _check(row: Row) -> Readiness:
    items = tuple(
        Item(
            Competency(item["competency"]),
            item["question_id"],
            tuple(item["order"]),
            item["picked"],
            item["right"],
        )
        for item in json.loads(row[5])
    )
    return Readiness(row[0], row[1], Role(row[2]), Seniority(row[3]), instant(row[4]), items)
