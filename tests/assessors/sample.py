"""A question, and an answer that says half of it in words that no cue was made for."""

from bot.domain.rubric import assess
from tests.domain.questions import make_point, make_probe, make_question

QUESTION = make_question(
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
            cues=["precision|hit rate & capacity|top|first & review*|investigat*"],
            misconceptions=[
                {
                    "cue": "accuracy > best|right",
                    "correction": "accuracy counts what nobody looks at.",
                }
            ],
        ),
        make_point(
            "cost",
            weight=2,
            kind="consequence",
            statement="Weighs what a missed fraud costs against a false alarm.",
            about="what each kind of error costs",
            cues=["missed|miss & cost*|expensive|euros & alarm|false positive"],
        ),
        make_point(
            "drift",
            kind="practice",
            statement="Looks for the cause of a drop before retraining.",
            about="what comes first when numbers fall",
            cues=["monitor*|watch & prevalence|drift*"],
        ),
    ],
    probes=[
        make_probe("more", aims_at=["capacity"], prompt="Two reviewers join. What changes?"),
        make_probe("again", aims_at=["cost"], family="threshold"),
        make_probe("later", aims_at=["drift"], family="drift"),
    ],
)
COST = "a false alarm weighs less than a missed theft"
DRIFT = "I look for the cause of the drop and only then think of retraining"
DEFINE = "Precision is how many of the alerts are really fraud"
CHAT = "My last team had a nice office with a view of the harbour"
ANSWER = f"{DEFINE}. For a bank {COST}. When numbers fall, {DRIFT}. {CHAT}."
RUBRIC = assess(QUESTION, ANSWER)
"""What the rubric engine hears: `define`, and nothing of `drift`."""
