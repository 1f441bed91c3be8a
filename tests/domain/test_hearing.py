"""What counts as said: claims across clauses, negation, empty words, and the prompt's own words."""

import pytest

from bot.domain.cue import parse_cue, parse_misconception
from bot.domain.hearing import Heard
from bot.domain.rubric import assess
from bot.domain.spelling import Vocabulary
from bot.domain.text import read
from bot.domain.verdict import State
from tests.domain.questions import make_point, make_question

C, M = State.COVERED, State.MISSING


def heard(text: str, *cues: str) -> Heard:
    parse = [parse_misconception(c) if ">" in c else parse_cue(c) for c in cues]
    return Heard(read(text), Vocabulary.of(parse, frozenset()))


def claims(text: str, cue: str) -> bool:
    return heard(text, cue).claim(parse_misconception(cue)) is not None


def state(cue: str, answer: str, prompt: str = "Say what you would do here.") -> State:
    points = [make_point(name, cues=[cue]) for name in "abc"]
    return assess(make_question(key_points=points, prompt=prompt), answer).points[0].state


@pytest.mark.parametrize(
    ("text", "cue", "made"),
    [
        ("There was no previous solution so no comparison needed", "no > comparison|need*", True),
        ("There was no one, no previous solution so not one comparison", "no > comparison", False),
        ("With and without dropout the loss is the same", "dropout > same", True),
        ("It is the same with and without noise for loss", "same > loss", True),
        ("Without trees the loss is zero", "loss > zero", True),
        ("The loss without trees is zero", "loss > zero", False),
        ("The loss is never zero", "loss > zero", False),
    ],
)
def test_a_denial_takes_back_only_what_it_denies(text: str, cue: str, made: bool) -> None:
    assert claims(text, cue) is made


ZERO = "l2|ridge > unimportant|feature* > exactly zero"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Choose L2 since it is kind, so the unimportant features go to exactly zero", True),
        ("Since L2 is stricter, the unimportant features are driven to exactly zero.", True),
        ("We take L2, which makes unimportant features exactly zero.", True),
        ("We take L2, while L1 makes unimportant features exactly zero.", False),
        ("We take L2, and with L1 unimportant features are exactly zero.", False),
        ("We take L2, so unimportant features are not exactly zero.", False),
        ("We take L2. So the unimportant features are exactly zero.", False),
        ("We take L2, it is kind, so unimportant features are exactly zero.", False),
        ("So unimportant features are exactly zero.", False),
        ("Take it, so unimportant features are exactly zero with L2.", False),
        ("Features first, so L2 makes them exactly zero.", False),
    ],
)
def test_a_claim_may_take_its_subject_from_the_clause_before(text: str, made: bool) -> None:
    assert claims(text, ZERO) is made


def test_what_must_not_be_said_counts_in_both_clauses() -> None:
    text = "We take L2 with a threshold, so the weights are exactly zero."
    assert claims(text, "l2 > exactly zero")
    assert not claims(text, "l2 > exactly zero > !threshold")


def test_of_all_sequences_the_tightest_is_the_claim() -> None:
    text = "The rows, I think, are few, the rows are so many that all rows are kept"
    cue = parse_misconception("rows > kept")
    claim = heard(text, "rows > kept").claim(cue)
    assert claim is not None
    assert claim.width == 3


def test_only_the_words_of_a_phrase_are_named() -> None:
    text = "Each tree that we omits, and the omitted tree"
    named = heard(text, "each omits|each tree omits").said_by([parse_cue("each tree omits")])
    assert named == frozenset({0, 1, 4})
    assert heard("over fitting", "overfitting").said_by([parse_cue("over fitting")]) == {0, 1}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("They show different lists to different people.", C),
        ("Different people are there.", M),
        ("It is hard for everybody and everyone.", M),
        ("Different people are there. Lists are great.", M),
    ],
)
def test_some_words_are_empty_only_among_empty_words(answer: str, expected: State) -> None:
    assert state("different & people|person", answer) is expected


def test_hardly_is_not_hard() -> None:
    assert state("hardly", "It hardly ever happens to them.") is C
    assert state("hard", "It hardly ever happens to them.") is M


def test_a_telling_pair_is_heard_before_a_pair_of_empty_words() -> None:
    answer = "At the end of the day I look at the experience, then the threshold goes by capacity."
    assert state("look|threshold & day|capacity", answer) is C


LAUNCH = "Clicks are up, watch time does not move. Do you launch the model, and what do you say?"
DECLINED = "How many of the payments are fraud, and how many did we decline? What is precision?"


@pytest.mark.parametrize(
    ("prompt", "cue", "answer", "expected"),
    [
        (
            LAUNCH,
            "launch* & until|before & watch time",
            "I don't launch until watch time moves.",
            C,
        ),
        ("Clicks or watch time?", "clicks & not & watch", "Clicks are not watch time.", C),
        (
            DECLINED,
            "precision & declined & fraud",
            "Precision: of the payments we declined, how many were fraud.",
            C,
        ),
        (LAUNCH, "launch* & model & say", "Do you launch the model and what do you say?", M),
        (DECLINED, "precision & fraud & decline", "Precision, decline, fraud", M),
    ],
)
def test_the_prompts_words_in_a_claim_of_ones_own(
    prompt: str, cue: str, answer: str, expected: State
) -> None:
    assert state(cue, answer, prompt) is expected
