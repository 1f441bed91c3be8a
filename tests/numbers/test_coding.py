"""Coding questions."""

import math
from typing import Any

import numpy as np

from tests.numbers import BANK, shown
from tests.numbers.formulas import auc_error, share_error


def code(question_id: str) -> dict[str, Any]:
    """What the code on the screen defines."""
    names: dict[str, Any] = {}
    exec(BANK.get(question_id).code.shown, names)
    return names


def test_backprop_by_hand() -> None:
    """The small network by hand, and the gradient that the code on the screen uses."""
    q = "backprop-by-hand"
    x, y, w1, w2 = np.array([[2.0]]), 4.0, np.array([[1.0, -1.0]]), np.array([[3.0], [5.0]])
    h = np.maximum(x @ w1, 0)
    out = 2 * (h @ w2 - y)
    for_w2, to_units = h.T @ out, out @ w2.T
    for_w1 = x.T @ (to_units * (h > 0))
    shown(q, "it predicts 6", (h @ w2).item())
    shown(q, "which is 2 above", (h @ w2 - y).item())
    shown(q, "makes a loss of 4", ((h @ w2 - y) ** 2).item())
    gradients = [*for_w2[:, 0], *for_w1[0], *to_units[0]]
    phrases = "Output weights get 8", "and 0, input", "weights 24", "0, since", "= 12 and", "= 20,"
    for phrase, value in zip(phrases, gradients, strict=True):
        shown(q, phrase, value)
    after = code(q)["step"]((w1, 0, w2, 0), x, y, rate=0.1)
    shown(q, "first output weight to 2.2", after[2][0, 0])
    shown(q, "The code uses 17.6", (w1 - after[0])[0, 0] / 0.1)


def test_backprop_step_of_the_check() -> None:
    """The rounding at a step of 1e-12, and the step with the least error."""
    rounding = np.finfo(float).eps / 2
    assert 0.5e-4 < rounding / 1e-12 < 2e-4, "an error near 1e-4"
    assert 1e-6 < (2 * rounding) ** (1 / 3) < 1e-5, "1e-5 or 1e-6 is the best compromise"


def test_bug_leakage_through_scaler() -> None:
    """The best of 5,000 columns of noise correlate, also in the rows held out of the fit."""
    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((200, 5_000)), rng.standard_normal(200)

    def correlations(rows: slice) -> np.ndarray:
        """How each column correlates with the target in these rows."""
        columns, target = x[rows] - x[rows].mean(axis=0), y[rows] - y[rows].mean()
        return target @ columns / np.sqrt((target @ target) * (columns**2).sum(axis=0))

    best = np.argsort(-np.abs(correlations(slice(200))))[:10]
    signs = np.sign(correlations(slice(200))[best])
    assert (signs * correlations(slice(160, 200))[best]).mean() > 0.15
    assert 10 / 5 == 2, "two standard deviations too high"


def test_bug_loss_broadcasts_silently() -> None:
    """All pairs of 20,000, by formula, and by the code on a column that is small enough."""
    q = "bug-loss-broadcasts-silently"
    rmse = code(q)["rmse"]
    y = np.random.default_rng(1).standard_normal(2_000)
    y = 5 * (y - y.mean()) / y.std()
    shown(q, "comes out at 7.07", rmse(y[:, None], y))
    shown(q, "a constant at the mean gets 5", rmse(np.zeros((2_000, 1)), y))
    shown(q, "variance of the targets, here 25", rmse(np.zeros((2_000, 1)), y) ** 2)
    shown(q, "400 million differences", 20_000**2 / 1e6)
    shown(q, "are 3.2 GB", 20_000**2 * 8 / 1e9)
    four = np.array([0.0, 0.0, 2.0, 2.0])
    pairs = four[:, None] - four
    shown(q, "2, the mean over all", (pairs**2).mean())
    shown(q, "is 32/", (pairs**2).sum())
    shown(q, "over all 16 pairs", pairs.size)
    shown(q, "1, the variance of", four.var())
    assert (pairs != 0).sum() == 8, "eight of its 16 entries"


def test_bug_missing_zero_grad() -> None:
    """A batch of eight small ones, and the weight of a row in a short last one."""
    q = "bug-missing-zero-grad"
    shown(q, "build a batch of 512", 8 * 64)
    shown(q, "Your GPU holds 64 rows", 512 / 8)
    assert 64 / 20 > 3, "a row weighs more than three times as much"


def test_bug_shuffled_time_series() -> None:
    """What two neighbouring rows have in common, and the training targets in the test period."""
    q = "bug-shuffled-time-series"
    shown(q, "with 47 of", len(set(range(48)) & set(range(1, 49))))
    cut, horizon = 1_000, 24
    shown(q, "the last 24 training rows", sum(t + horizon >= cut for t in range(cut)))
    shown(q, "gap becomes 72 hours", max(24, 72))
    assert 7 / 2 == 3.5, "a centred week looks three and a half days ahead"


def test_bug_softmax_wrong_axis() -> None:
    """Shares over the batch, and a batch of one."""
    q = "bug-softmax-wrong-axis"
    scores = np.random.default_rng(1).standard_normal((256, 10))
    shares = np.exp(scores) / np.exp(scores).sum(axis=0)
    shown(q, "about 0.004 each", shares.mean())
    assert (shares < 0.01).mean() > 0.9, "mostly below 0.01"
    alone = np.exp(scores[:1]) / np.exp(scores[:1]).sum(axis=0)
    shown(q, "Ten values of 1.0", alone.min())
    assert alone.shape == (1, 10)
    assert code(q)["predict"](scores[:1])[0] == 0, "always species 0"


def test_causal_attention_numpy() -> None:
    """The root of d, the share of token 0, and the cache of 2,000 tokens."""
    q = "causal-attention-numpy"
    shown(q, "square root of d, 8 here", math.sqrt(64))
    shown(q, "have a standard deviation of 8", math.sqrt(64))
    shown(q, "98,304 bytes", 2 * 24 * 16 * 64 * 2)
    shown(q, "about 197 MB for", 2 * 24 * 16 * 64 * 2 * 2_000 / 1e6)
    ones = code(q)["attention"](np.zeros((1_000, 64)), np.zeros((1_000, 64)), np.ones((1_000, 1)))
    assert abs(ones[0, 0] - 1 / 1_000) < 1e-12, "token 0 of 1,000 keeps a thousandth"
    scores = 8 * np.random.default_rng(1).standard_normal((5_000, 100))
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    assert np.median(1 / weights.sum(axis=1)) > 0.8, "one token takes nearly all the weight"


def test_cosine_similarity_numpy() -> None:
    """The table for 50,000 items, for 50 million, and in blocks."""
    q = "cosine-similarity-numpy"
    shown(q, "50 million numbers", 1_000 * 50_000 / 1e6)
    shown(q, "are 400 MB in", 1_000 * 50_000 * 8 / 1e6)
    shown(q, "50 billion numbers", 1_000 * 50e6 / 1e9)
    shown(q, "200 GB even", 1_000 * 50e6 * 4 / 1e9)
    shown(q, "themselves are 12.8 GB", 50e6 * 64 * 4 / 1e9)
    shown(q, "block of results is 400 MB", 1_000 * 100_000 * 4 / 1e6)


def gini(frauds: int, n: int) -> float:
    """The impurity of one side of a split."""
    return 2 * frauds / n * (1 - frauds / n)


def test_decision_tree_split_from_scratch() -> None:
    """The work of both searches, two cuts by two averages, and a leaf of 50."""
    q = "decision-tree-split-from-scratch"
    n = 200_000
    shown(q, "n squared, 40 billion comparisons", n**2 / 1e9)
    shown(q, "times 18", math.log2(n))
    shown(q, "with 40 GB of memory", n**2 / 1e9)
    shown(q, "in 0.5 % of cases", 100 * 1_000 / n)
    shown(q, "as the other 199,999", n - 1)
    plain_a, weighted_a = gini(49, 99) / 2, 0.99 * gini(49, 99)
    weighted_b = 0.5 * gini(40, 50) + 0.5 * gini(10, 50)
    shown(q, "p = 0.495", 49 / 99)
    shown(q, "A about 0.25", plain_a)
    shown(q, "A 0.495", weighted_a)
    shown(q, "B 0.32, so B wins", weighted_b)
    shown(q, "B 0.32, so the plain", (gini(40, 50) + gini(10, 50)) / 2)
    assert plain_a < weighted_b < weighted_a
    shown(q, "looks at 254 cuts", 255 - 1)
    shown(q, "moves its rate by 2 points", 100 / 50)


class Nearest:
    """The label of the nearest training row."""

    def fit(self, x: np.ndarray, y: np.ndarray) -> None:
        """Keep the rows."""
        self.x, self.y = x, y

    def predict(self, x: np.ndarray) -> np.ndarray:
        """The label of the nearest row, for each."""
        return self.y[np.abs(x[:, None, 0] - self.x[None, :, 0]).argmin(axis=1)]


def test_kfold_loop_from_scratch() -> None:
    """The loop on crops that are easy to tell apart, its blocks, and leave one out."""
    q = "kfold-loop-from-scratch"
    y = np.repeat(np.arange(5), [20, 20, 20, 20, 23])
    x = y[:, None] + np.random.default_rng(1).normal(0, 0.05, (103, 1))
    shown(q, "Cross-validation that reports 20 %", 100 * code(q)["cross_validate"](Nearest(), x, y))
    shown(q, "is 20, so the last three", 103 // 5)
    shown(q, "end at row 99", 103 // 5 * 5 - 1)
    shown(q, "makes folds of 21", max(map(len, np.array_split(y, 5))))
    shown(q, "and 20. The same", min(map(len, np.array_split(y, 5))))
    shown(q, "one sample is 5 points", 100 / 20)
    shown(q, "training sets of 102 rows", 103 - 1)
    shown(q, "instead of about 82", 103 * 4 / 5)
    shown(q, "to 102, so", len(y) - 1)
    assert round(103 / 5, -1) == 20, "about twenty times the compute"
    assert round(26 / 5) == 5, "about five fields per fold"
    assert round(103 / 26) == 4, "about four samples from each"


def test_kmeans_from_scratch() -> None:
    """The table of distances."""
    shown("kmeans-from-scratch", "a table of 240,000 numbers", 30_000 * 8)


def test_linear_regression_gradient_descent() -> None:
    """The largest rate at a correlation of 0.8, the matrix, and the castle's pull."""
    q = "linear-regression-gradient-descent"
    curvature = 2 * np.linalg.eigvalsh(np.array([[1, 0.8], [0.8, 1]]))
    shown(q, "times 1.8 and", curvature[1] / 2)
    shown(q, "times 0.2,", curvature[0] / 2)
    shown(q, "= 3.6, so", curvature.max())
    shown(q, "so about 0.56", 2 / curvature.max())
    shown(q, "matrix of 200 MB", 5_000**2 * 8 / 1e6)
    shown(q, "times 25 million products", 5_000**2 / 1e6)
    assert (1e6 / 1e3) ** 2 == 1e6, "a million counts a million times as much as a thousand"


def test_linear_regression_on_the_screen() -> None:
    """Raw columns: one step at 0.1, and 500 steps at 1e-11."""
    rng = np.random.default_rng(1)
    x = np.column_stack([rng.uniform(40, 400, 2_000), rng.uniform(1900, 2020, 2_000)])
    y = 500 + 10 * x[:, 0] - 5 * (x[:, 1] - 1960) + rng.normal(0, 200, 2_000)
    fit = code("linear-regression-gradient-descent")["fit_line"]
    assert fit(x, y, steps=1).max() > 1e8, "a weight above a hundred million"
    assert np.std(y - x @ fit(x, y, 1e-11)) > 3 * 200, "the fit is still poor"


def test_logistic_regression_from_scratch() -> None:
    """A turbine at z = -8 with and without the factor, and weights of 199."""
    q = "logistic-regression-from-scratch"
    p = 1 / (1 + math.exp(8))
    shown(q, "probability is 0.00034", p)
    shown(q, "y is −0.9997", 1 - p)
    shown(q, "becomes −0.00034", (1 - p) * p * (1 - p))
    shown(q, "about −0.0003 with", (1 - p) * p * (1 - p))
    shown(q, "about 3,000 times", 1 / (p * (1 - p)))
    shown(q, "about 5.3, from the score", math.log(199))
    assert 1 / (1 + math.exp(-40)) == 1, "a double rounds p to exactly 1"
    assert math.isclose(0.005 * 199, 1 - 0.005), "half of all turbines fail"


def test_normalize_without_sklearn() -> None:
    """Scaled ages, the income of nine million, and the code's own result."""
    q = "normalize-without-sklearn"
    ages = np.array([[20], [30], [60]])
    shown(q, ", 0.25 and", (30 - 20) / (60 - 20))
    shown(q, "becomes 1.5", (80 - 20) / (60 - 20))
    shown(q, "becomes about 1.33", 12_000 / 9_000)
    shown(q, "range is now 9 million", (9_000_000 - 1_000) / 1e6)
    assert (8_000 - 1_000) / (9_000_000 - 1_000) < 0.001, "all others below 0.001"
    assert code(q)["normalize"](ages)[:, 0].tolist() == [0, 0, 1]


def test_reservoir_or_groupby_pandas() -> None:
    """Sums and counts, labels of a shop, errors of the mean, and a fair chance."""
    q = "reservoir-or-groupby-pandas"
    shown(q, "6,000 numbers", 2 * 3_000)
    assert round(10_000 / 3_000) == 3, "about three labels"
    shown(q, "deviation over 100", math.sqrt(10_000))
    shown(q, "so 0.40 euros", 40 / math.sqrt(10_000))
    shown(q, "error of 23 euros", 40 / math.sqrt(3))
    shown(q, "with a chance of 1 %", 100 * 10_000 / 1_000_000)
    assert 500 / 2_000 == 0.25, "a quarter of a euro"


def test_roc_auc_from_ranks() -> None:
    """The tied pairs, all pairs, four tickets, and the error with 40 escalations."""
    q = "roc-auc-from-ranks"
    assert round(1 / (0.93 - 0.81)) == 8, "one pair in eight is tied"
    shown(q, "20,000 times", 0.01 * 2e6)
    shown(q, "times 1.98 million pairs", 0.99 * 2)
    shown(q, "would be 40 billion", 0.01 * 2e6 * 0.99 * 2e6 / 1e9)
    quiet = np.array([0.4, 0.4, 0.1])
    points = ((quiet < 0.4) + (quiet == 0.4) / 2).sum()
    shown(q, "/3, since one pair is in order and", len(quiet))
    assert points == 2, "2/3"
    error = auc_error(0.76, 40, 4_000)
    shown(q, "near 0.76", (0.78 + 0.74) / 2)
    shown(q, "is about 0.04, so", error)
    shown(q, "has about 0.06", math.sqrt(2) * error)
    assert auc_error(0.76, 40, 40_000) > 0.98 * error, "ten times the quiet ones hardly help"


def test_roc_auc_pooled_over_two_lines() -> None:
    """What a model reaches that knows only the line of a ticket, at 0.1 and 5 %."""
    from_riskier, quiet_riskier = 0.05 / 0.051, 0.95 / (0.95 + 0.999)
    wins = from_riskier * (1 - quiet_riskier)
    ties = from_riskier * quiet_riskier + (1 - from_riskier) * (1 - quiet_riskier)
    assert wins + ties / 2 > 0.7, "the line alone gets most pairs right"


def test_top_p_sampling_from_scratch() -> None:
    """The set and its probabilities at two temperatures, in both orders."""
    q = "top-p-sampling-from-scratch"
    p = np.array([0.6, 0.3, 0.1])
    roots = np.sqrt(p)
    for phrase, root in zip(("roots, 0.775", "0.548 and", "and 0.316"), roots, strict=True):
        shown(q, phrase, root)
    shown(q, "together 1.639", roots.sum())
    at_two = roots / roots.sum()
    for phrase, share in zip(("so 0.47", "0.33 and", "and 0.19; two"), at_two, strict=True):
        shown(q, phrase, share)
    shown(q, "two make 0.81", at_two[:2].sum())
    assert (p.cumsum() < 0.85).sum() + 1 == 2, "two tokens at temperature 1"
    assert (at_two.cumsum() < 0.85).sum() + 1 == 3, "all three at temperature 2"
    cut_first = roots[:2] / roots[:2].sum()
    shown(q, "any temperature: 0.59", cut_first[0])
    shown(q, "and 0.41 at", cut_first[1])
    assert (np.cumsum([0.5, 0.3, 0.15]) < 0.9).sum() == 2, "two instead of three"


def test_top_p_sampling_choice_and_letters() -> None:
    """What is drawn from 0.6 and 0.3, an odd token in a letter, and 500 letters a setting."""
    q = "top-p-sampling-from-scratch"
    shown(q, "in about 59 % of cases", 100 * math.sqrt(0.6) / (math.sqrt(0.6) + math.sqrt(0.3)))
    shown(q, "in about 67 % of cases", 100 * (0.6 / 2) / (0.6 / 2 + 0.3 / 2))
    shown(q, "in about 80 % of cases", 100 * 0.6**2 / (0.6**2 + 0.3**2))
    shown(q, "in about 30 % of cases", 100 * 0.6 / 2)
    assert round(1 / (1 - 0.999**300)) == 4, "a quarter of all letters"
    error = 100 * math.sqrt(2) * share_error(0.06, 500)
    assert 2.9 < 1.96 * error < 2.8 * error < 4.3, "some three or four points"
