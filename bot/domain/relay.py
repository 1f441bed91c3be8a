"""A relay: in each round one of every team answers for all, in turn; the others watch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import NotAllowed
from bot.domain.game import Player

NOBODY = (-1, -1)
"""Stands before everybody in the order of a team."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A row of `turn`: who answers a round for their team."""

    game_id: int
    no: int
    team: int
    user_id: int


def next_turns(players: Sequence[Player], past: Iterable[Turn], no: int) -> list[Turn]:
    """Whose turn a round is: in each team of the next in the order in which they joined.

    After the last comes the first again. Whoever has left is skipped, whoever comes late stands at
    the end; so nobody answers twice while somebody who was there waits.
    """
    spots = {p.user_id: (p.joined, p.user_id) for p in players}
    latest = {t.team: spots[t.user_id] for t in sorted(past, key=_number) if t.user_id in spots}
    turns: list[Turn] = []
    for team in sorted({p.team for p in players if p.plays(no)}):
        order = sorted(spots[p.user_id] for p in players if p.team == team and p.plays(no))
        before = latest.get(team, NOBODY)
        _, user_id = next((spot for spot in order if spot > before), order[0])
        turns.append(Turn(players[0].game_id, no, team, user_id))
    return turns


def _number(turn: Turn) -> int:
    return turn.no


def check_turn(turns: Iterable[Turn], player: Player) -> None:
    """Let those answer whose turn it is.

    Args:
        turns: of the open round.
        player: who would answer.

    Raises:
        NotAllowed: it is the turn of somebody else in their team; it says whose.
    """
    theirs = next((t for t in turns if t.team == player.team), None)
    if theirs is None:
        raise NotAllowed("Nobody answers for your team in this round. The next one is yours again.")
    if theirs.user_id != player.user_id:
        raise NotAllowed(
            f"This round <@{theirs.user_id}> answers for your team. Your turn comes: "
            "you answer in the order in which you joined."
        )
