"""What language models found, and how often they were asked, in SQL."""

from datetime import date

from bot.domain.judge import Judgement
from bot.store.sql.values import Sql

NO_GUILD = 0
"""Counts direct messages; no guild has that id."""


class Judgements:
    """The tables `judgement` and `judge_budget`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, question_hash: str, answer_hash: str, judge: str) -> Judgement | None:
        """What that judge found in that answer."""
        row = await self._sql.one(
            "SELECT findings FROM judgement "
            "WHERE question_hash = ? AND answer_hash = ? AND judge = ?",
            (question_hash, answer_hash, judge),
        )
        return Judgement.model_validate_json(row[0]) if row else None

    async def save(
        self, question_hash: str, answer_hash: str, judge: str, judgement: Judgement, day: date
    ) -> None:
        """Add or replace it; the day is all that is known of when."""
        await self._sql.run(
            "INSERT INTO judgement (question_hash, answer_hash, judge, day, findings) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (question_hash, answer_hash, judge) "
            "DO UPDATE SET day = excluded.day, findings = excluded.findings",
            (question_hash, answer_hash, judge, day.isoformat(), judgement.model_dump_json()),
        )

    async def spend(self, guild_id: int | None, day: date, most: int) -> bool:
        """Count one more request of that guild and day; False after `most`."""
        if most < 1:
            return False
        counted = await self._sql.run(
            "INSERT INTO judge_budget (guild_id, day, asked) VALUES (?, ?, 1) "
            "ON CONFLICT (guild_id, day) DO UPDATE SET asked = judge_budget.asked + 1 "
            "WHERE judge_budget.asked < ?",
            (guild_id or NO_GUILD, day.isoformat(), most),
        )
        return counted == 1

    async def prune(self, before: date) -> None:
        """Delete judgements and counts of earlier days."""
        for table in ("judgement", "judge_budget"):
            await self._sql.run(f"DELETE FROM {table} WHERE day < ?", (before.isoformat(),))  # noqa: S608 - names from above
