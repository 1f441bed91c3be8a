"""Foundations of machine learning."""

import math

import numpy as np
import pytest

from tests.numbers import shown
from tests.numbers.formulas import share_error


def test_adam_vs_sgd() -> None:
    """The memory of 300 million parameters in 32 bits."""
    q = "adam-vs-sgd"
    shown(q, "about 2.4 GB", 300e6 * 2 * 4 / 1e9)
    shown(q, "top of 1.2 for", 300e6 * 4 / 1e9)
    shown(q, "and 1.2 for the gradients", 300e6 * 4 / 1e9)


def test_bias_variance_diagnosis() -> None:
    """Model A's gap, and its distance from the dispatchers."""
    q = "bias-variance-diagnosis"
    shown(q, "a gap of 0.5 minutes", 9.6 - 9.1)
    shown(q, "leaves 0.2 minutes", 9.1 - 8.9)


def test_elastic_net_when() -> None:
    """The genes of a pathway beside the one that is kept."""
    shown("elastic-net-when", "drop the other 29", 30 - 1)


def contrast(columns: int) -> float:
    """The distance to the nearest of 20,000 random rows over the mean distance."""
    rows = np.random.default_rng(1).standard_normal((20_000, columns), dtype=np.float32)
    distances = np.sqrt(((rows[1:] - rows[:1]) ** 2).sum(axis=1))
    return float(distances.min() / distances.mean())


def test_four_hundred_columns_for_neighbours() -> None:
    """The columns without signal, a gain of 80 cents, and the contrast in 6 and 400."""
    q = "four-hundred-columns-for-neighbours"
    shown(q, "adds 394 columns", 400 - 6)
    shown(q, "If the gain is 0.8 with", 92.0 - 91.2)
    assert (92.0 - 91.2) / 92.0 < 0.01, "less than one percent"
    assert contrast(6) < 0.3, "there are neighbours"
    assert contrast(400) > 0.85, "nearly as far away as the average one"


def test_good_on_train_poor_on_validation() -> None:
    """The gap, its two parts, the last doubling, and three cures in one go."""
    q = "good-on-train-poor-on-validation"
    shown(q, "and a 25-point gap", 99 - 74)
    shown(q, "in the field, 7 points", 99 - 92)
    shown(q, "and 18 are the shift", 92 - 74)
    assert 74 - 73.5 == 0.5, "half a point"
    shown(q, 'to 6," he says', 81 - 75)
    shown(q, "noise of about 1.5 points", 100 * share_error(0.75, 800))
    shown(q, "the other 18 points", 99 - 81)


def test_gradient_descent_variants() -> None:
    """Updates of an hour and of a pass, and the noise of batches."""
    q = "gradient-descent-variants"
    assert 60 / 6 == 10, "ten updates an hour"
    shown(q, "and 40,000 times", 40e6 / 1_000)
    shown(q, "only 200 times", math.sqrt(40e6 / 1_000))
    shown(q, "about 39,000 updates", 40e6 / 1_024)
    assert 8_192 / 1_024 == 8, "eight times fewer updates"
    assert round(math.sqrt(8)) == 3, "a factor of about three, the root of eight"
    assert math.sqrt(4_000 / 1_000) == 2, "half the noise"


def test_l1_vs_l2() -> None:
    """A coefficient of cents, and the price of 30 features."""
    q = "l1-vs-l2"
    euros = np.random.default_rng(1).uniform(1_000, 8_000, 50)
    slopes = [np.polyfit(unit * euros, 0.001 * euros, 1)[0] for unit in (1, 100)]
    shown(q, "coefficient is 100 times smaller", round(slopes[0] / slopes[1], 6))
    assert 0.782 - 0.779 < 0.004, "less than the noise"


def test_warm_up_and_decay() -> None:
    """Sixteen times the batch, its root, and the steps of the fine-tuning."""
    q = "warm-up-and-decay"
    batches, steps = 4_096 / 256, 3 * 5_000 / 32
    shown(q, "there are 16 times fewer", batches)
    shown(q, "suggests 0.0012 with", 0.0003 * math.sqrt(batches))
    shown(q, "I sweep 0.0006", 0.0012 / 2)
    shown(q, "and 0.0024 in", 0.0012 * 2)
    assert math.sqrt(batches) == 4, "four times the old rate"
    shown(q, "are about 470 steps", steps)
    shown(q, "some 30 steps", 0.06 * steps)
    assert 10 <= 0.0012 / 0.00002 <= 100, "ten to a hundred times lower"


def test_why_l2_reduces_overfitting() -> None:
    """A tenth of a degree on one twin, and ridge on twins that differ by noise."""
    q = "why-l2-reduces-overfitting"
    shown(q, "jumps by about 840", 0.1 * 8_400)
    shown(q, "near 25 each", (8_400 - 8_350) / 2)
    shown(q, "share a weight of about +50", 8_400 - 8_350)
    assert 3_600 / 90 == 40, "forty times the days"
    rng = np.random.default_rng(2)
    wall = rng.normal(0, 5, 90)
    twins = wall[:, None] + rng.normal(0, 0.001, (90, 2))
    heat = 50 * wall + rng.normal(0, 50, 90)
    plain, ridge = (
        np.linalg.solve(twins.T @ twins + penalty * np.eye(2), twins.T @ heat)
        for penalty in (0, 10)
    )
    assert np.abs(plain).min() > 100, "huge opposite weights"
    assert ridge == pytest.approx([25, 25], abs=1)
