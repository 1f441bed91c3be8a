"""What `loopmate play` opens with: a group that has its question, and a bot that answers."""

from collections.abc import AsyncIterator

import pytest

from bot.app import build
from bot.content import load_bank
from bot.play.command import open_the_day
from bot.settings import QUESTIONS, Settings
from tests.play_visit import Visit, playing


@pytest.fixture
async def visit(settings: Settings) -> AsyncIterator[Visit]:
    async with playing(lambda clock: build(settings, clock=clock), open_the_day) as visit:
        yield visit


async def test_the_first_question_is_there_within_a_moment(visit: Visit) -> None:
    tab = await visit.tab("ml-daily/ada")
    assert "Welcome to our group" in await tab.until("Question of the day")


async def test_an_answer_is_judged_in_private(visit: Visit, settings: Settings) -> None:
    ada, bob = await visit.tab("ml-daily/ada"), await visit.tab("ml-daily/bob")
    seen = await ada.until("Question of the day")
    bank = load_bank(settings.questions or QUESTIONS)
    question = next(q for q in bank if q.title in seen)
    await ada.click("Answer")
    await ada.submit(answer=question.strong_answer, sure=["80"])
    assert "80 %" in await ada.until("Strong answer")
    assert "Strong answer" not in await bob.look()


async def test_a_refusal_in_a_direct_message_is_an_answer(visit: Visit) -> None:
    tab = await visit.tab("messages/chen")
    answer = await tab.slash("today")
    assert (answer["settlement"], answer["acknowledgement"]) == ("settled", "acknowledged")
    assert "No question is open" in await tab.look()
