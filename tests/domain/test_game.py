"""Games: phases, deadlines, and rounds that nobody watched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import game as g
from bot.domain import round as r
from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.game import Ending, Game, Kind, Phase, Player, Terms
from bot.domain.round import Reply, Round, Style
from tests.domain.questions import make_question

NOW = datetime(2026, 11, 24, 19, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ADA, BOB = 1, 2


def a_game(**fields: object) -> Game:
    sample = {
        "kind": Kind.DUEL,
        "guild_id": 7,
        "channel_id": 8,
        "host_id": ADA,
        "terms": Terms(),
        "made_at": NOW,
        "phase": Phase.INVITED,
        "due_at": NOW + timedelta(minutes=5),
    }
    return Game(99, **{**sample, **fields})


def a_round(no: int = 1, **fields: object) -> Round:
    sample = {"question_id": f"q{no}", "layout": (2, 0, 3, 1), "deadline": NOW + 30 * SECOND}
    return Round(99, no, **{**sample, **fields})


def a_reply(no: int = 1, user_id: int = ADA, score: float = 1, after: float = 5) -> Reply:
    return Reply(no * 100 + user_id, 99, no, user_id, NOW + after * SECOND, score, 0)


def test_the_way_of_a_game():
    game = g.begun(a_game(), NOW)
    assert (game.phase, game.due_at) == (Phase.PAUSING, NOW + g.LEAD)
    round_ = g.new_round(game, make_question(), NOW)
    assert round_.deadline == NOW + 30 * SECOND
    game = g.asked(game, round_)
    assert (game.phase, game.round, game.due_at) == (Phase.ASKING, 1, round_.deadline + g.MARGIN)
    game, round_ = g.closed(game, round_, NOW + 12 * SECOND)
    assert (game.phase, game.due_at) == (Phase.PAUSING, NOW + 22 * SECOND)
    assert not round_.void
    game = g.over(game, Ending.PLAYED, NOW)
    assert game.is_over
    assert game.due_at == NOW + g.SHOWN_AGAIN, "until people have seen how it ended"
    assert game.revision == 4, "everything that people can see is another revision"


def test_a_quiz_tells_at_half_time_how_it_goes():
    quiz = a_game(kind=Kind.QUIZ)
    round_ = g.new_round(quiz, make_question(), NOW)
    quiz = g.asked(quiz, round_)
    assert quiz.due_at == NOW + 15 * SECOND
    later = g.half_gone(quiz, round_)
    assert later.due_at == round_.deadline + g.MARGIN
    assert later.revision == quiz.revision + 1


def test_a_quiz_has_a_message_for_each_round_and_a_last_one():
    quiz = a_game(kind=Kind.QUIZ)
    assert g.page_of(quiz) == g.page_of(g.over(quiz, Ending.EXPIRED, NOW)) == 0
    third = replace(quiz, round=3)
    assert g.page_of(third) == 3
    assert g.page_of(g.over(third, Ending.PLAYED, NOW)) == 4
    assert g.page_of(a_game(round=3)) == 0, "a duel has one message"


def test_a_round_that_has_begun_stays_theirs_whoever_leaves_later():
    assert [Player(99, 1, since=2, until=3).plays(no) for no in (1, 2, 3, 4)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_an_end_that_nobody_saw_is_shown_again_but_not_for_ever():
    game = g.over(a_game(token="t", token_until=NOW), Ending.PLAYED, NOW)
    assert g.unseen(game, NOW + SECOND).due_at == NOW + SECOND + g.SHOWN_AGAIN
    assert g.unseen(game, NOW + g.GIVEN_UP + SECOND).due_at is None
    seen = g.settled(game)
    assert [game.is_settled, seen.is_settled] == [False, True]
    assert (seen.due_at, seen.token, seen.token_until) == (None, None, None)
    assert seen.revision == game.revision


def test_no_token_edits_a_message_of_our_own():
    game = g.moved(a_game(message_id=5, token="t", token_until=NOW), 6, 2)
    assert (game.message_id, game.page) == (6, 2)
    assert (game.token, game.token_until) == (None, None)


def test_open_answers_are_read_for_longer():
    assert g.pause_after(Style.EXPLAIN) > g.pause_after(Style.CHOICE)


@given(late=st.floats(-30, 1000))
def test_a_round_whose_end_nobody_watched_is_void(late: float):
    round_ = a_round()
    _, closed = g.closed(a_game(), round_, round_.deadline + late * SECOND)
    assert closed.void is (timedelta(seconds=late) > g.UNWATCHED)


def test_a_token_is_held_until_shortly_before_discord_forgets_it():
    game = g.held(a_game(), "secret", NOW)
    assert game.token_until == NOW + timedelta(minutes=14)
    assert g.held(game, None, NOW + SECOND) == game


def test_a_press_tells_which_message_a_game_has_where_that_was_never_noted():
    assert g.held(a_game(), None, NOW, 500).message_id == 500
    assert g.held(replace(a_game(), message_id=400), None, NOW, 500).message_id == 400


@pytest.mark.parametrize(
    ("at", "replied", "last"),
    [
        (5, [5], True),
        (4, [1, 2, 3, 4], False),
        (3, [1], True),
        (3, [1, 2], False),
        (1, [], False),
        (2, [], True),
    ],
)
def test_it_ends_after_its_rounds_or_when_nobody_is_there(at, replied, last):
    game = a_game(round=at, terms=Terms(rounds=5))
    rounds = [a_round(no) for no in range(1, at + 1)]
    assert g.is_last(game, rounds, [a_reply(no) for no in replied]) is last


def test_options_are_shuffled_the_same_for_everybody_and_every_try():
    question = make_question()
    layouts = {g.new_round(a_game(round=no), question, NOW).layout for no in range(40)}
    assert len(layouts) > 10
    assert all(sorted(layout) == [0, 1, 2, 3] for layout in layouts)
    assert g.new_round(a_game(), question, NOW) == g.new_round(a_game(), question, NOW)


@given(
    played=st.frozensets(st.sampled_from("abcdef")),
    seen=st.frozensets(st.sampled_from("abcdef")),
    no=st.integers(1, 20),
)
def test_nothing_is_asked_twice_and_fresh_questions_come_first(played, seen, no):
    questions = [make_question(name) for name in "abcdef"]
    picked = r.pick(questions, played, seen, 99, no)
    if picked is None:
        assert played == set("abcdef")
    else:
        assert picked.id not in played
        assert picked.id not in seen or set("abcdef") <= played | seen
        assert picked == r.pick(questions, played, seen, 99, no)


def test_stories_and_designs_are_not_written_against_the_clock():
    assert r.suits(make_question(form="design"), Style.CHOICE)
    assert r.suits(make_question(form="list"), Style.EXPLAIN)
    assert not r.suits(make_question(form="design"), Style.EXPLAIN)
    assert not r.suits(make_question(form="story"), Style.EXPLAIN)


def test_a_press_counts_by_discords_clock():
    game = a_game(phase=Phase.ASKING, round=2)
    round_ = a_round(2)
    assert g.check_open(game, round_, 2, round_.deadline) == round_
    closed = replace(game, phase=Phase.PAUSING)
    assert g.check_open(closed, round_, 2, NOW) == round_, "it was on its way when time was up"
    with pytest.raises(AlreadyDone, match="Time was up"):
        g.check_open(game, round_, 2, round_.deadline + SECOND)
    last = replace(game, terms=replace(game.terms, rounds=2))
    with pytest.raises(AlreadyDone, match="was the last"):
        g.check_open(last, round_, 2, round_.deadline + SECOND)
    with pytest.raises(AlreadyDone, match="Time was up"):
        g.check_open(game, a_round(1), 1, NOW)
    with pytest.raises(AlreadyDone, match="over"):
        g.check_open(g.over(game, Ending.PLAYED, NOW), round_, 2, NOW)
    for missing, no in ((None, 2), (round_, 3)):
        with pytest.raises(NotFound):
            g.check_open(game, missing, no, NOW)


def test_letters_lead_to_options():
    assert [r.option_at(a_round(), place) for place in range(4)] == [2, 0, 3, 1]
    for place in (-1, 4):
        with pytest.raises(Invalid):
            r.option_at(a_round(), place)


def test_a_round_waits_for_those_who_are_in_it():
    players = [Player(99, 1), Player(99, 2, until=0), Player(99, 3, since=3)]
    assert g.in_play(players, 2) == {1}
    assert g.in_play(players, 3) == {1, 3}


@given(after=st.floats(-100, 100), shown=st.floats(0, 29) | st.none())
def test_time_is_taken_from_what_discord_showed_until_the_press(after, shown):
    round_ = a_round(asked_at=None if shown is None else NOW + shown * SECOND)
    taken = r.seconds_taken(round_, a_reply(after=after), 30)
    assert 0 <= taken <= 30
    if shown is not None and shown <= after <= 30:
        assert taken == pytest.approx(after - shown, abs=1e-5)
