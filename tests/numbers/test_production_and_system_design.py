"""Production and system design."""

import math
import statistics

from tests.numbers import shown


def test_shadow_disagrees_on_seven_percent() -> None:
    """Wins minus losses within the 7 %, with the binomial error of 400 judgements."""
    q = "shadow-disagrees-on-seven-percent"
    shown(q, "5,600 claims", 0.07 * 80_000)
    win = 232 / 400
    error = math.sqrt(win * (1 - win) / 400)
    shown(q, "right in 58 %", 100 * win)
    shown(q, "about 1.1 points overall", 100 * 0.07 * (2 * win - 1))
    shown(q, "standard error of 2.5 points", 100 * error)
    shown(q, "from about 53", 100 * (win - 1.96 * error))
    shown(q, "at the lower end 0.4", 100 * 0.07 * (2 * (win - 1.96 * error) - 1))
    shown(q, "About 372", 400 * 0.93)


def test_only_opened_parcels_have_labels() -> None:
    """Misses and recall from 60 finds in a month's lottery, with the error of a count."""
    q = "only-opened-parcels-have-labels"
    shown(q, "In a month that is 6,000", 30 * 200)
    missed = 38_000 * 60 / 6_000
    found = 600 - (200 * 0.10 - 200 * 0.01)
    shown(q, "about 380 a day", missed)
    shown(q, "against some 580 found", found)
    shown(q, "we catch about 60 %", 100 * found / (found + missed))
    shown(q, "of about 7.7", math.sqrt(60))
    margin = 1.96 * math.sqrt(60) / 6_000
    shown(q, "give or take 0.25 points", 100 * margin)
    shown(q, "between 284", 38_000 * (0.01 - margin))
    shown(q, "and 476 parcels", 38_000 * (0.01 + margin))
    shown(q, "a range from 55", 100 * found / (found + 38_000 * (0.01 + margin)))
    shown(q, "to 67.", 100 * found / (found + 38_000 * (0.01 - margin)))
    shown(q, "about 18 finds a day", 200 * 0.10 - 200 * 0.01)


def test_drift_alarm_every_night() -> None:
    """Expected false alarms, the smallest significant gap, and the PSI of a busier weekend."""
    q = "drift-alarm-every-night"
    shown(q, "about 12 alarms a night", 240 * 0.05)
    gap = 1.358 * math.sqrt(2 / 300_000)
    assert abs(100 * gap - 1 / 3) < 0.05
    psi = (0.35 - 0.30) * math.log(0.35 / 0.30) + (0.65 - 0.70) * math.log(0.65 / 0.70)
    shown(q, "PSI is about 0.01", psi)
    shown(q, "far below 0.0002", 0.05 / 240)


def test_a_quote_from_last_march() -> None:
    """Versions in a year of two-week cycles, the size of the log, and that of a busy one."""
    q = "a-quote-from-last-march"
    shown(q, "some 26 versions", 365 / 14)
    shown(q, "about 15 GB a year", 20_000 * 365 * 2_000 / 1e9)
    shown(q, "some 4 TB an hour", 30_000 * 400 * 100 * 3_600 / 1e12)


def _needed(p: float, q: float) -> float:
    """Requests to tell a rate q from a known p: 5 % one-sided, 80 % power."""
    spread = 1.645 * math.sqrt(p * (1 - p)) + 0.8416 * math.sqrt(q * (1 - q))
    return (spread / (q - p)) ** 2


def _at_most(k: int, p: float) -> float:
    """Binomial probability of at most k complaints among 150."""
    return sum(math.comb(150, i) * p**i * (1 - p) ** (150 - i) for i in range(k + 1))


def test_canary_with_few_requests() -> None:
    """Expected complaints, requests needed, and the odds of quiet and loud days."""
    q = "canary-with-few-requests"
    shown(q, "I expect 3 complaints", 150 * 0.02)
    shown(q, "about 390 requests", _needed(0.02, 0.04))
    shown(q, "takes 1,400", _needed(0.02, 0.03))
    assert 2.5 < _needed(0.02, 0.04) / 150 < 3
    assert 9 < _needed(0.02, 0.03) / 150 < 9.5
    shown(q, "come in about 3 % of such days", 100 * (1 - _at_most(6, 0.02)))
    assert abs(1 / _at_most(3, 0.04) - 7) < 0.5
    assert _at_most(4, 0.04) > 0.25
    assert abs((1 - _at_most(3, 0.02)) - 1 / 3) < 0.03
    shown(q, "which is 600 a day", 3_000 * 0.2)


def test_sixteen_at_a_time() -> None:
    """Throughput, bill and price per million of batches and of single messages."""
    q = "sixteen-at-a-time"
    alone, batch = 1 / 0.040, 16 / 0.160
    shown(q, "does 25 messages a second", alone)
    shown(q, "it does 100", batch)
    shown(q, "at about 45 %", 100 * 45 / batch)
    shown(q, "That is 115 euros a day", 2 * 2.40 * 24)
    shown(q, "instead of 230", 4 * 2.40 * 24)
    shown(q, "cost 333 euros", 2.40 / 3600 / 2 * 1e6)
    shown(q, "at full batches 6.67", 2.40 / 3600 / batch * 1e6)
    shown(q, "waits 7.5 seconds", 15 / 2)
    assert 32 + 8 * 64 > 500
    assert 1 - 0.98**16 > 0.25
    assert 900 / batch / 0.75 == 12


def test_vendor_model_changed_on_tuesday() -> None:
    """Five points on 2,000 mails in standard errors, and two points of 300 mails."""
    error = math.sqrt(0.09 * 0.91 / 2_000)
    assert round((0.14 - 0.09) / error) == 8  # "eight standard errors"
    assert round(0.02 * 300) == 6  # "six mails"


def test_a_loan_refused_with_reasons() -> None:
    """The ratio of approvals, and its interval on the logarithm in one region."""
    q = "a-loan-refused-with-reasons"
    shown(q, "a ratio of 0.75", 45 / 60)
    error = math.sqrt((1 - 0.45) / 90 + (1 - 0.60) / 540)
    shown(q, "is roughly 0.64", 0.75 * math.exp(-1.96 * error))
    shown(q, "to 0.88", 0.75 * math.exp(1.96 * error))


def test_design_mail_spam_filter() -> None:
    """Good mails lost at two rates, the rule of three, and one in a thousand of the folder."""
    q = "design-mail-spam-filter"
    good = 400_000 * 0.7
    shown(q, "Of 280,000 good mails", good)
    shown(q, "would be 280 lost", good * 0.001)
    shown(q, "that is 28", good * 0.0001)
    shown(q, "so 30,000 for", 3 / 0.0001)
    shown(q, "about 115 a day are lost", 115_000 / 1_000)
    shown(q, "mistakes are 4,000 a day", 400_000 * 0.01)


def test_design_duplicate_flat_ads() -> None:
    """All pairs of a day, and those that a first stage leaves."""
    shown("design-duplicate-flat-ads", "would be 12 billion a day", 20_000 * 600_000 / 1e9)
    assert 20_000 * 50 == 1_000_000  # "a million pairs"


def test_design_leasing_support_assistant() -> None:
    """Break-even risk, both plans of the board, and the quality of the additional answers."""
    q = "design-leasing-support-assistant"
    assert 5 / 40 == 1 / 8
    shown(q, "saves 10,200 euros a day", 3_000 * 5 - 3_000 * 0.04 * 40)
    shown(q, "minus 17,280 is", 4_800 * 0.09 * 40)
    shown(q, "6,720 euros a day", 4_800 * 5 - 4_800 * 0.09 * 40)
    shown(q, "hold 312 wrong ones", 4_800 * 0.09 - 3_000 * 0.04)
    shown(q, "wrong in about 17 %", 100 * (4_800 * 0.09 - 3_000 * 0.04) / 1_800)


def test_design_medicine_arrival_time() -> None:
    """The best quantile, a sum of percentiles, and a narrower window of the same errors."""
    q = "design-medicine-arrival-time"
    shown(q, "be the 75th", 100 * 3 / (3 + 1))
    z = statistics.NormalDist().inv_cdf(0.9)
    shown(q, "about 7.7 minutes", z * 6)
    shown(q, "He adds 23 minutes", 3 * z * 6)
    shown(q, "percentile lies 13.3", z * 6 * math.sqrt(3))
    spread = 22.5 / statistics.NormalDist().inv_cdf(0.95)
    shown(q, "deviation of 13.7", spread)
    shown(q, "hold in about 54 %", 100 * (2 * statistics.NormalDist().cdf(10 / spread) - 1))


def test_design_recipe_ad_clicks() -> None:
    """Revenue per thousand views, and a base rate distorted and put right through the odds."""
    q = "design-recipe-ad-clicks"
    shown(q, "earns 4.00 per thousand views", 1_000 * 2.00 * 0.002)
    shown(q, "earns 5.40", 1_000 * 0.90 * 0.006)
    shown(q, "looks like 3.9 %", 100 * 0.004 / (0.004 + 0.996 / 10))
    odds = 0.039 / 0.961
    shown(q, "is 0.0406; a", odds)
    shown(q, "probability of 0.40 %", 100 * (odds / 10) / (1 + odds / 10))
    shown(q, "would become 4.1", 100 * (0.03 / 0.7) / (1 + 0.03 / 0.7))
    shown(q, "some 16 clicks", 100e6 * 0.02 / 500 * 0.004)


def test_design_football_forum_moderation() -> None:
    """What breaks the rules, what can be read, and wrong removals at two precisions."""
    q = "design-football-forum-moderation"
    shown(q, "20,000 comments a day break the rules", 4e6 * 0.005)
    shown(q, "24,000 readings a day", 60 * 400)
    shown(q, "about 360 are removed wrongly", 9_000 * 0.04)
    shown(q, "at most 90, because", 9_000 * 0.01)
    shown(q, "46 comments a second on average", 4e6 / 86_400)
    shown(q, "12,000 readings a day remain", 30 * 400)
    shown(q, "99.5 % accurate", 100 - 0.5)


def test_design_lesson_reminders() -> None:
    """The price of a switch-off in lessons, and what a small risk of it weighs."""
    q = "design-lesson-reminders"
    shown(q, "it costs 10 lessons", 200 * 0.05)
    shown(q, "weighs 0.01", 0.001 * 200 * 0.05)


def test_design_waterworks_pump_failures() -> None:
    """The break-even risk, a year's savings, and the error of half of 30 failures."""
    q = "design-waterworks-pump-failures"
    shown(q, "above 1.3 % risk", 100 * 200 / (18_000 - 3_000))
    shown(q, "that saves 450,000", 30 * 15_000)
    shown(q, "less 104,000", 520 * 200)
    error = 1.96 * math.sqrt(0.25 / 30)
    shown(q, "that half means 32", 100 * (0.5 - error))
    shown(q, "to 68 %", 100 * (0.5 + error))
    shown(q, "only 120 failures", 2 * 60)
    shown(q, "25 million rows", 1_400 * 2 * 365 * 24 / 1e6)
    shown(q, "finds are 11 %", 100 * 9 / 80)
    shown(q, "saves 750 euros", 0.05 * 15_000)
    assert round(200 * 60 / 1_400 / 4) == 2


def test_design_invoice_reading() -> None:
    """The break-even risk, seven fields, the balance of a month, and an audit."""
    q = "design-invoice-reading"
    shown(q, "is 3.3 %: below", 100 * 2 / 60)
    shown(q, "leave 93 % right", 100 * 0.99**7)
    shown(q, "cost 4.08 each", (1 - 0.99**7) * 60)
    shown(q, "42,000 euros a month", 30_000 * 0.7 * 2)
    shown(q, "costs 6,300", 30_000 * 0.7 * 0.005 * 60)
    shown(q, "are 0.7 %", 100 * 2 / 300)
    shown(q, "save 11,500 euros", 12_000 * 0.48 * 2)
