"""A leaderboard as its message shows it: a page, your own place, and the way to the others."""

from discord import app_commands

from bot.domain.board import ALL_TIME, BOARDS, SEASON, STREAK, WEEK, Line, Own
from bot.services.boards import Board
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press, Style
from bot.ui.text import counted, topic_name

NAMES = {WEEK: "This week", SEASON: "This season", ALL_TIME: "All time", STREAK: "Streaks"}
HOW = {
    WEEK: "Points from questions of the day since Monday.",
    SEASON: "Points from questions of the day; a season is thirteen weeks.",
    ALL_TIME: "Points from questions of the day.",
    STREAK: "Study days in a row that are still running.",
}
NOBODY = {
    WEEK: "Nobody has points this week yet. `/today` has the question that gives the first.",
    SEASON: "Nobody has points this season yet. `/today` has the question that gives the first.",
    ALL_TIME: "Nobody has points here yet. `/setup show` tells when the next question comes.",
    STREAK: "Nobody has a streak here just now. Answering the question of the day starts one.",
}
BOARD_CHOICES = [app_commands.Choice(name=name, value=board) for board, name in NAMES.items()] + [
    app_commands.Choice(name=f"Topic: {topic_name(board)}", value=board)
    for board in BOARDS
    if board not in NAMES
]


def board_page(board: Board, user_id: int) -> Card:
    """A page of a leaderboard."""
    others = row(
        Press(name, "board", key, 0, style=Style.primary if key == board.name else Style.secondary)
        for key, name in NAMES.items()
    )
    if not board.lines:
        return card(
            f"### {_name(board.name)}\n{_nobody(board.name)}",
            _hidden(board.own, board.name),
            others,
        )
    return card(
        f"### {_name(board.name)}",
        "\n".join(_line(line, board.name, mine=line.user_id == user_id) for line in board.lines),
        _own(board, user_id),
        row(_steps(board)) if board.pages > 1 else None,
        others,
        small(HOW.get(board.name, HOW[ALL_TIME])),
    )


def _name(board: str) -> str:
    return NAMES.get(board) or f"All time on {topic_name(board)}"


def _nobody(board: str) -> str:
    return NOBODY.get(board) or "Nobody has points on this topic here yet; other boards may."


def _line(line: Line, board: str, *, mine: bool) -> str:
    # Not "2. …": Discord would number the lines itself, and those who are level would not be.
    amount = _amount(line.amount, board)
    of = f" · {counted(line.answered, 'question')}" if line.answered else ""
    you = " · you" if mine else ""
    return f"**{line.place}** · <@{line.user_id}> {amount}{of}{you}"


def _amount(amount: int, board: str) -> str:
    return counted(amount, "day" if board == STREAK else "point")


def _own(board: Board, user_id: int) -> str | None:
    """Where you stand, unless the page shows it."""
    own = board.own
    if own is None:
        what = "No streak of yours is running" if board.name == STREAK else "You have no points yet"
        return f"{what}: `/today` has a question for you."
    if own.hidden:
        return _hidden(own, board.name)
    if any(line.user_id == user_id for line in board.lines):
        return None
    return f"You: place {own.place} of {board.size}, {_amount(own.amount, board.name)}"


def _hidden(own: Own | None, board: str) -> str | None:
    if own is None or not own.hidden:
        return None
    return (
        f"You have {_amount(own.amount, board)} and would be in place {own.place}; "
        "you are left out as you wished. `/me settings` changes that."
    )


def _steps(board: Board) -> list[Press]:
    steps: list[Press] = []
    if board.page > 0:
        steps.append(Press("Places before", "board", board.name, board.page - 1))
    if board.page + 1 < board.pages:
        steps.append(Press("Next places", "board", board.name, board.page + 1))
    return steps
