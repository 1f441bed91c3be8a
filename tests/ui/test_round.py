"""Whatever happened in a game fits a message that Discord takes, and is not cut to dots."""

from dataclasses import replace
from datetime import UTC, datetime

from discord import ui

from bot.domain.game import Game, Kind, Mode, Phase, Player, Terms
from bot.domain.quiz import MOST, MOST_ROUNDS, Standing
from bot.domain.round import Reply, Round
from bot.services.table import Table
from bot.ui.layout import Card
from bot.ui.quiz import headline, mine_view, quiz_view
from bot.ui.round import missed_parts
from tests.domain.questions import make_options, make_question

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRONG = 0


def of(rounds: int, *, until: int | None = None) -> Table:
    """A quiz in which the one player picked a wrong option in every round of theirs."""
    terms = Terms(rounds=rounds, mode=Mode.SURVIVAL if until else Mode.ALL)
    options = [option | {"because": f"Because {'it is so ' * 15}."} for option in make_options()]
    questions = [
        make_question(f"alerts-{no}", title=f"Alerts {no}", choice={"options": options})
        for no in range(1, rounds + 1)
    ]
    return Table(
        Game(7, Kind.QUIZ, 21, 31, 1, terms, NOON, Phase.OVER, None, round=rounds),
        (Player(7, 1, until=until),),
        tuple(
            Round(7, no, question.id, (0, 1, 2, 3), NOON, NOON, NOON)
            for no, question in enumerate(questions, start=1)
        ),
        tuple(Reply(no, 7, no, 1, NOON, 0.0, WRONG) for no in range(1, 1 + (until or rounds))),
        {question.id: question for question in questions},
    )


def texts(view: Card) -> list[str]:
    return [i.content for i in view.walk_children() if isinstance(i, ui.TextDisplay)]


def test_a_long_quiz_of_mistakes_is_told_whole_as_far_as_it_fits_and_then_by_name() -> None:
    parts = texts(mine_view(of(MOST_ROUNDS), 1))
    assert not [part for part in parts if part.endswith("…")]
    told = "\n".join(parts)
    assert all(f"Alerts {no}" in told for no in range(1, MOST_ROUNDS + 1))
    assert "And " in parts[-1]


def test_a_full_lobby_names_some_of_every_team_and_counts_the_rest() -> None:
    game = Game(7, Kind.QUIZ, 21, 31, 1, Terms(mode=Mode.TEAMS, teams=8), NOON, Phase.INVITED, NOON)
    seats = tuple(Player(7, (1 << 60) + at, team=at % 8 + 1) for at in range(MOST))
    told = "\n".join(texts(quiz_view(Table(game, seats, (), (), {}))))
    assert told.count("<@1") == 16
    assert told.count(" more") == 8
    assert "…" not in told


def test_whoever_shares_the_first_place_is_named_or_counted() -> None:
    game = Game(7, Kind.QUIZ, 21, 31, 1, Terms(), NOON, Phase.OVER, None, round=1)
    final = [Standing(user_id, 0, 0, 0, 1) for user_id in range(1, 13)]
    told = headline(Table(game, (), (), (), {}), final)
    assert told.startswith("<@1>, <@2>, <@3>, <@4>, <@5> and 7 more share the first place")


def test_a_team_that_is_barely_behind_has_no_minus_nothing() -> None:
    terms = Terms(mode=Mode.TEAMS, teams=2, penalty=True)
    table = of(1)
    game = replace(table.game, terms=terms, phase=Phase.PAUSING)
    seats = tuple(Player(7, user_id, team=1) for user_id in range(1, 61))
    told = "\n".join(texts(quiz_view(replace(table, game=game, players=seats))))
    assert "Team 1 **0**" in told


def test_few_mistakes_are_all_told_whole() -> None:
    parts = missed_parts(of(3), 1)
    assert [part.count("You picked") for part in parts] == [1, 1, 1]


def test_nobody_missed_a_round_that_was_not_theirs() -> None:
    assert len(missed_parts(of(3, until=1), 1)) == 1
