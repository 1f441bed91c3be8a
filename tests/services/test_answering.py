"""An answer and everything it moves: points, late ones, practice, and the same press twice."""

import pytest

from bot.domain.attempt import Mode, Origin
from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.post import post_id
from bot.domain.verdict import State
from bot.services.answering import Press
from tests.services.world import ANNA, BEN, GUILD, MONDAY, OTHER, SURE, WRONG, World, at

SECONDS = 5


async def points(world: World, user_id: int = ANNA) -> int:
    member = await world.store.read(lambda tx: tx.rollups.member(GUILD, user_id))
    return member.points if member else 0


async def test_an_answer_on_time_is_worth_its_score(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    outcome = await world.answer(ANNA, at(0, 12))
    attempt = outcome.attempt
    assert attempt.verdict is not None
    assert [p.state for p in attempt.verdict.points] == [
        State.COVERED, State.MISSING, State.MISSING,
    ]  # fmt: skip
    assert (attempt.score, attempt.points, attempt.late) == (0.25, 25, False)
    assert (attempt.scored, attempt.origin, attempt.mode) == (True, Origin.POST, Mode.OPEN)
    assert (attempt.answer, attempt.confidence) == (SURE, 0.8)
    assert outcome.calibration is not None
    assert outcome.calibration.brier == pytest.approx(0.55**2)
    assert await points(world) == 25


@pytest.mark.parametrize(
    ("day", "hour", "late", "worth"), [(0, 12, False, 50), (1, 2, False, 50), (1, 3, True, 25)]
)
async def test_points_are_halved_once_the_posts_day_is_over(
    world: World, day: int, hour: int, late: bool, worth: int
) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    attempt = (await world.pick(ANNA, at(day, hour))).attempt
    assert (attempt.score, attempt.late, attempt.points) == (1.0, late, worth)
    assert await points(world) == worth
    post = await world.post(GUILD, MONDAY)
    assert (post.answered, post.score_sum) == (1, 1.0), "the score itself is never halved"


async def test_who_was_writing_when_the_next_question_came_is_late(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await world.tick(at(1, 9))
    attempt = (await world.pick(ANNA, at(1, 9, 15), day=0)).attempt
    assert (attempt.scored, attempt.late, attempt.points) == (True, True, 25)


async def test_an_answer_to_a_closed_question_is_practice(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await world.tick(at(1, 9))
    attempt = (await world.pick(ANNA, at(1, 9, 15, 1), day=0)).attempt
    assert (attempt.scored, attempt.origin, attempt.points) == (False, Origin.PRACTICE, 0)
    assert (await world.post(GUILD, MONDAY)).answered == 0
    assert await points(world) == 0
    assert (await world.pick(ANNA, at(1, 12))).attempt.points == 50, "today's is still open"


async def test_only_the_first_answer_counts_and_the_others_are_practice(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    first = await world.pick(ANNA, at(0, 12), picked=WRONG)
    second = await world.answer(ANNA, at(1, 8))
    assert (first.attempt.scored, first.attempt.points) == (True, 0)
    assert (second.attempt.scored, second.attempt.points, second.attempt.late) == (False, 0, False)
    assert (second.attempt.score, second.attempt.origin) == (0.25, Origin.PRACTICE)
    post = await world.post(GUILD, MONDAY)
    assert (post.answered, post.score_sum) == (1, 0.0)
    scored = await world.services.answering.scored(post.id, ANNA)
    assert scored == first.attempt


async def test_everybody_has_a_first_answer(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await world.pick(ANNA, at(0, 12))
    await world.answer(BEN, at(0, 12))
    post = await world.post(GUILD, MONDAY)
    assert (post.answered, post.score_sum) == (2, 1.25)
    assert (await points(world), await points(world, BEN)) == (50, 25)


async def test_a_press_that_arrives_twice_is_recorded_once(world: World) -> None:
    answering = world.services.answering
    await world.set_up()
    await world.tick(at(0, 9))
    asked = await answering.today(ANNA, GUILD)
    press = Press(99, ANNA, GUILD, at(0, 12))
    await answering.answer(asked, press, SURE, None)
    with pytest.raises(AlreadyDone, match="recorded already"):
        await answering.answer(asked, press, SURE, None)
    assert (await world.post(GUILD, MONDAY)).answered == 1
    assert (await world.sums(ANNA))[ANNA]["topic_stat"][0]["answered"] == 1


async def test_two_picks_at_once_are_one_and_a_later_one_is_practice(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    first = (await world.pick(ANNA, at(0, 12))).attempt
    with pytest.raises(AlreadyDone, match="that one counts"):
        await world.pick(ANNA, at(0, 12, 0, SECONDS - 1), picked=WRONG)
    again = (await world.pick(ANNA, at(0, 12, 0, SECONDS), picked=WRONG)).attempt
    assert (first.points, again.scored, again.points) == (50, False, 0)
    assert await points(world) == 50


@pytest.mark.parametrize("text", ["", " \n", "…?!", "👍"])
async def test_what_has_no_words_is_no_answer(world: World, text: str) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    with pytest.raises(Invalid, match="no words"):
        await world.answer(ANNA, at(0, 12), text)
    assert (await world.post(GUILD, MONDAY)).answered == 0


async def test_a_button_of_another_server_or_of_no_post_is_refused(world: World) -> None:
    answering = world.services.answering
    await world.set_up()
    (post,) = await world.tick(at(0, 9))
    assert (await answering.asked(post.id, ANNA, GUILD)).post == post
    assert (await answering.asked(post.id, ANNA, None)).post == post, "a message may be forwarded"
    with pytest.raises(NotFound, match="another server"):
        await answering.asked(post.id, ANNA, OTHER)
    with pytest.raises(NotFound, match="any more"):
        await answering.asked(post_id(OTHER, MONDAY), ANNA, OTHER)


async def test_in_direct_messages_the_newest_question_of_ones_groups_is_todays(
    world: World,
) -> None:
    today = world.services.answering.today
    await world.set_up(GUILD)
    await world.set_up(OTHER, minute=600)
    await world.tick(at(0, 10))
    with pytest.raises(NotFound, match="where you have answered one"):
        await today(ANNA, None)
    await world.pick(ANNA, at(0, 12), guild_id=GUILD)
    assert (await today(ANNA, None)).post.guild_id == GUILD
    await world.pick(ANNA, at(0, 13), guild_id=OTHER)
    assert (await today(ANNA, None)).post.guild_id == OTHER


async def test_before_the_first_question_nothing_is_open(world: World) -> None:
    await world.set_up()
    with pytest.raises(NotFound, match="No question is open here"):
        await world.services.answering.today(ANNA, GUILD)


async def test_an_earlier_answer_is_shown_to_its_author_alone(world: World) -> None:
    outcome_of = world.services.answering.outcome
    await world.set_up()
    await world.tick(at(0, 9))
    attempt = (await world.answer(ANNA, at(0, 12))).attempt
    assert (await outcome_of(attempt.id, ANNA)).attempt == attempt
    with pytest.raises(NotFound):
        await outcome_of(attempt.id, BEN)
