"""Verdicts: what is covered, what shows it, and what no one gets credit for."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence import LONGEST_EVIDENCE
from bot.domain.question import Form
from bot.domain.rubric import GRADER, LONGEST_ANSWER, assess, assess_probe
from bot.domain.shape import enumerated
from bot.domain.text import read
from bot.domain.verdict import Pattern, State

from .questions import make_point, make_probe, make_question

C, U, M, X = State.COVERED, State.UNCLEAR, State.MISSING, State.CONTRADICTED

ALERTS = make_question(
    "alerts",
    prompt=(
        "Your fraud model scores a million payments a day and reviewers can check 500 alerts. "
        "How do you judge it, and where do you put the threshold?"
    ),
    key_points=[
        make_point(
            "define",
            kind="definition",
            statement="Precision is the share of flagged cases that are fraud.",
            cues=["precision & share|how many|part|divided & flagged|alerts|stopped|predicted"],
            misconceptions=[
                {
                    "cue": "precision > share|how many|part > frauds > caught|found|missed",
                    "correction": "that is recall; precision asks how many alerts are fraud.",
                }
            ],
        ),
        make_point(
            "capacity",
            weight=3,
            statement="Judges by precision among the cases that can be reviewed.",
            about="what counts in the cases that get reviewed",
            cues=[
                "precision|precise|hit rate & capacity|top|500|first & review*|check|investigat*",
                "precision at k",
            ],
        ),
        make_point(
            "cost",
            weight=2,
            kind="consequence",
            statement="Weighs what a missed fraud costs against a false alarm.",
            about="what each kind of error costs",
            cues=["missed|miss|false negative & cost*|expensive|euros & alarm|false positive"],
        ),
        make_point(
            "drift",
            kind="practice",
            statement="Diagnoses a drop before retraining.",
            cues=["monitor*|watch & rate|prevalence|drift*"],
        ),
    ],
    probes=[
        make_probe("more", aims_at=["capacity"], prompt="Two reviewers join. What changes?"),
        make_probe("again", aims_at=["cost"], family="threshold"),
        make_probe("later", aims_at=["drift"], family="drift"),
    ],
)
STRONG = (
    "Precision is how many of the alerts are really fraud. What I report is precision among the "
    "500 that we can review. A missed fraud costs 300 euros, a false alarm costs one phone call, "
    "and after launch I watch the fraud rate week by week."
)


def states(question, answer):
    return [p.state for p in assess(question, answer).points]


def pattern(question, answer):
    return assess(question, answer).pattern


def test_a_strong_answer_is_covered_with_its_own_words():
    verdict = assess(ALERTS, STRONG)
    assert [(p.point_id, p.state, p.share, p.evidence) for p in verdict.points] == [
        ("define", C, 1, "Precision is how many of the alerts are really fraud"),
        ("capacity", C, 1, "What I report is precision among the 500 that we can review"),
        ("cost", C, 1, "A missed fraud costs 300 euros, a false alarm costs one phone call"),
        ("drift", C, 1, "after launch I watch the fraud rate week by week"),
    ]
    assert verdict.score == 1
    assert verdict.pattern is None
    assert verdict.grader == GRADER == "rubric 4"
    assert (verdict.question_id, verdict.question_hash) == ("alerts", ALERTS.hash)


def test_the_score_is_the_earned_share_of_the_weights():
    verdict = assess(ALERTS, "What counts is precision among the 500 we can review.")
    assert [p.share for p in verdict.points] == [0.25, 1, 0, 0] or verdict.score > 0
    weights = [p.weight for p in ALERTS.key_points]
    earned = sum(w * p.share for w, p in zip(weights, verdict.points, strict=True))
    assert verdict.score == pytest.approx(earned / 7)


def test_a_wrong_claim_vetoes_its_point():
    answer = "Precision is the share of frauds we caught, or the share of flagged ones."
    verdict = assess(ALERTS, answer)
    (define, *_) = verdict.points
    assert define.state is X
    assert define.share == 0
    assert define.evidence == "Precision is the share of frauds we caught"
    assert define.correction == "that is recall; precision asks how many alerts are fraud."
    assert verdict.pattern is None


def test_a_rejected_claim_is_no_claim():
    answer = "It is a myth that precision is the share of frauds we caught, it asks for alerts."
    assert states(ALERTS, answer)[0] is not X


def test_the_words_of_a_wrong_claim_argue_for_nothing_else():
    question = make_question(
        key_points=[
            make_point(
                "mcar",
                cues=["mcar & chance"],
                misconceptions=[{"cue": "mcar > depends > itself", "correction": "that is MNAR."}],
            ),
            make_point("mnar", cues=["missing|mcar|mnar & depend* & itself"]),
            make_point("drop", cues=["drop & rows"]),
        ],
    )
    assert states(question, "MCAR means that it depends on the value itself.") == [X, U, M]


@pytest.mark.parametrize(
    ("answer", "state", "share"),
    [
        ("The precision is what I show for the first cases.", U, 0.5),
        ("I like hit rate.", M, 0),
        ("We can check the top of the list.", M, 0),
        ("Precision " + "and more words than anyone says " * 5 + "top reviewed", M, 0),
        ("Precision at k.", C, 1),
    ],
)
def test_part_of_a_cue_is_unclear_if_it_names_the_subject(answer, state, share):
    point = assess(ALERTS, answer).points[1]
    assert (point.state, point.share) == (state, share)
    assert (point.evidence is None) == (state is M)


def test_half_a_cue_is_a_quarter():
    question = make_question(key_points=[make_point(n, cues=["ridge & shrink*"]) for n in "abc"])
    assert [p.share for p in assess(question, "I would take ridge here, I think.").points] == [
        0.25, 0.25, 0.25,
    ]  # fmt: skip


def test_the_words_of_the_prompt_make_nothing_unclear():
    question = make_question(key_points=[make_point(n, cues=["alerts & rank*"]) for n in "abc"])
    assert states(question, "There are alerts and I would do something with them.") == [M, M, M]


def test_the_prompt_said_again_is_an_echo():
    verdict = assess(ALERTS, ALERTS.prompt)
    assert {p.state for p in verdict.points} == {M}
    assert verdict.pattern is Pattern.ECHO


def test_the_prompts_words_in_ones_own_sentence_count():
    point = make_point("where", cues=["threshold & reviewers|500"])
    question = make_question(
        prompt="Reviewers check 500 alerts. Where is the threshold?",
        key_points=[point, make_point("b"), make_point("c")],
    )
    mine = "I move the threshold down until the queue holds exactly 500 entries for the team."
    assert states(question, mine)[0] is C
    assert states(question, "The threshold of reviewers, alerts.")[0] is M


LISTS = [
    "precision capacity top 500 review missed cost false alarm monitor drift rate share flagged",
    "Precision, share, flagged, capacity, top, review, missed, costs, alarm, monitor, drift, rate",
    "precision share alerts top review missed cost alarm",
]


@pytest.mark.parametrize("answer", LISTS)
def test_a_list_of_keywords_is_no_answer(answer):
    verdict = assess(ALERTS, answer)
    assert verdict.score == 0
    assert verdict.pattern is Pattern.BUZZWORD_LIST


def test_a_list_in_a_sentence_is_named_but_not_argued():
    answer = "I would consider precision, share, alerts, capacity, review, missed, cost and alarm."
    verdict = assess(ALERTS, answer)
    assert C not in {p.state for p in verdict.points}
    assert verdict.score <= 0.25
    assert verdict.pattern is Pattern.BUZZWORD_LIST


def test_a_list_of_bullets_is_a_list():
    answer = (
        "- precision, share\n- flagged\n- capacity\n- top 500\n- review\n- missed\n- cost\n- alarm"
    )
    assert C not in set(states(ALERTS, answer))


def test_an_argument_around_a_list_counts():
    answer = (
        "I look at missed frauds, chargebacks, phone calls and angry customers, because a false "
        "alarm is cheap while a missed one is expensive."
    )
    assert states(ALERTS, answer)[2] is C


def test_a_keyword_sentence_in_a_good_answer_counts_for_nothing():
    answer = "I think about it for a while. " + LISTS[0] + ". So this is what I would do here."
    assert C not in set(states(ALERTS, answer))


def test_telegram_style_with_reasons_is_no_list():
    answer = (
        "Missed fraud = expensive, costs 300 euros; false alarm = cheap -> low threshold, recall "
        "high, precision low"
    )
    assert states(ALERTS, answer)[2] is C


TELEGRAMS = [
    "acc useless - majority class baseline = 99%. report PR-AUC + P/R at chosen threshold, ROC-AUC "
    "too optimistic w/ many TNs",
    "labels lag 60 days so need leading indicators eg logins, support tickets, predicted positive "
    "rate",
]


@pytest.mark.parametrize("answer", TELEGRAMS)
def test_notes_without_grammar_are_answers(answer):
    question = make_question(
        key_points=[
            make_point("plain", cues=["acc|accuracy & useless & majority|baseline"]),
            make_point("lag", cues=["label* lag|labels late & proxy|leading indicator*"]),
            make_point("rate", cues=["x & y"]),
        ],
        prompt="The majority class is 99 %: which baseline, report and threshold? Labels lag.",
        hint="PR-AUC or ROC-AUC, logins, support tickets, indicators; predicted positives and TNs.",
    )
    verdict = assess(question, answer)
    assert C in {p.state for p in verdict.points}
    assert verdict.pattern is not Pattern.BUZZWORD_LIST


def test_cue_words_in_a_row_are_a_list_though_some_hold_sentences_together():
    question = make_question(
        key_points=[
            make_point(
                "a", cues=["precision is the share of|hit rate & flagged cases|top cases we"]
            ),
            make_point(
                "b", cues=["review because a|missed one & costs more than the|false alarm so"]
            ),
            make_point("c", cues=["monitor the|watch & rate"]),
        ]
    )
    strung = (
        "precision is the share of top cases we review because a missed one costs more than the "
        "false alarm so monitor the rate"
    )
    verdict = assess(question, strung)
    assert verdict.score == 0
    assert verdict.pattern is Pattern.BUZZWORD_LIST
    said = (
        "To me precision is the share of top cases we open that hold up; I review because a "
        "missed one usually costs more than the trouble of a call, and I monitor the weekly rate."
    )
    assert states(question, said) == [C, C, C]


@pytest.mark.parametrize(
    ("answer", "listed"),
    [
        ("With a norm of zero it is 0/0 or 1/0, so numpy gives nan.", False),
        ("We tried 50, 100, 200, 400, 800 trees in there.", False),
        ("Cure: bug, fix, backfill; when base rate shifted, redo it; the model, retrain.", False),
        ("I split first, scaled later. Median, mean know the rest, and it shows.", False),
        ("It takes precision, recall, accuracy, calibration; and then drift.", True),
        ("- precision, share\n- capacity\n- cost", True),
    ],
)
def test_what_is_an_enumeration(answer, listed):
    assert bool(enumerated(read(answer))) is listed


def test_an_enumeration_reaches_as_far_as_cues_hear_it():
    text = read("I look at the missed fraud cost, alarm rate, the share of the frauds, and top k.")
    frauds = frozenset(range(9, 14))
    assert not {3, 11} <= enumerated(text)
    assert enumerated(text, frozenset(range(3, 7)) | frauds) >= {3, 4, 5, 6, 7, 8, *frauds}


@pytest.mark.parametrize("form", [Form.LIST, Form.EXPLAIN])
def test_lists_are_answers_where_a_list_is_asked_for(form):
    question = make_question(form=form, key_points=ALERTS.model_dump(mode="json")["key_points"])
    verdict = assess(question, LISTS[1])
    assert (C in {p.state for p in verdict.points}) == (form is Form.LIST)
    assert (verdict.pattern is Pattern.BUZZWORD_LIST) == (form is Form.EXPLAIN)


def test_code_is_no_list():
    answer = "```python\nscores = fit(missed, cost, alarm, rate)\nmissed cost alarm\n```"
    assert states(ALERTS, answer)[2] is C


OTHER = (
    "Dropout switches random neurons off while training, which stops them from leaning on each "
    "other; at inference everything is on and activations get scaled, so ensembles of thin "
    "networks emerge without paying for them. Convolutions need less of it."
)


def test_an_answer_to_another_question_is_off_topic():
    verdict = assess(ALERTS, OTHER)
    assert {p.state for p in verdict.points} == {M}
    assert verdict.pattern is Pattern.OFF_TOPIC


def test_one_hit_by_chance_does_not_bring_it_back():
    verdict = assess(ALERTS, OTHER + " Yes, we watch the rate of neurons that die.")
    assert verdict.pattern is Pattern.OFF_TOPIC
    assert verdict.score == 0


def test_two_hits_by_chance_do_not_bring_it_back():
    more = OTHER + " Precision at k is not watched, we monitor the rate of dead neurons instead."
    assert assess(ALERTS, more).pattern is Pattern.OFF_TOPIC


def test_a_story_uses_its_own_words():
    points = [
        make_point("broke", cues=["oven*|bakery & broke|burnt"]),
        make_point("price", cues=["we lost & #"]),
        make_point("since", cues=["since then & check*"]),
    ]
    story = (
        "A bakery chain threw away bread, croissants and rye loaves every evening. Our forecast "
        "was late on Easter Sunday, the ovens burnt two batches, and we lost 400 loaves in a day."
    )
    made = {
        form: make_question(f"s-{form}", form=form, key_points=points, prompt="Tell me.")
        for form in (Form.STORY, Form.EXPLAIN)
    }
    assert states(made[Form.STORY], story) == [C, C, M]
    told = assess(made[Form.EXPLAIN], story.replace("400", "many"))
    assert told.pattern is Pattern.OFF_TOPIC


def test_a_story_tells_what_happened():
    points = [make_point(n, cues=["outage|failure & cost*"]) for n in "abc"]
    question = make_question("story", form="story", key_points=points)
    theory = (
        "An outage costs money, so a failure is something that one has to plan for: models drift, "
        "data changes, labels come late, and whoever is asked will say that it was not seen."
    )
    assert states(question, theory) == [M, M, M]
    assert assess(question, theory).pattern is not Pattern.OFF_TOPIC
    mine = theory + " Ours cost us 400 euros: I looked too late, and we lost a day."
    assert states(question, mine) == [C, C, C]
    assert states(question, "The outage costs a lot.") == [C, C, C]
    probe = question.probes[0].model_copy(update={"key_points": question.key_points})
    assert assess_probe(probe, question, theory).score == 1


@pytest.mark.parametrize(
    "answer", ["", " ", "idk", "😀😀", "\u200b\u202e", "?!", "No idea, sorry."]
)
def test_next_to_nothing_is_too_short(answer):
    verdict = assess(ALERTS, answer)
    assert verdict.score == 0
    assert verdict.pattern is Pattern.TOO_SHORT


def test_a_short_answer_may_still_be_right():
    verdict = assess(ALERTS, "Precision at k.")
    assert verdict.state_of("capacity") is C
    assert verdict.pattern is not Pattern.TOO_SHORT


def test_definitions_alone_are_named():
    assert pattern(ALERTS, "Precision is the share of flagged cases that are fraud.") is (
        Pattern.DEFINITION_ONLY
    )
    assert pattern(ALERTS, "It is something that people call a metric for models.") is (
        Pattern.DEFINITION_ONLY
    )


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("Drift means that inputs move, and decay means that it is worse when they do.", True),
        (
            "There are types: precision, recall, accuracy, calibration. They are called metrics.",
            True,
        ),
        ("Drift means that inputs move; I would watch it because it hurts, so we act.", False),
        ("It means nothing, " + "and so on and on " * 20, False),
    ],
)
def test_reciting_is_named(answer, named):
    assert (pattern(ALERTS, answer) is Pattern.DEFINITION_ONLY) == named


TALK = (
    "It is always important to think about the big picture, and it depends on the situation. There "
    "are many different aspects that matter, and I would talk to everybody involved."
)


def test_empty_talk_is_nothing_at_all():
    question = make_question(
        key_points=[
            make_point("a", cues=["depend* on|situation & other|different|aspects & matter* & y"]),
            make_point("b", cues=["rank* & by score & different|picture"]),
            make_point("c", cues=["rank* & x & different|picture", "it depends & different"]),
        ]
    )
    assert states(question, TALK) == [M, M, M]
    assert states(question, TALK + " I rank by the score.") == [M, U, M]
    assert states(question, "I rank by the score.") == [M, U, M]


def test_empty_talk_around_an_answer_changes_nothing():
    for answer in (STRONG, "Precision at k.", "The precision is what I show for the first cases."):
        score = assess(ALERTS, answer).score
        assert assess(ALERTS, f"{TALK} {answer}").score == score
        assert assess(ALERTS, f"{answer}\n\n{TALK}").score == score


def test_a_metric_without_what_errors_do_is_named():
    answer = "I would choose the F1 score because it combines both and everyone knows it, so F1."
    assert pattern(ALERTS, answer) is Pattern.NO_COST_ARGUMENT


def test_a_cure_without_a_diagnosis_is_named():
    answer = "I would retrain because newer data helps, so we do it often and then it works again."
    assert pattern(ALERTS, answer) is Pattern.CURE_BEFORE_DIAGNOSIS


DESIGN = make_question("design", form="design", topic="system-design", round="system-design")


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("We train XGBoost and deploy it, because it is strong, so it will just work well.", True),
        ("The goal is fewer losses, so the decision is to block; then XGBoost ranks them.", False),
        ("We collect rows because we can, so later on something ranks them in some way.", False),
    ],
)
def test_a_model_before_the_problem_is_named(answer, named):
    assert (pattern(DESIGN, answer) is Pattern.MODEL_BEFORE_FRAMING) == named


@pytest.mark.parametrize(
    ("more", "named"),
    [("and then it went live.", True), ("but the first version broke after a week.", False)],
)
def test_a_story_in_which_nothing_broke_is_named(more, named):
    question = make_question("story", form="story", topic="behavioral", round="behavioral")
    answer = (
        "I led a team of five people and we did a project for a client, because they wanted it, "
        "so we worked for three months and everybody was happy with what we did there, " + more
    )
    assert (pattern(question, answer) is Pattern.NOTHING_BROKE) == named


def test_no_pattern_is_the_normal_case():
    answer = "I think that we should tune it until it feels right, because then people like it."
    question = make_question("plain", topic="trees")
    assert pattern(question, answer) is None


def test_a_good_answer_has_no_pattern():
    answer = "Precision at k. A missed fraud costs more than a false alarm."
    verdict = assess(ALERTS, answer)
    assert verdict.score >= 0.6
    assert verdict.pattern is None


def test_a_reply_to_a_probe_is_judged_by_the_probes_points():
    probe = ALERTS.probes[0]
    verdict = assess_probe(probe, ALERTS, "I lower the threshold until they are busy.")
    assert [(p.point_id, p.state) for p in verdict.points] == [("cutoff", C)]
    assert verdict.score == 1
    assert verdict.question_id == "alerts"
    empty = assess_probe(probe, ALERTS, "Precision is what it is, I would say, in this case.")
    assert empty.pattern is None  # a reply is short by nature: only its form is judged


@pytest.mark.parametrize(
    ("answer", "longest"),
    [
        ("A missed fraud " + "really " * 8 + "costs us a lot, " + "a false alarm is not", 140),
        ("missed " + "b" * 120 + " costs " + "c" * 60 + " alarm", 140),
        ("A missed fraud is very, very expensive for the bank. " * 1 + "x" * 150 + " alarm.", 140),
    ],
)
def test_evidence_is_short(answer, longest):
    cost = assess(ALERTS, answer).points[2]
    assert cost.state is C
    assert cost.evidence in answer
    assert 0 < len(cost.evidence) <= longest


def test_an_endless_word_is_cut_in_evidence():
    question = make_question(key_points=[make_point(n, cues=["looong*"]) for n in "abc"])
    (point, *_) = assess(question, "loo" + "o" * 300 + "ng looong" + "g" * 300).points
    assert len(point.evidence) == LONGEST_EVIDENCE


def test_evidence_of_two_sentences_may_be_quoted_whole():
    answer = "Missed fraud costs. An alarm does not."
    assert assess(ALERTS, answer).points[2].evidence == "Missed fraud costs. An alarm does not"


HOSTILE = [
    "a" * 4000, "a " * 2000, " " * 4000, "\n" * 4000, "'" * 4000, "a'" * 2000, "1," * 2000,
    "```" * 1300, "<@" * 2000, "(" * 4000, "[](" * 1300, "||" * 2000, "é\u200b" * 2000,
    "\u202e" * 4000, "العربية " * 400, "漢字" * 2000, "😀" * 2000, "precision " * 400,
    "precision, " * 360, "missed cost alarm. " * 210, "\x00\ud800", "http://" * 500, "-" * 4000,
    "%" * 4000, "0,5 .5 1,000 " * 300, "and " * 1000, ". " * 2000, "x" * 9000,
]  # fmt: skip

MOST_WORK = 100
"""Calls a character; the worst text that we know takes half of that."""


@pytest.mark.parametrize("answer", HOSTILE)
def test_anything_gets_a_verdict(answer):
    verdict = assess(ALERTS, answer)
    assert 0 <= verdict.score <= 1


fragments = st.sampled_from(
    [
        "precision", "recall", "share", "flagged", "alerts", "capacity", "top", "500", "review",
        "missed", "fraud", "costs", "alarm", "caught", "frauds", "monitor", "rate", "drift", "is",
        "the", "of", "we", "not", "because", "and", ",", ".", ";", ":", "(", ")", "\n", "threshold",
        "||x||", "don't", "isn’t", "5%", "L1", "😀", "\u200b", "```", "<@1>", "-", "→", "word",
    ]
)  # fmt: skip
answers = st.one_of(st.text(max_size=300), st.lists(fragments, max_size=60).map(" ".join))


@settings(max_examples=300)
@given(answers)
def test_every_verdict_is_consistent(answer):
    verdict = assess(ALERTS, answer)
    assert verdict == assess(ALERTS, answer)
    weights = [p.weight for p in ALERTS.key_points]
    earned = sum(w * p.share for w, p in zip(weights, verdict.points, strict=True))
    assert verdict.score == pytest.approx(earned / sum(weights))
    for point in verdict.points:
        assert (point.share == 1) == (point.state is C)
        assert (point.share in {0.25, 0.5}) == (point.state is U)
        assert (point.correction is not None) == (point.state is X)
        assert (point.evidence is None) == (point.state is M)
        if point.evidence is not None:
            assert 0 < len(point.evidence) <= LONGEST_EVIDENCE
            assert point.evidence in answer
    if verdict.score >= 0.6:
        assert verdict.pattern is None


def work(answer):
    """Calls that grading it takes: what it costs, on any machine."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        assess(ALERTS, answer)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("answer", HOSTILE)
def test_work_grows_with_the_answer_and_no_faster(answer):
    assert work(answer) <= MOST_WORK * LONGEST_ANSWER


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(fragments, st.text(max_size=9)), min_size=1, max_size=12))
def test_no_answer_is_a_catastrophe(pieces):
    for joint in ("", " ", ". "):
        text = joint.join([*pieces, "x"]) * LONGEST_ANSWER
        assert work(text[:LONGEST_ANSWER]) <= MOST_WORK * LONGEST_ANSWER


@given(answers, st.integers(min_value=0, max_value=5))
def test_invisible_characters_change_nothing(answer, every):
    marked = "".join(c + ("\u200b" if i % 6 == every else "") for i, c in enumerate(answer))
    assert [p.state for p in assess(ALERTS, marked).points] == states(ALERTS, answer)


@given(st.lists(fragments, max_size=60).map(" ".join))
def test_case_changes_nothing(answer):
    assert states(ALERTS, answer.lower()) == states(ALERTS, answer.lower().swapcase())


@given(st.text(max_size=100))
def test_a_remark_before_a_strong_answer_takes_nothing_away(remark):
    verdict = assess(ALERTS, f"{remark}\n{STRONG}")
    assert sum(p.state is C for p in verdict.points) >= 3
