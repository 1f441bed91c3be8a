"""The league on a real store: what finished quizzes bring, in the week of their guild."""

from datetime import timedelta

import pytest

from bot.domain.game import Mode, Terms
from bot.domain.league import Period, Season
from bot.domain.sharing import Sharing
from bot.services.league import enter
from tests.services.test_quiz import NOW, SECOND, TWO, asked, first_round, lock
from tests.services.world import ANNA, BEN, CHANNEL, GUILD, OTHER, World, at

WEEK = timedelta(days=7)


async def played(world: World, terms: Terms = TWO, *others: int) -> int:
    """A quiz that Anna wins with everything right at once; its id."""
    table = await first_round(world, BEN, *others, terms=terms)
    now = NOW + 6 * SECOND
    for no in range(1, terms.rounds + 1):
        for player in table.players:
            on_turn = {turn.user_id for turn in table.on_turn(no)}
            if not on_turn or player.user_id in on_turn:
                await lock(world, table, player.user_id, now, right=player.user_id == ANNA)
        now += 11 * SECOND
        if no < terms.rounds:
            table = await asked(world, table.game.id, now)
    await world.services.rounds.due(now)
    return table.game.id


async def brought(world: World) -> dict[int, tuple[str, int]]:
    scores = await world.store.read(lambda tx: tx.league.scores(GUILD))
    return {s.user_id: (s.week.isoformat(), s.points) for s in scores}


async def test_a_finished_quiz_brings_its_points_in_the_week_it_ends(world: World) -> None:
    await played(world)
    assert await brought(world) == {ANNA: ("2026-11-23", 200), BEN: ("2026-11-23", 0)}
    board = await world.services.leagues.board(GUILD, ANNA, NOW + SECOND)
    assert (board.own, board.division, board.season) == (3, 3, Season(2026, 4))
    assert board.mine is not None
    assert (board.mine.place, board.mine.points, board.to_rise) == (1, 200, 0)
    assert board.ends_at == at(7, 0)
    later = await world.services.leagues.board(GUILD, ANNA, NOW + WEEK)
    assert (later.own, later.mine, later.to_stay) == (2, None, 0)
    season = await world.services.leagues.board(GUILD, ANNA, NOW + WEEK, 2, Period.SEASON)
    assert [(line.user_id, line.points) for line in season.lines] == [(ANNA, 200)]
    assert season.ends_at == at(42, 0)
    new_year = await world.services.leagues.board(GUILD, BEN, NOW + 6 * WEEK)
    assert [line.user_id for line in new_year.champions] == [ANNA], "in its first week all see it"
    assert not (await world.services.leagues.board(GUILD, BEN, NOW + 7 * WEEK)).champions
    later = await world.services.leagues.board(GUILD, BEN, NOW + 7 * WEEK, 3, Period.SEASON)
    assert later.champions == new_year.champions


@pytest.mark.parametrize(
    ("zone_name", "week"), [("Asia/Tokyo", "2026-11-30"), ("America/New_York", "2026-11-23")]
)
async def test_it_is_the_guilds_own_week(world: World, zone_name: str, week: str) -> None:
    await world.set_up(zone_name=zone_name)
    unrated = Terms(rounds=2, rated=False)
    table = await world.services.rounds.table(await played(world, unrated))
    await world.store.write(lambda tx: enter(tx, table, at(6, 20)))
    assert (await brought(world))[ANNA] == (week, 200)


async def test_what_moves_no_rating_counts_for_no_league(world: World) -> None:
    await played(world, Terms(rounds=1, rated=False))
    await first_round(world, BEN)
    stopped = world.press(ANNA, GUILD, NOW + 9 * SECOND)
    await world.services.quizzes.stop(CHANNEL, stopped, moderates=False)
    assert await brought(world) == {}


async def test_everybody_of_a_relay_brings_home_what_the_team_made(world: World) -> None:
    await played(world, Terms(rounds=3, mode=Mode.RELAY, teams=2), OTHER)
    assert {u: points for u, (_, points) in (await brought(world)).items()} == {
        ANNA: 200,
        BEN: 0,
        OTHER: 200,
    }


async def test_a_rebuild_finds_the_same(world: World) -> None:
    await played(world, Terms(rounds=2, mode=Mode.RELAY, teams=2), OTHER)
    await played(world, Terms(rounds=1))
    before = await brought(world)
    await world.store.rebuild()
    assert await brought(world) == before
    await world.services.privacy.forget(BEN)
    await world.store.rebuild()
    assert await brought(world) == {u: made for u, made in before.items() if u != BEN}


async def test_whoever_wants_to_be_left_out_sees_themselves_alone(world: World) -> None:
    await played(world)
    await world.store.write(lambda tx: tx.sharings.save(Sharing(ANNA, on_boards=False)))
    own = await world.services.leagues.board(GUILD, ANNA, NOW + SECOND)
    assert [line.user_id for line in own.lines] == [ANNA, BEN]
    others = await world.services.leagues.board(GUILD, BEN, NOW + SECOND)
    assert [(line.place, line.user_id) for line in others.lines] == [(1, BEN)]
    crowned = await world.services.leagues.board(GUILD, BEN, NOW + 6 * WEEK)
    assert crowned.champions == ()
