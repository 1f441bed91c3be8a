from datetime import date

from bot.domain.game import Ending, Kind, Phase, Player, Terms
from bot.domain.league import Score
from bot.store.port import Store, Tx
from bot.store.sqlite import SqliteStore
from tests.store.samples import (
    ANNA,
    BEN,
    GUILD,
    HOUR,
    NOON,
    OTHER,
    a_game,
    a_reply,
    a_round,
    a_schedule,
)  # fmt: skip

WEEK, NEXT = date(2026, 3, 2), date(2026, 3, 9)


async def over(
    tx: Tx, game_id: int, week: date | None, brought: dict[int, int], guild_id: int = GUILD
) -> None:
    """A quiz that has ended and brought them that."""
    ended = {"round": 1, "phase": Phase.OVER, "ending": Ending.PLAYED, "ended_at": NOON}
    quiz = {"kind": Kind.QUIZ, "guild_id": guild_id, "due_at": None}
    await tx.games.insert(a_game(game_id, **quiz, **ended))
    for user_id in brought:
        await tx.games.seat(Player(game_id, user_id))
    if week:
        await tx.league.enter(guild_id, game_id, week, brought)


async def test_what_each_week_brought_everybody(store: Store):
    async def work(tx: Tx) -> None:
        await over(tx, 1, WEEK, {ANNA: 90, BEN: 40})
        await over(tx, 2, WEEK, {ANNA: 10})
        await tx.league.enter(GUILD, 2, NEXT, {ANNA: 10})  # again
        await over(tx, 3, NEXT, {ANNA: 5})
        await over(tx, 4, None, {ANNA: 1000})
        await over(tx, 5, WEEK, {ANNA: 1000}, guild_id=OTHER)

    await store.write(work)
    scores = await store.read(lambda tx: tx.league.scores(GUILD))
    assert sorted(scores, key=lambda s: (s.user_id, s.week)) == [
        Score(ANNA, WEEK, 100, 2),
        Score(ANNA, NEXT, 5),
        Score(BEN, WEEK, 40),
    ]


async def test_a_purged_guild_and_a_forgotten_person_take_their_scores_along(store: Store):
    async def work(tx: Tx) -> None:
        await over(tx, 1, WEEK, {ANNA: 90, BEN: 40})
        await over(tx, 2, WEEK, {ANNA: 90}, guild_id=OTHER)

    await store.write(work)
    held = await store.read(lambda tx: tx.persons.export(ANNA))
    assert [row["earned"] for row in held["player"]] == [90, 90]
    await store.write(lambda tx: tx.persons.forget(ANNA))
    assert await store.read(lambda tx: tx.league.scores(GUILD)) == [Score(BEN, WEEK, 40)]
    assert await store.read(lambda tx: tx.league.scores(OTHER)) == []
    await store.write(lambda tx: tx.guilds.purge(GUILD))
    assert await store.read(lambda tx: tx.league.scores(GUILD)) == []


async def test_a_rebuild_adds_up_replies_and_keeps_the_week(sqlite: SqliteStore):
    async def work(tx: Tx) -> None:
        await tx.schedules.save(a_schedule(zone_name="UTC"))
        for game_id, week in ((1, NEXT), (2, None)):
            await over(tx, game_id, week, {ANNA: 7, BEN: 7})
            await tx.games.save_round(a_round(game_id, asked_at=NOON, deadline=NOON + HOUR))
            await tx.games.reply(a_reply(game_id, ANNA, game_id=game_id))
        await over(tx, 3, None, {ANNA: 7})
        await tx.games.insert(
            a_game(4, kind=Kind.QUIZ, terms=Terms(rated=False), ending=Ending.PLAYED)
        )
        await tx.games.seat(Player(4, ANNA, earned=7))

    await sqlite.write(work)
    await sqlite.rebuild()
    scores = await sqlite.read(lambda tx: tx.league.scores(GUILD))
    assert sorted(scores, key=lambda s: (s.user_id, s.week)) == [
        Score(ANNA, WEEK, 100),  # from before there was a league: the week in which it ended
        Score(ANNA, NEXT, 100),
        Score(BEN, WEEK, 0),
        Score(BEN, NEXT, 0),
    ]
    held = await sqlite.read(lambda tx: tx.persons.export(ANNA))
    assert [row["earned"] for row in held["player"]] == [100, 100, None, None]
