"""Leaderboards of a group: pages of them, and where whoever asks stands."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.board import BOARDS, PAGE, STREAK, Line, Own, period_of, placed
from bot.domain.errors import NotFound
from bot.domain.local_time import ONE_DAY, zone
from bot.domain.person import week_of
from bot.domain.streak import study_day
from bot.services.streaks import person_of, settled, zone_of
from bot.store.port import Store, Tx

AT_ONCE = 25
"""Runs that are judged in one unit of work; answers need not wait for more."""
UNITS = 20


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
        begin at other hours elsewhere: for members west of the group, its yesterday is not over.
        """
        yesterday = await self._store.read(lambda tx: _yesterday(tx, guild_id, now))
        for _ in range(UNITS):
            if await self._judge_some(guild_id, yesterday - ONE_DAY, now) < AT_ONCE:
                break
        await self._judge_some(guild_id, yesterday, now)

    async def _judge_some(self, guild_id: int, through: date, now: datetime) -> int:
        async def work(tx: Tx) -> int:
            unsettled = await tx.boards.unsettled(guild_id, through, AT_ONCE)
            for user_id in unsettled:
                person = await person_of(tx, user_id, guild_id)
                await settled(tx, person, zone(await zone_of(tx, person, guild_id)), now)
            return len(unsettled)

        return await self._store.write(work)


async def _own(tx: Tx, guild_id: int, period: str, user_id: int) -> Own | None:
    amount = await tx.boards.amount(guild_id, period, user_id)
    if amount is None:
        return None
    sharing = await tx.sharings.get(user_id)
    ahead = await tx.boards.ahead(guild_id, period, amount)
    return Own(1 + ahead, amount, hidden=not sharing.on_boards)


async def _week(tx: Tx, guild_id: int, now: datetime) -> str:
    schedule = await tx.schedules.get(guild_id)
    return week_of(now, schedule.zone_name if schedule else "UTC")


async def _yesterday(tx: Tx, guild_id: int, now: datetime) -> date:
    schedule = await tx.schedules.get(guild_id)
    return study_day(now, zone(schedule.zone_name if schedule else "UTC")) - ONE_DAY
