"""A quiz as its messages show it: the lobby, one message a round, and the final card."""

from collections.abc import Sequence

from bot.domain.game import Ending, Game, Mode, Phase, Terms
from bot.domain.quiz import Standing, hardest, tallied, team_points
from bot.domain.round import Round, Style
from bot.services.quiz import Past, standings_of
from bot.services.table import Table, TooFew
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press
from bot.ui.press import Style as Look
from bot.ui.relay import turns_line, turns_told
from bot.ui.round import asking_parts, charted_parts, missed_parts, until, ways_around, what_next
from bot.ui.text import counted, listed, relative, signed, topic_name, topic_or_any, worded

SHOWN = 20
"""Players named in the lobby; the others are counted."""
TOP, LEADING = 10, 5
HOW = {
    Mode.ALL: "Being right counts, being quick counts up to half.",
    Mode.TEAMS: "In every round your team has the average of its members.",
    Mode.SURVIVAL: "Whoever is not right is out. The last one standing wins.",
    Mode.RELAY: "In every round one of each team answers for all, in the order they joined.",
}
ENDED = {
    Ending.EXPIRED: "Nobody else came, so this quiz did not begin.",
    Ending.WITHDRAWN: "This quiz was called off before it began.",
    Ending.VOID: "Nobody replied, so this quiz counts for nothing.",
}


def quiz_view(table: Table) -> Card:
    """A quiz as it stands now, on the message that is its latest."""
    match table.game.phase:
        case Phase.INVITED:
            return _lobby(table)
        case Phase.ASKING:
            return _asking(table)
        case Phase.PAUSING:
            return _pausing(table)
        case Phase.OVER:
            return _over(table)


def _lobby(table: Table) -> Card:
    game = table.game
    costs = " A wrong option costs 25 points." if game.terms.penalty else ""
    is_here = any(p.user_id == game.host_id and not p.left for p in table.players)
    opens = f"<@{game.host_id}> opens a quiz" if is_here else "It is quiz night"
    return card(
        small(f"**Quiz** · {agreed(game)}"),
        f"### {opens}\n{HOW[game.terms.mode]}{costs}",
        _who(table),
        row(
            [
                Press("Join", "join", game.id, style=Look.primary),
                Press("Start now", "begin", game.id),
            ]
        ),
        small(f"starts by itself {relative(game.due_at)}") if game.due_at else None,
    )


def _who(table: Table) -> str:
    """Who is in, by team where there are teams."""
    staying = [p for p in table.players if not p.left]
    if not staying:
        return "Nobody is in yet."
    lines = [f"**{counted(len(staying), 'player')}**"]
    teams = sorted({p.team for p in staying})
    most = SHOWN // len(teams)
    for team in teams:
        members = [f"<@{p.user_id}>" for p in staying if p.team == team]
        named = members[:most]
        if len(members) > most:
            named.append(f"{len(members) - most} more")
        lines.append(f"{f'Team {team}: ' if team else ''}{listed(named)}")
    return "\n".join(lines)


def _asking(table: Table) -> Card:
    round_ = table.rounds[-1]
    told, turns = until(round_), table.on_turn(round_.no)
    if replied := len(table.replied(round_.no)):
        playing = len(turns) or sum(p.plays(round_.no) for p in table.players)
        told += f" · {replied} of {playing} have answered"
    head = small(_head(table.game, round_))
    return card(head, turns_line(turns), *asking_parts(table), small(told))


def _pausing(table: Table) -> Card:
    game = table.game
    if not table.rounds:
        return card(
            small(f"**Quiz** · {agreed(game)}"),
            f"### The quiz begins\n{HOW[game.terms.mode]}",
            _who(table),
            small(what_next(table)),
        )
    return _revealed(table, table.rounds[-1], what_next(table))


def past_view(table: Table, page: int) -> Card | None:
    """An earlier message of a quiz that has gone on; None where nothing is to be said there."""
    round_ = next((r for r in table.rounds if r.no == page), None)
    return _revealed(table, round_, None) if round_ else None


def _revealed(table: Table, round_: Round, then: str | None) -> Card:
    return card(
        small(_head(table.game, round_)),
        *charted_parts(table, round_),
        turns_told(table, round_),
        _leading(table),
        small(then) if then else None,
    )


def _leading(table: Table) -> str | None:
    """Who is ahead."""
    game = table.game
    if game.terms.mode.in_teams:
        teams = team_points(game, table.players, table.rounds, table.replies)
        ahead = sorted(teams, key=lambda team: (-teams[team], team))
        return " · ".join(f"Team {team} **{round(teams[team])}**" for team in ahead) or None
    first = standings_of(table)[:LEADING]
    return " · ".join(f"<@{s.user_id}> **{s.points}**" for s in first) or None


def _over(table: Table) -> Card:
    game = table.game
    final = standings_of(table)
    if game.ending in ENDED or not final:
        why = ENDED.get(game.ending or Ending.VOID, ENDED[Ending.VOID])
        return card(small(f"**Quiz** · {agreed(game)}"), why)
    changes = {p.user_id: p.change for p in table.players}
    lines = [_line(s, changes.get(s.user_id)) for s in final[:TOP]]
    stopped = f"stopped in round {game.round}; ratings and league stay as they were"
    return card(
        small(f"**Quiz** · {agreed(game)}"),
        f"### {headline(table, final)}",
        _leading(table) if game.terms.mode.in_teams else None,
        "\n".join(lines),
        _hardest(table),
        small(stopped) if game.ending is Ending.STOPPED else None,
        row(
            [
                Press("How did I do", "mine", game.id, style=Look.primary),
                Press("Play again", "again", game.id),
            ]
        ),
    )


def headline(table: Table, final: Sequence[Standing]) -> str:
    """Who has won."""
    first = [s for s in final if s.place == 1]
    if table.game.terms.mode.in_teams:
        teams = sorted({s.team for s in first})
        names = listed([f"Team {team}" for team in teams])
        return f"{names} {'wins' if len(teams) == 1 else 'share the first place'}"
    others = [f"{len(first) - LEADING} more"] if len(first) > LEADING else []
    names = listed([*(f"<@{s.user_id}>" for s in first[:LEADING]), *others])
    if len(first) > 1:
        return f"{names} share the first place with {counted(first[0].points, 'point')}"
    standing = sum(not p.left for p in table.players)
    if table.game.terms.mode is Mode.SURVIVAL and standing == 1:
        return f"{names} is the last one standing"
    return f"{names} wins with {counted(first[0].points, 'point')}"


def _line(standing: Standing, change: int | None) -> str:
    # Of "2." and "2." Discord would make a numbered list, and so "2." and "3.".
    team = f" · team {standing.team}" if standing.team else ""
    moved = f" · rating {signed(change)}" if change is not None else ""
    return (
        f"`{standing.place}` <@{standing.user_id}> **{standing.points}** · "
        f"{standing.right} right{team}{moved}"
    )


def _hardest(table: Table) -> str | None:
    """`Hardest question tonight: A leaky split, 4 of 31`."""
    round_ = hardest(table.rounds, table.replies)
    question = table.questions.get(round_.question_id) if round_ else None
    if round_ is None or question is None:
        return None
    right, replied = tallied(round_, table.replies)
    return f"Hardest question: *{worded(question, question.title)}*, {right} of {replied} right"


def mine_view(table: Table, user_id: int) -> Card:
    """How one person did, in private."""
    final = standings_of(table)
    mine = next((s for s in final if s.user_id == user_id), None)
    if mine is None and table.turns and any(p.user_id == user_id for p in table.players):
        return card("Your turn never came in this one. `/quiz start` opens the next.")
    if mine is None:
        return card("You did not play in this one. `/quiz start` opens the next.")
    made = f"{counted(mine.points, 'point')}, {mine.right} right"
    told = f"### Place {mine.place} of {len(final)}\n{made}"
    missed = missed_parts(table, user_id)
    return card(told, "**What you missed**" if missed else "You missed nothing.", *missed)


def too_few_view(few: TooFew) -> Card:
    """What could be played instead of what was asked for."""
    terms = few.terms
    rest = (
        terms.seconds, terms.style.value, terms.mode.value, terms.teams,
        int(terms.penalty), int(terms.rated),
    )  # fmt: skip
    return ways_around(few, lambda label, rounds, topic: Press(label, "open", rounds, topic, *rest))


def history_view(past: Sequence[Past], user_id: int) -> Card:
    """Somebody's last quizzes."""
    if not past:
        return card(f"<@{user_id}> has finished no quiz here yet. `/quiz start` opens one.")
    return card(f"### Quizzes of <@{user_id}>", "\n".join(_past(p) for p in past))


def _past(past: Past) -> str:
    """`**Place 2 of 5** · 341 points · rating +12 · trees · survival · 2 days ago`."""
    player, terms = past.player, past.game.terms
    parts = [f"**Place {player.place} of {past.players}**" if player.place else "**Watched**"]
    if player.earned is not None:
        parts.append(counted(player.earned, "point"))
    if player.change is not None:
        parts.append(f"rating {signed(player.change)}")
    parts.append(topic_or_any(terms.topic))
    if terms.mode is not Mode.ALL:
        parts.append(terms.mode.value)
    if past.game.ending is Ending.STOPPED:
        parts.append("stopped early")
    if past.game.ended_at:
        parts.append(relative(past.game.ended_at))
    return " · ".join(parts)


def agreed(game: Game) -> str:
    """The terms in a few words."""
    return in_short(game.terms)


def in_short(terms: Terms) -> str:
    """The terms in a few words, whether or not there is a game yet."""
    parts = [counted(terms.rounds, "round"), topic_or_any(terms.topic)]
    if terms.style is Style.EXPLAIN:
        parts.append("open answers")
    if terms.mode.in_teams:
        parts.append(counted(terms.teams, "team"))
    if terms.mode in {Mode.SURVIVAL, Mode.RELAY}:
        parts.append(terms.mode.value)
    return " · ".join([*parts, "rated" if terms.rated else "not rated"])


def _head(game: Game, round_: Round) -> str:
    topic = f" · {topic_name(game.terms.topic)}" if game.terms.topic else ""
    return f"**Quiz** · round {round_.no} of {game.terms.rounds}{topic}"
