"""Who is told in private how a game ended that has lost its channel."""

from datetime import UTC, datetime

from bot.domain.game import Game, Kind, Phase, Player, Terms
from bot.services.table import Table
from bot.ui.table import FEW, FORGOTTEN, told

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def of(players: int, host_id: int = 1) -> Table:
    game = Game(7, Kind.QUIZ, 21, 31, host_id, Terms(), NOON, Phase.OVER, None)
    seats = tuple(Player(7, user_id) for user_id in range(1, players + 1))
    return Table(game, seats, (), (), {})


def test_few_are_all_told_and_of_many_only_the_host() -> None:
    assert told(of(FEW)) == list(range(1, FEW + 1))
    assert told(of(FEW + 1)) == [1]


def test_a_host_who_was_forgotten_is_not_looked_for() -> None:
    assert told(of(2, host_id=FORGOTTEN)) == [1, 2]
    assert told(of(FEW + 1, host_id=FORGOTTEN)) == []
