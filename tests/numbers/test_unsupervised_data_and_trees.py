"""Unsupervised learning, data and trees."""

import math
from statistics import NormalDist

import numpy as np

from tests.numbers import shown


def _binomial_error(p: float, n: int) -> float:
    """The standard error of a share."""
    return math.sqrt(p * (1 - p) / n)


def test_two_hatches_in_one_basin() -> None:
    """K-means' midpoint, the mixture's border and posterior, and the cut from two prices."""
    q, late, early = "two-hatches-in-one-basin", NormalDist(24, 4), NormalDist(33, 2)
    basin, cut, share = ((0.85, late), (0.15, early)), 28.0, 0.0
    whole = sum(s * d.mean for s, d in basin)
    for _ in range(200):
        share = sum(s * (1 - d.cdf(cut)) for s, d in basin)
        sums = [s * (d.mean * (1 - d.cdf(cut)) + d.variance * d.pdf(cut)) for s, d in basin]
        cut = (sum(sums) / share + (whole - sum(sums)) / (1 - share)) / 2
    shown(q, "about 26 cm", cut)
    shown(q, "calls 40 % early", 100 * share)
    odds = {v: 0.15 * early.pdf(v) / (0.85 * late.pdf(v)) for v in (30.0, 31.0)}
    shown(q, "with about 26 %", 100 * odds[30.0] / (1 + odds[30.0]))
    assert abs(odds[31.0] - 1) < 0.02
    shown(q, "820 entries", 40 * 41 / 2)
    shown(q, "about 90 of", 0.15 * 600)
    shown(q, "sort out from 0.75", 9 / (9 + 3))


def test_one_giant_cluster_nine_crumbs() -> None:
    """Pairs of 2,400 and of 500,000 samples."""
    q = "one-giant-cluster-nine-crumbs"
    shown(q, "2.9 million", 2400 * 2399 / 2 / 1e6)
    shown(q, "125 billion", 500_000 * 499_999 / 2 / 1e9)
    assert 0.9 < 500_000 * 499_999 / 2 * 8 / 1e12 < 1.1


def test_one_per_cent_in_one_per_cent_out() -> None:
    """Lift over random, violations a week, recall, what forty random parcels cost."""
    q = "one-per-cent-in-one-per-cent-out"
    assert 18 / 2 == 9
    shown(q, "found 500", 0.01 * 50_000)
    shown(q, '"found" 2,500', 0.05 * 50_000)
    shown(q, "some 1,000", 0.02 * 50_000)
    shown(q, "recall of about 2 %", 100 * 18 / 1000)
    assert 6 <= 40 * (0.18 - 0.02) < 7
    low = next(p for p in np.arange(0, 0.02, 1e-5) if 1 - (1 - p) ** 99 * (1 + 99 * p) > 0.025)
    tail = [math.comb(100, k) for k in range(3)]
    high = next(
        p
        for p in np.arange(0.02, 0.2, 1e-5)
        if sum(c * p**k * (1 - p) ** (100 - k) for k, c in enumerate(tail)) < 0.025
    )
    shown(q, "from 0.2 to", 100 * low)
    shown(q, "to 7 %", 100 * high)


def test_it_redraws_the_scratch() -> None:
    """Forty pixels in a mean over 128 × 128; two false rejects expected among 20,000 caps."""
    q = "it-redraws-the-scratch"
    shown(q, "by 16,384", 128 * 128)
    shown(q, "0.0012, while", 40 * 0.5 / 128**2)
    shown(q, "one false reject in 10,000", 40_000 / 4)
    assert 50_000 * 0.02 == 1000
    assert 20_000 / 10_000 == 2


def test_a_third_changed_segment() -> None:
    """One in eleven."""
    assert round(1 / 0.09) == 11


def test_eight_million_pages_no_twins() -> None:
    """Pairs, days, and the S-curve of the layouts."""
    q, n = "eight-million-pages-no-twins", 8e6
    pairs = n * (n - 1) / 2
    shown(q, "about 370 days", pairs / 1e6 / 86_400)
    assert round(pairs / 1e13, 1) == 3.2

    def comes_up(s: float, r: int, b: int) -> float:
        return 1 - (1 - s**r) ** b

    shown(q, "finds 95 % of", 100 * comes_up(0.8, 8, 16))
    shown(q, "and 6 % of pairs", 100 * comes_up(0.5, 8, 16))
    shown(q, "87 % of the pairs", 100 * comes_up(0.5, 4, 32))
    shown(q, "miss 0.06 %", 100 * (1 - comes_up(0.8, 8, 40)))
    shown(q, "about 14 % of pairs", 100 * comes_up(0.5, 8, 40))
    shown(q, "with probability 0.17", 0.8**8)
    shown(q, "2.5 times", 40 * 8 / 128)


def test_ten_themes_of_camping() -> None:
    """A rare theme through an imperfect classifier."""
    q, seen = "ten-themes-of-camping", 0.8 * 0.005 + 0.01 * 0.995
    shown(q, "about 1.4 %", 100 * seen)
    assert abs((seen - 0.01) / 0.79 - 0.005) < 1e-9
    assert 0.7 < 0.01 * 0.995 / seen < 0.73
    assert 2.7 < seen / 0.005 < 3


def test_borrowed_is_not_loved() -> None:
    """Density of the loans; how often an even draw hits one title."""
    q = "borrowed-is-not-loved"
    shown(q, "0.07 %", 100 * 4e6 / (200_000 * 30_000))
    shown(q, "20 million", 5 * 4)
    shown(q, "comes up 670 times", 20e6 / 30_000)


def test_ninety_per_cent_agreement() -> None:
    """Expected agreement and Cohen's kappa, rare and balanced."""
    q, expected = "ninety-per-cent-agreement", 0.92**2 + 0.08**2
    shown(q, "about 85 %", 100 * expected)
    shown(q, "is 0.32", (0.9 - expected) / (1 - expected))
    assert round(expected, 3) == 0.853
    assert 30 + 50 + 50 == 130
    assert 30 / 130 < 0.25
    shown(q, "gives 0.60", (0.8 - 0.5) / (1 - 0.5))


def test_the_camera_asks_for_500() -> None:
    """Wolves in a random batch; the interval of a share of 22 % in 1,000."""
    assert 500 / 2000 == 0.25
    assert 2 < 196 * _binomial_error(0.22, 1000) < 3


def test_one_negative_in_fifty() -> None:
    """Sampled share, corrected probability, break-even on both scales, training cost."""
    q = "one-negative-in-fifty"
    shown(q, "in which 17 % buy", 100 * 0.004 / (0.004 + 0.996 / 50))
    shown(q, "= 0.85 %", 100 * 0.3 / (0.3 + 0.7 * 50))
    shown(q, "about 3.9", math.log(50))
    shown(q, "from 1.25 % on", 100 / 80)
    shown(q, "earns €0.68", 80 * 0.3 / (0.3 + 0.7 * 50))
    shown(q, "would be at 0.39", 0.0125 * 50 / (0.0125 * 50 + 0.9875))
    shown(q, "instead of 15 %", 100 * 0.9 / (0.9 + 0.1 * 50))
    shown(q, "1.4 million", 60 * (0.004 + 0.996 / 50))
    assert round(0.996 / 50 / 0.004) == 5
    assert 40 < 1 / (0.004 + 0.996 / 50) < 43


def test_sixty_days_to_sign() -> None:
    """What shows by day 10 and by day 30."""
    q = "sixty-days-to-sign"
    shown(q, "days only 6 %", 12 * 0.5)
    shown(q, "instead of 9.6", 12 * 0.8)
    shown(q, "on every day: 6.4 %", 12 * 0.8 * 4 / 6)


def test_only_the_approved_have_a_record() -> None:
    """Cost of exploring; outcomes for ± 3 points."""
    q = "only-the-approved-have-a-record"
    shown(q, "other 2,000", 5000 * 0.4)
    shown(q, "random, 100 a", 0.05 * 2000)
    shown(q, "€4,800", 100 * 0.12 * 400)
    shown(q, "counts 20 times", 1 / 0.05)
    shown(q, "some 450", 1.96**2 * 0.12 * 0.88 / 0.03**2)
    shown(q, "have 1,200", 12 * 100)


def test_twenty_genes_from_twenty_thousand() -> None:
    """Noise genes beyond 0.4, and ten-fold scores on noise with the selection outside."""
    q, r = "twenty-genes-from-twenty-thousand", np.linspace(-1, 1, 200_001)
    density = (1 - r * r) ** 28
    shown(q, "some 31", 20_000 * density[np.abs(r) > 0.4].sum() / density.sum())
    rng, right = np.random.default_rng(7), 0
    for _ in range(10):
        x, y = rng.standard_normal((60, 20_000)), rng.permutation(np.repeat([1, -1], 30))
        x = x[:, np.argsort(-np.abs(((x - x.mean(0)) / x.std(0)).T @ y))[:20]]
        for test in np.array_split(rng.permutation(60), 10):
            train = np.setdiff1d(np.arange(60), test)
            means = [x[train][y[train] == c].mean(0) for c in (1, -1)]
            far = [((x[test] - m) ** 2).sum(1) for m in means]
            right += int((np.where(far[0] < far[1], 1, -1) == y[test]).sum())
    assert 90 < right / 6 < 99
    assert 5 < 100 * _binomial_error(0.7, 60) < 6.5
    assert 14 < 196 * _binomial_error(0.65, 40) < 16


def test_eleven_at_night_is_next_to_midnight() -> None:
    """Neighbours on the circle; the sine at 5 and at 7 o'clock."""
    q = "eleven-at-night-is-next-to-midnight"
    shown(q, "are 0.26 apart", 2 * math.sin(math.pi / 24))
    shown(q, "sine is 0.97", math.sin(2 * math.pi * 5 / 24))
    assert math.isclose(math.sin(2 * math.pi * 5 / 24), math.sin(2 * math.pi * 7 / 24))


def test_a_thousand_trees_as_a_ceiling() -> None:
    """Ninety trees at a tenth of the rate."""
    shown("a-thousand-trees-as-a-ceiling", "some 900", 90 * 0.3 / 0.03)


def test_a_window_for_the_removal_van() -> None:
    """The tilt of the loss, the conformal rank, 170 of 200."""
    q, error = "a-window-for-the-removal-van", 100 * _binomial_error(0.9, 200)
    shown(q, "costs 19 times", 0.95 / 0.05)
    shown(q, "1,801st", math.ceil(2001 * 0.9))
    shown(q, "by 2.1 points", error)
    shown(q, "is 2.4 standard", (90 - 85) / error)


def test_three_lists_one_cow() -> None:
    """A step of 0.9 in log-odds."""
    q, odds = "three-lists-one-cow", 0.08 / 0.92 * math.exp(0.9)
    shown(q, "by about 2.5", math.exp(0.9))
    shown(q, "about 18 %", 100 * odds / (1 + odds))
