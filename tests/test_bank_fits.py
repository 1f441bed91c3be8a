"""What the bank says fits into Discord's messages whole, whatever an author writes next."""

import pytest

from bot.content import load_bank
from bot.domain.question import Question
from bot.settings import QUESTIONS
from bot.ui.fitting import unfit
from tests.domain.questions import make_question

BANK = list(load_bank(QUESTIONS))


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)
def test_no_message_of_the_bank_is_cut(question: Question) -> None:
    assert not list(unfit(question))


def test_what_does_not_fit_is_named() -> None:
    probes = make_question().probes
    wordy = [p.model_copy(update={"model_reply": "word " * 600}) for p in probes]
    question = make_question().model_copy(update={"probes": tuple(wordy)})
    named = [says.split(" is too long")[0] for says in unfit(question)]
    assert named == ["what we would have said"]
