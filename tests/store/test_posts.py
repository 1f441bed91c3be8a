from dataclasses import replace

import pytest

from bot.domain.post import Post, PostState
from bot.store.port import Store, Tx
from tests.store.samples import DAY, GUILD, HOUR, MONDAY, NOON, OTHER, a_post

FULL = a_post(
    state=PostState.CLOSED,
    sending_at=NOON,
    tries=2,
    message_id=1 << 62,
    posted_at=NOON + HOUR,
    closed_at=NOON + DAY,
    finished=True,
    thread_id=1 << 61,
    trouble="slow",
    answered=3,
    score_sum=1.75,
)


async def put(store: Store, *posts: Post) -> None:
    async def work(tx: Tx) -> None:
        for post in posts:
            assert await tx.posts.insert(post)

    await store.write(work)


@pytest.mark.parametrize("post", [a_post(), FULL])
async def test_a_post_comes_back_as_it_was_added(store: Store, post: Post):
    assert await store.read(lambda tx: tx.posts.get(post.id)) is None
    await put(store, post)
    assert await store.read(lambda tx: tx.posts.get(post.id)) == post


async def test_a_guild_has_one_post_a_date_and_the_first_stays(store: Store):
    first = a_post(question_id="first")
    await put(store, first, a_post(guild_id=OTHER), a_post(MONDAY + DAY))
    second = replace(first, id="another", question_id="second")
    for again in (second, replace(second, id=first.id)):
        assert await store.write(lambda tx, again=again: tx.posts.insert(again)) is False
    assert await store.read(lambda tx: tx.posts.get(first.id)) == first


async def test_save_stores_everything_but_the_counters(store: Store):
    await put(store, a_post())
    await store.write(lambda tx: tx.posts.save(FULL))
    assert await store.read(lambda tx: tx.posts.get(FULL.id)) == replace(
        FULL, answered=0, score_sum=0
    )


async def test_tally_adds_to_the_counters_and_a_save_beside_it_takes_nothing_away(store: Store):
    await put(store, a_post(), a_post(guild_id=OTHER))

    async def work(tx: Tx) -> Post | None:
        stale = await tx.posts.get(a_post().id)
        assert stale
        await tx.posts.tally(stale.id, 1, 0.75)
        await tx.posts.tally(stale.id, 1, 0.3)
        await tx.posts.tally(stale.id, 0, -0.05)
        await tx.posts.save(replace(stale, tries=1))
        return await tx.posts.get(stale.id)

    after = await store.write(work)
    assert after
    assert (after.answered, after.score_sum, after.tries) == (2, 1.0, 1)
    other = await store.read(lambda tx: tx.posts.latest(OTHER))
    assert other
    assert other.answered == 0


async def test_unfinished_posts_come_oldest_first(store: Store):
    states = [
        (PostState.SENDING, False), (PostState.CLAIMED, False), (PostState.SENT, False),
        (PostState.SENT, True), (PostState.CLOSED, False), (PostState.FAILED, False),
        (PostState.SKIPPED, False),
    ]  # fmt: skip
    posts = [
        a_post(MONDAY - n * DAY, state=state, finished=finished)
        for n, (state, finished) in enumerate(states)
    ]
    await put(store, *posts)
    assert await store.read(lambda tx: tx.posts.unfinished(9)) == posts[2::-1]
    assert await store.read(lambda tx: tx.posts.unfinished(1)) == [posts[2]]


async def test_current_latest_and_before(store: Store):
    states = [PostState.CLOSED, PostState.SKIPPED, PostState.SENT, PostState.FAILED]
    closed, skipped, sent, failed = posts = [
        a_post(MONDAY + n * DAY, state=state) for n, state in enumerate(states)
    ]
    for query in (
        lambda tx: tx.posts.current(GUILD),
        lambda tx: tx.posts.latest(GUILD),
        lambda tx: tx.posts.before(failed),
    ):
        assert await store.read(query) is None
    await put(store, *posts, a_post(guild_id=OTHER, state=PostState.SENT))
    assert await store.read(lambda tx: tx.posts.current(GUILD)) == sent
    assert await store.read(lambda tx: tx.posts.latest(GUILD)) == failed
    assert await store.read(lambda tx: tx.posts.before(failed)) == sent
    assert await store.read(lambda tx: tx.posts.before(sent)) == closed
    assert await store.read(lambda tx: tx.posts.before(skipped)) == closed
    assert await store.read(lambda tx: tx.posts.before(closed)) is None


async def test_asked_lists_what_reached_the_guild_the_latest_last(store: Store):
    states = list(PostState)
    posts = [a_post(MONDAY - n * DAY, state=state) for n, state in enumerate(states)]
    await put(store, *posts, a_post(guild_id=OTHER, state=PostState.SENT))
    reached = [p.question_id for p in posts if p.state in {PostState.SENT, PostState.CLOSED}]
    assert await store.read(lambda tx: tx.posts.asked(GUILD)) == reached[::-1]


async def test_due_between_takes_the_start_and_leaves_the_end(store: Store):
    posts = [a_post(MONDAY + n * DAY) for n in range(4)]
    other = a_post(MONDAY + DAY, guild_id=OTHER, due_at=NOON + DAY + HOUR)
    await put(store, *posts, other, a_post(MONDAY + DAY, guild_id=5))

    async def between(*guilds: int) -> list[Post]:
        return await store.read(lambda tx: tx.posts.due_between(guilds, NOON + DAY, NOON + 3 * DAY))

    assert await between() == []
    assert await between(GUILD) == posts[1:3]
    assert await between(GUILD, OTHER, 99) == [posts[1], other, posts[2]]
