"""Where somebody stands, and their plan, in SQL."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.domain.focus import Focus
from bot.domain.plan import Begun
from bot.domain.question import Role, Round, Seniority, Topic
from bot.domain.readiness import Competency, Item, Readiness
from bot.domain.standing import Evidence, Last
from bot.store.sql.values import Row, Sql, instant, marks, score, stamp

PLAN = "user_id, began_at, began_on, ends_on, made_on, first, shown, done"
CHECK = "id, user_id, role, seniority, started_at, items"


class Preparations:
    """The tables `plan` and `readiness`, and reads over `card`, `attempt` and `ladder`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def lasts(self, user_id: int) -> list[Last]:
        """Their last answer to each question, the worst first."""
        # A card knows when it was last answered, so this is as long as the bank, not as a life;
        # CROSS JOIN, because SQLite would begin with the attempts.
        rows = await self._sql.all(
            "SELECT a.question_id, a.guild_id, a.topic, a.at, a.score FROM card c "
            "CROSS JOIN attempt a WHERE c.user_id = ? AND a.user_id = c.user_id "
            "AND a.at = c.last_at AND a.question_id = c.question_id "
            "ORDER BY a.score, a.at, a.question_id",
            (user_id,),
        )
        return [Last(row[0], row[1], row[2], instant(row[3]), score(row[4])) for row in rows]

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
        """Their plan's beginning, its end, and what it was last made from."""
        row = await self._sql.one(f"SELECT {PLAN} FROM plan WHERE user_id = ?", (user_id,))  # noqa: S608
        if row is None:
            return None
        first, shown, done = (_keyed(text) for text in row[5:])
        return Begun(
            user_id=row[0],
            began_at=instant(row[1]),
            began_on=date.fromisoformat(row[2]),
            ends_on=date.fromisoformat(row[3]),
            made_on=date.fromisoformat(row[4]),
            first={focus: Evidence(*of) for focus, of in first.items()},
            shown={focus: Evidence(*of) for focus, of in shown.items()},
            done=done,
        )

    async def save_plan(self, begun: Begun) -> None:
        """Add or replace it."""
        first, shown = (
            _json({focus: (e.answers, e.score) for focus, e in evidence.items()})
            for evidence in (begun.first, begun.shown)
        )
        await self._sql.run(
            f"INSERT INTO plan ({PLAN}) VALUES ({marks(PLAN)}) "  # noqa: S608 - names from above
            "ON CONFLICT (user_id) DO UPDATE SET began_at = excluded.began_at, "
            "began_on = excluded.began_on, ends_on = excluded.ends_on, "
            "made_on = excluded.made_on, first = excluded.first, shown = excluded.shown, "
            "done = excluded.done",
            (begun.user_id, stamp(begun.began_at), begun.began_on.isoformat(),
             begun.ends_on.isoformat(), begun.made_on.isoformat(), first, shown,
             _json(begun.done)),
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


def _json(by_focus: Mapping[Focus, Any]) -> str:
    return json.dumps({f"{focus.round}/{focus.topic}": of for focus, of in by_focus.items()})


def _keyed(text: str) -> dict[Focus, Any]:
    found = {tuple(key.split("/")): of for key, of in json.loads(text).items()}
    return {Focus(Round(name), Topic(topic)): of for (name, topic), of in found.items()}


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
