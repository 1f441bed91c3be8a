"""Disputed key points in SQL."""

from bot.domain.attempt import Claim, ClaimState
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = (
    "attempt_id, point_id, user_id, guild_id, at, reason, state, decided_by, decided_at"
)  # fmt: skip
SELECT = f"SELECT {COLUMNS} FROM claim"  # noqa: S608 - names from above


class Claims:
    """The table `claim`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, attempt_id: int, point_id: str) -> Claim | None:
        """The claim on that key point of that attempt."""
        row = await self._sql.one(
            f"{SELECT} WHERE attempt_id = ? AND point_id = ?", (attempt_id, point_id)
        )
        return _claim(row) if row else None

    async def insert(self, claim: Claim) -> bool:
        """Add the claim; False, and nothing changed, when that point is claimed already."""
        added = await self._sql.run(
            f"INSERT INTO claim ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (attempt_id, point_id) DO NOTHING",
            (claim.attempt_id, claim.point_id, claim.user_id, claim.guild_id, stamp(claim.at),
             claim.reason, claim.state.value, claim.decided_by, stamp(claim.decided_at)),
        )  # fmt: skip
        return added == 1

    async def save(self, claim: Claim) -> None:
        """Store what became of it."""
        await self._sql.run(
            "UPDATE claim SET reason = ?, state = ?, decided_by = ?, decided_at = ? "
            "WHERE attempt_id = ? AND point_id = ?",
            (claim.reason, claim.state.value, claim.decided_by, stamp(claim.decided_at),
             claim.attempt_id, claim.point_id),
        )  # fmt: skip

    async def of_attempt(self, attempt_id: int) -> list[Claim]:
        """Claims on an attempt, the oldest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE attempt_id = ? ORDER BY at, point_id", (attempt_id,)
        )
        return [_claim(row) for row in rows]

    async def open_in(self, guild_id: int, most: int) -> list[Claim]:
        """Undecided claims of a guild, the oldest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE guild_id = ? AND state = 'open' "
            "ORDER BY at, attempt_id, point_id LIMIT ?",
            (guild_id, most),
        )
        return [_claim(row) for row in rows]


def _claim(row: Row) -> Claim:
    return Claim(
        attempt_id=row[0],
        point_id=row[1],
        user_id=row[2],
        guild_id=row[3],
        at=instant(row[4]),
        reason=row[5],
        state=ClaimState(row[6]),
        decided_by=row[7],
        decided_at=instant(row[8]),
    )
