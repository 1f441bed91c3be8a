"""Drills and reviews on a real store: what is asked, what counts, what is left out."""

import asyncio
from dataclasses import replace

import pytest

from bot.assessors.rubric import RubricAssessor
from bot.domain.attempt import Mode
from bot.domain.bank import Bank
from bot.domain.drill import Style, Wanted
from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.question import Topic
from bot.services import Services
from bot.services.answering import Press
from bot.services.drill import Sight
from bot.services.editors import Caller
from bot.services.steps import Marked
from tests.domain.questions import make_choice
from tests.services.world import (
    ANNA,
    BANK,
    BEN,
    GUILD,
    MODERATOR,
    OTHER,
    RIGHT,
    SURE,
    WRONG,
    World,
    at,
)
from tests.store.samples import an_own


def press(world: World, user_id: int = ANNA, *, day: int = 0, minute: int = 0) -> Press:
    return world.press(user_id, GUILD, at(day, 10, minute))


async def begun(world: World, wanted: Wanted | None = None, user_id: int = ANNA) -> Sight:
    return await world.services.drilling.begin(wanted or Wanted(), press(world, user_id))


async def picked(world: World, sight: Sight, option: int = RIGHT, day: int = 0) -> Marked:
    return await world.services.steps.choose(
        sight.drill.id, sight.drill.no, option, None, press(world, day=day)
    )


async def test_five_drilled_questions_are_a_study_day(world: World):
    sight = await begun(world)
    for _ in range(5):
        await picked(world, sight, WRONG if sight.drill.no < 2 else RIGHT)
        sight = await world.services.drilling.look(sight.drill.id, press(world))
    assert (sight.question, len(sight.drill.done)) == (None, 5)
    assert (await world.streak(ANNA, at(0, 12))).length == 1
    assert await world.ledger(ANNA)
    assert len(sight.missed) == 2


async def test_the_question_of_the_day_is_left_out_until_it_is_answered(world: World):
    await world.set_up()
    await world.tick(at(0, 9))
    today = (await world.services.answering.today(ANNA, GUILD)).question.id
    drilling = world.services.drilling
    assert await drilling.fitting([Wanted()], press(world)) == [2]
    sight = await begun(world)
    assert today not in {step.question_id for step in sight.drill.steps}
    await world.pick(ANNA, at(0, 11))
    assert await drilling.fitting([Wanted()], press(world)) == [3]


async def test_one_press_counts_once_also_when_two_come_together(world: World):
    sight = await begun(world)
    drilling, one, two = world.services.drilling, press(world), press(world)
    first, second = await asyncio.gather(
        *(world.services.steps.choose(sight.drill.id, 0, RIGHT, None, p) for p in (one, two))
    )
    assert first == second
    assert len((await world.services.privacy.export(ANNA))["attempt"]) == 1
    again = await drilling.begin(Wanted(), replace(one, id=sight.drill.id))
    assert again.drill.id == sight.drill.id


async def test_a_new_drill_stops_the_one_before(world: World):
    first = await begun(world)
    await picked(world, first)
    second = await begun(world, Wanted(count=1))
    left = await world.services.drilling.resume(press(world))
    assert left is not None
    assert left.drill.id == second.drill.id
    with pytest.raises(AlreadyDone, match="what you did counts"):
        await world.services.steps.choose(first.drill.id, 1, RIGHT, None, press(world))


async def test_it_is_nobody_elses(world: World):
    sight = await begun(world)
    drilling, other = world.services.drilling, press(world, BEN)
    for refused in (
        drilling.look(sight.drill.id, other),
        drilling.stop(sight.drill.id, other),
        world.services.steps.choose(sight.drill.id, 0, RIGHT, None, other),
        world.services.steps.question(sight.drill.id, 0, other),
        world.services.steps.write(sight.drill.id, 0, SURE, None, other),
    ):
        with pytest.raises(NotAllowed, match="somebody else's"):
            await refused
    with pytest.raises(NotFound, match="not here any more"):
        await drilling.look(999, other)


async def test_what_makes_no_sense_is_refused(world: World):
    sight = await begun(world, Wanted(style=Style.EXPLAIN))
    steps = world.services.steps
    with pytest.raises(Invalid, match="no words"):
        await steps.write(sight.drill.id, 0, " … ", None, press(world))
    with pytest.raises(NotFound, match="option"):
        await steps.choose(sight.drill.id, 0, 4, None, press(world))
    with pytest.raises(AlreadyDone, match="answered that one"):
        await steps.question(sight.drill.id, 2, press(world))


async def test_words_are_assessed_and_remembered(world: World):
    sight = await begun(world, Wanted(style=Style.EXPLAIN))
    steps = world.services.steps
    marked = await steps.write(sight.drill.id, 0, SURE, 0.8, press(world))
    assert marked.attempt.mode is Mode.OPEN
    assert marked.attempt.verdict is not None
    assert marked.attempt.score == marked.done.score == 0.25
    assert not marked.done.right
    again = await steps.write(sight.drill.id, 0, SURE, 0.8, press(world))
    assert again.attempt == marked.attempt
    with pytest.raises(AlreadyDone, match="the first answer counts"):
        await steps.write(sight.drill.id, 0, "Something else.", None, press(world))


async def test_a_question_that_is_retired_meanwhile_is_passed_over(world: World):
    sight = await begun(world)
    await picked(world, sight)
    gone = sight.drill.steps[1].question_id
    bank = Bank.of(q for q in BANK if q.id != gone)
    world.services = Services.over(world.store, bank, RubricAssessor())
    with pytest.raises(NotFound, match="`/drill` goes on"):
        await world.services.steps.choose(sight.drill.id, 1, RIGHT, None, press(world))
    sight = await world.services.drilling.look(sight.drill.id, press(world))
    assert sight.question is not None
    assert sight.question.id == sight.drill.steps[1].question_id != gone
    await picked(world, sight)
    sight = await world.services.drilling.look(sight.drill.id, press(world))
    assert (sight.question, len(sight.drill.done)) == (None, 2)


async def test_a_question_that_is_asked_of_all_meanwhile_is_passed_over(world: World):
    sight = await begun(world)
    await world.set_up(now=at(0, 8))
    await world.tick(at(0, 9))
    today = (await world.services.answering.today(ANNA, GUILD)).question.id
    before = [step.question_id for step in sight.drill.steps].index(today)
    choose = world.services.steps.choose
    for no in range(before):
        await choose(sight.drill.id, no, RIGHT, None, press(world))
    with pytest.raises(NotFound, match="as a question of the day"):
        await choose(sight.drill.id, before, RIGHT, None, press(world))
    sight = await world.services.drilling.look(sight.drill.id, press(world))
    assert today not in {step.question_id for step in sight.drill.steps}


async def test_a_servers_own_question_is_asked_there_alone(world: World):
    own = an_own("own-1", GUILD, question=make_choice("own-1"))
    await world.store.write(lambda tx: tx.owns.save(own))
    drilling = world.services.drilling
    assert await drilling.fitting([Wanted()], press(world)) == [4]
    assert await drilling.fitting([Wanted()], world.press(ANNA, OTHER, at(0, 10))) == [3]
    assert await drilling.fitting([Wanted()], world.press(ANNA, None, at(0, 10))) == [3]
    sight = await begun(world)
    while sight.question is not None:
        elsewhere = world.press(ANNA, None, at(0, 10))
        await world.services.steps.choose(sight.drill.id, sight.drill.no, RIGHT, None, elsewhere)
        sight = await drilling.look(sight.drill.id, elsewhere)
    assert len(sight.drill.done) == 4, "a drill begun in the server goes on anywhere"
    dues = world.services.dues
    assert len((await dues.of(ANNA, GUILD, at(9, 10))).questions) == 4
    assert len((await dues.of(ANNA, None, at(9, 10))).questions) == 3


async def test_a_review_asks_what_is_due_until_the_study_day_ends(world: World):
    drilling = world.services.drilling
    with pytest.raises(NotFound, match="nothing to review yet"):
        await drilling.review(press(world), 20)
    sight = await begun(world, Wanted(count=1))
    await picked(world, sight, WRONG)
    with pytest.raises(NotFound, match="Nothing is due just now"):
        await drilling.review(press(world), 20)
    early = world.press(ANNA, GUILD, at(1, 3))
    review = await drilling.review(early, 20)
    assert [s.question_id for s in review.drill.steps] == [sight.drill.steps[0].question_id]
    assert (await drilling.review(early, 20)).drill == review.drill, "taken up again"
    await picked(world, review, day=1)
    with pytest.raises(AlreadyDone, match="`/review` starts another"):
        await world.services.steps.question(review.drill.id, 1, press(world, day=1))
    done = await drilling.look(review.drill.id, press(world, day=1))
    assert (done.question, done.due) == (None, 0)
    assert done.next_due_at is not None
    assert await drilling.resume(press(world, day=1)) is not None, "the drill is still there"


async def test_a_servers_own_question_is_asked_no_more_once_it_is_retired(world: World):
    own = an_own("own-1", GUILD, question=make_choice("own-1", topic="trees"))
    await world.store.write(lambda tx: tx.owns.save(own))
    sight = await begun(world, Wanted(topic=Topic.TREES))
    await picked(world, sight, WRONG)
    assert len(await world.services.export.missed(ANNA)) == 1
    owner = Caller(GUILD, MODERATOR, is_owner=True)
    await world.services.reviewing.retire(owner, "own-1", at(0, 11))
    over = await world.services.drilling.look(sight.drill.id, press(world))
    assert over.question is None, "it does not come back"
    assert [question.id for question in over.missed] == ["own-1"]
    assert (await world.services.dues.of(ANNA, GUILD, at(9, 10))).questions == ()
    with pytest.raises(NotFound, match="Nothing to put on cards"):
        await world.services.export.missed(ANNA)
