"""Leaderboards in SQL: points are read from one index, runs from the members of a guild."""

from datetime import date

from bot.domain.board import STREAK
from bot.store.sql.values import MILLION, Row, Sql

POINTS = "FROM period_score b WHERE b.guild_id = ? AND b.period = ?"
RUNS = "FROM member b JOIN streak r ON r.user_id = b.user_id WHERE b.guild_id = ? AND r.length > 0"


def shown(user_id: str) -> str:
    """The condition that a person wants to be on boards, for the column that names them."""
    return (
        f"NOT EXISTS (SELECT 1 FROM sharing s WHERE s.user_id = {user_id} "  # noqa: S608
        "AND s.on_boards = 0)"
    )


class Boards:
    """Reads of `period_score`, and of `member` with `streak`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def page(
        self, guild_id: int, period: str, skipped: int, most: int
    ) -> list[tuple[int, int, int]]:
        """(user id, amount, answered), the most first."""
        what, rows, key = _source(guild_id, period)
        answered = "0" if period == STREAK else "b.answered"
        found = await self._sql.all(
            f"SELECT b.user_id, {what}, {answered} {rows} AND {shown('b.user_id')} "
            f"ORDER BY {what} DESC, b.user_id LIMIT ? OFFSET ?",
            (*key, most, skipped),
        )
        return [(row[0], row[1], row[2]) for row in found]

    async def size(self, guild_id: int, period: str) -> int:
        """How many are on it."""
        _, rows, key = _source(guild_id, period)
        return await self._count(f"{rows} AND {shown('b.user_id')}", key)

    async def amount(self, guild_id: int, period: str, user_id: int) -> int | None:
        """What somebody has made, on the board or not; None if nothing has counted yet."""
        what, rows, key = _source(guild_id, period)
        row = await self._sql.one(f"SELECT {what} {rows} AND b.user_id = ?", (*key, user_id))
        return int(row[0]) if row else None

    async def ahead(self, guild_id: int, period: str, amount: int) -> int:
        """How many on it have made more than that."""
        what, rows, key = _source(guild_id, period)
        return await self._count(f"{rows} AND {what} > ? AND {shown('b.user_id')}", (*key, amount))

    async def improved(
        self, guild_id: int, before: str, after: str, least: int
    ) -> tuple[int, float] | None:
        """(user id, change of mean score) of whoever gained most from one period to another."""
        row = await self._sql.one(
            "SELECT b.user_id, "  # noqa: S608 - names from above
            "1.0 * b.score_sum / b.answered - 1.0 * a.score_sum / a.answered AS gain "
            "FROM period_score b JOIN period_score a ON a.user_id = b.user_id "
            "AND a.guild_id = b.guild_id AND a.period = ? AND a.answered >= ? "
            "WHERE b.guild_id = ? AND b.period = ? AND b.answered >= ? "
            f"AND {shown('b.user_id')} ORDER BY gain DESC, b.user_id LIMIT 1",
            (before, least, guild_id, after, least),
        )
        return (row[0], row[1] / MILLION) if row and row[1] > 0 else None

    async def unsettled(self, guild_id: int, through: date, skipped: int, most: int) -> list[int]:
        """Members with a run that has not been judged through that day, the longest first."""
        rows = await self._sql.all(
            f"SELECT b.user_id {RUNS} AND r.settled_through < ? "
            "ORDER BY r.length DESC, b.user_id LIMIT ? OFFSET ?",
            (guild_id, through.isoformat(), most, skipped),
        )
        return [row[0] for row in rows]

    async def _count(self, rows: str, key: Row) -> int:
        row = await self._sql.one(f"SELECT COUNT(*) {rows}", key)
        return int(row[0]) if row else 0


def _source(guild_id: int, period: str) -> tuple[str, str, Row]:
    """The column that counts, the rows it is in, and the parameters of these."""
    if period == STREAK:
        return "r.length", RUNS, (guild_id,)
    return "b.points", POINTS, (guild_id, period)
