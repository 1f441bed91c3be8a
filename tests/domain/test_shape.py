"""Shapes at their borders, which whole answers seldom touch."""

import pytest

from bot.domain.rubric import assess
from bot.domain.shape import enumerated, keywords
from bot.domain.text import read
from bot.domain.verdict import Pattern, State
from tests.domain.questions import make_point, make_question

ONE_GLUE_WORD = (
    "precision capacity review missed cost of alarm high {} expensive {} monitor drift rate"
)
NO_GLUE_WORD = ONE_GLUE_WORD.replace(" of ", " per ")


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        (ONE_GLUE_WORD.format("share", "top"), True),
        (ONE_GLUE_WORD.format("because", "top"), True),
        (ONE_GLUE_WORD.format("because", "so"), False),
        (NO_GLUE_WORD.format("because", "so"), True),
        (NO_GLUE_WORD.format("because ->", "-> so"), False),
    ],
)
def test_reasons_make_a_list_an_argument_only_if_something_holds_it_together(
    written: str, listed: bool
) -> None:
    """One `because` is not yet an argument, and among bare keywords it is but one more of them."""
    text = read(written)
    assert keywords(text) == (frozenset(range(len(text.tokens))) if listed else frozenset())


RECITED = "The threshold is the model of a cost. " * 7


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("Reviewers check alerts daily.", Pattern.DEFINITION_ONLY),
        ("Reviewers check more alerts daily.", None),
    ],
)
def test_who_says_more_than_sixty_words_has_not_merely_defined(
    more: str, found: Pattern | None
) -> None:
    answer = RECITED + more
    assert len(read(answer).tokens) == (60 if found else 61)
    assert assess(make_question(), answer).pattern is found


SAID = [
    (
        "Recall, because one thief slipping by hurts as much as twenty grumpy shoppers",
        "recall & thief slip*|one thief slipping by & hurts much|hurts as twenty & grumpy shoppers",
    ),
    (
        "ROC AUC divides the false alarms by all the good parts, so it stays high whatever happens",
        "roc auc & divides alarms|false alarms|divides all & all good parts|by the good parts "
        "& stays high|so stays|whatever happens",
    ),
    (
        "Imputing, scaling, target encoding = steps of one estimator, fit() called anew per fold…",
        "imputing|scaling|target encoding & steps one estimator|one estimator|steps & "
        "fit called|called anew|anew per fold",
    ),
    (
        "Precision = TP/(TP+FP), so how many of the blocked payments were really fraud.",
        "precision & tp tp|tp fp|how many blocked|so how many & blocked payments|really fraud",
    ),
    (
        "t-SNE preserves local neighbourhoods, so inter-cluster distance and cluster area are not "
        "interpretable; the far island proves nothing",
        "t sne preserves & neighbourhoods inter|local neighbourhoods|cluster distance "
        "& distance area|area interpretable|not interpretable far|far island|island proves nothing",
    ),
    (
        "OOB: each tree omits approx 1/3 of rows, predict each row using only trees where it was "
        "omitted, compute error",
        "oob & each tree omits|omits approx|1 3 rows|each row|predict row & only trees|using "
        "trees|was omitted|compute error|trees where omitted",
    ),
    (
        "mean, median\nmean and std only from X[:cut], use them on both",
        "mean std|median & std only cut|only from x cut & use both",
    ),
    (
        "The rate is late, so I watch indicators that don't need sixty days, complaints, app "
        "opens, the number of logins.",
        "rate|late & watch indicators|indicators & don't need sixty days|need sixty days",
    ),
    (
        "one probability, two cut-offs, let through / call the client / stop the payment",
        "one probability|probability & two cut offs|cut offs & let through|call client",
    ),
]


@pytest.mark.parametrize(("answer", "cue"), SAID)
def test_a_right_sentence_is_heard_however_wide_the_cues(answer: str, cue: str) -> None:
    """Its words are all in the cues, but the order and what holds them together are its own."""
    points = [make_point(name, cues=[cue]) for name in "abc"]
    question = make_question(key_points=points, prompt="Say what you would do here, and why.")
    assert [p.state for p in assess(question, answer).points] == [State.COVERED] * 3


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("The best of n has chance 1/e and TP/(TP+FP) with/without it, we saw once.", False),
        ("It has precision/recall/accuracy/calibration in it.", True),
        ("It has precision + recall + accuracy + calibration in it.", True),
        ("TP + FP + TN + FN is how many we saw.", False),
    ],
)
def test_a_formula_is_no_list(answer: str, items: bool) -> None:
    assert bool(enumerated(read(answer))) is items


def test_the_verb_before_a_list_is_not_in_it() -> None:
    text = read("Nobody says that it will precision, recall, accuracy, calibration.")
    every = frozenset(range(len(text.tokens)))
    assert enumerated(text, every) == frozenset(range(5, 9))


def test_a_long_clause_of_cue_words_is_no_item() -> None:
    text = read("recall, accuracy, that one does not count, drift, rate")
    assert not enumerated(text, frozenset(range(len(text.tokens))))
    text = read("recall, accuracy, every one of the rows, drift, rate")
    assert len(enumerated(text, frozenset(range(len(text.tokens))))) == len(text.tokens)


JOINED = (
    "missed cost of alarm so rate drift monitor because review capacity so top share flagged "
    "precision recall {}"
)


@pytest.mark.parametrize(("more", "listed"), [("now", True), ("shows we pay", False)])
def test_reasons_between_cue_words_make_no_sentence_without_a_verb(more: str, listed: bool) -> None:
    text = read(JOINED.format(more))
    said = frozenset(
        i for i, t in enumerate(text.tokens) if t.word not in {"of", "so", "because", "we"}
    )
    assert bool(keywords(text, said)) is listed
    assert not keywords(text)
