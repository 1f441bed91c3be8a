"""Leaderboards of a group: pages of them, and where whoever asks stands."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.domain.board import BOARDS, PAGE, STREAK, Line, Own, period_of, placed
from bot.domain.errors import NotFound
from bot.domain.local_time import ONE_DAY, zone
from bot.domain.person import week_of
from bot.domain.streak import study_day
from bot.services.streaks import person_of, settled, zone_of, zone_of_guild
from bot.store.port import Store, Tx

AT_ONCE = 25
"""Runs that are judged in one unit of work; answers need not wait for more."""
UNITS = 100
"""Of these for one look at a board: 2,500 runs, in about a second."""


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a leaderboard."""

    name: str
    """One of `BOARDS`."""
    lines: tuple[Line, ...]
    page: int
    pages: int
    size: int
    """How many are on it."""
    own: Own | None
    """Where whoever asked stands; None if nothing of theirs has counted yet."""


class Boards:
    """Who is ahead, and how far one is oneself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def board(
        self, guild_id: int, user_id: int, name: str, page: int, now: datetime
    ) -> Board:
        """A page of a board, the nearest there is, for the week that it is in that group.

        Raises:
            NotFound: there is no board of that name.
        """
        if name not in BOARDS:
            raise NotFound("I don't keep that board. Choose one from the list.")
        if name == STREAK:
            await self._judge(guild_id, now)

        async def work(tx: Tx) -> Board:
            period = STREAK if name == STREAK else period_of(name, await _week(tx, guild_id, now))
            size = await tx.boards.size(guild_id, period)
            pages = max(1, -(-size // PAGE))
            here = min(max(page, 0), pages - 1)
            rows = await tx.boards.page(guild_id, period, here * PAGE, PAGE)
            first = 1 + (await tx.boards.ahead(guild_id, period, rows[0][1]) if rows else 0)
            own = await _own(tx, guild_id, period, user_id)
            return Board(name, placed(first, here * PAGE, rows), here, pages, size, own)

        return await self._store.read(work)

    async def _judge(self, guild_id: int, now: datetime) -> None:
        """Judge the runs that have stood still, the longest first, so that none shown is over.

        Whoever answered today or yesterday is judged already, so this is little on most days. Days
        begin at other hours elsewhere: members for whom the group's yesterday is not over come up
        again, and are passed by.
        """
        passed_by = 0
        for _ in range(UNITS):
            unsettled = await self._store.read(
                partial(_unsettled, guild_id=guild_id, skipped=passed_by, now=now)
            )
            if not unsettled:
                break
            passed_by += await self._store.write(
                partial(_judged, guild_id=guild_id, user_ids=unsettled, now=now)
            )


async def _unsettled(tx: Tx, guild_id: int, skipped: int, now: datetime) -> list[int]:
    yesterday = study_day(now, zone(await zone_of_guild(tx, guild_id))) - ONE_DAY
    return await tx.boards.unsettled(guild_id, yesterday, skipped, AT_ONCE)


async def _judged(tx: Tx, guild_id: int, user_ids: list[int], now: datetime) -> int:
    """Judge these runs; how many of them stand where they stood."""
    unmoved = 0
    for user_id in user_ids:
        person = await person_of(tx, user_id, guild_id)
        change = await settled(tx, person, zone(await zone_of(tx, person, guild_id)), now)
        unmoved += not change.entries
    return unmoved


async def _own(tx: Tx, guild_id: int, period: str, user_id: int) -> Own | None:
    amount = await tx.boards.amount(guild_id, period, user_id)
    if amount is None:
        return None
    sharing = await tx.sharings.get(user_id)
    ahead = await tx.boards.ahead(guild_id, period, amount)
    return Own(1 + ahead, amount, hidden=not sharing.on_boards)


async def _week(tx: Tx, guild_id: int, now: datetime) -> str:
    return week_of(now, await zone_of_guild(tx, guild_id))
