"""The schema: what an author may write, and what is refused instead of guessed."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.question import RUBRIC, Form, Question, TopicFile
from tests.domain.questions import make_choice, make_options, make_point, make_probe, make_question

RAW: dict[str, Any] = make_question().model_dump(mode="json")
CODE = {"shown": "x = 1", "fixed": "x = 2", "check": "assert x == 2"}


def raw(path: tuple[str | int, ...] = (), value: Any = None) -> dict[str, Any]:
    """A valid question as YAML gives it, with one value put somewhere."""
    question = deepcopy(RAW)
    place: Any = question
    for step in path[:-1]:
        place = place[step]
    if path:
        place[path[-1]] = value
    return question


def faults(question: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ValidationError) as refused:
        Question.model_validate(question)
    found = [(error["loc"], error["msg"]) for error in refused.value.errors()]
    # An item that is refused is missing as well, where there must be so many of them.
    above = {path[:depth] for path, _ in found for depth in range(len(path))}
    return [(path, says) for path, says in found if path not in above]


def test_the_sample_is_valid_and_comes_back_whole() -> None:
    assert Question.model_validate(raw()) == make_question()


PARTS: list[tuple[str | int, ...]] = [
    (),
    ("key_points", 0),
    ("probes", 0),
    ("probes", 0, "key_points", 0),
    ("choice",),
    ("choice", "options", 3),
]


@pytest.mark.parametrize("part", PARTS)
def test_a_field_that_nobody_knows_is_refused_where_it_stands(part: tuple[str | int, ...]) -> None:
    path = (*part, "wieght")
    assert faults(raw(path, 2)) == [(path, "Extra inputs are not permitted")]


@pytest.mark.parametrize(
    "part", [("key_points", 0, "misconceptions"), ("key_points", 0, "cues"), ("companies",)]
)
def test_a_sequence_is_not_one_value(part: tuple[str | int, ...]) -> None:
    ((path, _),) = faults(raw(part, "precision > recall"))
    assert path == part


def test_nothing_of_a_misconception_or_of_code_is_unknown_either() -> None:
    wrong = [{"cue": "a > b", "correction": "No.", "because": "?"}]
    ((path, _),) = faults(raw(("key_points", 0, "misconceptions"), wrong))
    assert path == ("key_points", 0, "misconceptions", 0, "because")
    ((path, _),) = faults(raw(("code",), CODE | {"shows": "x"}))
    assert path == ("code", "shows")


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        (("title",), True),
        (("title",), 1.4),
        (("prompt",), 500),
        (("key_points", 0, "statement"), False),
        (("key_points", 0, "cues", 0), 500),
        (("key_points", 0, "weight"), True),
        (("key_points", 0, "weight"), "2"),
        (("key_points", 0, "weight"), 2.0),
        (("choice", "options", 0, "text"), 0.5),
        (("choice", "options", 1, "correct"), "yes"),
        (("choice", "options", 1, "correct"), 1),
        (("companies",), [3]),
        (("id",), 500),
    ],
)
def test_what_yaml_guessed_from_unquoted_text_is_refused(
    path: tuple[str | int, ...], guess: Any
) -> None:
    found = [place for place, _ in faults(raw(path, guess))]
    assert all(place[: len(path)] == path for place in found), found


@pytest.mark.parametrize("version", [2, "1", None])
def test_a_file_of_another_version_is_refused(version: Any) -> None:
    file = {"version": version, "topic": "data", "questions": [{}]}
    with pytest.raises(ValidationError):
        TopicFile.model_validate(file)
    assert TopicFile.model_validate(file | {"version": 1}).version == 1


@pytest.mark.parametrize("slug", ["Alerts", "alerts 500", "-alerts", "a--b", "", "ü", "a" * 61])
def test_an_id_is_lower_case_words_joined_by_hyphens(slug: str) -> None:
    assert faults(raw(("id",), slug))[0][0] == ("id",)
    assert Question.model_validate(raw(("id",), "alerts-500")).id == "alerts-500"


@pytest.mark.parametrize(
    ("path", "longest"),
    [
        (("title",), 45),
        (("prompt",), 900),
        (("hint",), 300),
        (("key_points", 0, "statement"), 200),
        (("key_points", 0, "about"), 100),
        (("strong_answer",), 1600),
        (("choice", "options", 0, "text"), 160),
        (("choice", "options", 0, "because"), 300),
    ],
)
def test_texts_are_there_and_fit_their_place(path: tuple[str | int, ...], longest: int) -> None:
    Question.model_validate(raw(path, "x" * longest))
    assert [place for place, _ in faults(raw(path, "x" * (longest + 1)))] == [path]
    assert [place for place, _ in faults(raw(path, "  \n "))] == [path], "blank"


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (("key_points",), 2),
        (("key_points",), 7),
        (("probes",), 2),
        (("roles",), 0),
        (("sources",), 0),
        (("key_points", 0, "cues"), 0),
        (("probes", 0, "aims_at"), 0),
        (("probes", 0, "key_points"), 5),
        (("choice", "options"), 3),
        (("choice", "options"), 5),
    ],
)
def test_too_few_and_too_many_are_refused(path: tuple[str | int, ...], values: int) -> None:
    made: dict[Any, list[Any]] = {
        "key_points": [make_point(f"p{n}") for n in range(values)],
        "probes": [make_probe(f"p{n}") for n in range(values)],
        "options": [
            {"text": f"Option {n}", "because": "So.", "correct": n == 0} for n in range(values)
        ],
    }
    assert faults(raw(path, made.get(path[-1], [])))[0][0] == path


@pytest.mark.parametrize("weight", [0, 4, -1])
def test_a_weight_is_one_to_three(weight: int) -> None:
    assert faults(raw(("key_points", 0, "weight"), weight))[0][0] == ("key_points", 0, "weight")


def says(question: dict[str, Any]) -> str:
    ((_, message),) = faults(question)
    return message


def test_a_key_point_id_is_used_once() -> None:
    points = [make_point(name) for name in ("capacity", "cost", "cost", "capacity")]
    assert "key point id used twice: capacity, cost" in says(raw(("key_points",), points))


def test_a_probe_id_is_used_once() -> None:
    probes = [make_probe("first"), make_probe("first"), make_probe("third")]
    assert "probe id used twice: first" in says(raw(("probes",), probes))


def test_a_key_point_id_of_a_probe_is_used_once() -> None:
    points = [make_point("cutoff"), make_point("cutoff")]
    question = raw(("probes", 1, "key_points"), points)
    assert faults(question)[0][0] == ("probes", 1)
    assert "key point id used twice: cutoff" in says(question)


def test_a_probe_aims_at_key_points_that_are_there() -> None:
    question = raw(("probes", 1, "aims_at"), ["cost", "nowhere", "elsewhere"])
    assert "not there: elsewhere, nowhere" in says(question)


@pytest.mark.parametrize("right", [0, 2, 4])
def test_exactly_one_option_is_right(right: int) -> None:
    options = [option | {"correct": n < right} for n, option in enumerate(make_options())]
    assert "exactly one option must be correct" in says(raw(("choice", "options"), options))


@pytest.mark.parametrize("right", range(4))
def test_the_right_option_is_found_wherever_it_stands(right: int) -> None:
    options = [option | {"correct": n == right} for n, option in enumerate(make_options())]
    assert make_question(choice={"options": options}).choice.right == right


def test_no_option_stands_there_twice_whatever_its_case() -> None:
    options = make_options()
    options[3]["text"] = options[0]["text"].upper()
    assert "option text used twice: option one" in says(raw(("choice", "options"), options))


def test_a_snippet_question_needs_its_code() -> None:
    assert "a snippet question needs its code" in says(raw(("form",), "snippet"))
    code = make_question(form="snippet", code=CODE).code
    assert code is not None
    assert (code.language, code.check) == ("python", "assert x == 2")


def test_code_keeps_its_line_breaks() -> None:
    shown = "def f():\n    return 1"
    code = make_question(code=CODE | {"shown": shown}).code
    assert code is not None
    assert code.shown == shown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one\ntwo", "one two"),
        ("one  \n   two", "one two"),
        ("one\n\ntwo\nthree", "one\n\ntwo three"),
        ("one\n \ntwo", "one\n \ntwo"),
        ("first:\n- one\n- two\n  and a half", "first:\n- one\n- two and a half"),
        ("first:\n1. one\n2) two\n* three", "first:\n1. one\n2) two\n* three"),
        ("minus\n-3 is less", "minus -3 is less"),
        ("  trimmed \n", "trimmed"),
    ],
)
def test_prose_is_unwrapped_but_paragraphs_and_lists_stay(written: str, read: str) -> None:
    assert make_question(hint=written).hint == read


PROSE_FIELDS: list[tuple[str | int, ...]] = [
    ("prompt",),
    ("hint",),
    ("strong_answer",),
    ("weak_answer",),
    ("weak_because",),
    ("sources", 0),
    ("key_points", 0, "statement"),
    ("key_points", 0, "about"),
    ("probes", 0, "prompt"),
    ("probes", 0, "model_reply"),
    ("choice", "prompt"),
    ("choice", "options", 0, "text"),
    ("choice", "options", 0, "because"),
]


@pytest.mark.parametrize("path", PROSE_FIELDS)
def test_everything_people_read_is_unwrapped(path: tuple[str | int, ...]) -> None:
    question: Any = Question.model_validate(raw(path, "one\ntwo")).model_dump()
    for step in path:
        question = question[step]
    assert question == "one two"


def test_a_correction_is_unwrapped_too() -> None:
    wrong = [{"cue": "a > b", "correction": "one\ntwo"}]
    question = make_question(
        key_points=[make_point("capacity", misconceptions=wrong), make_point("b"), make_point("c")]
    )
    assert question.key_points[0].misconceptions[0].correction == "one two"


@given(st.text("ab1.)-* \n\t", min_size=1, max_size=60).filter(str.strip))
def test_unwrapping_twice_is_unwrapping_once_and_loses_no_word(written: str) -> None:
    once = make_question(hint=written).hint
    assert make_question(hint=once).hint == once
    assert once.split() == written.split()


@pytest.mark.parametrize("field", ["title", "topic", "choice"])
def test_a_loaded_question_cannot_be_changed(field: str) -> None:
    question = make_question()
    with pytest.raises(ValidationError):
        setattr(question, field, getattr(question, field))
    with pytest.raises(ValidationError):
        question.key_points[0].weight = 3
    assert isinstance(question.key_points, tuple)


def test_the_hash_names_the_wording() -> None:
    question = make_question()
    assert len(question.hash) == 16
    assert make_question().hash == question.hash


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("prompt",), "Another prompt?"),
        (("key_points", 2, "statement"), "Another statement."),
        (("key_points", 2, "weight"), 2),
        (("key_points", 2, "cues", 0), "another & cue"),
        (("probes", 1, "key_points", 0, "cues", 0), "another & cue"),
        (("choice", "options", 0, "because"), "Another reason."),
        (("strong_answer",), "Another answer."),
        (("form",), "list"),
    ],
)
def test_the_hash_changes_with_wording_and_rubric(path: tuple[str | int, ...], value: Any) -> None:
    assert Question.model_validate(raw(path, value)).hash != make_question().hash


def test_a_key_point_is_found_by_its_id() -> None:
    question = make_question()
    assert question.point("threshold") is question.key_points[1]
    assert question.point("retired") is None


def test_a_choice_has_four_options_and_no_more() -> None:
    question = make_choice(sources=["Own experience"])
    assert not question.in_words
    assert (question.key_points, question.probes, question.hint) == ((), (), "")
    assert Question.model_validate(question.model_dump(mode="json")) == question
    given = {**make_choice().model_dump(mode="json"), "hint": "Think.", "probes": [make_probe()]}
    assert "probes aim at key points that are not there" in says(given)
    given = {**make_choice().model_dump(mode="json"), "hint": "Think.", "weak_answer": "Well."}
    assert "a choice has four options and no more; leave out hint, weak_answer" in says(given)


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.CHOICE])
@pytest.mark.parametrize("part", RUBRIC)
def test_every_other_form_needs_its_rubric(form: Form, part: str) -> None:
    question = raw(("form",), form.value) | {"code": CODE}
    assert Question.model_validate(question).in_words
    del question[part]
    assert faults(question) == [((part,), "Field required")]


def test_without_a_form_the_rubric_is_missed_too() -> None:
    question = raw()
    del question["form"], question["hint"]
    assert [path for path, _ in faults(question)] == [("form",), ("hint",)]
