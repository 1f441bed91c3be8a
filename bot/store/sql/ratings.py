"""Ratings, and whose challenges somebody does not want, in SQL."""

from bot.domain.duel import EVERYBODY
from bot.domain.rating import Rating
from bot.store.sql.boards import shown
from bot.store.sql.values import Row, Sql, marks

COLUMNS = "guild_id, user_id, topic, mu, sigma, games"
SELECT = f"SELECT {COLUMNS} FROM rating"  # noqa: S608 - names from above


class Ratings:
    """The tables `rating` and `block`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, guild_id: int, user_id: int, topic: str) -> Rating:
        """That person's rating; the one that everybody begins with if they have not played."""
        row = await self._sql.one(
            f"{SELECT} WHERE user_id = ? AND guild_id = ? AND topic = ?",
            (user_id, guild_id, topic),
        )
        return _rating(row) if row else Rating(guild_id, user_id, topic)

    async def of_person(self, guild_id: int, user_id: int) -> list[Rating]:
        """All ratings of a person in a guild, the overall one first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE user_id = ? AND guild_id = ? ORDER BY topic", (user_id, guild_id)
        )
        return [_rating(row) for row in rows]

    async def save(self, rating: Rating) -> None:
        """Add or replace a rating."""
        await self._sql.run(
            f"INSERT INTO rating ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (user_id, guild_id, topic) DO UPDATE SET mu = excluded.mu, "
            "sigma = excluded.sigma, games = excluded.games",
            (rating.guild_id, rating.user_id, rating.topic, rating.mu, rating.sigma,
             rating.games),
        )  # fmt: skip

    async def board(self, guild_id: int, topic: str, most: int) -> list[Rating]:
        """The strongest of a guild, the strongest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE guild_id = ? AND topic = ? AND {shown('rating.user_id')} "
            "ORDER BY mu DESC, user_id LIMIT ?",
            (guild_id, topic, most),
        )
        return [_rating(row) for row in rows]

    async def rank(self, rating: Rating) -> int:
        """How many of the guild are stronger, and one."""
        row = await self._sql.one(
            "SELECT COUNT(*) FROM rating WHERE guild_id = ? AND topic = ? AND mu > ? "  # noqa: S608
            f"AND {shown('rating.user_id')}",
            (rating.guild_id, rating.topic, rating.mu),
        )
        return 1 + (int(row[0]) if row else 0)

    async def blocks(self, user_id: int, other_id: int) -> bool:
        """Whether somebody does not want to be challenged by that other person, or at all."""
        row = await self._sql.one(
            "SELECT 1 FROM block WHERE user_id = ? AND blocked_id IN (?, ?)",
            (user_id, other_id, EVERYBODY),
        )
        return row is not None

    async def set_block(self, user_id: int, blocked_id: int, *, blocked: bool) -> None:
        """Block somebody's challenges, or take that back; 0 is everybody."""
        if blocked:
            query = (
                "INSERT INTO block (user_id, blocked_id) VALUES (?, ?) "
                "ON CONFLICT (user_id, blocked_id) DO NOTHING"
            )
        else:
            query = "DELETE FROM block WHERE user_id = ? AND blocked_id = ?"
        await self._sql.run(query, (user_id, blocked_id))


def _rating(row: Row) -> Rating:
    return Rating(*row)
