"""What a week's first question brings along."""

from datetime import date

from bot.domain.post import Post
from bot.domain.sharing import Sharing
from bot.services.weekly import Weekly
from bot.store.port import Tx
from bot.ui.weekly import weekly_text
from tests.services.world import ANNA, BEN, GUILD, World, at
from tests.store.samples import an_attempt
from tests.store.test_league import over

CLEO = 14 << 55


async def weeks(world: World, *, weekly: bool, days: int = 15) -> list[Post]:
    """Two weeks and a Monday, or less; Anna gets better, Ben worse, and Cleo comes once."""
    await world.set_up(weekly=weekly)
    posts: list[Post] = []
    for day in range(days):
        posts += await world.tick(at(day, 9))

    async def work(tx: Tx) -> None:
        scores = {ANNA: (0.25, 0.75), BEN: (0.75, 0.5), CLEO: (None, 1.0)}
        for n, (user_id, by_week) in enumerate(scores.items()):
            for number, post in enumerate(posts[:14]):
                score = by_week[number // 7]
                if score is None or (user_id == CLEO and number != 10):
                    continue
                if number == 8:
                    score = 0.25
                attempt = an_attempt(
                    100 * n + number, user_id, guild_id=GUILD, post_id=post.id, score=score,
                    points=round(100 * score), at=at(number, 10),
                )  # fmt: skip
                await tx.attempts.insert(attempt)
                await tx.rollups.add(attempt, f"2026-W{48 + number // 7}")
                await tx.posts.tally(post.id, 1, score)
        for post in posts[8:9]:
            await tx.posts.tally(post.id, 1, 0.25)

    await world.store.write(work)
    return posts


async def test_the_first_question_of_a_week_brings_the_last_week_along(world: World) -> None:
    posts = await weeks(world, weekly=True)
    found = await world.services.posting.weekly(posts[-1], at(14, 9))
    assert found is not None
    assert (found.people, found.leaders) == (3, ((ANNA, 475), (BEN, 325), (CLEO, 100)))
    assert found.improved is not None
    assert found.improved[0] == ANNA
    assert round(found.improved[1], 2) == 0.43
    assert found.hardest is not None
    assert (found.hardest.mean, found.hardest.answered) == (0.25, 3)
    assert found.longest == ()
    text = weekly_text(found)
    assert f"Improved most: <@{ANNA}>, 43 of 100 more than the week before" in text
    assert "25 of 100 over 3 answers" in text
    for post in posts[:-1]:
        mid_week = post.day.weekday() != 0 or post is posts[0]
        assert (await world.services.posting.weekly(post, at(14, 9)) is None) == mid_week


async def test_nobody_gets_a_recap_who_did_not_ask_for_it(world: World) -> None:
    posts = await weeks(world, weekly=False)
    assert await world.services.posting.weekly(posts[-1], at(14, 9)) is None


async def test_a_week_in_which_nobody_answered_has_none(world: World) -> None:
    await world.set_up(weekly=True)
    posts = [post for day in range(8) for post in await world.tick(at(day, 9))]
    assert await world.services.posting.weekly(posts[-1], at(7, 9)) is None


async def test_it_says_only_what_happened() -> None:
    assert weekly_text(Weekly(1, (), None, None)) == "**Last week** · 1 person answered"
    long_ago = weekly_text(Weekly(1, (), None, None, since=date(2026, 11, 23)))
    assert long_ago == "**The week of Monday 23 November** · 1 person answered"


async def test_after_a_pause_it_names_the_week(world: World) -> None:
    await weeks(world, weekly=True, days=14)
    (post,) = await world.tick(at(28, 9))
    found = await world.services.posting.weekly(post, at(28, 9))
    assert found is not None
    assert found.since == date(2026, 11, 30)


async def test_it_tells_who_won_the_league_but_nobody_who_is_left_out(world: World) -> None:
    posts = await weeks(world, weekly=True)
    monday = date(2026, 11, 30)
    await world.store.write(lambda tx: over(tx, 1, monday, {ANNA: 90, BEN: 200, CLEO: 40}))

    async def told() -> str:
        found = await world.services.posting.weekly(posts[-1], at(14, 9))
        assert found is not None
        return weekly_text(found).splitlines()[-1]

    won = "won the third division with 200 points; up a division"
    assert await told() == f"Quiz league: <@{BEN}> {won}: <@{BEN}>"
    await world.store.write(lambda tx: tx.sharings.save(Sharing(BEN, on_boards=False)))
    assert await told() == f"Quiz league: <@{ANNA}> won the third division with 90 points"
