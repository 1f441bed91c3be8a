"""Whose turn it was in relays, in SQL."""

from collections.abc import Sequence

from bot.domain.relay import Turn
from bot.store.sql.values import Sql

SELECT = "SELECT game_id, no, team, user_id FROM turn"


class Relays:
    """The table `turn`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def turns(self, game_id: int) -> list[Turn]:
        """Every turn of a game, by round and team."""
        rows = await self._sql.all(f"{SELECT} WHERE game_id = ? ORDER BY no, team", (game_id,))
        return [Turn(*row) for row in rows]

    async def turns_in(self, game_id: int, no: int) -> list[Turn]:
        """The turns of one round, by team."""
        rows = await self._sql.all(
            f"{SELECT} WHERE game_id = ? AND no = ? ORDER BY team", (game_id, no)
        )
        return [Turn(*row) for row in rows]

    async def hand_out(self, turns: Sequence[Turn]) -> None:
        """Note whose turn it is; a team that has one in that round keeps it."""
        for turn in turns:
            await self._sql.run(
                "INSERT INTO turn (game_id, no, team, user_id) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (turn.game_id, turn.no, turn.team, turn.user_id),
            )
