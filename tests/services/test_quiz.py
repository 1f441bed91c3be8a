"""Quizzes on a real store: hundreds press at once, and a restart is a pause like any other."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.errors import AlreadyDone, NotAllowed, NotFound
from bot.domain.game import Ending, Mode, Phase, Terms
from bot.domain.quiz import MOST
from bot.services.table import Table, TooFew
from tests.services.test_own_questions import own
from tests.services.world import ANNA, BEN, CHANNEL, GUILD, MODERATOR, OTHER, RIGHT, World, at

SECOND = timedelta(seconds=1)
NOW = at(0, 19)
TWO = Terms(rounds=2)


async def opened(world: World, *others: int, terms: Terms = TWO) -> Table:
    quizzes = world.services.quizzes
    table = await quizzes.start(world.press(ANNA, GUILD, NOW), CHANNEL, terms)
    for user_id in others:
        await quizzes.join(table.game.id, world.press(user_id, GUILD, NOW))
    return table


async def asked(world: World, game_id: int, now: datetime) -> Table:
    """The game once its next question is out."""
    assert await world.services.rounds.due(now) == [game_id]
    table = await world.services.rounds.table(game_id)
    assert table.game.phase is Phase.ASKING
    message_id = 500 + table.game.round
    await world.services.rounds.moved(game_id, message_id, table.game.round)
    await world.services.rounds.shown(game_id, table.game.revision, message_id, now)
    return table


async def lock(world: World, table: Table, user_id: int, now: datetime, *, right: bool) -> bool:
    place = table.rounds[-1].layout.index(RIGHT if right else 1 - RIGHT)
    press = world.press(user_id, GUILD, now)
    return await world.services.rounds.choose(table.game.id, table.game.round, place, press)


async def first_round(world: World, *others: int, terms: Terms = TWO) -> Table:
    game_id = (await opened(world, *others, terms=terms)).game.id
    await world.services.quizzes.begin(game_id, world.press(ANNA, GUILD, NOW))
    return await asked(world, game_id, NOW + 6 * SECOND)


async def test_five_hundred_press_within_a_second(world: World) -> None:
    crowd = range(1, MOST)
    game_id = (await opened(world)).game.id
    quizzes = world.services.quizzes
    await asyncio.gather(
        *(quizzes.join(game_id, world.press(user_id, GUILD, NOW)) for user_id in crowd)
    )
    with pytest.raises(AlreadyDone, match="full"):
        await quizzes.join(game_id, world.press(BEN, GUILD, NOW))
    await quizzes.begin(game_id, world.press(ANNA, GUILD, NOW))
    table = await asked(world, game_id, NOW + 6 * SECOND)
    closed = await asyncio.gather(
        *(lock(world, table, u, NOW + 7 * SECOND, right=u % 2 == 0) for u in [ANNA, *crowd])
    )
    assert closed.count(True) == 1, "exactly one press closes the round"
    table = await world.services.rounds.table(game_id)
    assert len(table.replies) == MOST
    recorded = 0
    while n := await world.services.rounds.record():
        recorded += n
    assert recorded == MOST


async def test_both_rounds_then_places_and_ratings(world: World) -> None:
    table = await first_round(world, BEN)
    assert not await lock(world, table, ANNA, NOW + 8 * SECOND, right=True)
    assert await lock(world, table, BEN, NOW + 8 * SECOND, right=False)
    table = await asked(world, table.game.id, NOW + 30 * SECOND)
    await lock(world, table, ANNA, NOW + 31 * SECOND, right=True)
    await lock(world, table, BEN, NOW + 31 * SECOND, right=False)
    await world.services.rounds.due(NOW + 60 * SECOND)
    table = await world.services.rounds.table(table.game.id)
    assert table.game.ending is Ending.PLAYED
    assert {p.user_id: p.place for p in table.players} == {ANNA: 1, BEN: 2}
    assert [(p.change or 0) > 0 for p in table.players] == [True, False]
    held = await world.services.privacy.export(ANNA)
    assert [p["team"] for p in held["player"]] == [0]


async def test_a_round_that_nobody_watched_is_void_and_it_goes_on(world: World) -> None:
    table = await first_round(world, BEN)
    await lock(world, table, ANNA, NOW + 8 * SECOND, right=True)
    back = World.over(world.store)
    later = NOW + timedelta(minutes=10)
    assert await back.services.rounds.due(later) == [table.game.id]
    after = await back.services.rounds.table(table.game.id)
    assert after.rounds[0].void
    assert (await asked(back, table.game.id, later + 60 * SECOND)).game.round == 2


async def test_silent_quizzes_end_and_count_for_nothing(world: World) -> None:
    game_id = (await first_round(world, BEN, terms=Terms(rounds=3))).game.id
    now = NOW
    for _ in range(12):
        now += 31 * SECOND
        await world.services.rounds.due(now)
    game = (await world.services.rounds.table(game_id)).game
    assert (game.ending, game.round) == (Ending.VOID, 2)


async def test_a_survival_goes_on_without_those_who_fell(world: World) -> None:
    table = await first_round(world, BEN, OTHER, terms=Terms(rounds=3, mode=Mode.SURVIVAL))
    for user_id in (ANNA, BEN, OTHER):
        await lock(world, table, user_id, NOW + 8 * SECOND, right=user_id != OTHER)
    table = await asked(world, table.game.id, NOW + 30 * SECOND)
    assert {p.user_id: p.until for p in table.players} == {ANNA: None, BEN: None, OTHER: 1}
    with pytest.raises(NotAllowed, match="are out"):
        await lock(world, table, OTHER, NOW + 31 * SECOND, right=True)
    assert not await lock(world, table, ANNA, NOW + 31 * SECOND, right=True)
    assert await lock(world, table, BEN, NOW + 31 * SECOND, right=True), "waits for nobody else"


async def test_leaving_and_coming_back(world: World) -> None:
    quizzes = world.services.quizzes
    game_id = (await opened(world, BEN)).game.id
    await quizzes.leave(CHANNEL, world.press(BEN, GUILD, NOW))
    await quizzes.join(game_id, world.press(BEN, GUILD, NOW))
    await quizzes.begin(game_id, world.press(ANNA, GUILD, NOW))
    await asked(world, game_id, NOW + 6 * SECOND)
    await quizzes.leave(CHANNEL, world.press(BEN, GUILD, NOW + 7 * SECOND))
    with pytest.raises(NotAllowed, match="have left"):
        await quizzes.join(game_id, world.press(BEN, GUILD, NOW + 8 * SECOND))
    await world.services.rounds.due(NOW + 22 * SECOND)
    await world.services.rounds.due(NOW + 37 * SECOND)
    await world.services.rounds.due(NOW + 60 * SECOND)
    table = await world.services.rounds.table(game_id)
    assert table.game.ending is Ending.VOID, "one alone plays no quiz, and nobody replied"
    for refused in (quizzes.join, quizzes.begin):
        with pytest.raises(AlreadyDone):
            await refused(game_id, world.press(ANNA, GUILD, NOW + 90 * SECOND))


async def test_a_finished_or_foreign_quiz_takes_no_presses(world: World) -> None:
    table = await first_round(world, BEN)
    game_id = table.game.id
    with pytest.raises(NotFound):
        await world.services.rounds.choose(game_id, 1, 0, world.press(ANNA, OTHER, NOW))
    with pytest.raises(NotFound):
        await world.services.quizzes.join(game_id, world.press(ANNA, OTHER, NOW))
    with pytest.raises(NotFound):
        await world.services.rounds.revision(1 << 50)
    await world.services.quizzes.stop(CHANNEL, world.press(BEN, GUILD, NOW), moderates=True)
    with pytest.raises(AlreadyDone, match="over"):
        await world.services.rounds.choose(game_id, 1, 0, world.press(7, GUILD, NOW))
    with pytest.raises(AlreadyDone, match="over"):
        await world.services.rounds.choose(game_id, 1, 0, world.press(ANNA, GUILD, NOW))
    ended = await world.services.rounds.table(game_id)
    assert ended.game.ending is Ending.VOID


async def test_a_quiz_that_cannot_go_on_ends_as_if_it_was_stopped(world: World) -> None:
    lobby = (await opened(world, BEN)).game.id
    ended = await world.services.rounds.stop(lobby, NOW + SECOND)
    assert ended.game.ending is Ending.WITHDRAWN
    table = await first_round(world, BEN)
    for user_id in (ANNA, BEN):
        await lock(world, table, user_id, NOW + 8 * SECOND, right=user_id == BEN)
    table = await asked(world, table.game.id, NOW + 30 * SECOND)
    await lock(world, table, ANNA, NOW + 31 * SECOND, right=True)
    ended = await world.services.rounds.stop(table.game.id, NOW + 32 * SECOND)
    assert ended.game.ending is Ending.STOPPED
    assert {p.user_id: (p.place, p.change) for p in ended.players} == {
        ANNA: (2, None),
        BEN: (1, None),
    }
    assert ended.rounds[-1].void


async def test_play_again_and_too_few(world: World) -> None:
    quizzes = world.services.quizzes
    with pytest.raises(TooFew, match="fresh for you, and a quiz over 4 rounds takes 4"):
        await opened(world, terms=Terms(rounds=4))
    table = await opened(world, terms=Terms(rounds=3))
    await quizzes.stop(CHANNEL, world.press(ANNA, GUILD, NOW), moderates=False)
    press = world.press(ANNA, GUILD, NOW + SECOND)
    assert (await quizzes.again(table.game.id, press, CHANNEL)).game.terms == table.game.terms


async def test_a_guilds_own_question_is_asked_in_its_games(world: World) -> None:
    question_id = await own(world)
    table = await first_round(world, BEN, terms=Terms(rounds=4))
    asked_ids = {table.rounds[-1].question_id}
    now = NOW + 6 * SECOND
    for _ in range(3):
        for user_id in (ANNA, BEN):
            press = world.press(user_id, GUILD, now + SECOND)
            await world.services.rounds.choose(table.game.id, table.game.round, 0, press)
        now += 30 * SECOND
        table = await asked(world, table.game.id, now)
        asked_ids.add(table.rounds[-1].question_id)
    assert question_id in asked_ids
    assert question_id in table.questions
    while await world.services.rounds.record():
        pass
    held = await world.services.privacy.export(ANNA)
    assert {a["origin"] for a in held["attempt"]} == {"quiz"}


async def test_whoever_is_out_has_not_won_a_survival_that_is_stopped(world: World) -> None:
    terms = Terms(rounds=3, mode=Mode.SURVIVAL)
    table = await first_round(world, BEN, MODERATOR, terms=terms)
    game_id, now = table.game.id, NOW + 6 * SECOND
    for no in range(3):
        await lock(world, table, ANNA, now, right=no < 2)
        for slow in (BEN, MODERATOR):
            await lock(world, table, slow, now + 29 * SECOND, right=True)
        if no < 2:
            now += 60 * SECOND
            table = await asked(world, game_id, now)
    press = world.press(ANNA, GUILD, now + 30 * SECOND)
    table = await world.services.quizzes.stop(CHANNEL, press, moderates=False)
    assert {p.user_id: p.place for p in table.players} == {BEN: 1, MODERATOR: 1, ANNA: 3}


async def test_a_quiz_whose_host_is_forgotten_is_stopped_by_whoever_presides(world: World) -> None:
    await first_round(world, BEN, MODERATOR)
    await world.services.privacy.forget(ANNA)
    quizzes = world.services.quizzes
    with pytest.raises(NotAllowed, match="Only the host"):
        await quizzes.stop(CHANNEL, world.press(MODERATOR, GUILD, NOW), moderates=False)
    table = await quizzes.stop(CHANNEL, world.press(BEN, GUILD, NOW), moderates=False)
    assert table.game.is_over
