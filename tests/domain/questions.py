"""Questions for tests: every field has a sane default, so a test says only what it is about."""

from typing import Any

from bot.domain.question import Question


def make_point(point_id: str = "capacity", **fields: Any) -> dict[str, Any]:
    """A key point as YAML would give it."""
    return {
        "id": point_id,
        "statement": f"Says what matters about {point_id}.",
        "about": f"what {point_id} means here",
        "kind": "mechanism",
        "weight": 1,
        "cues": [f"{point_id} & limit*|bound*"],
        "misconceptions": [],
        **fields,
    }


def make_probe(probe_id: str = "two-more-reviewers", **fields: Any) -> dict[str, Any]:
    """A follow-up as YAML would give it."""
    return {
        "id": probe_id,
        "family": "what-if-it-changes",
        "aims_at": ["capacity"],
        "prompt": "Two more reviewers join. What do you change?",
        "key_points": [make_point("cutoff", cues=["threshold|cut off & lower*|drop*|reduce"])],
        "model_reply": "I lower the threshold until the new capacity is used.",
        **fields,
    }


def make_options() -> list[dict[str, Any]]:
    """Four options, the second one right."""
    return [
        {"text": f"Option {name}", "because": f"Because of {name}.", "correct": name == "two"}
        for name in ("one", "two", "three", "four")
    ]


def make_choice(question_id: str = "which-average", **fields: Any) -> Question:
    """A question of four options and no more."""
    return Question.model_validate(
        {
            "id": question_id,
            "topic": "evaluation",
            "title": "Which average",
            "round": "theory",
            "difficulty": "medium",
            "seniority": "mid",
            "roles": ["mle"],
            "form": "choice",
            "prompt": "Ninety of a hundred classes are rare. Which average of F1 shows that?",
            "choice": {"options": make_options()},
            **fields,
        }
    )


def make_question(question_id: str = "alerts", **fields: Any) -> Question:
    """A valid question; pass `key_points`, `probes`, `form`, `prompt` … to change it."""
    points = fields.pop("key_points", None) or [
        make_point("capacity"),
        make_point("threshold"),
        make_point("cost"),
    ]
    first = points[0]["id"]
    probes = fields.pop("probes", None) or [
        make_probe("first", aims_at=[first]),
        make_probe("second", aims_at=[first], family="threshold"),
        make_probe("third", aims_at=[first], family="drift"),
    ]
    return Question.model_validate(
        {
            "id": question_id,
            "topic": "evaluation",
            "title": "Alerts a day",
            "round": "theory",
            "difficulty": "medium",
            "seniority": "mid",
            "roles": ["mle"],
            "form": "explain",
            "prompt": "Reviewers can check 500 alerts a day. How do you judge the model?",
            "hint": "Think of who reads the alerts.",
            "key_points": points,
            "strong_answer": "The capacity is the limit.",
            "weak_answer": "I would look at the metrics.",
            "weak_because": "It decides nothing.",
            "probes": probes,
            "choice": {"options": make_options()},
            "sources": ["Own experience"],
            **fields,
        }
    )
