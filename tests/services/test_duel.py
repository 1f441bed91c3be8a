"""Duels on a real store: time is what we say, and a restart is a pause like any other."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.game import MARGIN, Ending, Phase, Terms
from bot.domain.question import Topic
from bot.domain.round import Style
from bot.services.table import Table, TooFew
from tests.services.world import ANNA, BEN, CHANNEL, GUILD, MODERATOR, OTHER, RIGHT, World, at

SECOND = timedelta(seconds=1)
NOW = at(0, 19)
THREE = Terms(rounds=3)


async def begun(world: World, now: datetime = NOW, terms: Terms = THREE) -> Table:
    """A duel that Ben has accepted."""
    table = await challenged(world, now, terms)
    return await world.services.duels.accept(table.game.id, world.press(BEN, GUILD, now))


async def challenged(world: World, now: datetime = NOW, terms: Terms = THREE) -> Table:
    press = world.press(ANNA, GUILD, now)
    return await world.services.duels.challenge(press, CHANNEL, BEN, terms)


async def asked(world: World, game_id: int, now: datetime) -> Table:
    """The game once its next question is out, however long the pause before it is."""
    assert await world.services.rounds.due(now) == [game_id]
    table = await world.services.rounds.table(game_id)
    assert table.game.phase is Phase.ASKING
    await world.services.rounds.shown(game_id, table.game.revision, 500, now)
    return table


async def lock(world: World, table: Table, user_id: int, now: datetime, *, right: bool) -> bool:
    option = RIGHT if right else 1 - RIGHT
    place = table.rounds[-1].layout.index(option)
    press = world.press(user_id, GUILD, now)
    return await world.services.rounds.choose(table.game.id, table.game.round, place, press)


async def played(world: World, now: datetime = NOW, terms: Terms = THREE) -> Table:
    """A duel that Anna wins, over; returned as it stands."""
    game_id = (await begun(world, now, terms)).game.id
    for _ in range(terms.rounds):
        now += 30 * SECOND
        table = await asked(world, game_id, now)
        assert not await lock(world, table, ANNA, now + 4 * SECOND, right=True)
        assert await lock(world, table, BEN, now + 5 * SECOND, right=False)
    assert await world.services.rounds.due(now + 60 * SECOND) == [game_id]
    return await world.services.rounds.table(game_id)


async def test_a_press_tells_the_message_that_a_dead_process_had_not_noted(world: World) -> None:
    table = await challenged(world)
    assert table.game.message_id is None
    press = replace(world.press(BEN, GUILD, NOW), message_id=500)
    accepted = await world.services.duels.accept(table.game.id, press)
    assert accepted.game.message_id == 500


async def test_both_presses_close_a_round_and_become_attempts(world: World) -> None:
    table = await played(world)
    assert table.game.ending is Ending.PLAYED
    assert [(p.user_id, p.place, p.change) for p in table.players] == [
        (ANNA, 1, 158), (BEN, 2, -158),
    ]  # fmt: skip
    assert len({r.question_id for r in table.rounds}) == 3
    while await world.services.rounds.record():
        pass
    held = await world.services.privacy.export(ANNA)
    assert [(a["origin"], a["score"], a["choice"]) for a in held["attempt"]] == [
        ("duel", 1.0, RIGHT)
    ] * 3
    assert [row["answered"] for row in held["topic_stat"]] == [3]
    assert len(held["card"]) == 3
    assert [(row["post_answers"], row["questions"]) for row in held["progress"]] == [(0, 3)]
    assert held["member"] == [], "a duel gives no points on the group's board"
    recomputed = {u: sum(a["score"] for a in (await world.services.privacy.export(u))["attempt"])
                  for u in (ANNA, BEN)}  # fmt: skip
    assert recomputed == {ANNA: 3, BEN: 0}


async def test_a_deadline_closes_a_round_for_whoever_was_silent(world: World) -> None:
    game_id = (await begun(world)).game.id
    now = NOW + 10 * SECOND
    table = await asked(world, game_id, now)
    deadline = table.rounds[-1].deadline
    await lock(world, table, ANNA, deadline, right=True)
    assert await world.services.rounds.next_due_at() == deadline + MARGIN
    assert await world.services.rounds.due(deadline + MARGIN) == [game_id]
    table = await world.services.rounds.table(game_id)
    assert not table.rounds[-1].void
    # Ben's press was in time by Discord's clock and reached us after the round was closed.
    assert not await lock(world, table, BEN, deadline - SECOND, right=True)
    with pytest.raises(AlreadyDone, match="Time was up"):
        await lock(world, table, BEN, deadline + SECOND, right=True)


async def test_a_deadline_that_passed_while_we_were_away_is_void(world: World) -> None:
    game_id = (await begun(world)).game.id
    table = await asked(world, game_id, NOW + 10 * SECOND)
    await lock(world, table, ANNA, NOW + 12 * SECOND, right=True)
    back = NOW + timedelta(minutes=10)
    assert await world.services.rounds.due(back) == [game_id]
    table = await world.services.rounds.table(game_id)
    assert table.rounds[0].void
    first = table.rounds[0].question_id
    table = await asked(world, game_id, back + 60 * SECOND)
    assert table.rounds[1].question_id != first, "nobody is asked twice"
    assert await world.services.rounds.record() == 1, "what was answered is remembered all the same"


async def test_nobody_there_nothing_counts(world: World) -> None:
    game_id = (await begun(world)).game.id
    now = NOW
    for _ in range(2):
        now += 60 * SECOND
        table = await asked(world, game_id, now)
        assert await world.services.rounds.due(table.rounds[-1].deadline + MARGIN) == [game_id]
    assert await world.services.rounds.due(now + timedelta(minutes=2)) == [game_id]
    table = await world.services.rounds.table(game_id)
    assert (table.game.ending, table.game.round) == (Ending.VOID, 2)
    assert {p.change for p in table.players} == {None}
    assert (await world.services.duels.standing(ANNA, GUILD)).ratings == ()


async def test_resigning_loses_and_a_challenge_is_taken_back(world: World) -> None:
    with pytest.raises(NotFound, match="in no duel"):
        await world.services.duels.withdraw_or_resign(world.press(ANNA, GUILD, NOW))
    game_id = (await challenged(world)).game.id
    table = await world.services.duels.withdraw_or_resign(world.press(ANNA, GUILD, NOW))
    assert (table.game.id, table.game.ending) == (game_id, Ending.WITHDRAWN)
    await begun(world)
    table = await world.services.duels.withdraw_or_resign(world.press(BEN, GUILD, NOW))
    assert table.game.ending is Ending.RESIGNED
    assert [(p.place, p.change) for p in table.players] == [(1, 158), (2, -158)]
    with pytest.raises(AlreadyDone):
        await world.services.duels.accept(game_id, world.press(BEN, GUILD, NOW))


async def test_a_topic_moves_the_rating_on_that_topic(world: World) -> None:
    await played(world, terms=Terms(Topic.EVALUATION, rounds=3))
    ratings = (await world.services.duels.standing(ANNA, GUILD)).ratings
    assert [(r.topic, r.games) for r in ratings] == [("evaluation", 1)]
    board = await world.services.duels.board(GUILD, "evaluation", 9)
    assert [r.user_id for r in board] == [ANNA, BEN]


async def test_three_rated_duels_a_day_and_questions_are_not_repeated(world: World) -> None:
    await played(world)
    with pytest.raises(TooFew, match="Only 0") as few:
        await challenged(world, NOW + timedelta(hours=1))
    assert few.value.fresh == 0
    month = timedelta(days=31)
    for number in (1, 2, 3):
        day = NOW + number * month
        table = await challenged(world, day)
        assert table.game.terms.rated
        await world.services.duels.decline(table.game.id, world.press(BEN, GUILD, day))


async def test_the_fourth_duel_of_a_day_is_for_honour(world: World) -> None:
    one = Terms(rounds=1)
    for number in range(4):
        table = await challenged(world, NOW + number * timedelta(minutes=1), one)
        assert table.game.terms.rated is (number < 3)
        game_id = table.game.id
        await world.services.duels.accept(game_id, world.press(BEN, GUILD, NOW))
        await world.services.duels.withdraw_or_resign(world.press(BEN, GUILD, NOW))


async def test_who_can_be_challenged(world: World) -> None:
    duels = world.services.duels

    async def challenge(who: int, *, is_bot: bool = False) -> Table:
        return await duels.challenge(
            world.press(ANNA, GUILD, NOW), CHANNEL, who, THREE, is_bot=is_bot
        )

    with pytest.raises(Invalid, match="takes two"):
        await challenge(ANNA)
    with pytest.raises(Invalid, match="Bots"):
        await challenge(BEN, is_bot=True)
    await duels.take_challenges(BEN, 0, welcome=False)
    with pytest.raises(NotAllowed, match="no challenges"):
        await challenge(BEN)
    await duels.take_challenges(BEN, 0, welcome=True)
    await challenge(BEN)
    with pytest.raises(AlreadyDone, match="still waiting"):
        await challenge(BEN)
    await duels.take_challenges(BEN, ANNA, welcome=False)
    with pytest.raises(NotAllowed, match="no challenges"):
        await challenge(BEN)


async def test_who_may_answer_a_challenge(world: World) -> None:
    game_id = (await challenged(world)).game.id
    accept = world.services.duels.accept
    with pytest.raises(NotAllowed, match="theirs to answer"):
        await accept(game_id, world.press(ANNA, GUILD, NOW))
    with pytest.raises(NotAllowed, match="somebody else"):
        await accept(game_id, world.press(MODERATOR, GUILD, NOW))
    with pytest.raises(NotFound):
        await accept(game_id, world.press(BEN, OTHER, NOW))
    with pytest.raises(AlreadyDone, match="too long"):
        await accept(game_id, world.press(BEN, GUILD, NOW + timedelta(minutes=6)))


async def test_presses_that_do_not_count(world: World) -> None:
    game_id = (await begun(world)).game.id
    with pytest.raises(NotFound, match="not begun"):
        await world.services.rounds.choose(game_id, 1, 0, world.press(ANNA, GUILD, NOW))
    table = await asked(world, game_id, NOW + 10 * SECOND)
    now = NOW + 11 * SECOND
    with pytest.raises(NotAllowed, match="other people"):
        await lock(world, table, MODERATOR, now, right=True)
    with pytest.raises(Invalid):
        await world.services.rounds.choose(game_id, 1, 7, world.press(ANNA, GUILD, now))
    await lock(world, table, ANNA, now, right=True)
    with pytest.raises(AlreadyDone, match="first one counts"):
        await lock(world, table, ANNA, now, right=False)
    with pytest.raises(NotFound):
        await world.services.rounds.choose(5, 1, 0, world.press(ANNA, GUILD, now))


async def test_open_answers_are_graded_and_the_deeper_one_wins(world: World) -> None:
    terms = Terms(rounds=1, style=Style.EXPLAIN, seconds=180)
    game_id = (await begun(world, terms=terms)).game.id
    table = await asked(world, game_id, NOW + 10 * SECOND)
    rounds, now = world.services.rounds, NOW + 60 * SECOND
    with pytest.raises(Invalid, match="no words"):
        await rounds.write(game_id, 1, world.press(ANNA, GUILD, now), " … ")
    deep = "The capacity is a hard limit, the threshold is the bound, and the cost has a limit too."
    assert not await rounds.write(game_id, 1, world.press(ANNA, GUILD, now), deep)
    assert await rounds.write(game_id, 1, world.press(BEN, GUILD, now), "I have no idea about it.")
    assert await rounds.due(now + 60 * SECOND) == [game_id]
    table = await rounds.table(game_id)
    assert [p.place for p in table.players] == [1, 2]
    assert await rounds.record() == 2
    (attempt,) = (await world.services.privacy.export(ANNA))["attempt"]
    assert (attempt["mode"], attempt["answer"]) == ("open", deep)
    assert attempt["verdict"]["points"]


async def test_a_rematch_is_on_the_same_terms(world: World) -> None:
    terms = Terms(rounds=1)
    game_id = (await played(world, terms=terms)).game.id
    press = world.press(BEN, GUILD, NOW + timedelta(hours=1))
    table = await world.services.duels.rematch(game_id, press, CHANNEL)
    assert (table.game.host_id, table.game.terms) == (BEN, terms)
    assert {p.user_id for p in table.players} == {ANNA, BEN}
    with pytest.raises(NotAllowed):
        await world.services.duels.rematch(game_id, world.press(MODERATOR, GUILD, NOW), CHANNEL)
    with pytest.raises(NotFound, match="know that game"):
        await world.services.duels.rematch(game_id, world.press(BEN, OTHER, NOW), CHANNEL)
    await world.services.privacy.forget(ANNA)
    with pytest.raises(NotFound, match="deleted"):
        await world.services.duels.rematch(game_id, press, CHANNEL)


async def test_only_those_who_played_see_what_they_missed(world: World) -> None:
    game = (await played(world, terms=Terms(rounds=1))).game
    mine = await world.services.duels.played(game.id, world.press(BEN, GUILD, NOW))
    assert mine.game == game
    with pytest.raises(NotAllowed, match="other people"):
        await world.services.duels.played(game.id, world.press(MODERATOR, GUILD, NOW))


async def test_history_tells_what_came_to_something(world: World) -> None:
    game_id = (await played(world, terms=Terms(rounds=1))).game.id
    waiting = await challenged(world, NOW + timedelta(hours=1), Terms(rounds=1))
    assert waiting.game.phase is Phase.INVITED
    history = await world.services.duels.history(BEN, GUILD)
    assert [table.game.id for table in history] == [game_id]


async def test_a_stopped_game_ends_with_what_was_played(world: World) -> None:
    game_id = (await begun(world)).game.id
    table = await asked(world, game_id, NOW + 10 * SECOND)
    await lock(world, table, BEN, NOW + 12 * SECOND, right=True)
    await lock(world, table, ANNA, NOW + 12 * SECOND, right=False)
    table = await asked(world, game_id, NOW + 30 * SECOND)
    await lock(world, table, ANNA, NOW + 31 * SECOND, right=True)
    table = await world.services.rounds.stop(game_id, NOW + 32 * SECOND)
    assert [p.place for p in table.players] == [2, 1]
    assert table.rounds[-1].void, "only one of them had the time"
    assert await world.services.rounds.stop(game_id, NOW + 40 * SECOND) == table
    assert await world.services.rounds.record() == 3


async def test_a_challenge_that_is_stopped_is_taken_back(world: World) -> None:
    game_id = (await challenged(world, NOW)).game.id
    table = await world.services.rounds.stop(game_id, NOW + SECOND)
    assert table.game.ending is Ending.WITHDRAWN


async def test_resigning_leaves_alone_what_others_ask(world: World) -> None:
    running = (await begun(world)).game.id
    table = await asked(world, running, NOW + 10 * SECOND)
    await lock(world, table, ANNA, NOW + 11 * SECOND, right=True)
    press = world.press(MODERATOR, GUILD, NOW + 12 * SECOND)
    theirs = (await world.services.duels.challenge(press, CHANNEL, BEN, Terms(rounds=1))).game.id
    resign = world.press(BEN, GUILD, NOW + 13 * SECOND)
    table = await world.services.duels.withdraw_or_resign(resign)
    assert (table.game.id, table.game.ending) == (running, Ending.RESIGNED)
    assert table.rounds[-1].void, "it was open still"
    with pytest.raises(NotFound, match="in no duel"):
        await world.services.duels.withdraw_or_resign(resign)
    accepted = await world.services.duels.accept(theirs, resign)
    assert accepted.game.phase is Phase.PAUSING


async def test_a_challenge_goes_with_the_one_who_made_it(world: World) -> None:
    game_id = (await challenged(world)).game.id
    await world.services.privacy.forget(ANNA)
    with pytest.raises(NotFound, match="deleted"):
        await world.services.duels.accept(game_id, world.press(BEN, GUILD, NOW))


async def test_a_forgotten_player_leaves_a_game_that_ends(world: World) -> None:
    game_id = (await begun(world)).game.id
    await world.services.privacy.forget(BEN)
    assert await world.services.rounds.due(NOW + timedelta(minutes=1)) == [game_id]
    table = await world.services.rounds.table(game_id)
    assert table.game.ending is Ending.VOID
