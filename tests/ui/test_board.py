"""Leaderboards in words."""

from discord import ui

from bot.domain.board import ALL_TIME, STREAK, Own
from bot.domain.question import Topic
from bot.services.boards import Board
from bot.ui.board import board_page


def words(board: Board) -> str:
    view = board_page(board, 1)
    return "\n".join(i.content for i in view.walk_children() if isinstance(i, ui.TextDisplay))


def test_who_is_left_out_of_an_empty_board_still_sees_where_they_would_be() -> None:
    hidden = Own(1, 5, hidden=True)
    assert "You have 5 days and would be in place 1" in words(Board(STREAK, (), 0, 1, 0, hidden))
    assert "You have 5 points and" in words(Board(ALL_TIME, (), 0, 1, 0, hidden))


def test_a_board_of_a_topic_is_named_as_people_write_it() -> None:
    assert "All time on LLM" in words(Board(Topic.LLM, (), 0, 1, 0, None))
    assert "All time on system design" in words(Board(Topic.SYSTEM_DESIGN, (), 0, 1, 0, None))
