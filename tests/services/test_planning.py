"""Plans over a real history: begun once, moved by results, told in words."""

from datetime import date, timedelta

import pytest

from bot.domain.attempt import Attempt, Mode, Origin
from bot.domain.errors import Invalid
from bot.domain.focus import Focus
from bot.domain.plan import USUAL
from bot.domain.question import Role, Round, Seniority, Topic
from bot.services.planning import Outlook
from bot.services.studying import study
from tests.services.world import ANNA, BEN, MONDAY, World, at

EVALUATION = Focus(Round.THEORY, Topic.EVALUATION)
CHRISTMAS = date(2026, 12, 24)


async def aimed(world: World, interview: str | None = "2026-12-24") -> None:
    await world.services.planning.aim(
        ANNA, None, at(0, 12), role=Role.MLE, seniority=Seniority.MID, interview=interview
    )


async def answered(world: World, number: int, day: int, score: float) -> None:
    """A drill question answered at ten in the morning."""
    attempt = Attempt(
        id=next(world.numbers), user_id=ANNA, guild_id=None, post_id=None,
        question_id=f"alerts-{number}", topic="evaluation", origin=Origin.PRACTICE,
        mode=Mode.OPEN, at=at(day, 10), study_day=MONDAY, score=score, points=0, scored=False,
    )  # fmt: skip
    await world.store.write(lambda tx: study(tx, attempt))


def days_of(outlook: Outlook, focus: Focus) -> int:
    return sum(b.focus == focus for d in outlook.plan.days for b in d.blocks)


async def test_without_a_role_it_asks_for_one(world: World) -> None:
    with pytest.raises(Invalid, match="What do you prepare for"):
        await world.services.planning.look(ANNA, None, at(0, 12))
    assert await world.services.planning.today(ANNA, None, at(0, 12)) is None


async def test_a_plan_goes_to_the_interview_and_shrinks_by_a_day(world: World) -> None:
    await aimed(world)
    planning = world.services.planning
    first = await planning.look(ANNA, None, at(0, 12))
    assert (first.today, first.plan.days[-1].on) == (MONDAY, CHRISTMAS)
    assert first == await planning.look(ANNA, None, at(0, 12))
    later = await planning.look(ANNA, None, at(3, 12))
    assert later.plan.days[0].on == later.begun.made_on == MONDAY + timedelta(days=3)
    assert later.begun.began_at == first.begun.began_at
    assert await planning.today(ANNA, None, at(3, 12)) == later
    assert await planning.today(BEN, None, at(3, 12)) is None


async def test_results_move_it_the_next_day_and_it_says_so(world: World) -> None:
    planning = world.services.planning
    for number in range(3):
        await answered(world, number, -1, 0.1)
    await aimed(world)
    first = await planning.look(ANNA, None, at(0, 9))
    assert first.changes == []
    for number in range(3):
        await answered(world, number, 0, 1.0)
    evening = await planning.look(ANNA, None, at(0, 20))
    assert evening.plan == first.plan, "today's step stays while it is being done"
    assert EVALUATION in evening.done
    tomorrow = await planning.look(ANNA, None, at(1, 9))
    assert days_of(tomorrow, EVALUATION) < days_of(first, EVALUATION)
    assert [(c.focus, c.more) for c in tomorrow.changes] == [(EVALUATION, False)]
    assert EVALUATION not in tomorrow.done


async def test_a_date_that_moves_and_one_that_passes(world: World) -> None:
    planning = world.services.planning
    await aimed(world)
    await planning.look(ANNA, None, at(0, 12))
    await aimed(world, "2026-12-01")
    sooner = await planning.look(ANNA, None, at(1, 12))
    assert sooner.plan.days[-1].on == date(2026, 12, 1)
    assert sooner.begun.began_on == MONDAY
    assert await planning.today(ANNA, None, at(30, 12)) is None
    with pytest.raises(Invalid, match="has passed"):
        await planning.look(ANNA, None, at(30, 12))
    with pytest.raises(Invalid, match="has passed"):
        await planning.aim(ANNA, None, at(30, 12), interview="2026-12-01")
    await planning.aim(ANNA, None, at(30, 12), interview="none")
    again = await planning.look(ANNA, None, at(30, 12))
    assert again.begun.began_on == MONDAY + timedelta(days=30)
    assert len(again.plan.days) == 43
    assert len((await planning.look(ANNA, None, at(31, 12))).plan.days) == 42


async def test_an_interview_years_away_is_no_reason_for_today_to_fail(world: World) -> None:
    planning = world.services.planning
    await aimed(world)
    await planning.look(ANNA, None, at(0, 12))
    await aimed(world, "2028-01-01")
    assert await planning.today(ANNA, None, at(0, 13)) is None
    with pytest.raises(Invalid, match="half a year"):
        await planning.look(ANNA, None, at(0, 13))


async def test_without_its_date_again_a_plan_has_its_usual_weeks(world: World) -> None:
    planning = world.services.planning
    await aimed(world, "2026-11-25")
    assert len((await planning.look(ANNA, None, at(0, 12))).plan.days) == 3
    await aimed(world, "none")
    assert (await planning.look(ANNA, None, at(1, 12))).begun.ends_on == MONDAY + USUAL
    await aimed(world, "2027-02-01")
    await planning.look(ANNA, None, at(2, 12))
    await planning.aim(ANNA, None, at(50, 12), interview="none")
    anew = await planning.look(ANNA, None, at(50, 12))
    assert (anew.begun.began_on, len(anew.plan.days)) == (MONDAY + timedelta(days=50), 43)
