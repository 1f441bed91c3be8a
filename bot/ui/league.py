"""The league: a division's table, your own place, and what you need to go up."""

from collections.abc import Sequence

from bot.domain.league import LOWEST, TOP, Fate, Line, Period, Season
from bot.services.league import Board
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press
from bot.ui.text import counted, day_name, listed, relative

NAMES = {1: "First division", 2: "Second division", 3: "Third division"}
SHOWN = 10
"""Lines of a table; one's own is shown besides."""
GOING = {Fate.UP: " · ▲ goes up", Fate.DOWN: " · ▼ goes down", Fate.STAY: ""}
CHAMPIONSHIP = "When it ends, whoever has most points in the first division is champion."


def league_view(board: Board, user_id: int) -> Card:
    """A table of the league, for one person."""
    return card(
        small(f"**League** · {_covered(board)}, ends {relative(board.ends_at)}"),
        f"### {NAMES[board.division]}\n{_table(board, user_id)}",
        _yours(board),
        small(CHAMPIONSHIP) if board.period is Period.SEASON else None,
        small(_crowned(board.champions)) if board.champions else None,
        row(_ways(board)),
    )


def _covered(board: Board) -> str:
    if board.period is Period.SEASON:
        return _named(board.season)
    return f"week of {day_name(board.week)}"


def _named(season: Season) -> str:
    return f"season {season.number} of {season.year}"


def _table(board: Board, user_id: int) -> str:
    if not board.lines:
        when = "this week" if board.period is Period.WEEK else "this season"
        return f"Nobody has points here {when} yet. `/quiz start` opens a quiz."
    shown = [_line(line, user_id) for line in board.lines[:SHOWN]]
    if board.mine and board.mine not in board.lines[:SHOWN]:
        shown += ["…"] * (board.mine != board.lines[SHOWN]) + [_line(board.mine, user_id)]
    return "\n".join([*shown, *_zones(board)])


def _line(line: Line, user_id: int) -> str:
    who = f"<@{line.user_id}>{' (you)' if line.user_id == user_id else ''}"
    made = f"**{line.points}** in {counted(line.quizzes, 'quiz', 'quizzes')}"
    return f"`{line.place}` {who} {made}{GOING[line.fate]}"


def _zones(board: Board) -> list[str]:
    """How many move, where the table is too long to show them all."""
    if len(board.lines) <= SHOWN or board.period is Period.SEASON:
        return []
    up = sum(line.fate is Fate.UP for line in board.lines)
    down = sum(line.fate is Fate.DOWN for line in board.lines)
    told = [f"{n} {word}" for n, word in ((up, "▲ go up"), (down, "▼ go down")) if n]
    return [small(f"of {len(board.lines)} who played: {', '.join(told) or 'nobody moves'}")]


def _yours(board: Board) -> str:
    """Where the one who looks stands, and what would change it."""
    if board.division != board.own:
        return f"You are in the {NAMES[board.own].lower()}."
    if board.period is Period.SEASON:
        if board.mine is None:
            return "You have no points this season yet. `/quiz start` opens a quiz."
        return f"You are in place {board.mine.place} of {len(board.lines)}."
    return f"{_placed(board)} {_needed(board)}"


def _placed(board: Board) -> str:
    if board.mine is None:
        return "You have not played this week."
    return f"You are in place {board.mine.place} of {len(board.lines)}."


def _needed(board: Board) -> str:
    """What it takes to go up; first what it takes to stay, where that is in doubt."""
    told: list[str] = []
    if board.to_stay and board.mine:  # whoever does not play loses nothing
        told.append(f"{_more(board, board.to_stay)} and you stay")
    if board.to_rise:
        told.append(f"{_more(board, board.to_rise)} and you go up")
    elif board.to_rise == 0:
        told.append("As it stands, you go up" if board.mine else "One quiz and you go up")
    elif behind := _behind(board):
        told.append(f"{_more(board, behind)} and you are first")
    return f"{', '.join(told)}." if told else "Nobody is ahead of you."


def _more(board: Board, points: int) -> str:
    return f"{counted(points, 'point')}{' more' if board.mine else ''}"


def _behind(board: Board) -> int:
    """Points between them and the first."""
    best = board.lines[0].points if board.lines else 0
    return best - (board.mine.points if board.mine else 0)


def _crowned(first: Sequence[Line]) -> str:
    names = listed([f"<@{line.user_id}>" for line in first])
    each = "" if len(first) == 1 else " each"
    return f"Champion of the last season: {names}, {counted(first[0].points, 'point')}{each}"


def _ways(board: Board) -> list[Press]:
    """To the other divisions, and between week and season."""
    others = [
        Press(f"{NAMES[n]}{' (yours)' if n == board.own else ''}", "league", n, board.period.value)
        for n in range(TOP, LOWEST + 1)
        if n != board.division
    ]
    other = Period.SEASON if board.period is Period.WEEK else Period.WEEK
    label = "The season" if other is Period.SEASON else "This week"
    return [*others, Press(label, "league", board.division, other.value)]
