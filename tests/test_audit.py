"""What is wrong with a bank only when it is read as a whole, and how many there are of what."""

from typing import Any

import pytest

from bot.content import load_bank
from bot.domain.bank import Bank
from bot.domain.question import Question
from bot.harness.audit import findings
from bot.harness.labelled import Labelled
from bot.harness.stats import stats_lines
from bot.settings import QUESTIONS
from tests.domain.questions import make_point, make_question
from tests.test_content import ROOT

OTHER_PROMPT = "A forest of 500 trees votes, and one of them is yours. What does its error tell?"


def other(**fields: Any) -> Question:
    points = [
        make_point(name, statement=f"It is about {name} alone.") for name in ("a1", "b2", "c3")
    ]
    return make_question("forest", **({"prompt": OTHER_PROMPT, "key_points": points} | fields))


def found(*questions: Question, answers: list[Labelled] | None = None) -> list[str]:
    return list(findings(Bank.of(questions), answers or []))


def options(*texts: str, right: int) -> dict[str, Any]:
    return {
        "options": [
            {"text": text, "because": f"Because of {at}.", "correct": at == right}
            for at, text in enumerate(texts)
        ]
    }


def test_a_sound_bank_is_silent():
    assert found(make_question(), other()) == []


def test_near_duplicates_are_named():
    twin = make_question("twin", prompt=make_question().prompt.replace("judge", "rate"))
    says = found(make_question(), twin)
    assert "evaluation/twin: asks nearly the same as alerts" in says
    assert "evaluation/alerts: capacity says nearly the same as twin: capacity" in says, (
        "key points are compared, too"
    )


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (options("Cut", "A cut-off that fits the day", "Drop", "Stop", right=1), "its length"),
        (options("It never fits", "Some", "It always fits", "Most", right=1), "“always”"),
        (options("It never fits", "Always some", "It always fits", "Most", right=1), None),
        (options("It never fits", "Some", "It fits", "Most", right=1), None),
    ],
)
def test_options_that_give_themselves_away_are_named(choice: dict[str, Any], says: str | None):
    named = found(make_question(choice=choice))
    assert [says in line for line in named] == ([True] if says else [])


def bank_of(count: int, right: int, lengths: tuple[int, ...]) -> list[Question]:
    """So many questions with options of these lengths."""
    texts = [letter * length for letter, length in zip("abcd", lengths, strict=True)]
    return [make_question(f"q{n}", choice=options(*texts, right=right)) for n in range(count)]


def shares(*questions: Question) -> list[str]:
    return [line for line in found(*questions) if line.endswith((" questions", " ones"))]


@pytest.mark.parametrize(("said", "how"), [("It is, because it is", "argue"), ("All", "sweep")])
def test_how_mistakes_are_worded_must_not_give_them_away(said: str, how: str):
    asked = [
        make_question(f"q{n}", choice=options("Yes", *texts, right=n % 4))
        for n in range(60)
        for texts in [("No", said, "Who knows") if n % 4 != 2 else ("No", "It is", "Who knows")]
    ]
    assert shares(*asked) == [f"0% of the right options {how}, and 25% of the wrong ones"]


def test_shares_that_give_the_right_option_away_are_named():
    says = shares(*bank_of(60, 2, (8, 8, 9, 8)))
    assert "the right option is the longest in 60 of 60 questions" in says
    assert "C is the right option in 60 of 60 questions" in says
    assert "A is the right option in 0 of 60 questions" in says
    assert not shares(*bank_of(59, 2, (8, 8, 9, 8))), "with so few, that may be luck"


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("capacity & model|bound*", "evaluation/alerts: capacity: a cue hears 'model' alone"),
        ("capacity & small model|bound*", None),
        ("capacity & model|bound* & top", None),
        ("capacity & modelling", None),
        ("capacity & bound* & !data", None),
    ],
)
def test_generic_nouns_are_no_evidence(cue: str, says: str | None):
    points = [make_point("capacity", cues=[cue]), make_point("threshold"), make_point("cost")]
    assert found(make_question(key_points=points)) == ([says] if says else [])


def test_the_cues_of_probes_are_read_as_well():
    probes = [p.model_dump(mode="json") for p in make_question().probes]
    probes[0]["key_points"][0]["cues"] = ["result|results"]
    named = found(make_question(probes=probes))
    assert named == ["evaluation/alerts: first: cutoff: a cue hears 'result', 'results' alone"]


@pytest.mark.parametrize(
    ("prompt", "taken"),
    [
        ("What is *x* here, and why?", "*x*"),
        ("Is `*x*` code, and w * h * d a volume, or snake_case_name a name?", None),
        ("Which of _these_ is it?", "_these_"),
        ("# A heading", "# "),
    ],
)
def test_what_discord_would_format_is_named(prompt: str, taken: str | None):
    named = found(make_question(prompt=prompt))
    says = f"prompt: Discord reads {taken!r} as formatting; put it into backticks"
    assert named == ([f"evaluation/alerts: {says}"] if taken else [])


def test_a_point_that_no_answer_covers_was_never_measured():
    question = make_question()
    covers = frozenset({"capacity", "threshold"})
    answer = Labelled(question, "strong", "…", covers, frozenset(), frozenset(), covers)
    assert found(question, answers=[answer]) == [
        "evaluation/alerts: no labelled answer covers cost"
    ]
    assert found(question) == [], "a bank without labelled answers is not asked for them"


def test_questions_are_counted_by_topic_and_in_all():
    hard = make_question("hard", difficulty="hard", topic="trees", roles=["mle", "ai-engineer"])
    lines = list(stats_lines(Bank.of([make_question(), hard])))
    assert [line.split(" | ")[:5] for line in lines[2:5]] == [
        ["| evaluation", "1", "0", "1", "0"],
        ["| trees", "1", "0", "0", "1"],
        ["| **all**", "2", "0", "1", "1"],
    ]
    assert lines[-2:] == ["Rounds: 2 theory.", "Forms: 2 explain."]
    assert {line.count("|") for line in lines[:5]} == {14}


def test_the_documentation_shows_the_bank_as_it_is():
    shown = (ROOT / "docs/bank.md").read_text("utf-8")
    table = "\n".join(stats_lines(load_bank(QUESTIONS)))
    assert table in shown, "put what `loopmate bank stats` prints into docs/bank.md"
