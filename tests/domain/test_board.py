import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.board import (
    ALL_TIME,
    BOARDS,
    SEASON,
    STREAK,
    WEEK,
    counted_in,
    period_of,
    placed,
    season_of,
)


@pytest.mark.parametrize(
    ("week", "season"),
    [
        ("2026-W01", "2026-S1"), ("2026-W13", "2026-S1"), ("2026-W14", "2026-S2"),
        ("2026-W26", "2026-S2"), ("2026-W27", "2026-S3"), ("2026-W39", "2026-S3"),
        ("2026-W40", "2026-S4"), ("2026-W52", "2026-S4"), ("2026-W53", "2026-S4"),
    ],
)  # fmt: skip
def test_a_season_has_thirteen_weeks(week: str, season: str):
    assert season_of(week) == season


def test_every_board_of_points_shows_a_period_that_answers_count_in():
    for board in BOARDS:
        topic = "trees" if board in {WEEK, SEASON, ALL_TIME, STREAK} else board
        if board != STREAK:
            assert period_of(board, "2026-W48") in counted_in("2026-W48", topic)


def test_those_who_are_level_share_a_place():
    rows = [(1, 90, 3), (2, 70, 2), (3, 70, 1), (4, 10, 1)]
    assert [line.place for line in placed(1, 0, rows)] == [1, 2, 2, 4]
    assert [line.place for line in placed(2, 2, rows[2:])] == [2, 4]
    assert placed(1, 0, []) == ()


@given(st.lists(st.integers(0, 5)), st.integers(1, 4))
def test_pages_say_the_same_as_one_long_list(amounts: list[int], most: int):
    rows = [(n, amount, 0) for n, amount in enumerate(sorted(amounts, reverse=True))]
    whole = placed(1, 0, rows)
    for skipped in range(0, len(rows), most):
        page = rows[skipped : skipped + most]
        ahead = sum(amount > page[0][1] for _, amount, _ in rows)
        assert placed(1 + ahead, skipped, page) == whole[skipped : skipped + most]
    assert all(line.place == 1 + sum(a > line.amount for a in amounts) for line in whole)
