"""Statistics and derivations."""

import math
from statistics import NormalDist

import numpy as np

from tests.numbers import shown

NORMAL = NormalDist()


def two_sided_z(p: float) -> float:
    """The z-value whose two-sided p-value is p."""
    return NORMAL.inv_cdf(1 - p / 2)


def p_of(z: float) -> float:
    """The two-sided p-value of z."""
    return 2 * (1 - NORMAL.cdf(abs(z)))


def looks(days: int, tests: int = 100_000) -> np.ndarray:
    """The z-values of tests without an effect, looked at after each of so many equal parts."""
    steps = np.random.default_rng(1).standard_normal((tests, days)).cumsum(axis=1)
    return np.abs(steps / np.sqrt(np.arange(1, days + 1)))


def test_better_in_both_worse_overall() -> None:
    """Totals, the common mix, the expected mix, and the scatter of a fair split."""
    q = "better-in-both-worse-overall"
    a = 0.9 * 1000 + 0.4 * 4000
    b = 0.8 * 4000 + 0.3 * 1000
    shown(q, "the sums are right, 2,500", a)
    shown(q, "3,500 of", b)
    shown(q, "A 50 %, B", a / 50)
    shown(q, "B 70 %", b / 50)
    shown(q, "A solves 65 %", (90 + 40) / 2)
    shown(q, "and B 55 %", (80 + 30) / 2)
    shown(q, "= 50 % for A", 0.2 * 90 + 0.8 * 40)
    shown(q, "= 40 % for B", 0.2 * 80 + 0.8 * 30)
    shown(q, "± 100", 2 * math.sqrt(10_000 * 0.25))


def test_cheaper_tickets_in_one_city() -> None:
    """Difference in differences, in trips and in growth rates."""
    q = "cheaper-tickets-in-one-city"
    gain = (58_000 - 50_000) - (63_000 - 60_000)
    shown(q, "leaves 5,000 trips", gain)
    shown(q, "it is 16 %", 100 * (58 / 50 - 1))
    shown(q, "against 5 %", 100 * (63 / 60 - 1))
    shown(q, "about 10.5 %", 100 * (58 / 50 / (63 / 60) - 1))
    shown(q, "or 5,500 trips", 58_000 - 50_000 * 63 / 60)
    shown(q, "the 1,460 rows", 4 * 365)


def test_clicks_per_page_interval() -> None:
    """19 % of A/A tests beyond 1.96 supposed standard errors."""
    q = "clicks-per-page-interval"
    true_z = two_sided_z(0.19)
    factor = 1.96 / true_z
    half = 196 * math.sqrt(0.05 * 0.95 / 200_000)
    shown(q, "exceeds 1.31 standard errors", true_z)
    shown(q, "about 1.5 times", factor)
    shown(q, "a design effect of about 2.2", factor**2)
    shown(q, "about 90,000", 200_000 / factor**2)
    shown(q, "± 0.1 points", half)
    shown(q, "about ± 0.14", half * factor)


def test_conversion_up_guardrail_red() -> None:
    """A half width of 1.4 with 200,000 visitors; 25 checks at 5 %; ten exceptions of 3 %."""
    q = "conversion-up-guardrail-red"
    standard_error = 1.4 / 1.96
    room = two_sided_z(0.05) + NORMAL.inv_cdf(0.8)
    shown(q, "about 390,000", round(200_000 * 1.4**2, -4))
    shown(q, "must lie 2.8", room)
    shown(q, "from 0.71", standard_error)
    shown(q, "to 0.36", 1 / room)
    shown(q, "about 800,000", 200_000 * (standard_error * room) ** 2)
    shown(q, "in 72 %", 100 * (1 - 0.95**25))
    shown(q, "make 34 %", 100 * (1.03**10 - 1))


def test_couriers_shared_by_both_arms() -> None:
    """Treated up by 4 % and control down by 4 % look like a lift of 8 %."""
    shown("couriers-shared-by-both-arms", "The 8 %", 100 * (1.04 / 0.96 - 1))


def test_cuped_for_listening_time() -> None:
    """1 − ρ² of the variance remains; 40 % of the users have no past."""
    q = "cuped-for-listening-time"
    shown(q, "so 51 %", 100 * (1 - 0.7**2))
    shown(q, "squared is 0.49", 0.7**2)
    shown(q, "shrinks to 71 %", 100 * math.sqrt(1 - 0.7**2))
    shown(q, "= 29 %", 100 * 0.6 * 0.7**2)
    shown(q, "drops by 81 %", 100 * 0.9**2)
    shown(q, "± 1.0", 1.4 * math.sqrt(1 - 0.7**2))


def test_lift_that_melts_away() -> None:
    """The average, a month and a year of the mascot, and the mix of learners in a year."""
    q = "lift-that-melts-away"
    point = 400_000 / 2.5
    shown(q, "+5 % on average", (9 + 6 + 3 + 2) / 4)
    shown(q, "brings €27,000", 2 * point / 12)
    shown(q, "costs €33,000", 400_000 / 12)
    shown(q, "loses €240,000", 400_000 - point)
    shown(q, "= 3 %", 2 / 3 * 4 + 1 / 3 * 1)


def test_nudged_to_the_webinar() -> None:
    """The ratio of the two effects of the call, its error, and the weak instrument."""
    q = "nudged-to-the-webinar"
    moved = 0.40 - 0.20
    error = 196 * math.sqrt((0.68 * 0.32 + 0.66 * 0.34) / 5000)
    shown(q, "66 % renewed", 100 * (0.2 * 0.9 + 0.8 * 0.6))
    shown(q, "which gives 10 points", (68 - 66) / moved)
    shown(q, "about ± 9 points", error / moved)
    shown(q, "± 1.8", error)
    shown(q, "blown up to 2.5 points", 0.5 / moved)
    shown(q, "The ratio would be 100 points", (68 - 66) / 0.02)


def test_one_week_for_a_checkout_test() -> None:
    """16 σ²/Δ² per arm, two arms, 20,000 visitors a day."""
    q = "one-week-for-a-checkout-test"
    n = 16 * 0.04 * 0.96 / 0.002**2
    shown(q, "about 154,000 per arm", n)
    shown(q, "is 153,600 an arm", n)
    shown(q, "307,000 in all", 2 * n)
    shown(q, "brings only 140,000", 7 * 20_000)
    shown(q, "that is 15.4 days", 2 * n / 20_000)
    shown(q, "it takes 16 days", math.ceil(2 * n / 20_000))
    shown(q, "about 0.3 points", 100 * math.sqrt(16 * 0.04 * 0.96 / 70_000))
    shown(q, "2.8 times as many", 1 / (4 * 0.1 * 0.9))
    shown(q, "some 43 days", 2 * n / 20_000 / (4 * 0.1 * 0.9))


def test_one_week_after_the_fact() -> None:
    """The one week that was run, and the visitors who open the checkout."""
    q = "one-week-for-a-checkout-test"
    error = 100 * math.sqrt(2 * 0.04 * 0.96 / 70_000)
    among = 16 * 0.2 * 0.8 / 0.01**2
    shown(q, "p = 0.34", p_of(0.1 / error))
    shown(q, "± 0.2 points", 1.96 * error)
    assert 1 - NORMAL.cdf(1.96 - 0.2 / error) < 0.5
    shown(q, "gives 25,600", among)
    shown(q, "so 128,000 visitors", 5 * among)
    shown(q, "about 13 days", 10 * among / 20_000)


def test_one_whale_moved_revenue() -> None:
    """The whale in, out, and in the other arm; the rule for the central limit theorem."""
    q = "one-whale-moved-revenue"
    cents = 4500 / 50_000
    error = 0.10 / two_sided_z(0.36)
    without = (error**2 * 50_000 - 4500**2 / 50_000) / 2
    skewness = 4500**3 / 50_000 / (without + 4500**2 / 50_000) ** 1.5
    shown(q, "the arms are €1.01", 1.10 - cents)
    shown(q, "made it −7 %", 100 * (1 - 1.01 / (1.00 + cents)))
    shown(q, "need 142,000", 355 * 20**2)
    assert skewness > 100, skewness


def test_p_value_read_aloud() -> None:
    """The interval behind p = 0.04, false alarms at two priors, and the smaller test."""
    q = "p-value-read-aloud"
    error = 0.3 / two_sided_z(0.04)
    small = error * math.sqrt(900_000 / 8_000)
    shown(q, "interval is 0.01", 0.3 - 1.96 * error)
    shown(q, "to 0.59 %", 0.3 + 1.96 * error)
    shown(q, "so do 4.5", 90 * 0.05)
    assert 1 / 3 < 4.5 / (4.5 + 8) < 0.4
    shown(q, "About 6 %", 100 * 2.5 / 42.5)
    shown(q, "p = 0.20", p_of(2 / small))
    shown(q, "about −1 %", abs(2 - 1.96 * small))
    shown(q, "to +5 %", 2 + 1.96 * small)
    assert abs(NORMAL.cdf(two_sided_z(0.04) - 1.96) - 0.5) < 0.05, "about half the time"


def test_significant_on_day_six() -> None:
    """False alarms of six and twenty looks, and day 20 given day 6."""
    q = "significant-on-day-six"
    alarms = looks(20) > 1.96
    shown(q, "to about 15 %", 100 * alarms[:, :6].any(axis=1).mean())
    assert abs(alarms.any(axis=1).mean() - 0.25) < 0.01, "about one test in four"
    day_20 = 3 / two_sided_z(0.04) * math.sqrt(6 / 20)
    shown(q, "p = 0.17", p_of(1.1 / day_20))


def test_four_looks() -> None:
    """Pocock's constant bar, the four of O'Brien and Fleming, and the union bound."""
    q = "significant-on-day-six"
    z = looks(4, 400_000)
    share = np.sqrt(np.arange(1, 5) / 4)
    shown(q, "constant bar of about 0.018", p_of(float(np.quantile(z.max(axis=1), 0.95))))
    last = float(np.quantile((z * share).max(axis=1), 0.95))
    first, second, third, fourth = (p_of(last / s) for s in share)
    shown(q, "roughly 0.00005", first)
    shown(q, "0.004", second)
    shown(q, "0.02 and", third)
    shown(q, "and 0.04.", fourth)
    shown(q, "p < 0.0125", 0.05 / 4)
    assert (z.max(axis=1) > two_sided_z(0.0125)).mean() < 0.05


def test_survey_of_the_willing() -> None:
    """The margin, the bounds with no assumption, and an offer that a fifth takes up."""
    q = "survey-of-the-willing"
    content = 0.88 * 30_000
    shown(q, "± 0.4 points", 196 * math.sqrt(0.88 * 0.12 / 30_000))
    shown(q, "26,400 of the", content)
    shown(q, "content, 5.3 %", content / 5000)
    shown(q, "it is 99.3 %", (content + 470_000) / 5000)
    shown(q, "between 49.7", 0.71 * 70)
    shown(q, "and 79.7 %", 0.71 * 70 + 30)
    shown(q, "chance of ± 3", 196 * math.sqrt(0.71 * 0.29 / 700))
    shown(q, "about 5 points", 1 / 0.2)


def test_twenty_metrics_one_winner() -> None:
    """Chances of a false alarm, corrected bars, and what the strict one costs."""
    q = "twenty-metrics-one-winner"
    power = NORMAL.inv_cdf(0.8)
    shown(q, "about 64 %", 100 * (1 - 0.95**20))
    shown(q, "bar of 0.0025", 0.05 / 20)
    shown(q, "is below 0.0075", 3 * 0.05 / 20)
    shown(q, "a chance of 26 %", 100 * (1 - 0.99**30))
    shown(q, "would be 0.0017", 0.05 / 30)
    shown(q, "about 1.9 times", ((two_sided_z(0.0025) + power) / (two_sided_z(0.05) + power)) ** 2)
    p_values = [0.001, 0.004, 0.007, *np.linspace(0, 1, 18)[1:]]
    kept = [k for k, p in enumerate(p_values, 1) if p <= k * 0.05 / 20]
    assert max(kept) == 3


def uncorrected(step: int, beta1: float = 0.9, beta2: float = 0.999) -> float:
    """The step of Adam without correction on a constant gradient, by the recursion itself."""
    m = v = 0.0
    for _ in range(step):
        m = beta1 * m + (1 - beta1)
        v = beta2 * v + (1 - beta2)
    return m / math.sqrt(v)


def test_adam_without_correction() -> None:
    """The steps on a constant gradient, with β2 = 0.999 and with 0.9."""
    q = "adam-without-correction"
    shown(q, "about 3.2 learning rates instead", uncorrected(1))
    shown(q, "is 3.16", uncorrected(1))
    shown(q, "about 6.5", uncorrected(10))
    shown(q, "still 3.2", uncorrected(100))
    shown(q, "1.3.", uncorrected(1000))
    shown(q, "is 0.32 learning rates", uncorrected(1, beta2=0.9))
    shown(q, "after ten 0.81", uncorrected(10, beta2=0.9))
    shown(q, "√v one of 32", 1 / math.sqrt(0.001))
    shown(q, "moves by 0.00316", 0.001 * uncorrected(1))


def test_attention_over_root_d() -> None:
    """The spread of a dot product of 64 numbers, and what the softmax makes of it."""
    q = "attention-over-root-d"
    rng = np.random.default_rng(1)
    scores = (rng.standard_normal((100_000, 64)) * rng.standard_normal((100_000, 64))).sum(axis=1)
    shown(q, "so standard deviation 8", round(float(scores.std()), 1))
    shown(q, "is about 22,000", math.exp(10))
    shown(q, "= 6.2", math.log(512))
    weights = np.exp(8 * rng.standard_normal((2000, 64)))
    largest = (weights / weights.sum(axis=1, keepdims=True)).max(axis=1)
    assert np.median(largest) > 0.8
    assert (largest > 0.9).mean() > 0.3


def test_cross_entropy_from_likelihood() -> None:
    """Losses of a coin and of a die, and the gradient factor of squared error."""
    q = "cross-entropy-from-likelihood"
    losses = {p / 100: -30 * math.log(p / 100) - 70 * math.log(1 - p / 100) for p in range(1, 100)}
    shown(q, "is zero at p = 0.3", min(losses, key=lambda p: losses[p]))
    shown(q, "costs 6.9", -math.log(0.001))
    shown(q, "the factor is 0.01", 0.01 * 0.99)
    shown(q, "= 1.61", math.log(5))
    shown(q, "= 3.5", -math.log(0.03))
    shown(q, "the 300 most expensive", 0.03 * 10_000)


def test_mixture_of_two_ovens() -> None:
    """Two loaves by Bayes' rule, and what BIC charges."""
    q = "mixture-of-two-ovens"

    def oven_1(grams: float) -> float:
        one = 0.8 * NormalDist(500, 10).pdf(grams)
        return one / (one + 0.2 * NormalDist(520, 10).pdf(grams))

    shown(q, "decide: 0.8 for oven", oven_1(510))
    shown(q, "= 102 g", (1 - oven_1(510)) * 510)
    shown(q, "so 0.35", oven_1(520))
    shown(q, "against 0.65", 1 - oven_1(520))
    shown(q, "= 4.3", math.log(5000) / 2)


def test_naive_bayes_draws_a_line() -> None:
    """Odds, with one word counted twice, and a word never seen."""
    q = "naive-bayes-draws-a-line"
    odds = 0.2 / 0.8 * 6 * 3
    spam, good = (3 + 1) / (2000 + 2), (0 + 1) / (8000 + 2)
    shown(q, "give 4.5", odds)
    shown(q, "so 82 % spam", 100 * odds / (1 + odds))
    shown(q, "= 1.5", math.log(odds))
    shown(q, "become 13.5", 3 * odds)
    shown(q, "says 93 %", 100 * 3 * odds / (1 + 3 * odds))
    shown(q, "is 0.0020", spam)
    shown(q, "to 0.00012", good)
    shown(q, "a ratio of 16", spam / good)
    shown(q, "0.0015", 3 / 2000)
    shown(q, "78 %", 100 * 3.6 / 4.6)
    shown(q, "95 %", 100 * 18 / 19)


def test_ridge_as_a_belief() -> None:
    """λ = σ²/τ², on the mean scale, and the belief behind another λ."""
    q = "ridge-as-a-belief"
    ratio = 2**2 / 0.5**2
    shown(q, "λ = 16, the", ratio)
    shown(q, "= 0.04. If she", ratio / 400)
    shown(q, "right value is 0.004", ratio / 4000)
    shown(q, "works with λ = 160", 0.04 * 4000)
    shown(q, "= 0.16 instead", math.sqrt(4 / 160))
    shown(q, "a noise of 6.3", math.sqrt(160 * 0.5**2))
    shown(q, "λ = 0.0625", 0.5**2 / 2**2)
    shown(q, "λ = 2, the", 1 / (2 * 0.5**2))


def test_softmax_gradient_by_hand() -> None:
    """The gradient by finite differences, the probabilities' gradient, and smoothed labels."""
    q = "softmax-gradient-by-hand"
    z = np.log([0.7, 0.2, 0.1])

    def loss(logits: np.ndarray) -> float:
        return float(np.log(np.exp(logits).sum()) - logits[1])

    steps = 1e-5 * np.eye(3)
    first, second, third = ((loss(z + s) - loss(z - s)) / 2e-5 for s in steps)
    shown(q, "p − y, here 0.7", first)
    shown(q, "right species up by 0.8", -second)
    shown(q, "and 0.1.", third)
    right, wrong = 0.9 + 0.1 / 3, 0.1 / 3
    shown(q, "target: 0.667", 0.7 - wrong)
    shown(q, "−0.733", right - 0.2)
    shown(q, "0.067.", 0.1 - wrong)
    shown(q, "= 3.3", math.log(right / wrong))


def test_three_parts_of_the_error() -> None:
    """The three parts, averages of 25, and the other model."""
    q = "three-parts-of-the-error"
    shown(q, "in all 125", 8**2 + 6**2 + 5**2)
    shown(q, "so 101 remain", 8**2 + 6**2 + 5**2 / 25)
    shown(q, "= 145", 8**2 + 9**2)
    shown(q, "= 67.2", 8**2 + 9**2 / 25)
    shown(q, "61 alone", 6**2 + 5**2)
    shown(q, "37 averaged", 6**2 + 5**2 / 25)
    shown(q, "361 alone", (8 + 6 + 5) ** 2)
    shown(q, "225 averaged", (8 + 6 + 1) ** 2)
    shown(q, "about 0.8 times", math.sqrt(2 / math.pi))
    shown(q, "≈ 9 cm", math.sqrt(2 / math.pi) * math.sqrt(125))


def test_three_parts_by_simulation() -> None:
    """The sum of the parts is what a simulation of days and retrained models gives."""
    rng = np.random.default_rng(1)
    days = rng.normal(100, 8, 1_000_000)
    error = ((days - rng.normal(94, 5, 1_000_000)) ** 2).mean()
    shown("three-parts-of-the-error", "variance: 125", error)


def test_what_squared_error_assumes() -> None:
    """Three hours at a σ of 12 minutes, four deviations, and weights by variance."""
    q = "what-squared-error-assumes"
    assert 180 / 12 == 15, "fifteen sigma"
    shown(q, "as 225 typical ones", (180 / 12) ** 2)
    shown(q, "expects 6 in", 100_000 * p_of(4))
    shown(q, "matters 64 times", 40**2 / 5**2)


def test_which_way_round_kl() -> None:
    """Both divergences of the two humps, by integration."""
    q = "which-way-round-kl"
    x, dx = np.linspace(-25, 25, 100_001, retstep=True)
    scale = 0.5 * math.sqrt(2 * math.pi)
    log_p = np.logaddexp(-2 * (x - 3) ** 2, -2 * (x + 3) ** 2) - math.log(2 * scale)

    def reverse(mean: float, spread: float) -> float:
        log_q = -(((x - mean) / spread) ** 2) / 2 - math.log(spread * math.sqrt(2 * math.pi))
        return float((np.exp(log_q) * (log_q - log_p)).sum() * dx)

    shown(q, "KL = 0.69 nats", reverse(3, 0.5))
    shown(q, "about 5.7 nats", reverse(0, 3))
    assert round(reverse(0, 3) / reverse(3, 0.5)) == 8, "eight times as much"
    shown(q, "a spread of 3.04 m", math.sqrt((np.exp(log_p) * x**2).sum() * dx))
    shown(q, "a factor e^−18", (3 / 0.5) ** 2 / 2)
