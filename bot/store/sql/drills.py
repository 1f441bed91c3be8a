"""Drills in SQL; steps and results are JSON lists, read and written whole."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.domain.attempt import Mode
from bot.domain.drill import Done, Drill, Kind, Step, Style, Wanted
from bot.domain.question import Difficulty, Role, Topic
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = "id, user_id, guild_id, kind, wanted, steps, done, began_at, ended_at"
SELECT = f"SELECT {COLUMNS} FROM drill"  # noqa: S608 - names from above


class Drills:
    """The table `drill`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, drill_id: int) -> Drill | None:
        """That drill."""
        row = await self._sql.one(f"{SELECT} WHERE id = ?", (drill_id,))
        return _drill(row) if row else None

    async def open_of(self, user_id: int, kind: Kind) -> Drill | None:
        """The one that the person is in."""
        row = await self._sql.one(
            f"{SELECT} WHERE user_id = ? AND kind = ? AND ended_at IS NULL", (user_id, kind.value)
        )
        return _drill(row) if row else None

    async def save(self, drill: Drill) -> None:
        """Add it, or store how far it is."""
        await self._sql.run(
            f"INSERT INTO drill ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET steps = excluded.steps, done = excluded.done, "
            "ended_at = excluded.ended_at",
            (drill.id, drill.user_id, drill.guild_id, drill.kind.value,
             json.dumps(asdict(drill.wanted)), _list(drill.steps), _list(drill.done),
             stamp(drill.began_at), stamp(drill.ended_at)),
        )  # fmt: skip


def _list(parts: Sequence[Step | Done]) -> str:
    return json.dumps([asdict(part) for part in parts])


def _drill(row: Row) -> Drill:
    wanted = json.loads(row[4])
    topic, difficulty, role = wanted["topic"], wanted["difficulty"], wanted["role"]
    return Drill(
        id=row[0],
        user_id=row[1],
        guild_id=row[2],
        kind=Kind(row[3]),
        wanted=Wanted(
            topic=Topic(topic) if topic else None,
            difficulty=Difficulty(difficulty) if difficulty else None,
            role=Role(role) if role else None,
            count=wanted["count"],
            style=Style(wanted["style"]),
        ),
        steps=tuple(
            Step(step["question_id"], Mode(step["mode"]), step["again"])
            for step in json.loads(row[5])
        ),
        done=tuple(Done(**done) for done in json.loads(row[6])),
        began_at=instant(row[7]),
        ended_at=instant(row[8]),
    )
