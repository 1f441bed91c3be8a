from dataclasses import replace
from typing import Any

from bot.domain.person import Member
from bot.domain.sharing import Sharing
from bot.domain.streak import Streak
from bot.store.port import Store, Tx
from tests.store.engines import Engine
from tests.store.samples import (
    ANNA,
    BEN,
    CLEO,
    GUILD,
    HOUR,
    NOON,
    OTHER,
    WEEK,
    an_attempt,
    practice,
)

NEXT_WEEK = "2026-W11"


async def record(store: Store, attempt: Any, week: str = WEEK) -> None:
    async def work(tx: Tx) -> None:
        assert await tx.attempts.insert(attempt)
        await tx.rollups.add(attempt, week)

    await store.write(work)


async def sums(store: Store, table: str, *columns: str, user_id: int = ANNA) -> list[list[Any]]:
    held = await store.read(lambda tx: tx.persons.export(user_id))
    return sorted([row[column] for column in columns] for row in held[table])


async def test_scored_attempts_count_for_the_member_the_week_and_all_time(store: Store):
    await record(store, an_attempt(1, points=50, score=0.5))
    await record(
        store, an_attempt(2, post_id="b", points=20, score=0.25, at=NOON - HOUR), NEXT_WEEK
    )
    await record(store, an_attempt(3, post_id="c", guild_id=OTHER, points=9, score=1.0))
    await record(store, an_attempt(4, BEN))
    assert await store.read(lambda tx: tx.rollups.member(GUILD, ANNA)) == Member(
        GUILD, ANNA, answered=2, score_sum=0.75, points=70, last_at=NOON
    )
    assert await store.read(lambda tx: tx.rollups.member(GUILD, CLEO)) is None
    assert await sums(store, "period_score", "guild_id", "period", "answered", "points") == [
        [GUILD, "2026-S1", 2, 70], [GUILD, WEEK, 1, 50], [GUILD, NEXT_WEEK, 1, 20],
        [GUILD, "all", 2, 70], [GUILD, "all/evaluation", 2, 70],
        [OTHER, "2026-S1", 1, 9], [OTHER, WEEK, 1, 9],
        [OTHER, "all", 1, 9], [OTHER, "all/evaluation", 1, 9],
    ]  # fmt: skip
    assert await store.read(lambda tx: tx.rollups.guilds_of(ANNA)) == [GUILD, OTHER]
    assert await store.read(lambda tx: tx.rollups.guilds_of(CLEO)) == []


async def test_practice_counts_for_topics_and_cards_only(store: Store):
    await record(store, practice(1, score=0.25))
    await record(store, an_attempt(2, guild_id=None, topic="coding", question_id="loop"))
    await record(store, practice(3, score=1.0, at=NOON + HOUR))
    assert await sums(store, "member", "guild_id") == []
    assert await sums(store, "period_score", "period") == []
    assert await sums(store, "topic_stat", "topic", "answered", "score_sum") == [
        ["coding", 1, 0.5], ["evaluation", 2, 1.25],
    ]  # fmt: skip
    assert await sums(store, "card", "question_id", "reviews", "lapses") == [
        ["leak", 2, 0], ["loop", 1, 0],
    ]  # fmt: skip


async def test_a_shift_moves_every_sum_where_it_was_counted(store: Store):
    attempt = an_attempt(1, score=0.5, points=50)
    await record(store, attempt)
    await record(store, an_attempt(2, post_id="b", score=0.5, points=50), NEXT_WEEK)
    # By now the guild lives in another zone, where the answer would have been next week's.
    await store.write(lambda tx: tx.rollups.shift(attempt, NEXT_WEEK, 0.25, 25))
    member = await store.read(lambda tx: tx.rollups.member(GUILD, ANNA))
    assert member
    assert (member.answered, member.score_sum, member.points) == (2, 1.25, 125)
    assert await sums(store, "period_score", "period", "answered", "score_sum", "points") == [
        ["2026-S1", 2, 1.25, 125], [WEEK, 1, 0.75, 75], [NEXT_WEEK, 1, 0.5, 50],
        ["all", 2, 1.25, 125], ["all/evaluation", 2, 1.25, 125],
    ]  # fmt: skip
    assert await sums(store, "topic_stat", "answered", "score_sum") == [[2, 1.25]]


async def test_a_shift_of_practice_moves_topics_only(store: Store):
    await record(store, an_attempt(1, score=0.5, points=50))
    await record(store, practice(2, score=0.5))
    await store.write(lambda tx: tx.rollups.shift(practice(2), WEEK, -0.5, 0))
    assert await sums(store, "member", "score_sum", "points") == [[0.5, 50]]
    assert await sums(store, "topic_stat", "answered", "score_sum") == [[2, 0.5]]


async def test_the_longest_streaks_of_a_guild(store: Store):
    runs = {ANNA: Streak(3, 3), BEN: Streak(5, 5), CLEO: Streak(3, 8), 4: Streak(0, 9)}
    for n, (user_id, streak) in enumerate(runs.items()):
        await record(store, an_attempt(n, user_id))
        await store.write(lambda tx, u=user_id, s=streak: tx.streaks.save(u, s))
    await store.write(lambda tx: tx.streaks.save(99, Streak(50, 50)))  # studies elsewhere
    await record(store, an_attempt(9, 5))  # has no streak yet
    longest = await store.read(lambda tx: tx.rollups.longest_streaks(GUILD, 9))
    assert longest == [(BEN, runs[BEN]), (CLEO, runs[CLEO]), (ANNA, runs[ANNA])]
    assert await store.read(lambda tx: tx.rollups.longest_streaks(GUILD, 1)) == longest[:1]
    assert await store.read(lambda tx: tx.rollups.longest_streaks(OTHER, 9)) == []
    await store.write(lambda tx: tx.sharings.save(Sharing(BEN, on_boards=False)))
    assert await store.read(lambda tx: tx.rollups.longest_streaks(GUILD, 9)) == longest[1:]


async def test_an_answer_that_was_graded_slowly_is_folded_in_where_it_was_given(engine: Engine):
    first, second = practice(1, score=0.0), practice(2, score=1.0, at=NOON + 50 * HOUR)
    same = practice(3, score=0.6, at=first.at)
    store = engine.store()
    await store.open()
    for attempt in (second, first, same):
        await record(store, attempt)
    live = await sums(store, "card", "stability", "difficulty", "due_at", "last_at", "reviews")
    await store.rebuild()
    rebuilt = await sums(store, "card", "stability", "difficulty", "due_at", "last_at", "reviews")
    await store.close()
    assert live == rebuilt
    assert live[0][3:] == [second.at.isoformat(), 3]


async def test_a_rebuild_repairs_what_was_wrong(engine: Engine):
    store = engine.store()
    await store.open()
    attempt = an_attempt(1)
    await record(store, attempt)
    before = await store.read(lambda tx: tx.persons.export(ANNA))
    await store.write(lambda tx: tx.rollups.add(replace(attempt, question_id="new"), WEEK))
    assert await store.read(lambda tx: tx.persons.export(ANNA)) != before
    await store.rebuild()
    assert await store.read(lambda tx: tx.persons.export(ANNA)) == before
    await store.close()
