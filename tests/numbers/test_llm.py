"""Language models."""

from tests.numbers import shown


def test_llm_retrieval_evaluation() -> None:
    """Good and bad answers of 200, where the bad ones fail, and the ceiling."""
    q = "llm-retrieval-evaluation"
    good = 0.62 * 200
    bad = 200 - good
    shown(q, "more good answers, 124", good)
    shown(q, "take the 76 bad answers", bad)
    shown(q, "38 % of the assistant", 100 * bad / 200)
    shown(q, "is 165 of", good + 41)
    shown(q, "so 82.5 %", 100 * (good + 41) / 200)
    shown(q, "The 26 that failed", bad - 50)
    shown(q, "and 9 need better chunks", 50 - 41)
