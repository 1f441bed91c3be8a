"""What the league tells one person: their place, and what would change it."""

from dataclasses import replace
from typing import Any

import pytest
from discord.ui import TextDisplay

from bot.domain.league import Fate, Line, Period, Season, fates
from bot.services.league import Board
from bot.ui.league import league_view
from tests.domain.test_game import NOW
from tests.domain.test_league import MONDAY

ME = 1


def a_board(*points: int, mine: int | None = 0, division: int = 2, **fields: Any) -> Board:
    """A week in which they made that many, the best first; `mine` says which of them is mine."""
    ids = [ME if at == mine else 100 + at for at in range(len(points))]
    going = fates(dict(zip(ids, points, strict=True)), division)
    lines = tuple(Line(at + 1, ids[at], made, 1, going[ids[at]]) for at, made in enumerate(points))
    sample = Board(
        division=division,
        own=division,
        period=Period.WEEK,
        week=MONDAY,
        season=Season(2026, 4),
        ends_at=NOW,
        lines=lines,
        mine=next((line for line in lines if line.user_id == ME), None),
        to_rise=None if division == 1 else 0,
        to_stay=0,
        champions=(),
    )
    return replace(sample, **fields)


def shown(board: Board) -> str:
    items = league_view(board, ME).walk_children()
    return "\n".join(item.content for item in items if isinstance(item, TextDisplay))


@pytest.mark.parametrize(
    ("board", "told"),
    [
        (a_board(9, 8), "place 1 of 2. As it stands, you go up."),
        (a_board(9, 8, mine=1, to_rise=1), "place 2 of 2. 1 point more and you go up."),
        (a_board(9, 8, mine=1, to_rise=2, to_stay=1),
         "1 point more and you stay, 2 points more and you go up."),
        (a_board(9, 8, mine=None, to_rise=9, to_stay=8),
         "You have not played this week. 9 points and you go up."),
        (a_board(mine=None), "You have not played this week. One quiz and you go up."),
        (a_board(9, 8, division=1), "Nobody is ahead of you."),
        (a_board(9, 8, mine=1, division=1, to_stay=1),
         "1 point more and you stay, 1 point more and you are first."),
        (a_board(mine=None, division=1), "You have not played this week. Nobody is ahead of you."),
        (a_board(9, own=3), "You are in the third division."),
        (a_board(9, period=Period.SEASON), "You are in place 1 of 1."),
        (a_board(9, mine=None, period=Period.SEASON), "You have no points this season yet."),
        (a_board(mine=None, period=Period.SEASON), "Nobody has points here this season yet."),
    ],
)  # fmt: skip
def test_it_says_what_would_change_your_place(board, told):
    assert told in shown(board)


def test_your_own_line_is_always_there():
    points = range(20, 0, -1)
    text = shown(a_board(*points, mine=15, to_rise=5, to_stay=1))
    assert "`10` <@109> **11** in 1 quiz\n…\n`16` <@1> (you) **5** in 1 quiz · ▼ goes down" in text
    assert "of 20 who played: 5 ▲ go up, 5 ▼ go down" in text
    text = shown(a_board(*points, mine=10))
    assert "`10` <@109> **11** in 1 quiz\n`11` <@1> (you) **10**" in text
    assert shown(a_board(*points, mine=3)).count("(you)") == 1
    assert "nobody moves" in shown(a_board(*[5] * 12))


def test_champions_are_named():
    one = Line(1, 7, 900, 9, Fate.STAY)
    assert "Champion of the last season: <@7>, 900 points" in shown(a_board(9, champions=(one,)))
    text = shown(a_board(9, champions=(one, replace(one, user_id=8))))
    assert "<@7> and <@8>, 900 points each" in text
