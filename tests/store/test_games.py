from dataclasses import replace

from bot.domain.game import Ending, Kind, Mode, Phase, Player, Terms
from bot.domain.question import Topic
from bot.domain.relay import Turn
from bot.domain.round import Style
from bot.store.port import Store, Tx
from tests.store.engines import both
from tests.store.samples import (
    ANNA,
    BEN,
    CLEO,
    DAY,
    GUILD,
    HOUR,
    NOON,
    OTHER,
    a_game,
    a_reply,
    a_round,
    a_verdict,
    practice,
)


async def put(store: Store, *games, players=(ANNA, BEN)) -> None:
    async def work(tx: Tx) -> None:
        for game in games:
            assert await tx.games.insert(game)
            for user_id in players:
                await tx.games.seat(Player(game.id, user_id))

    await store.write(work)


async def test_a_game_is_kept_whole(store: Store):
    terms = Terms(
        Topic.TREES, 7, 180, Style.EXPLAIN, rated=False, mode=Mode.TEAMS, teams=3, penalty=True
    )
    game = a_game(terms=terms)
    await put(store, game)
    assert await store.read(lambda tx: tx.games.get(1)) == game
    assert await store.write(lambda tx: tx.games.insert(a_game(host_id=BEN))) is False
    moved = replace(
        game, channel_id=32, host_id=BEN, phase=Phase.OVER, due_at=None, round=3, message_id=9,
        page=3, token="t", token_until=NOON, revision=5, ending=Ending.PLAYED, ended_at=NOON + HOUR,
    )  # fmt: skip
    await store.write(lambda tx: tx.games.save(moved))
    assert await store.read(lambda tx: tx.games.get(1)) == moved
    assert await store.read(lambda tx: tx.games.get(2)) is None


async def test_what_is_due_comes_longest_overdue_first(store: Store):
    assert await store.read(lambda tx: tx.games.next_due_at()) is None
    late, early = a_game(1, due_at=NOON), a_game(2, due_at=NOON - HOUR)
    over = a_game(3, phase=Phase.OVER, due_at=None)
    await put(store, late, early, over, a_game(4, due_at=NOON + HOUR))
    assert await store.read(lambda tx: tx.games.due(NOON, 9)) == [early, late]
    assert await store.read(lambda tx: tx.games.due(NOON, 1)) == [early]
    assert await store.read(lambda tx: tx.games.next_due_at()) == NOON - HOUR
    assert await store.read(lambda tx: tx.games.running()) == [2, 1, 4]


async def test_seats_are_taken_once_and_given_up(store: Store):
    await put(store, a_game())
    gone = Player(1, BEN, 2, until=4, place=2, change=-30, team=3, joined=8, earned=70)
    await store.write(lambda tx: tx.games.seat(gone))
    assert await store.read(lambda tx: tx.games.players(1)) == [Player(1, ANNA), gone]
    assert await store.read(lambda tx: tx.games.player(1, BEN)) == gone
    assert await store.read(lambda tx: tx.games.player(1, CLEO)) is None


async def test_rounds_come_in_order_with_what_became_of_them(store: Store):
    await put(store, a_game())
    first, second = a_round(no=1), a_round(no=2)
    await store.write(both(lambda tx: tx.games.save_round(second),
                           lambda tx: tx.games.save_round(first)))  # fmt: skip
    closed = replace(first, asked_at=NOON, closed_at=NOON + HOUR, void=True)
    await store.write(lambda tx: tx.games.save_round(closed))
    assert await store.read(lambda tx: tx.games.rounds(1)) == [closed, second]
    assert await store.read(lambda tx: tx.games.round(1, 2)) == second
    assert await store.read(lambda tx: tx.games.round(1, 3)) is None


async def test_the_first_reply_of_a_person_is_the_one(store: Store):
    await put(store, a_game())
    reply = a_reply(5, verdict=a_verdict(), answer="because", picked=None, score=0.25)
    assert await store.write(lambda tx: tx.games.reply(reply)) is True
    assert await store.write(lambda tx: tx.games.reply(a_reply(6))) is False
    assert await store.write(lambda tx: tx.games.reply(a_reply(5, BEN))) is False, "a press twice"
    other = a_reply(4, BEN)
    assert await store.write(lambda tx: tx.games.reply(other)) is True
    assert await store.read(lambda tx: tx.games.replies(1)) == [reply, other]


async def test_a_round_waits_for_whoever_is_in_it_and_has_not_replied(store: Store):
    await put(store, a_game())
    await store.write(both(lambda tx: tx.games.seat(Player(1, CLEO, since=2)),
                           lambda tx: tx.games.reply(a_reply(5))))  # fmt: skip
    assert await store.read(lambda tx: tx.games.awaited(1, 1)) is True
    await store.write(lambda tx: tx.games.reply(a_reply(6, BEN)))
    assert await store.read(lambda tx: tx.games.awaited(1, 1)) is False
    assert await store.read(lambda tx: tx.games.awaited(1, 2)) is True
    for user_id in (ANNA, BEN, CLEO):
        await store.write(lambda tx, who=user_id: tx.games.seat(Player(1, who, until=1)))
    assert await store.read(lambda tx: tx.games.awaited(1, 2)) is False


async def test_a_round_of_a_relay_waits_for_those_whose_turn_it_is(store: Store):
    await put(store, a_game())
    turns = [Turn(1, 1, 1, BEN), Turn(1, 2, 1, ANNA)]
    await store.write(both(lambda tx: tx.relays.hand_out(turns),
                           lambda tx: tx.relays.hand_out([Turn(1, 1, 1, CLEO)])))  # fmt: skip
    assert await store.read(lambda tx: tx.relays.turns(1)) == turns, "nobody loses a turn"
    assert await store.read(lambda tx: tx.relays.turns_in(1, 2)) == turns[1:]
    assert await store.read(lambda tx: tx.games.awaited(1, 1)) is True
    await store.write(lambda tx: tx.games.reply(a_reply(5, BEN)))
    assert await store.read(lambda tx: tx.games.awaited(1, 1)) is False
    assert await store.read(lambda tx: tx.games.awaited(1, 2)) is True
    await store.write(lambda tx: tx.games.seat(Player(1, ANNA, until=2)))
    assert await store.read(lambda tx: tx.games.awaited(1, 2)) is False, "she has left"


async def test_how_many_are_in_each_team(store: Store):
    await put(store, a_game())
    await store.write(both(lambda tx: tx.games.seat(Player(1, BEN, team=2)),
                           lambda tx: tx.games.seat(Player(1, CLEO, team=2, until=1))))  # fmt: skip
    assert await store.read(lambda tx: tx.games.sizes(1)) == {0: 1, 2: 1}
    assert await store.read(lambda tx: tx.games.sizes(2)) == {}


async def test_the_game_that_is_open_in_a_channel(store: Store):
    over = a_game(1, kind=Kind.QUIZ, phase=Phase.OVER)  # nobody has seen that yet
    quiz, elsewhere = a_game(3, kind=Kind.QUIZ), a_game(4, kind=Kind.QUIZ, channel_id=32)
    await put(store, over, a_game(2), quiz, elsewhere)
    assert await store.read(lambda tx: tx.games.open_in(31, Kind.QUIZ)) == quiz
    assert await store.read(lambda tx: tx.games.open_in(33, Kind.QUIZ)) is None


async def test_replies_are_recorded_once_their_round_is_closed(store: Store):
    game = a_game()
    await put(store, game)
    await store.write(both(lambda tx: tx.games.save_round(a_round()),
                           lambda tx: tx.games.reply(a_reply(5))))  # fmt: skip
    assert await store.read(lambda tx: tx.games.unrecorded(9)) == []
    await store.write(lambda tx: tx.games.save_round(a_round(closed_at=NOON)))
    waiting = [(a_reply(5), game, "question-1")]
    assert await store.read(lambda tx: tx.games.unrecorded(9)) == waiting
    await store.write(lambda tx: tx.games.mark_recorded(5))
    assert await store.read(lambda tx: tx.games.unrecorded(9)) == []


async def test_a_game_that_ends_within_a_round_leaves_no_reply_behind(store: Store):
    await put(store, a_game(phase=Phase.OVER, due_at=None))
    await store.write(both(lambda tx: tx.games.save_round(a_round()),
                           lambda tx: tx.games.reply(a_reply(5))))  # fmt: skip
    assert len(await store.read(lambda tx: tx.games.unrecorded(9))) == 1


async def test_the_games_of_a_person_in_a_guild(store: Store):
    await put(store, a_game(1), a_game(2), a_game(3, guild_id=OTHER))
    await put(store, a_game(4, kind=Kind.QUIZ), a_game(5))
    await put(store, a_game(6), players=(BEN, CLEO))
    latest = await store.read(lambda tx: tx.games.latest(ANNA, GUILD, Kind.DUEL, 2))
    assert [game.id for game in latest] == [5, 2]


async def test_rated_duels_of_two_people_since_then(store: Store):
    await put(
        store,
        a_game(1),
        a_game(2, ending=Ending.PLAYED, phase=Phase.OVER, due_at=None),
        a_game(3, ending=Ending.DECLINED, phase=Phase.OVER, due_at=None),
        a_game(4, terms=Terms(rated=False)),
        a_game(5, made_at=NOON - DAY),
        a_game(6, guild_id=OTHER),
    )
    await put(store, a_game(7), players=(ANNA, CLEO))
    since = NOON - HOUR
    assert await store.read(lambda tx: tx.games.rated_between(GUILD, BEN, ANNA, since)) == 2


async def test_questions_that_anybody_has_seen(store: Store):
    await put(store, a_game(1), a_game(2, made_at=NOON - 2 * DAY))
    await store.write(
        both(
            lambda tx: tx.games.save_round(a_round(1)),
            lambda tx: tx.games.save_round(a_round(2, question_id="old")),
            lambda tx: tx.attempts.insert(practice(8, CLEO, question_id="leak")),
            lambda tx: tx.attempts.insert(practice(9, CLEO, question_id="was", at=NOON - DAY)),
        )
    )
    since = NOON - HOUR
    assert await store.read(lambda tx: tx.games.seen([BEN], since)) == {"question-1"}
    both_of_them = await store.read(lambda tx: tx.games.seen([ANNA, CLEO], since))
    assert both_of_them == {"question-1", "leak"}


async def test_a_purged_guild_takes_its_games_along(store: Store):
    await put(store, a_game())
    await store.write(both(lambda tx: tx.games.save_round(a_round()),
                           lambda tx: tx.relays.hand_out([Turn(1, 1, 1, ANNA)]),
                           lambda tx: tx.games.reply(a_reply(5))))  # fmt: skip
    await store.write(lambda tx: tx.guilds.purge(GUILD))
    assert await store.read(lambda tx: tx.games.rounds(1)) == []
    assert await store.read(lambda tx: tx.games.replies(1)) == []
    assert await store.read(lambda tx: tx.games.players(1)) == []
    assert await store.read(lambda tx: tx.relays.turns(1)) == []
