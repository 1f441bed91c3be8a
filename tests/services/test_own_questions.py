"""Own questions without Discord: what each guild is asked, and what arrives twice."""

import asyncio

import pytest

from bot.domain.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.domain.question import Topic
from bot.domain.report import Reason
from bot.domain.suggestion import SuggestionState
from bot.services.editors import MOST, Caller
from bot.services.reporting import Place
from bot.services.reviewing import after, key_of
from tests.services.world import ANNA, BEN, GUILD, MODERATOR, MONDAY, OTHER, World, at
from tests.store.samples import a_draft

OWNER = Caller(GUILD, MODERATOR, is_owner=True)
EDITOR = Caller(GUILD, BEN, is_owner=False)
FRUIT = ("none", "apple", "damson", "cherry")
ELSEWHERE = Caller(OTHER, MODERATOR, is_owner=True)


async def sent(world: World, number: int = 1, user_id: int = ANNA) -> int:
    """A suggestion that waits; its id."""
    right = f"{FRUIT[number]} | because"
    draft = a_draft(title=FRUIT[number], prompt=f"Is {FRUIT[number]} it?", right=right)
    begun = await world.services.suggesting.begin(number, GUILD, user_id, draft, at(0, 1))
    await world.services.suggesting.send(begun.suggestion.id, user_id)
    return number


async def own(world: World, number: int = 1) -> str:
    """A question of the guild's own; its id."""
    await sent(world, number)
    await world.services.reviewing.accept(OWNER, number, 0, at(0, 2))
    return f"own-{number}"


async def asked_on(world: World, first: int, last: int, guild_id: int = GUILD) -> list[str]:
    """The questions of these days."""
    found: list[str] = []
    for day in range(first, last + 1):
        posts = await world.tick(at(day, 9))
        found += [post.question_id for post in posts if post.guild_id == guild_id]
    return found


async def test_an_own_question_is_drawn_in_its_guild_and_in_no_other(world: World) -> None:
    question_id = await own(world)
    for guild_id in (GUILD, OTHER):
        await world.set_up(guild_id)
    mine, theirs = [], []
    for day in range(8):
        for post in await world.tick(at(day, 9)):
            (mine if post.guild_id == GUILD else theirs).append(post.question_id)
    assert len(set(mine[:4])) == 4
    assert question_id in mine[:4]
    assert question_id not in theirs
    assert len(theirs) == 8


async def test_the_selection_holds_for_own_questions_too(world: World) -> None:
    await own(world)
    data = frozenset({Topic.DATA})
    with pytest.raises(Invalid, match="No question fits"):
        await world.set_up(topics=data)
    evaluation = await world.set_up(topics=frozenset({Topic.EVALUATION}))
    assert await world.services.setup.fitting(evaluation) == 4
    assert await world.services.setup.fitting(await world.set_up(OTHER)) == 3


async def test_what_an_editor_wants_comes_next_once_and_in_order(world: World) -> None:
    await world.set_up()
    first, second = await own(world, 1), await own(world, 2)
    await world.services.reviewing.ask(OWNER, second, at(0, 3))
    await world.services.reviewing.ask(OWNER, first, at(0, 4))
    await world.services.reviewing.ask(OWNER, second, at(0, 5))
    assert (await asked_on(world, 0, 1)) == [second, first]
    assert {first, second}.isdisjoint(await asked_on(world, 2, 4))


async def test_what_is_wanted_waits_for_a_post_that_arrives(world: World) -> None:
    await world.set_up()
    wanted = await own(world)
    await world.services.reviewing.ask(OWNER, wanted, at(0, 3))
    await world.tick(at(0, 9), failing=(GUILD,))
    assert await asked_on(world, 1, 1) == [wanted]


async def test_an_answer_to_an_own_question_is_one_like_any_other(world: World) -> None:
    await world.set_up()
    await world.services.reviewing.ask(OWNER, await own(world), at(0, 3))
    await world.tick(at(0, 9))
    question = (await world.services.answering.today(ANNA, GUILD)).question
    outcome = await world.pick(ANNA, at(0, 12), picked=question.choice.right)
    assert (outcome.attempt.question_id, outcome.attempt.points) == ("own-1", 50)
    sums = await world.sums(ANNA)
    await world.store.rebuild()
    assert await world.sums(ANNA) == sums
    again = await world.services.answering.outcome(outcome.attempt.id, ANNA)
    assert again.question == question
    assert again.disputable == []
    recap = await world.services.posting.recap(await world.post(GUILD, MONDAY), at(1, 9))
    assert recap is not None
    assert (recap.question, recap.mean) == (question, 1.0)


async def test_what_is_no_open_question_takes_no_words_and_has_no_follow_ups(world: World) -> None:
    await world.set_up()
    await world.tick(at(0, 9))
    await world.answer(ANNA, at(0, 12))
    await world.services.reviewing.ask(OWNER, await own(world), at(0, 13))
    (post,) = await world.tick(at(1, 9))
    with pytest.raises(Invalid, match="picking one of its four options"):
        await world.services.answering.asked_in_words(post.id, ANNA, GUILD)
    picked = (await world.pick(ANNA, at(1, 12))).attempt
    probing = world.services.probing
    with pytest.raises(NotFound, match="no follow-ups"):
        await probing.follow_up(picked.id, ANNA, 1, at(1, 13))
    with pytest.raises(NotFound, match="choose one from the list"):
        await probing.begin("own-1", ANNA, GUILD, 1, at(1, 13))
    last = await probing.on_last_answer(ANNA, 1, at(1, 13))
    assert last.question.id != "own-1", "the last one that has any"


async def test_a_form_that_arrives_twice_is_one_draft_and_never_takes_one_back(
    world: World,
) -> None:
    suggesting = world.services.suggesting
    await sent(world)
    late = await suggesting.begin(1, GUILD, ANNA, a_draft(title="Late"), at(0, 2))
    assert late.suggestion.state is SuggestionState.WAITING
    (only,) = await suggesting.mine(GUILD, ANNA)
    assert (only.draft.title, only.state) == ("apple", SuggestionState.WAITING)


async def test_what_was_sent_is_neither_sent_again_nor_rewritten(world: World) -> None:
    suggesting = world.services.suggesting
    await sent(world)
    with pytest.raises(AlreadyDone, match="sent already"):
        await suggesting.send(1, ANNA)
    with pytest.raises(AlreadyDone):
        await suggesting.rewrite(1, ANNA, a_draft())
    with pytest.raises(NotFound):
        await suggesting.send(1, BEN)
    with pytest.raises(NotFound):
        await suggesting.draft(404, ANNA)


async def test_a_draft_that_cannot_be_asked_is_kept_and_not_sent(world: World) -> None:
    suggesting = world.services.suggesting
    bad = a_draft(wrong="Only one")
    preview = await suggesting.begin(1, GUILD, ANNA, bad, at(0, 1))
    assert preview.question is None
    assert (await suggesting.draft(1, ANNA)).draft == bad
    with pytest.raises(Invalid, match="count 1"):
        await suggesting.send(1, ANNA)
    assert (await suggesting.rewrite(1, ANNA, a_draft())).question is not None


async def test_a_lookalike_is_looked_for_among_what_this_guild_is_asked(world: World) -> None:
    suggesting = world.services.suggesting
    await own(world)
    draft = a_draft(title="Again", prompt="Is it apple?", right="Apples | so")
    preview = await suggesting.begin(2, GUILD, BEN, draft, at(0, 3))
    assert preview.twin is not None
    assert preview.twin.id == "own-1"
    preview = await suggesting.begin(3, OTHER, BEN, draft, at(0, 3))
    assert preview.question is not None


async def test_of_two_editors_at_once_one_decides(world: World) -> None:
    await world.services.editors.add(OWNER, BEN, at(0, 1))
    await sent(world)
    reviewing = world.services.reviewing
    done = await asyncio.gather(
        reviewing.accept(OWNER, 1, 0, at(0, 2)),
        reviewing.reject(EDITOR, 1, "No.", at(0, 2)),
        reviewing.accept(EDITOR, 1, 0, at(0, 2)),
        return_exceptions=True,
    )
    told = [str(one) for one in done if isinstance(one, AlreadyDone)]
    assert len(told) == 2
    assert all(f"accepted by <@{MODERATOR}>" in says for says in told)
    assert [o.question.id for o in await reviewing.own(GUILD)] == ["own-1"]


async def test_only_editors_decide_and_only_in_their_server(world: World) -> None:
    reviewing = world.services.reviewing
    question_id = await own(world)
    await sent(world, 2)
    for refused in (
        reviewing.queue(EDITOR),
        reviewing.waiting(EDITOR, 2),
        reviewing.amend(EDITOR, 2, a_draft(), 0),
        reviewing.accept(EDITOR, 2, 0, at(0, 3)),
        reviewing.reject(EDITOR, 2, "", at(0, 3)),
        reviewing.ask(EDITOR, question_id, at(0, 3)),
        reviewing.keep(EDITOR, question_id, at(0, 3)),
        reviewing.retire(EDITOR, question_id, at(0, 3)),
    ):
        with pytest.raises(NotAllowed):
            await refused
    for gone in (
        reviewing.accept(ELSEWHERE, 2, 0, at(0, 3)),
        reviewing.ask(ELSEWHERE, question_id, at(0, 3)),
        reviewing.retire(ELSEWHERE, question_id, at(0, 3)),
    ):
        with pytest.raises(NotFound):
            await gone
    await world.services.editors.add(OWNER, BEN, at(0, 3))
    assert [key_of(w) for w in await reviewing.queue(EDITOR)] == ["2"]


async def test_drafts_are_nobodys_business(world: World) -> None:
    await world.services.suggesting.begin(1, GUILD, ANNA, a_draft(), at(0, 1))
    assert await world.services.reviewing.queue(OWNER) == []
    with pytest.raises(NotFound):
        await world.services.reviewing.accept(OWNER, 1, 0, at(0, 2))


async def test_a_server_has_so_many_editors_and_no_more(world: World) -> None:
    editors = world.services.editors
    for number in range(MOST):
        await editors.add(OWNER, number, at(0, 1))
    with pytest.raises(Invalid, match="remove one first"):
        await editors.add(OWNER, ANNA, at(0, 1))
    assert len(await editors.of(GUILD)) == MOST


async def test_the_queue_is_gone_round(world: World) -> None:
    for number in (1, 2, 3):
        await sent(world, number)
    queue = await world.services.reviewing.queue(OWNER)
    order = [after(queue, key) for key in ("1", "2", "3", "gone")]
    assert [key_of(w) for w in order if w] == ["2", "3", "1", "1"]
    assert after([], "1") is None


async def test_reports_of_a_question_wait_together_until_it_is_kept_or_retired(
    world: World,
) -> None:
    reporting, reviewing = world.services.reporting, world.services.reviewing
    question_id = await own(world)
    met = await reporting.met(Place.QUESTION, question_id, ANNA, GUILD)
    for user_id in (ANNA, BEN):
        assert await reporting.report(met, user_id, Reason.WRONG, " so ", at(0, 3))
    assert not await reporting.report(met, ANNA, Reason.OTHER, "", at(0, 4))
    (waiting,) = await reviewing.queue(OWNER)
    assert key_of(waiting) == question_id
    assert [(r.user_id, r.reason, r.text) for r in waiting.reports] == [  # type: ignore[union-attr]
        (BEN, Reason.WRONG, "so"),
        (ANNA, Reason.OTHER, ""),
    ]
    await reviewing.keep(OWNER, question_id, at(0, 5))
    assert await reviewing.queue(OWNER) == []


async def test_who_is_no_member_cannot_report_what_they_have_not_seen(world: World) -> None:
    await world.set_up()
    await world.services.reviewing.ask(OWNER, await own(world), at(0, 3))
    (post,) = await world.tick(at(0, 9))
    met = world.services.reporting.met
    with pytest.raises(NotFound):
        await met(Place.POST, post.id, BEN, OTHER)
    with pytest.raises(NotFound):
        await met(Place.QUESTION, "own-1", BEN, None)
    picked = (await world.pick(ANNA, at(0, 12))).attempt
    with pytest.raises(NotFound):
        await met(Place.ATTEMPT, str(picked.id), BEN, GUILD)
    found = await met(Place.ATTEMPT, str(picked.id), ANNA, None)
    assert (found.question.id, found.guild_id) == ("own-1", GUILD)


async def test_an_author_who_is_forgotten_leaves_the_question_to_its_server(world: World) -> None:
    await own(world)
    await sent(world, 2)
    await world.services.privacy.forget(ANNA)
    assert await world.services.reviewing.queue(OWNER) == []
    assert [o.question.id for o in await world.services.reviewing.own(GUILD)] == ["own-1"]
