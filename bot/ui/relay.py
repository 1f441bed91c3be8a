"""A relay in words: whose turn it is, and what they made of it."""

from collections.abc import Sequence

from bot.domain.quiz import points
from bot.domain.relay import Turn
from bot.domain.round import Reply, Round
from bot.services.table import Table
from bot.ui.text import counted, listed


def turns_line(turns: Sequence[Turn]) -> str | None:
    """Who answers the open round; None where everybody does."""
    who = [f"<@{turn.user_id}> for team {turn.team}" for turn in turns]
    return f"**Now answering:** {listed(who)}" if who else None


def turns_told(table: Table, round_: Round) -> str | None:
    """What those made of a round whose turn it was."""
    made = {r.user_id: r for r in table.replies if r.no == round_.no}
    lines = [
        f"Team {turn.team} · <@{turn.user_id}>: {_made(table, round_, made.get(turn.user_id))}"
        for turn in table.on_turn(round_.no)
    ]
    return "\n".join(lines) or None


def _made(table: Table, round_: Round, reply: Reply | None) -> str:
    if reply is None:
        return "no answer in time"
    how = "right" if reply.is_right else "not this time"
    return f"{how}, {counted(points(table.game, round_, reply), 'point')}"
