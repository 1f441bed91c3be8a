"""*I disagree*: what an accepted claim moves, and that a rebuild would say the same."""

from typing import Any

import pytest

from bot.domain.attempt import ClaimState
from bot.domain.bank import Bank
from bot.domain.errors import AlreadyDone, Invalid, NotFound
from bot.domain.verdict import State
from bot.services.claims import Claims
from tests.domain.questions import make_point, make_question
from tests.services.world import ANNA, BEN, GUILD, MODERATOR, MONDAY, OTHER, World, at

REASON = "I said that it costs recall."


async def claimed(world: World, point_id: str, now: Any, *, by: int = ANNA) -> int:
    """Somebody answers and claims a key point; the id of the attempt."""
    attempt = (await world.answer(by, now)).attempt
    await world.services.claims.claim(attempt.id, by, point_id, REASON, now)
    return attempt.id


async def decide(world: World, attempt_id: int, point_id: str, *, accept: bool = True) -> Any:
    return await world.services.claims.decide(
        GUILD, attempt_id, point_id, MODERATOR, at(3, 12), accept=accept
    )


async def rebuilt_says_the_same(world: World) -> bool:
    before = await world.sums(ANNA, BEN)
    await world.store.rebuild()
    assert await world.sums(ANNA, BEN) == before
    return any(before[ANNA].values())


@pytest.mark.parametrize(("day", "before", "after"), [(0, 25, 75), (1, 12, 38)])
async def test_an_accepted_claim_gives_the_point_its_share_of_score_and_points(
    world: World, day: int, before: int, after: int
) -> None:
    """On time, and late by a day: then half of it."""
    await world.set_up()
    await world.tick(at(0, 9))
    attempt_id = await claimed(world, "threshold", at(day, 8) if day else at(0, 12))
    member = await world.store.read(lambda tx: tx.rollups.member(GUILD, ANNA))
    assert member is not None
    assert (member.score_sum, member.points) == (0.25, before)
    case = await decide(world, attempt_id, "threshold")
    assert (case.attempt.score, case.attempt.points) == (0.75, after)
    assert case.attempt.verdict.state_of("threshold") is State.COVERED
    assert (case.claim.state, case.claim.decided_by) == (ClaimState.ACCEPTED, MODERATOR)
    member = await world.store.read(lambda tx: tx.rollups.member(GUILD, ANNA))
    assert member is not None
    assert (member.answered, member.score_sum, member.points) == (1, 0.75, after)
    post = await world.post(GUILD, MONDAY)
    assert (post.answered, post.score_sum) == (1, 0.75)
    kept = await world.store.read(lambda tx: tx.attempts.get(attempt_id))
    assert kept == case.attempt
    assert await rebuilt_says_the_same(world)


async def test_several_claims_add_up_to_everything(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    attempt_id = await claimed(world, "threshold", at(0, 12))
    await world.services.claims.claim(attempt_id, ANNA, "cost", REASON, at(0, 13))
    outcome = await world.services.answering.outcome(attempt_id, ANNA)
    assert outcome.claimed == {"threshold", "cost"}
    await decide(world, attempt_id, "cost")
    case = await decide(world, attempt_id, "threshold")
    assert (case.attempt.score, case.attempt.points) == (1.0, 100)
    assert await rebuilt_says_the_same(world)


async def test_a_claim_on_practice_moves_what_one_is_good_at_and_no_points(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await world.pick(ANNA, at(0, 12))
    attempt_id = await claimed(world, "threshold", at(0, 13))
    case = await decide(world, attempt_id, "threshold")
    assert (case.attempt.score, case.attempt.points) == (0.75, 0)
    sums = (await world.sums(ANNA))[ANNA]
    assert [(s["answered"], s["points"]) for s in sums["member"]] == [(1, 50)]
    assert [(s["answered"], s["score_sum"]) for s in sums["topic_stat"]] == [(2, 1.75)]
    post = await world.post(GUILD, MONDAY)
    assert (post.answered, post.score_sum) == (1, 1.0)
    assert await rebuilt_says_the_same(world)


async def test_a_claim_accepted_weeks_later_counts_in_the_week_of_the_answer(
    world: World,
) -> None:
    """Also when the group has moved to a zone in which that answer was of another week."""
    await world.set_up()
    await world.tick(at(-1, 9))
    await world.tick(at(0, 9))
    attempt_id = await claimed(world, "threshold", at(6, 20))
    await world.set_up(zone_name="Pacific/Auckland", now=at(20, 0))
    await decide(world, attempt_id, "threshold")
    sums = (await world.sums(ANNA))[ANNA]["period_score"]
    periods = {"2026-W48", "2026-S4", "all", "all/evaluation"}
    assert {s["period"]: s["score_sum"] for s in sums} == dict.fromkeys(periods, 0.75)
    assert await rebuilt_says_the_same(world)


async def test_a_rejected_claim_moves_nothing(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    attempt_id = await claimed(world, "threshold", at(0, 12))
    before = await world.sums(ANNA)
    case = await decide(world, attempt_id, "threshold", accept=False)
    assert (case.claim.state, case.attempt.score) == (ClaimState.REJECTED, 0.25)
    assert await world.sums(ANNA) == before
    assert (await world.post(GUILD, MONDAY)).score_sum == 0.25


@pytest.mark.parametrize("accept", [True, False])
async def test_a_claim_is_decided_once(world: World, accept: bool) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    attempt_id = await claimed(world, "threshold", at(0, 12))
    await decide(world, attempt_id, "threshold", accept=accept)
    before = await world.sums(ANNA)
    with pytest.raises(AlreadyDone, match="accepted already" if accept else "rejected already"):
        await decide(world, attempt_id, "threshold")
    assert await world.sums(ANNA) == before
    assert await world.services.claims.open_in(GUILD) == []


async def test_claims_wait_for_the_moderators_of_their_own_server_oldest_first(
    world: World,
) -> None:
    claims = world.services.claims
    await world.set_up()
    await world.tick(at(0, 9))
    bens = await claimed(world, "threshold", at(0, 12), by=BEN)
    annas = await claimed(world, "cost", at(0, 13))
    cases = await claims.open_in(GUILD)
    assert [(c.attempt.id, c.claim.point_id) for c in cases] == [
        (bens, "threshold"),
        (annas, "cost"),
    ]
    assert cases[1].statement == "Says what matters about cost."
    assert await claims.open_in(OTHER) == []
    with pytest.raises(NotFound):
        await claims.decide(OTHER, annas, "cost", MODERATOR, at(0, 14), accept=True)


async def test_what_cannot_be_claimed_is_refused(world: World) -> None:
    claim = world.services.claims.claim
    await world.set_up()
    await world.tick(at(0, 9))
    picked = (await world.pick(BEN, at(0, 12))).attempt
    attempt_id = await claimed(world, "threshold", at(0, 12))
    with pytest.raises(AlreadyDone):
        await claim(attempt_id, ANNA, "threshold", REASON, at(0, 13))
    with pytest.raises(Invalid, match="covered already"):
        await claim(attempt_id, ANNA, "capacity", REASON, at(0, 13))
    with pytest.raises(NotFound, match="question has changed"):
        await claim(attempt_id, ANNA, "retired", REASON, at(0, 13))
    for attempt, user in ((attempt_id, BEN), (picked.id, BEN), (404, ANNA)):
        with pytest.raises(NotFound, match="not here any more"):
            await claim(attempt, user, "cost", REASON, at(0, 13))
    assert len(await world.services.claims.open_in(GUILD)) == 1


async def test_a_point_that_came_or_went_after_the_answer_cannot_be_claimed(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    attempt = (await world.answer(ANNA, at(0, 12))).attempt
    points = [make_point(name) for name in ("capacity", "threshold", "cause")]
    revised = Claims(world.store, Bank.of([make_question(attempt.question_id, key_points=points)]))
    for point_id in ("cause", "cost"):
        with pytest.raises(NotFound, match="question has changed"):
            await revised.claim(attempt.id, ANNA, point_id, REASON, at(0, 13))
    await revised.claim(attempt.id, ANNA, "threshold", REASON, at(0, 13))
    assert [case.claim.point_id for case in await revised.open_in(GUILD)] == ["threshold"]


async def test_claims_on_retired_questions_bother_no_moderator(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await claimed(world, "threshold", at(0, 12))
    assert len(await world.services.claims.open_in(GUILD)) == 1
    assert await Claims(world.store, Bank.of(())).open_in(GUILD) == []
