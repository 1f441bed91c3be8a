"""Behavioral questions."""

from tests.numbers import shown


def test_explain_to_product_manager() -> None:
    """What becomes of 100 envelopes."""
    q = "explain-to-product-manager"
    shown(q, "86 still throw it away", 100 - 14)
    assert 14 / 6 > 2, "visits double"


def test_impact_beyond_the_model() -> None:
    """The share of the process in the fall of failed attempts, and the rise of the AUC."""
    q = "impact-beyond-the-model"
    by_process = (14 - 11.5) / (14 - 9)
    assert by_process == 0.5, "one half"
    shown(q, "about 105,000 euros", (1 - by_process) * 210_000)
    shown(q, "was 8 points better", 100 * (0.89 - 0.81))


def test_project_story() -> None:
    """The quantile from two prices, the shops of the trial and its effect."""
    q = "project-story"
    shown(q, "optimised the 70 % quantile", 100 * 35 / (35 + 15))
    assert 35 / 15 > 2, "more than twice as bad"
    shown(q, "nine of the 80 managers", 40 + 40)
    shown(q, "fell by 3.5 points", 11 - 7.5)
    shown(q, "so I claim 3.1", 3.5 - 0.4)
    assert abs((2.2 + 4.0) / 2 - 3.1) < 1e-9, "the interval lies around its effect"
    shown(q, "within 20 minutes on a single machine", 3 * 60 - (2 * 60 + 40))
    assert 7_200 % 120 == 0, "as many products in every shop"


def test_star_model_failure() -> None:
    """Four weeks of misrouted tickets, and what each of them waited."""
    q = "star-model-failure"
    shown(q, "some 19,000 tickets", 2_300 + (4 * 5 - 1) * 900)
    shown(q, "15 hours of extra waiting", 19 - 4)
