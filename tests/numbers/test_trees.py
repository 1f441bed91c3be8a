"""Trees."""

import math
import statistics

from tests.numbers import shown
from tests.numbers.formulas import auc_error, share_error


def test_cart_overfits_10m_rows() -> None:
    """Rows and leaves, a leaf for ± 2 points, and the two parts of the gap."""
    q = "cart-overfits-10m-rows"
    assert 10_000_000 / 2_000_000 == 5, "five rows per leaf"
    assert 10_000_000 / 10 == 1_000_000, "ten per leaf still allow a million leaves"
    shown(q, "at most 5,000 leaves", 10_000_000 / 2_000)
    shown(q, "depth of at least 21", math.ceil(math.log2(2_000_000)))
    shown(q, "so about 2,500 rows", 0.5 * 0.5 / (0.02 / 2) ** 2)
    shown(q, "by 0.0001", (0.02 / 2) ** 2)
    shown(q, "split the 18.6 points", 99.6 - 81)
    shown(q, "then 14.6 points", 99.6 - 85)
    shown(q, "the 4 from", 85 - 81)


def test_ctr_boosting_overfits_campaign_id() -> None:
    """Rare ids, and two rates with 200 pseudo-impressions."""
    q = "ctr-boosting-overfits-campaign-id"
    shown(q, "look at the id: 40,000 values", 60_000 * 2 / 3)
    rates = [100 * (clicks + 0.01 * 200) / (n + 200) for clicks, n in ((3, 100), (300, 10_000))]
    shown(q, "about 1.7 %", rates[0])
    shown(q, "which is 2.96 %", rates[1])
    shown(q, "nearly 3 %", rates[1])
    assert math.isclose((3 - rates[0]) / (3 - 1), 2 / 3), "two thirds of the way back"
    assert statistics.mean([0.84, 0.76]) > 0.66, "new campaigns are the harder ones"


def test_cut_forest_inference_time() -> None:
    """Compiled trees, a budget of 5 ms, and the time that is not the trees'."""
    q = "cut-forest-inference-time"
    shown(q, "If that gives 35 ms", 500 / 100 * 7)
    shown(q, ": 14 ms leaves", 200 / 100 * 7)
    shown(q, "save another 7 ms", (200 - 100) / 100 * 7)
    assert 200 / 500 == 2 / 5, "two fifths of the time"
    shown(q, "and 0.001 of PR-AUC", 0.612 - 0.611)
    shown(q, "for some 70 compiled", 5 / 7 * 100)
    shown(q, "Taking away 375 trees", 500 - 125)
    trees = (80 - 65) / 375 * 500
    shown(q, "trees saved 15 ms", 80 - 65)
    shown(q, "cost about 20 ms", trees)
    shown(q, "About 60 ms are fixed", 80 - trees)
    shown(q, "Keep the 125 trees", 500 * 20 / 80)


def test_forest_vs_boosting() -> None:
    """The minutes that boosting gains, and those that cleaning does."""
    q = "forest-vs-boosting"
    shown(q, "if 5 minutes a case", 24 - 19)
    assert math.isclose(19.4 - 18.9, 0.5), "half a minute"


def test_monotone_by_design() -> None:
    """The loss of four constraints."""
    shown("monotone-by-design", "how to read the loss of 0.04", 0.79 - 0.75)


def test_out_of_bag_error() -> None:
    """Rows that are never drawn, their voters, and the patient's other visits."""
    q = "out-of-bag-error"
    out = (1 - 1 / 20_000) ** 20_000
    shown(q, "and about 37 % of", 100 * out)
    shown(q, "about 63 % are", 100 * (1 - out))
    shown(q, "some 184 of", 500 * out)
    shown(q, "The other 316 trees", 500 * (1 - out))
    shown(q, "probability 0.63 to", 1 - out)
    shown(q, "about 1 %, on none", 100 * (1 - out) ** 10)
    assert 3 < 10 * out < 4, "three or four on average"
    assert round(20_000 / 3_000) == 7, "about seven visits each"
    assert 1 - out**6 > 0.99, "almost surely seen others of the same patient"
    shown(q, "hold out 600 whole", 3_000 / 5)
    shown(q, "holdout of 160 rows", 0.2 * 800)
    shown(q, "is about 2.4 points", 100 * share_error(0.1, 160))


def left(correlation: float, trees: float) -> float:
    """The variance of an average of trees, in percent of a single tree's."""
    return 100 * (correlation + (1 - correlation) / trees)


def test_random_forest_beyond_definition() -> None:
    """Variance that averaging leaves, useful columns of a split, and trees without login."""
    q = "random-forest-beyond-definition"
    shown(q, "Another 700 trees", 1_000 - 300)
    shown(q, "leave 80 % of a", left(0.8, 300))
    shown(q, "leave the same 80 %", left(0.8, 1_000))
    shown(q, "it would be about 30 %", left(0.3, 300))
    shown(q, "= 55 % with", left(0.5, 10))
    shown(q, "and 50 % with", left(0.5, math.inf))
    shown(q, "is about 32, and", math.sqrt(1_000))
    shown(q, "and 4 % of", 100 * 40 / 1_000)
    shown(q, "is offered 1.3 useful", 32 * 40 / 1_000)
    assert round(math.comb(1_000, 32) / math.comb(960, 32)) == 4, "none in about a quarter"
    shown(q, "once, 85 % of", 100 * (1 - 6 / 40))


def test_svm_and_linear_model_assumptions() -> None:
    """A slope on log price, in percent and in euros, and a spread of 190."""
    q = "svm-and-linear-model-assumptions"
    more = math.exp(0.008) - 1
    shown(q, "about 0.8 % more", 100 * more)
    shown(q, "adds €2,400 to", 300_000 * more)
    shown(q, "and €8,000 to", 1_000_000 * more)
    assert round(190 / 90) == 2, "a factor of two"
    assert 2_000_000**2 == 4e12, "four trillion entries"


def test_when_not_random_forest() -> None:
    """The words of a split, and a forest one year behind."""
    q = "when-not-random-forest"
    shown(q, "looks at 224 random", math.sqrt(50_000))
    shown(q, "about 4 % too low", 100 * (1 - 1 / 1.04))
    shown(q, "about −4 % every", 100 * (1 - 1 / 1.04))


def test_why_forest_not_neural_network() -> None:
    """Two differences of PR-AUC."""
    q = "why-forest-not-neural-network"
    shown(q, "A difference of 0.01", 0.52 - 0.51)
    shown(q, "I translate 0.01 into", 0.62 - 0.61)


def test_xgboost_vs_decision_tree() -> None:
    """The groups of a page, the gap, and the error with 60 cancellations."""
    q = "xgboost-vs-decision-tree"
    shown(q, "gives at most 16 groups", 2**4)
    shown(q, "if the 0.07 changes", 0.81 - 0.74)
    assert 0.03 < auc_error(0.74, 60, 740) < 0.04, "some three or four points"
