"""Leaderboards over a real store."""

from typing import Any

import pytest

from bot.domain.board import PAGE, STREAK, WEEK, Own
from bot.domain.errors import NotFound
from bot.domain.local_time import ONE_DAY
from bot.domain.sharing import Sharing
from bot.domain.streak import Streak
from bot.services.profiles import Wish
from bot.store.port import Tx
from tests.services.world import ANNA, BEN, GUILD, MONDAY, World, at
from tests.store.samples import an_attempt

MANY = 2 * PAGE + 3


async def filled(world: World, **fields: Any) -> None:
    """Members with 23, 22 .. 1 points; 21 and 20 have the same."""

    async def work(tx: Tx) -> None:
        for n in range(MANY):
            points = 21 if MANY - n == 20 else MANY - n
            attempt = an_attempt(n, 100 + n, guild_id=GUILD, points=points, **fields)
            await tx.attempts.insert(attempt)
            await tx.rollups.add(attempt, "2026-W48")

    await world.store.write(work)


async def test_pages_and_ones_own_place_on_each(world: World) -> None:
    await filled(world)
    boards = world.services.boards
    first = await boards.board(GUILD, 100 + MANY - 1, WEEK, 0, at(0, 9))
    assert (first.page, first.pages, first.size) == (0, 3, MANY)
    assert [line.place for line in first.lines] == [1, 2, 3, 3, *range(5, 11)]
    assert first.own == Own(MANY, 1)
    last = await boards.board(GUILD, ANNA, WEEK, 99, at(0, 9))
    assert (last.page, [line.place for line in last.lines]) == (2, [21, 22, 23])
    assert last.own is None
    assert not (await boards.board(GUILD, ANNA, WEEK, 0, at(7, 9))).lines
    assert (await boards.board(GUILD, ANNA, "evaluation", -1, at(7, 9))).size == MANY
    with pytest.raises(NotFound, match="Choose one"):
        await boards.board(GUILD, ANNA, "league", 0, at(0, 9))


async def test_who_is_left_out_is_told_where_they_would_be(world: World) -> None:
    await filled(world)
    wish = Wish(on_boards=False)
    done = await world.services.profiles.prefer(100, GUILD, wish, at(0, 9))
    assert done.sharing == Sharing(100, on_boards=False)
    board = await world.services.boards.board(GUILD, 100, WEEK, 0, at(0, 9))
    assert board.own == Own(1, MANY, hidden=True)
    assert (board.size, board.lines[0].place, board.lines[0].user_id) == (MANY - 1, 1, 101)


async def test_no_run_that_is_over_is_shown(world: World) -> None:
    await world.set_up()
    await filled(world)
    for day in range(4):
        await world.tick(at(day, 9))

    async def runs(tx: Tx) -> None:
        for n in range(MANY):
            last = MONDAY if n else MONDAY + 2 * ONE_DAY
            await tx.streaks.save(100 + n, Streak(50 - n, 50, 0, last, last))

    await world.store.write(runs)
    board = await world.services.boards.board(GUILD, 101, STREAK, 0, at(3, 12))
    assert [(line.user_id, line.amount) for line in board.lines] == [(100, 50)]
    assert board.own is None
    own = await world.services.boards.board(GUILD, 100, STREAK, 0, at(3, 12))
    assert own.own == Own(1, 50)


async def test_nor_in_a_crowd_that_has_stood_still(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.boards.AT_ONCE", 1)  # a crowd, seen from so small a unit
    await test_no_run_that_is_over_is_shown(world)


async def test_a_group_that_is_asked_nothing_has_a_board_of_runs_all_the_same(
    world: World,
) -> None:
    assert (await world.services.boards.board(GUILD, BEN, STREAK, 0, at(0, 9))).lines == ()
