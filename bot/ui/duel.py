"""A duel as its message shows it, from the challenge to the final card."""

from bot.domain.duel import EVERYBODY, Tally, tally
from bot.domain.game import Ending, Game, Phase
from bot.domain.rating import OVERALL, Rating
from bot.domain.round import Round, Style, seconds_taken
from bot.services.duel import Standing, result_of
from bot.services.table import Table, TooFew
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press
from bot.ui.press import Style as Look
from bot.ui.round import asking_parts, missed_parts, revealed_parts, until, ways_around, what_next
from bot.ui.text import counted, listed, relative, signed, topic_name, topic_or_any

HOW = {
    Style.CHOICE: "The same questions for both. Being right decides, being quick breaks ties.",
    Style.EXPLAIN: "The same questions for both, answered in your own words. Depth decides; "
    "typing is no race.",
}
ENDED = {
    Ending.DECLINED: "The challenge was declined.",
    Ending.WITHDRAWN: "The challenge was taken back.",
    Ending.EXPIRED: "The challenge waited five minutes and found nobody.",
    Ending.VOID: "Nobody replied, so this duel counts for nothing.",
}

GONE = "somebody who has left"
FORGOTTEN = "One of the two has had all they did here deleted, and this duel with it."


def duel_view(table: Table) -> Card:
    """A duel as it stands now."""
    match table.game.phase:
        case Phase.INVITED:
            return _challenge(table)
        case Phase.ASKING:
            return _asking(table)
        case Phase.PAUSING:
            return _pausing(table)
        case Phase.OVER:
            return _over(table)


def _challenge(table: Table) -> Card:
    game = table.game
    host, other = _names(table)
    return card(
        small(f"**Duel** · {agreed(game)}"),
        f"### {host} challenges {other}\n{HOW[game.terms.style]}",
        row(
            [
                Press("Accept", "takeup", game.id, style=Look.primary),
                Press("Decline", "decline", game.id),
            ]
        ),
        small(f"open until {relative(game.due_at)}") if game.due_at else None,
    )


def _asking(table: Table) -> Card:
    round_ = table.rounds[-1]
    ready = [f"<@{user_id}>" for user_id in sorted(table.replied(round_.no))]
    waiting = f" · {listed(ready)} locked in" if ready else ""
    return card(small(_head(table)), *asking_parts(table), small(f"{until(round_)}{waiting}"))


def _pausing(table: Table) -> Card:
    game = table.game
    if not table.rounds:
        host, other = _names(table)
        return card(
            small(f"**Duel** · {agreed(game)}"),
            f"### {host} against {other}",
            small(what_next(table)),
        )
    return card(
        small(_head(table)),
        *revealed_parts(table, table.rounds[-1]),
        small(what_next(table)),
    )


def _over(table: Table) -> Card:
    game, outcome = table.game, result_of(table)
    if game.ending in ENDED:
        return card(small(f"**Duel** · {agreed(game)}"), _ended(table, ENDED[game.ending]))
    if len(outcome.tallies) < 2:
        return card(small(f"**Duel** · {agreed(game)}"), FORGOTTEN)
    one, other = outcome.tallies
    score = f"{_points(one)} – {_points(other)}"
    if outcome.winner is None:
        headline = f"### A draw, {score}"
    else:
        first, second = (one, other) if one.user_id == outcome.winner else (other, one)
        headline = f"### <@{first.user_id}> wins {_points(first)} – {_points(second)}"
    if game.ending is Ending.RESIGNED:
        loser = next(p.user_id for p in table.players if p.left)
        headline += f"\n<@{loser}> resigned."
    elif outcome.winner is not None and one.points == other.points:
        headline += f"\nLevel on points; {abs(one.seconds - other.seconds):.1f} seconds quicker."
    return card(
        small(f"**Duel** · {agreed(game)}"),
        headline,
        "\n".join(_line(table, r) for r in table.rounds if r.closed_at) or None,
        small(_changes(table)) if any(p.change is not None for p in table.players) else None,
        row(
            [
                Press("Rematch", "rematch", game.id, style=Look.primary),
                Press("Review what I missed", "missed", game.id),
            ]
        ),
    )


def _ended(table: Table, why: str) -> str:
    host, other = _names(table)
    return f"{host} and {other}: {why[0].lower()}{why[1:]}"


def _line(table: Table, round_: Round) -> str:
    """One round of the final table."""
    question = table.questions.get(round_.question_id)
    title = question.title if question else "a retired question"
    if round_.void:
        return f"{round_.no}. {title} · counts for nobody"
    replies = {r.user_id: r for r in table.replies if r.no == round_.no}
    told: list[str] = []
    for player in table.players:
        reply = replies.get(player.user_id)
        if reply is None:
            says = "no reply"
        elif table.game.terms.style is Style.EXPLAIN:
            says = f"{round(100 * reply.score)}"
        elif reply.score:
            says = f"right, {seconds_taken(round_, reply, table.game.terms.seconds):.1f}\u00a0s"
        else:
            says = "wrong"
        told.append(f"<@{player.user_id}> {says}")
    return f"{round_.no}. {title} · {' · '.join(told)}"


def _changes(table: Table) -> str:
    about = (
        f"Rating on {topic_name(table.game.terms.topic)}" if table.game.terms.topic else "Rating"
    )
    moved = [f"<@{p.user_id}> {signed(p.change)}" for p in table.players if p.change is not None]
    return f"{about}: {' · '.join(moved)}"


def _head(table: Table) -> str:
    """`Duel · Ada 2 – Bob 1 · round 4 of 5 · trees`."""
    game = table.game
    closed = [r for r in table.rounds if r.closed_at]
    tallies = [tally(game, p.user_id, closed, table.replies) for p in table.players]
    names = " – ".join(f"<@{t.user_id}> {_points(t)}" for t in tallies)
    topic = f" · {topic_name(game.terms.topic)}" if game.terms.topic else ""
    return f"**Duel** · {names} · round {game.round} of {game.terms.rounds}{topic}"


def agreed(game: Game) -> str:
    """The terms in a few words."""
    terms = game.terms
    parts = [
        counted(terms.rounds, "round"),
        topic_or_any(terms.topic),
        "rated" if terms.rated else "not rated",
    ]
    if terms.style is Style.EXPLAIN:
        parts.insert(2, "open answers")
    return " · ".join(parts)


def _names(table: Table) -> tuple[str, str]:
    """The challenger and the other one."""
    host = table.game.host_id
    named = {p.user_id == host: f"<@{p.user_id}>" for p in table.players}
    return named.get(True, GONE), named.get(False, GONE)


def _points(tally: Tally) -> str:
    return f"{tally.points:.2g}" if tally.points % 1 else f"{tally.points:.0f}"


def too_few_view(few: TooFew, opponent_id: int) -> Card:
    """What could be played instead of what was asked for."""
    terms = few.terms
    rest = (terms.style.value, int(terms.rated))
    return ways_around(
        few, lambda label, rounds, topic: Press(label, "widen", opponent_id, rounds, topic, *rest)
    )


def challenges_view(other_id: int, *, welcome: bool, possible: bool) -> Card:
    """Whose challenges somebody takes from now on; one may be welcome while nobody is."""
    if welcome and not possible:
        return card(
            f"<@{other_id}> is welcome once you take challenges again. As things stand, nobody "
            "can challenge you; `/duel challenges` without a member changes that."
        )
    if other_id != EVERYBODY:
        return card(f"<@{other_id}> can {'' if welcome else 'no longer '}challenge you.")
    if welcome:
        return card("Everybody can challenge you, except whom you have turned away by name.")
    return card("Nobody can challenge you any more. They are told only that you take none.")


def missed_view(table: Table, user_id: int) -> Card:
    """What one person missed, in private."""
    parts = missed_parts(table, user_id)
    if not parts:
        return card("You missed nothing in this one.")
    return card("### What you missed", *parts)


def history_view(tables: list[Table], user_id: int) -> Card:
    """Somebody's last duels."""
    if not tables:
        return card(f"<@{user_id}> has finished no duel here yet. `/duel challenge` starts one.")
    return card(f"### Duels of <@{user_id}>", "\n".join(_past(t, user_id) for t in tables))


def _past(table: Table, user_id: int) -> str:
    outcome = result_of(table)
    mine = next(t for t in outcome.tallies if t.user_id == user_id)
    other = next((t for t in outcome.tallies if t.user_id != user_id), None)
    against = f"<@{other.user_id}>" if other else GONE
    how = {None: "drew with", user_id: "beat"}.get(outcome.winner, "lost to")
    won = how if other else "played"
    score = f" {_points(mine)} – {_points(other)}" if other else ""
    change = next((p.change for p in table.players if p.user_id == user_id), None)
    moved = f" · {signed(change)}" if change is not None else ""
    ended = relative(table.game.ended_at) if table.game.ended_at else ""
    return f"{won} {against}{score}{moved} · {ended}"


def rating_view(standing: Standing, user_id: int) -> Card:
    """How strong somebody is."""
    if not standing.ratings:
        return card(f"<@{user_id}> has no rating here yet. A rated duel gives one.")
    lines = [_rating(r) for r in standing.ratings]
    place = f"Place {standing.rank} of this server" if standing.rank else None
    return card(f"### Ratings of <@{user_id}>", "\n".join(lines), small(place) if place else None)


def _rating(rating: Rating) -> str:
    about = "All topics" if rating.topic == OVERALL else rating.topic
    return f"{about}: **{rating.shown}** ± {rating.spread} after {counted(rating.games, 'game')}"


def board_view(ratings: list[Rating], topic: str, user_id: int, mine: Standing) -> Card:
    """The strongest of a server, and where you stand."""
    about = f" on {topic}" if topic else ""
    if not ratings:
        return card(f"Nobody has a rating{about} here yet. `/duel challenge` starts one.")
    lines = [
        f"`{place}` <@{r.user_id}> **{r.shown}** ± {r.spread}"
        for place, r in enumerate(ratings, start=1)
    ]
    listed_too = any(r.user_id == user_id for r in ratings)
    yours = None
    if not listed_too and mine.rank and not topic:
        yours = small(f"You are in place {mine.rank}.")
    return card(f"### Duel ratings{about}", "\n".join(lines), yours)
