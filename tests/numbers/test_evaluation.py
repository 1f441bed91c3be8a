"""Evaluation."""

import math
import statistics

import numpy as np

from tests.numbers import shown
from tests.numbers.formulas import NORMAL, auc_error, share_error, wilson


def test_auc_091_vs_087_not_shipped() -> None:
    """The error of an AUC with 60 buyers, the calls, and two gaps."""
    q = "auc-091-vs-087-not-shipped"
    error = auc_error(0.9, 60, 3_000 - 60)
    shown(q, "standard error of about 0.03", error)
    shown(q, "uncertain by about 0.05", 1.96 * error)
    shown(q, "whether 0.04 survives", 0.91 - 0.87)
    shown(q, "that is 60 calls each", 0.02 * 3_000)
    shown(q, "among the 98 % whom", 100 - 2)
    shown(q, "A gap of 0.03", 0.94 - 0.91)


def test_check_and_fix_calibration() -> None:
    """Odds at 20 and at 10 %, and what they are multiplied by."""
    q = "check-and-fix-calibration"
    before, after = (1 - 0.2) / 0.2, (1 - 0.1) / 0.1
    shown(q, ": 4 to", before)
    shown(q, ": 9, so I multiply", after)
    shown(q, "multiply them by 4/", before)
    shown(q, "/9. If I am not sure", after)
    assert 0.2 / 0.1 == 2, "about twice the churn"


def test_churn_97_accuracy_3_percent() -> None:
    """The confusion matrix of 240 flags, and 2,000 calls."""
    q = "churn-97-accuracy-3-percent"
    leave = 0.03 * 40_000
    stay = 40_000 - leave
    shown(q, "1,200 members cancel", leave)
    shown(q, "the other 38,800", stay)
    shown(q, "also 97 %", 100 * stay / 40_000)
    shown(q, "This one gets 38,680", stay - 120)
    assert stay - 120 + 120 == stay, "exactly the same"
    shown(q, "only 10 %: it", 100 * 120 / leave)
    shown(q, "it misses 1,080", leave - 120)
    shown(q, "that is 50 %", 100 * 120 / 240)
    shown(q, "a lift of about 17", 120 / 240 / 0.03)
    shown(q, "the next 1,760", 2_000 - 240)
    shown(q, "precision is 25 % and", 100 * 500 / 2_000)
    shown(q, "recall 42 %", 100 * 500 / leave)


def test_churn_next_month_and_calls() -> None:
    """400 flags against doing nothing, and the break-even of a call."""
    q = "churn-97-accuracy-3-percent"
    false = 400 - 150
    shown(q, "250 false flags against", false)
    shown(q, "hits make 96.75 %", 100 * (40_000 - 1_200 + 150 - false) / 40_000)
    shown(q, "a precision of 37.5 %", 100 * 150 / 400)
    assert 12 < 150 / 400 / 0.03 < 13, "more than twelve times the base rate"
    assert 97 - 96.75 == 0.25, "a quarter of a point"
    kept = 2_000 * 0.25 * 0.2
    shown(q, "= €60 and", 0.2 * 300)
    shown(q, "from a risk of 10 %. In", 100 * 6 / (0.2 * 300))
    shown(q, "I reach 500 who", 2_000 * 0.25)
    shown(q, "and keep 100 members", kept)
    shown(q, "worth €30,000", 300 * kept)
    shown(q, "calls cost €12,000", 2_000 * 6)
    shown(q, "€18,000 left", 300 * kept - 2_000 * 6)


def test_class_imbalance_beyond_oversampling() -> None:
    """The defaults, the cut-off from a price of ten, and odds after resampling to half."""
    q = "class-imbalance-beyond-oversampling"
    factor = (1 / 1) / (0.02 / 0.98)
    shown(q, "are 4,000 defaults", 0.02 * 200_000)
    shown(q, "say 9 % if", 100 * 1 / (1 + 10))
    shown(q, "Divides the odds by 49", factor)
    shown(q, "becomes 2 %", 100 / (1 + factor))
    shown(q, "may read 50 %", 100 * 0.02 * factor / (0.02 * factor + 0.98))
    shown(q, "loans and 40 defaults", 0.02 * 2_000)


def test_classification_or_regression_framing() -> None:
    """Squares of a collector's car, a car at 9,100, and two models."""
    q = "classification-or-regression-framing"
    shown(q, "as much as 2,500 cars", (30_000 / 600) ** 2)
    shown(q, "is 9 % below", 100 * (1 - 9_100 / 10_000))
    shown(q, "is above 10,111", 9_100 / 0.9)
    shown(q, "loses €80 less", 680 - 600)
    spread = (11_200 - 8_800) / 2 / NORMAL.inv_cdf(0.9)
    cheap = 1 - NORMAL.cdf((9_100 / 0.9 - 10_000) / spread)
    assert 0.4 < cheap < 0.5, "the label is far from sure"


def test_cross_validation_choice() -> None:
    """Cracks in a fold, clips of a speaker, and five scattered scores."""
    q = "cross-validation-choice"
    shown(q, "about 3 % in each fold", 100 * 18 / 600)
    shown(q, "With 80 clips each", 12_000 / 150)
    shown(q, "The other 79 clips", 12_000 / 150 - 1)
    shown(q, "the remaining 70", 12_000 / 150 - 10)
    assert (18 // 5, -(-18 // 5)) == (3, 4), "three or four cracks in each fold"
    shown(q, "by 25 or", 100 / 4)
    shown(q, "or 33 points", 100 / 3)
    shown(q, '"0.63 ±', statistics.mean([0.25, 0.75, 0.67, 1, 0.5]))
    shown(q, '± 0.28"', statistics.stdev([0.25, 0.75, 0.67, 1, 0.5]))
    found = [(1, 4), (3, 4), (2, 3), (3, 3), (2, 4)]
    assert sum(n for _, n in found) == 18
    shown(q, "pool them: 11 of", sum(hits for hits, _ in found))
    low, high = wilson(11, 18)
    shown(q, "from about 39", low)
    shown(q, "to 80 %", high)


def test_error_analysis_by_slice() -> None:
    """The average of two slices, the errors of each, and the gain of a fix."""
    q = "error-analysis-by-slice"
    errors, typed = 0.1 * (1 - 0.65) * 10_000, 0.9 * (1 - 0.95) * 10_000
    shown(q, "still make 92 %", 0.9 * 95 + 0.1 * 65)
    shown(q, "it holds 350 of", errors)
    shown(q, "errors, 44 %", 100 * errors / (errors + typed))
    shown(q, "gains 3.5 points", 0.1 * (100 - 65))
    shown(q, "450 of the", typed)
    shown(q, "3 points, since a tenth", 0.1 * (95 - 65))
    shown(q, "to 95 %. Multiply", 92 + 0.1 * (95 - 65))
    shown(q, "letters at 20 %", 100 * (1 - 4 / 5))


def test_error_analysis_branch_and_labels() -> None:
    """32 of 40 letters right, 300 more, handwriting, and wrong labels."""
    q = "error-analysis-by-slice"
    low, high = wilson(32, 40)
    shown(q, "80 % of", 100 * 32 / 40)
    shown(q, "of about 6 points", 100 * share_error(0.8, 40))
    shown(q, "roughly 65 to", low)
    assert 89 < high < 92, "about 90 %, and it just leaves out 92 %"
    assert 196 * share_error(0.8, 300) < 5, "under 5 points each way"
    shown(q, "read the 8 wrong", 40 - 32)
    assert math.isclose(0.9 * 2 - 0.1 * 8, 1), "the average rises by one point"
    shown(q, "is nearer 5 % than", 8 * 60 / 100)
    shown(q, ": 60 of", 100 - 40)


def test_fraud_500_alerts_a_day() -> None:
    """The ceiling of 500 alerts, the false positive rate, and 800 a day."""
    q = "fraud-500-alerts-a-day"
    frauds = 0.002 * 1_000_000
    shown(q, "about 2,000 frauds", frauds)
    shown(q, "ranking catches 25 %", 100 * 500 / frauds)
    shown(q, "precision is 60 %", 100 * 300 / 500)
    shown(q, "and recall 15 %", 100 * 300 / frauds)
    shown(q, "among 998,000 honest", 1_000_000 - frauds)
    shown(q, "positive rate of 0.05 %", 100 * 500 / (1_000_000 - frauds))
    shown(q, "added 300 are", 800 - 500)
    shown(q, "we have 420 in", 300 + 120)
    shown(q, "about 52 % instead", 100 * 420 / 800)
    shown(q, "to 21 %", 100 * 420 / frauds)
    shown(q, "to 40 %. Then", 100 * 800 / frauds)
    shown(q, "stops 40 more", 340 - 300)
    shown(q, "precision 68 %", 100 * 340 / 500)
    shown(q, "is 1,800 alerts", 0.9 * frauds)


def bills(recall: float, precision: float) -> tuple[float, float]:
    """A day's missed frauds and falsely declined customers, of 1,000 frauds."""
    return 1_000 * (1 - recall), 1_000 * recall / precision - 1_000 * recall


def test_fraud_precision_or_recall() -> None:
    """The break-evens at three amounts, and a payment at 30 %."""
    q = "fraud-precision-or-recall"
    shown(q, "about 5 %. In practice", 100 * 10 / 210)
    shown(q, "about 4.8 %", 100 * 10 / 210)
    shown(q, "/210 is a statement", 200 + 10)
    assert 200 / 10 == 20, "twenty times a false decline"
    shown(q, "about 20 honest customers", 200 / 10)
    shown(q, "= 1.1 %", 100 * 10 / 910)
    shown(q, "some 45 %", 100 * 10 / 22)
    shown(q, "through €60 of", 0.3 * 200)
    shown(q, "an expected €7", 0.7 * 10)


def test_fraud_ninety_nine_percent_recall() -> None:
    """Both bills of two cut-offs, and the step between them."""
    q = "fraud-precision-or-recall"
    (few, declined), (fewer, many) = bills(0.9, 0.08), bills(0.99, 0.01)
    shown(q, "we miss 100 of", few)
    shown(q, "which is €20,000", 200 * few)
    shown(q, "= 10,350 honest", declined)
    shown(q, "for €103,500", 10 * declined)
    shown(q, "that is €123,500", 200 * few + 10 * declined)
    shown(q, "miss only 10,", fewer)
    shown(q, "which is €2,000", 200 * fewer)
    shown(q, "98,010 honest", many)
    shown(q, "for €980,100", 10 * many)
    shown(q, "so €982,100", 200 * fewer + 10 * many)
    shown(q, "worth €18,000", 200 * (few - fewer))
    shown(q, "costs €876,600", 10 * (many - declined))
    shown(q, "about €877,000", 10 * (many - declined))
    shown(q, "or €9,740 for", 10 * (many - declined) / (few - fewer))


def test_high_recall_low_precision_fraud() -> None:
    """Flags, looks and the queue at a precision of 4 %."""
    q = "high-recall-low-precision-fraud"
    frauds = 0.01 * 20_000
    found = 0.95 * frauds
    flags = found / 0.04
    shown(q, "There are 200 fraudsters", frauds)
    shown(q, "finds 190 of", found)
    shown(q, "but 4,750 flags", flags)
    shown(q, "flags, 4,560 of", flags - found)
    shown(q, "so 24 of", 25 * (1 - 0.04))
    shown(q, "analysts look at 600", 6 * 100)
    shown(q, "by some 4,150", flags - 600)
    assert round((flags - 600) / 600) == 7, "a week's work"
    shown(q, "take 48 analysts", math.ceil(flags / 100))
    shown(q, "analysts, 46 of", (flags - found) / 100)
    shown(q, "800 accounts are", 0.04 * 20_000)
    shown(q, "that 200 of them", 0.04 * 20_000 - 600)
    shown(q, "About 8 of", 0.04 * frauds)


def test_high_recall_milder_steps() -> None:
    """Honest sellers lost to the upload, and the cut-off with a precision of 20 %."""
    q = "high-recall-low-precision-fraud"
    shown(q, "about 137 honest", (1 - 0.97) * 4_560)
    found = 0.6 * 200
    shown(q, "are 120 fraudsters", found)
    shown(q, "makes 600 flags", found / 0.2)
    shown(q, "But 80 fraudsters", 200 - found)
    shown(q, "get through, 70 more", 200 - found - (200 - 190))


def test_logistic_regression_for_imbalanced_fraud() -> None:
    """Frauds for each feature, the intercept after sampling, and 72 against 66."""
    q = "logistic-regression-for-imbalanced-fraud"
    shown(q, "features are 7.5 each", 300 / 40)
    shown(q, "at 0.3 % fraud", 100 * 300 / 100_000)
    assert round(6 / 0.3) == 20, "twenty times the average"
    shown(q, "about 2.3, from it", math.log(10))
    assert (72 - 66) / math.sqrt(72 + 66) < 1.96, "well within chance"


def test_metric_for_imbalanced_classification() -> None:
    """Accuracy beside the counts, the balanced set, and prices."""
    q = "metric-for-imbalanced-classification"
    shown(q, "so 99.2 % may", 100 * (10_000 - 60 - 20) / 10_000)
    shown(q, "by 9,900 good", 0.99 * 10_000)
    shown(q, "only 2 %, yet", 100 * 200 / 9_900)
    shown(q, "found precision is 29 %", 100 * 80 / (80 + 200))
    false = 80 / 0.9 - 80
    alarms = 9_900 * false / 100
    shown(q, "means about 9 false", false)
    shown(q, "a rate of 8.9 %", false)
    shown(q, "of which 880 raise", alarms)
    shown(q, "or 8.3 %", 100 * 80 / (80 + alarms))
    shown(q, "falls to about 8 %", 100 * 80 / (80 + alarms))
    shown(q, "probability of about 1 %", 100 * 5 / 500)
    shown(q, "= €50,000", 100 * 500)
    shown(q, "next to the 99 %", 100 * 9_900 / 10_000)


def test_moderation_precision_or_recall() -> None:
    """The break-even and its swap, a random sample, and dearer spam."""
    q = "moderation-precision-or-recall"
    shown(q, "probability of about 92 %", 100 * 12 / 13)
    shown(q, "about 8 %, would", 100 / 13)
    shown(q, "precision is about 90 %", 100 * (1 - 40 / 400))
    assert round(196 * share_error(0.9, 400)) == 3, "plus or minus three points"
    shown(q, "break-even falls to 80 %", 100 * 12 / (12 + 3))
    shown(q, "That 1 % is", 2 / 2)
    shown(q, "our precision is 99 %", 100 - 2 / 2)
    assert 20 / 2 == 10, "ten times as much spam"


def test_offline_metric_up_online_flat() -> None:
    """The middle of the interval, and half its width."""
    q = "offline-metric-up-online-flat"
    shown(q, "watch time +0.4 %", (-0.6 + 1.4) / 2)
    assert -0.6 < 0 < 0.5 < 1.4, "all inside the interval"
    shown(q, "20 % per arm", 5 * 2**2)


def test_roc_auc_misleading_under_imbalance() -> None:
    """Guessing, alarms on the true mix, one point on two mixes, and prices."""
    q = "roc-auc-misleading-under-imbalance"
    alarms = 0.05 * 999
    shown(q, "scores about 0.001", 1 / (1 + 999))
    assert round(0.21 / 0.001, -2) == 200, "two hundred times better than chance"
    shown(q, "produce 50 false alarms", alarms)
    assert 0.9 / (0.9 + alarms) < 1 / (1 + alarms) < 0.02, "under 2 %"
    shown(q, "about 99 %", 100 * 0.8 / (0.8 + 0.01))
    shown(q, "about 7 %", 100 * 0.8 / (0.8 + 0.01 * 999))
    shown(q, "+ 9.99)", 0.01 * 999)
    shown(q, "/ 10.8, about", 0.8 + 0.01 * 999)
    shown(q, "tolerate 200 false alarms", 40_000 / 200)
    shown(q, "precision of 0.5 % pays", 100 / (1 + 40_000 / 200))
    assert 140 / 140_000 == 0.001, "the same mix"
    assert math.isclose((-0.04 + 0.10) / 2, 0.24 - 0.21), "the interval lies around 0.03"


def test_threshold_is_a_business_decision() -> None:
    """The break-even of a visit, a lift that waits, and the price of a cap."""
    q = "threshold-is-a-business-decision"
    saves = 0.6 * 4_000
    shown(q, "it saves €2,400 times", saves)
    shown(q, "that is 12.5 %", 100 * 300 / saves)
    shown(q, "each losing €660", 0.4 * saves - 300)
    shown(q, "would save €960", 0.4 * saves)
    shown(q, "saves €1,200, so", 0.3 * 4_000)
    shown(q, "doubles to 25 %", 100 * 300 / (0.3 * 4_000))
    shown(q, "From 7.5 %, since", 100 * 300 / 4_000)
    shown(q, "the extra 120", 320 - 200)
    shown(q, "about €108", 0.17 * saves - 300)
    shown(q, "roughly €13,000", 120 * (0.17 * saves - 300))
    assert 300 / saves == 1 / 8, "an eighth"


def test_cross_validation_choice_by_chance() -> None:
    """18 cracks in five shuffled folds of 120: how often one holds at most one crack."""
    folds = np.random.default_rng(1).multivariate_hypergeometric([120] * 5, 18, size=20_000)
    assert 0.4 < (folds.min(axis=1) <= 1).mean() < 0.5, "some folds with one or none"
