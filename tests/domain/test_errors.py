"""Refusals: one kind sentence each, told apart by what can be done about them."""

import pytest

from bot.domain.errors import (
    AlreadyDone,
    Invalid,
    NotAllowed,
    NotFound,
    StudyError,
    Unavailable,
    UnknownZone,
)
from bot.domain.judge import NoJudgement


def test_no_judgement_says_why_and_keeps_the_rest_for_the_log() -> None:
    none = NoJudgement("the model did not answer in time", "timeout after 6 s")
    assert str(none) == "the model did not answer in time"
    assert none.detail == "timeout after 6 s"
    assert NoJudgement("why").detail == ""


@pytest.mark.parametrize("kind", [NotFound, NotAllowed, Invalid, AlreadyDone, Unavailable])
def test_every_refusal_is_a_study_error_with_its_sentence(kind: type[StudyError]) -> None:
    with pytest.raises(StudyError, match="Not today"):
        raise kind("Not today.")


def test_an_unknown_zone_is_something_typed_that_cannot_be_used() -> None:
    with pytest.raises(Invalid) as refused:
        raise UnknownZone("Berln", ("Europe/Berlin", "America/Berlin"))
    assert str(refused.value) == (
        "I don't know that time zone. Did you mean Europe/Berlin, America/Berlin? "
        "Try a city, like Europe/Berlin."
    )
    assert isinstance(refused.value, UnknownZone)
    assert refused.value.typed == "Berln"


def test_where_nothing_is_near_nothing_is_offered() -> None:
    says = "I don't know that time zone. Try a city, like Europe/Berlin."
    assert str(UnknownZone("qqq", ())) == says
