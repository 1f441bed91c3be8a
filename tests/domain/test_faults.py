"""What the schema cannot say: every rule, with the path to the fault."""

from typing import Any

import pytest

from bot.domain.faults import faults_of
from bot.domain.question import Question
from tests.domain.questions import make_choice, make_point, make_probe, make_question

STRONG = " ".join(["word"] * 120)


def sound(**fields: Any) -> Question:
    return make_question(**({"strong_answer": STRONG} | fields))


def points(**changed: Any) -> list[dict[str, Any]]:
    """Three key points, the second one changed."""
    return [make_point("capacity"), make_point("threshold", **changed), make_point("cost")]


def probes(**changed: Any) -> list[dict[str, Any]]:
    """Three probes at the first key point, the last one changed."""
    return [
        make_probe("first"),
        make_probe("second", family="threshold"),
        make_probe("third", **({"family": "drift"} | changed)),
    ]


def test_a_sound_question_has_no_faults() -> None:
    assert list(faults_of(sound())) == []


def test_a_cue_that_cannot_be_read_is_told_with_its_place_and_reason() -> None:
    question = sound(key_points=points(cues=["fine & good", "fine & "]))
    assert list(faults_of(question)) == [
        (("key_points", 1, "cues", 1), "at character 8: a group is empty.")
    ]


def test_a_cue_of_a_probe_is_read_as_well() -> None:
    question = sound(probes=probes(key_points=[make_point("a"), make_point("b", cues=["a*b"])]))
    ((path, says),) = faults_of(question)
    assert path == ("probes", 2, "key_points", 1, "cues", 0)
    assert says == "at character 2: “*” must end a word."


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("share > ", "at character 9: a group is empty."),
        ("precision & share", "at character 11: a misconception joins its groups with “>”"),
    ],
)
def test_a_misconception_is_read_by_its_own_grammar(cue: str, says: str) -> None:
    wrong = [
        {"cue": "precision > share", "correction": "Quite."},
        {"cue": cue, "correction": "Not at all."},
    ]
    ((path, told),) = faults_of(sound(key_points=points(misconceptions=wrong)))
    assert path == ("key_points", 1, "misconceptions", 1, "cue")
    assert told.startswith(says)


def test_a_cue_is_not_written_like_a_misconception() -> None:
    ((path, says),) = faults_of(sound(key_points=points(cues=["precision > share"])))
    assert path == ("key_points", 1, "cues", 0)
    assert "a cue joins its groups with “&”" in says


@pytest.mark.parametrize(
    ("about", "statement", "told"),
    [
        ("the cut-off", "Sets the cut-off by capacity.", True),
        ("The Cut-Off.", "Sets THE CUT-OFF by capacity.", True),
        ("how the cut-off is set", "Sets the cut-off by capacity.", False),
        ("sets the cut-off by capacity.", "Sets the cut-off by capacity", True),
    ],
)
def test_an_about_must_not_give_the_statement_away(about: str, statement: str, told: bool) -> None:
    found = list(faults_of(sound(key_points=points(about=about, statement=statement))))
    says = "gives the answer away: it stands word for word in the statement"
    assert found == ([(("key_points", 1, "about"), says)] if told else [])


def test_nor_does_the_about_of_a_probe() -> None:
    given_away = make_point("line", about="the line", statement="Lowers the line.")
    ((path, _),) = faults_of(sound(probes=probes(key_points=[given_away])))
    assert path == ("probes", 2, "key_points", 0, "about")


@pytest.mark.parametrize(("words", "told"), [(89, True), (90, False), (180, False), (181, True)])
def test_a_strong_answer_takes_about_a_minute(words: int, told: bool) -> None:
    found = list(faults_of(sound(strong_answer=" ".join(["word"] * words))))
    says = f"has {words} words; a strong answer takes 90 to 180"
    assert found == ([(("strong_answer",), says)] if told else [])


def test_definitions_alone_decide_nothing() -> None:
    kinds = [make_point(name, kind="definition") for name in ("capacity", "threshold", "cost")]
    assert list(faults_of(sound(key_points=kinds))) == [
        (("key_points",), "are all definitions; a strong answer decides something")
    ]
    kinds[2]["kind"] = "consequence"
    assert list(faults_of(sound(key_points=kinds))) == []


@pytest.mark.parametrize("weight", [2, 3])
def test_what_decides_the_interview_is_probed(weight: int) -> None:
    heavy = points(weight=weight)
    assert list(faults_of(sound(key_points=heavy, probes=probes()))) == [
        (("key_points", 1), "weighs 2 or more, and no probe aims at it")
    ]
    aimed = probes(aims_at=["cost", "threshold"])
    assert list(faults_of(sound(key_points=heavy, probes=aimed))) == []


def test_what_weighs_little_need_not_be_probed() -> None:
    assert list(faults_of(sound(key_points=points(weight=1), probes=probes()))) == []


def test_three_families_are_needed_not_three_probes() -> None:
    assert list(faults_of(sound(probes=probes(family="threshold")))) == [
        (("probes",), "need three different families")
    ]


def test_every_fault_is_told_at_once() -> None:
    question = sound(
        key_points=points(weight=2, cues=["", "a & "], about="says", kind="definition"),
        probes=probes(family="threshold", key_points=[make_point("a", cues=["&"])]),
        strong_answer="Too short.",
    )
    assert [path for path, _ in faults_of(question)] == [
        ("key_points", 1, "cues", 0),
        ("key_points", 1, "cues", 1),
        ("key_points", 1, "about"),
        ("probes", 2, "key_points", 0, "cues", 0),
        ("strong_answer",),
        ("key_points", 1),
        ("probes",),
    ]


def test_a_choice_has_no_answer_that_could_be_wrong_in_length() -> None:
    assert list(faults_of(make_choice())) == []


def test_ids_of_servers_own_questions_are_not_the_banks() -> None:
    assert list(faults_of(make_choice("own-1"))) == [
        (("id",), "begins like those of servers' own questions")
    ]
    assert [path for path, _ in faults_of(sound(id="own-1"))] == [("id",)]
    assert list(faults_of(make_choice("owned-by-nobody"))) == []
