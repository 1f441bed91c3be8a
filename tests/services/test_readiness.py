"""Readiness over a real store: five minutes, one memory, and nothing given away."""

import pytest

from bot.domain.bank import Bank
from bot.domain.errors import Invalid, NotAllowed, NotFound
from bot.domain.question import Role, Topic
from bot.domain.readiness import Sign
from bot.services.readiness import Readying, Standing
from bot.ui.readiness import check_view, missed_view
from tests.domain.questions import make_choice
from tests.services.world import ANNA, BEN, GUILD, World, at

BANK = Bank.of(make_choice(f"{topic}-{n}", topic=topic.value) for topic in Topic for n in range(2))


async def begun(world: World, check_id: int = 900, day: int = 0, bank: Bank = BANK) -> Standing:
    await world.services.planning.aim(ANNA, None, at(day, 12), role=Role.MLE)
    return await Readying(world.store, bank).begin(ANNA, None, check_id, at(day, 12))


async def press(
    world: World, standing: Standing, number: int, *, right: bool, minute: int = 1, day: int = 0
) -> Standing:
    item = standing.check.items[number]
    best = BANK.get(item.question_id).choice.right
    place = next(p for p, option in enumerate(item.order) if (option == best) is right)
    now = at(day, 12, minute)
    attempt = next(world.numbers)
    return await Readying(world.store, BANK).pick(
        standing.check.id, number, place, ANNA, None, attempt, now
    )


async def whole(world: World, standing: Standing, right: int, day: int = 0) -> Standing:
    for number in range(6):
        standing = await press(world, standing, number, right=number < right, day=day)
    return standing


def said(view: object) -> str:
    return "\n".join(getattr(i, "content", "") for i in view.walk_children())  # type: ignore[attr-defined]


async def test_six_answers_a_verdict_and_one_memory(world: World) -> None:
    first = await begun(world)
    assert first.question is not None
    assert len(first.check.items) == 6
    done = await whole(world, first, 4)
    assert (done.over, done.question) == (True, None)
    text = said(check_view(done))
    assert "**4 of 6 right.** That is little to go by" in text
    assert "anywhere from 30 % to 90 %" in text
    assert "no gap seen yet" in text
    assert "coding" in text
    assert "**You picked:** Option" in said(missed_view(done))
    assert "What you answered comes back" in said(missed_view(done)), "not what was not reached"
    held = await world.services.privacy.export(ANNA)
    assert [a["origin"] for a in held["attempt"]] == ["readiness"] * 6
    assert len(held["card"]) == 6
    assert held["readiness"][0]["items"][0]["right"] is True
    assert await Readying(world.store, BANK).look(900, ANNA, at(9, 9)) == done


async def test_pressed_twice_counts_once(world: World) -> None:
    first = await begun(world)
    once = await press(world, first, 0, right=True)
    twice = await press(world, first, 0, right=False)
    assert once.check == twice.check
    assert len((await world.services.privacy.export(ANNA))["attempt"]) == 1


async def test_it_is_taken_up_again_and_ends_after_five_minutes(world: World) -> None:
    first = await begun(world)
    await press(world, first, 0, right=True)
    again = await Readying(world.store, BANK).begin(ANNA, None, 901, at(0, 12, 4))
    assert (again.check.id, again.check.at) == (900, 1)
    late = await press(world, first, 1, right=True, minute=5)
    assert late.over
    assert [j.sign for j in late.judged].count(Sign.UNKNOWN) == 5
    assert "not reached" in said(check_view(late))
    new = await Readying(world.store, BANK).begin(ANNA, None, 901, at(0, 12, 6))
    assert (new.check.id, new.check.at) == (901, 0)
    assert first.check.items[0].question_id not in {i.question_id for i in new.check.items}


async def test_nothing_answered_says_nothing(world: World) -> None:
    await begun(world)
    late = await Readying(world.store, BANK).look(900, ANNA, at(0, 13))
    assert "says nothing about you" in said(check_view(late))


async def test_repeating_it_narrows_the_range_and_shows_the_history(world: World) -> None:
    first = await whole(world, await begun(world), 6)
    assert "nothing is missing that six questions could show" in said(check_view(first))
    assert "You missed nothing" in said(missed_view(first))
    second = await whole(world, await begun(world, 901, day=1), 6, day=1)
    assert all(b.low > a.low for a, b in zip(first.judged, second.judged, strict=True))
    assert [j.asked for j in second.judged] == [2] * 6
    assert ":R> · ML engineer, mid: 6 of 6" in said(check_view(second))
    later = await whole(world, await begun(world, 902, day=120), 6, day=120)
    assert [j.asked for j in later.judged] == [1] * 6


async def test_todays_open_question_is_not_given_away(world: World) -> None:
    await world.set_up()
    (post,) = await world.tick(at(0, 9))
    await world.services.planning.aim(BEN, GUILD, at(0, 12), role=Role.MLE)
    begun = await world.services.readying.begin(BEN, GUILD, 900, at(0, 12))
    assert post.question_id not in {i.question_id for i in begun.check.items}


async def test_what_cannot_be_checked_is_said(world: World) -> None:
    readying = Readying(world.store, BANK)
    with pytest.raises(Invalid, match="Ready for what"):
        await readying.begin(ANNA, None, 900, at(0, 12))
    with pytest.raises(NotFound, match="no question"):
        await begun(world, bank=Bank.of(()))
    await begun(world)
    with pytest.raises(NotAllowed, match="somebody else's"):
        await readying.look(900, BEN, at(0, 12))
    with pytest.raises(NotFound, match="not here any more"):
        await readying.look(404, ANNA, at(0, 12))


async def test_a_question_retired_under_way_ends_the_check(world: World) -> None:
    first = await begun(world)
    gone = {first.check.items[0].question_id}
    rest = Bank.of(q for q in BANK if q.id not in gone)
    assert (await Readying(world.store, rest).look(900, ANNA, at(0, 12, 1))).over
    new = await Readying(world.store, rest).begin(ANNA, None, 901, at(0, 12, 1))
    assert new.check.id == 901


async def test_another_role_is_another_check(world: World) -> None:
    first = await begun(world)
    readying = Readying(world.store, BANK)
    assert (await readying.begin(ANNA, None, 901, at(0, 12, 1))).check == first.check
    await world.services.planning.aim(ANNA, None, at(0, 12, 1), role=Role.DATA_SCIENTIST)
    other = await readying.begin(ANNA, None, 902, at(0, 12, 1))
    assert (other.check.id, other.check.role) == (902, Role.DATA_SCIENTIST)
