"""A quiz: many people, the same questions; being right counts, being quick counts up to half.

Nothing is added up on the way. Who has how many points, who is first and who is out follows from
the replies, in whatever order they reached us.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import fsum

from bot.domain.errors import Invalid
from bot.domain.game import Ending, Game, Mode, Player, Terms
from bot.domain.relay import Turn
from bot.domain.round import Reply, Round, Style, seconds_taken, topic_named

LOBBY = timedelta(minutes=3)
"""After so long a quiz starts by itself."""
FEWEST, MOST = 2, 500
MOST_ROUNDS = 30
MOST_TEAMS = 8
SECONDS = {Style.CHOICE: 30, Style.EXPLAIN: 180}
"""How long a round is where the host does not say."""
FULL = 100
WRONG = -25
"""Where the host wants guessing to cost: one in four right, at half speed, comes out at nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person has made of a quiz."""

    user_id: int
    team: int
    points: int
    right: int
    """Rounds in which they were right."""
    place: int
    """1 for the winner; equal for those who are level, and within a team."""


def terms(
    topic: str, rounds: int, seconds: int | None, style: Style, mode: Mode,
    *, teams: int = 0, penalty: bool = False, rated: bool = True,
) -> Terms:  # fmt: skip
    """Checked terms of a quiz.

    Raises:
        Invalid: the numbers make no quiz, or there is no such topic.
    """
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Invalid(f"A quiz has 1 to {MOST_ROUNDS} rounds.")
    if mode.in_teams and not 2 <= teams <= MOST_TEAMS:
        raise Invalid(f"There can be 2 to {MOST_TEAMS} teams.")
    return Terms(
        topic=topic_named(topic),
        rounds=rounds,
        seconds=seconds or SECONDS[style],
        style=style,
        rated=rated,
        mode=mode,
        teams=teams if mode.in_teams else 0,
        penalty=penalty,
    )


def points(game: Game, round_: Round, reply: Reply) -> int:
    """What a reply is worth: at once right is 100, right in the last second 50.

    Open answers are worth what they cover; writing is no race.
    """
    if round_.void:
        return 0
    if game.terms.style is Style.EXPLAIN:
        return round(FULL * reply.score)
    if reply.score < 1:
        return WRONG if game.terms.penalty else 0
    most = game.terms.seconds
    return round(FULL * (1 - seconds_taken(round_, reply, most) / (2 * most)))


def standings(
    game: Game,
    players: Sequence[Player],
    rounds: Sequence[Round],
    replies: Sequence[Reply],
    turns: Sequence[Turn] = (),
) -> list[Standing]:
    """How everybody stands who has had a round to play, the first first."""
    known = {r.no: r for r in rounds}
    made: dict[int, list[tuple[Reply, int]]] = {p.user_id: [] for p in players}
    for reply in replies:
        if reply.user_id in made and reply.no in known:
            worth = points(game, known[reply.no], reply)
            made[reply.user_id].append((reply, worth))
    totals = {user_id: sum(worth for _, worth in mine) for user_id, mine in made.items()}
    keys = _keys(game, totals, team_points(game, players, rounds, replies))
    on_turn = {t.user_id for t in turns}
    relay = game.terms.mode is Mode.RELAY
    took_part = [p for p in players if (p.user_id in on_turn if relay else p.since <= game.round)]
    ordered = sorted(took_part, key=lambda p: (keys(p), p.user_id))
    before = [keys(p) for p in ordered]
    return [
        Standing(
            player.user_id,
            player.team,
            totals[player.user_id],
            sum(reply.is_right and not known[reply.no].void
                for reply, _ in made[player.user_id]),
            1 + before.index(keys(player)),
        )
        for player in ordered
    ]  # fmt: skip


def _keys(
    game: Game, totals: Mapping[int, int], teams: Mapping[int, float]
) -> Callable[[Player], tuple[float, ...]]:
    """What decides, the least first."""
    if game.terms.mode.in_teams:
        return lambda p: (-teams[p.team],)
    if game.terms.mode is Mode.SURVIVAL:
        last = game.round + 1
        return lambda p: (-(last if p.until is None else p.until), -totals[p.user_id])
    return lambda p: (-totals[p.user_id],)


def team_points(
    game: Game, players: Sequence[Player], rounds: Sequence[Round], replies: Sequence[Reply]
) -> dict[int, float]:
    """The points of each team: in every round the average of those who were in it then.

    Whoever leaves takes nothing away and drags nobody down afterwards. In a relay a round's points
    are those of the one who answered for all: every team has one turn a round, whatever its size.
    """
    answering_for_all = game.terms.mode is Mode.RELAY
    worth = {(r.no, r.user_id): r for r in replies}
    totals: dict[int, float] = {}
    for team in sorted({p.team for p in players if p.team}):
        by_round: list[float] = []
        for round_ in rounds:
            members = [p for p in players if p.team == team and p.plays(round_.no)]
            made = [worth.get((round_.no, p.user_id)) for p in members]
            if members:
                total = sum(points(game, round_, reply) for reply in made if reply)
                by_round.append(total / (1 if answering_for_all else len(members)))
        totals[team] = fsum(by_round)
    return totals


def ending(rounds: Sequence[Round], replies: Sequence[Reply]) -> Ending:
    """How a quiz ends that nobody has stopped: one in which nobody replied counts for nothing."""
    counted = {r.no for r in rounds if not r.void}
    return Ending.PLAYED if any(r.no in counted for r in replies) else Ending.VOID


def fallen(players: Sequence[Player], round_: Round, replies: Sequence[Reply]) -> list[Player]:
    """Who is out of a survival after a round: whoever was not right, unless nobody was."""
    if round_.void:
        return []
    right = {r.user_id for r in replies if r.no == round_.no and r.is_right}
    standing = [p for p in players if not p.left and p.plays(round_.no)]
    out = [p for p in standing if p.user_id not in right]
    return out if len(out) < len(standing) else []


def team_for(sizes: Mapping[int, int], teams: int) -> int:
    """The team that a newcomer joins: the smallest; 0 where there are none."""
    return min(range(1, teams + 1), key=lambda team: (sizes.get(team, 0), team), default=0)


def heir(players: Sequence[Player], leaving: int) -> int | None:
    """Who becomes the host: whoever has been in it longest, the older account among equals."""
    left = [p for p in players if not p.left and p.user_id != leaving]
    return min(left, key=lambda p: (p.since, p.user_id)).user_id if left else None


def presiding(game: Game, players: Sequence[Player]) -> int:
    """Who is host now: whoever opened it or planned it, or in their absence the heir."""
    if any(p.user_id == game.host_id and not p.left for p in players):
        return game.host_id
    return heir(players, game.host_id) or game.host_id


def tallied(round_: Round, replies: Sequence[Reply]) -> tuple[int, int]:
    """(how many were right, how many replied) in a round."""
    made = [r for r in replies if r.no == round_.no]
    return sum(r.is_right for r in made), len(made)


def hardest(rounds: Sequence[Round], replies: Sequence[Reply]) -> Round | None:
    """The round in which the smallest share was right; the earlier one among equals."""

    def share(round_: Round) -> float:
        right, replied = tallied(round_, replies)
        return right / replied

    counted = [r for r in rounds if not r.void and tallied(r, replies)[1]]
    return min(counted, key=share, default=None)
