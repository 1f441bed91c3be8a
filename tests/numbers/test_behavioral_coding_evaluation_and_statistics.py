"""Behavioral, coding, evaluation and statistics: the later questions."""

from datetime import date
from math import comb, exp, factorial, log2, sqrt

from tests.numbers import shown


def test_star_missed_deadline() -> None:
    """The call on 10 August and the sign a week before the 9th, counted to 1 September."""
    call, sign = date(2026, 8, 10), date(2026, 8, 3)
    shown("star-missed-deadline", "22 days before the date", (date(2026, 9, 1) - call).days)
    shown("star-missed-deadline", "the school 29 days", (date(2026, 9, 1) - sign).days)


def test_star_launch_held_back() -> None:
    """21 of 110 recordings, and Wilson's interval for them."""
    p, n, z = 21 / 110, 110, 1.96
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    shown("star-launch-held-back", "but 19 %", 100 * p)
    shown("star-launch-held-back", "interval was wide, 13", 100 * (centre - half))
    shown("star-launch-held-back", "to 27 %", 100 * (centre + half))


def test_bug_target_encoding_own_row() -> None:
    """One held container, shrunk by 20 at 5 %; leave-one-out in a group of ten."""
    shown("bug-target-encoding-own-row", "9.5 %", 100 * (1 + 20 * 0.05) / (1 + 20))
    shown("bug-target-encoding-own-row", "about 0.11", 1 / 9)


def test_ndcg_from_scratch() -> None:
    """Ideal gains of grades 3, 2 and 1, linear and exponential."""
    linear = 3 + 2 / log2(3) + 1 / 2
    shown("ndcg-from-scratch", "= 4.76", linear)
    shown("ndcg-from-scratch", "so 0.21", 1 / linear)
    steep = 7 + 3 / log2(3) + 1 / 2
    shown("ndcg-from-scratch", "that is 9.39", steep)
    shown("ndcg-from-scratch", "to 0.11", 1 / steep)


def test_bug_workers_share_one_seed() -> None:
    """4,000 roofs, 50 epochs, four workers that draw alike."""
    shown("bug-workers-share-one-seed", "instead of 200,000", 4000 * 50)


def test_batteries_among_the_paper() -> None:
    """Accuracy, macro recall, what doubling changes, and the break-even probability."""
    size, recall = [5000, 3000, 1300, 600, 100], [0.95, 0.92, 0.88, 0.85, 0.30]
    right = sum(n * r for n, r in zip(size, recall, strict=True))
    shown("batteries-among-the-paper", "accuracy is 92 %", 100 * right / 10_000)
    shown("batteries-among-the-paper", "macro recall 78 %", 100 * sum(recall) / 5)
    shown("batteries-among-the-paper", "± 9 points", 196 * sqrt(0.3 * 0.7 / 100))
    shown("batteries-among-the-paper", "by 0.3 points", 100 * 30 / 10_000)
    shown("batteries-among-the-paper", "macro recall by 6", 100 * 0.3 / 5)
    shown("batteries-among-the-paper", "about 1.2 %", 100 * 0.5 / (40 + 0.5))
    shown("batteries-among-the-paper", "almost 7", 100 / 3 / 5)


def test_mape_on_empty_slots() -> None:
    """Percentage errors of two sandwiches, and both critical ratios."""
    shown("mape-on-empty-slots", "that is 67 %", 100 * 2 / 3)
    shown("mape-on-empty-slots", "that is 200 %", 100 * 2 / 1)
    shown("mape-on-empty-slots", "loss at 0.75", 2.4 / (2.4 + 0.8))
    shown("mape-on-empty-slots", "90 % level", 100 * 7.2 / (7.2 + 0.8))


def test_same_800_questions() -> None:
    """Sign test, paired and unpaired intervals, and the questions needed for one point."""
    tail = 2 * sum(comb(72, i) for i in range(46, 73)) / 2**72
    shown("same-800-questions", "in 2.4 %", 100 * tail)
    paired = 196 * sqrt(72 - 20**2 / 800) / 800
    shown("same-800-questions", "leads by 2.5 points", 100 * 20 / 800)
    shown("same-800-questions", "of about 0.4", 2.5 - paired)
    shown("same-800-questions", "instead of ± 2.1", paired)
    a, b = 0.82 * 0.18 / 800, 0.845 * 0.155 / 800
    shown("same-800-questions", "± 3.7", 196 * sqrt(a + b))
    shown("same-800-questions", "± 2.7", 196 * sqrt(a))
    shown("same-800-questions", "about 7,100", 7.85 * 0.09 / 0.01**2)


def test_fair_by_which_number() -> None:
    """False positive rates from base rate, precision and hit rate; precision after the change."""
    a, b = (p / (1 - p) * 0.4 / 0.6 * 0.5 for p in (0.1, 0.3))
    shown("fair-by-which-number", "reliable, 3.7 %", 100 * a)
    shown("fair-by-which-number", "but 100", 700 * b)
    shown("fair-by-which-number", "with them 33", 900 * a)
    flagged = 850 * b
    shown("fair-by-which-number", "and 121", flagged)
    shown("fair-by-which-number", "to about 38 %", 100 * 75 / (75 + flagged))


def poisson(most: int, mean: float) -> float:
    """The probability of at most so many events."""
    return sum(exp(-mean) * mean**i / factorial(i) for i in range(most + 1))


def limit(events: int) -> float:
    """The mean at which so few events have a probability of 5 %."""
    low, high = 0.0, 20.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if poisson(events, middle) > 0.05 else (low, middle)
    return low


def test_worst_twelve_branches() -> None:
    """Half of the excess stays at a correlation of 0.5."""
    shown("worst-twelve-branches", "= 32.5", 25 + 0.5 * 15)
    shown("worst-twelve-branches", "a fall of 19 %", 100 * 7.5 / 40)
    shown("worst-twelve-branches", "complaints by 22.5 %", 100 * 9 / 40)
    shown("worst-twelve-branches", "left is 1.5", 32.5 - 31)
    shown("worst-twelve-branches", "about 4 %", 100 * 1.5 / 40)
    shown("worst-twelve-branches", "to 38.5", 25 + 0.9 * 15)


def test_bandit_or_ab_for_an_appeal() -> None:
    """Gifts under an even split and with the best text alone; errors of a day and a reserve."""
    even = 12_000 * (0.03 + 4 * 0.024)
    shown("bandit-or-ab-for-an-appeal", "brings 1,512", even)
    shown("bandit-or-ab-for-an-appeal", "alone 1,800", 60_000 * 0.03)
    shown("bandit-or-ab-for-an-appeal", "up to 288", 60_000 * 0.03 - even)
    noise = 0.03 * 0.97 + 0.024 * 0.976
    shown("bandit-or-ab-for-an-appeal", "120 gifts", 4000 * 0.03)
    shown("bandit-or-ab-for-an-appeal", "of about 14", sqrt(4000 * noise))
    shown("bandit-or-ab-for-an-appeal", "give or take 1.3", 196 * sqrt(noise / 1200))


def test_no_emergency_in_3000_flights() -> None:
    """Poisson limits, flights needed, and how often the stopping rule stops."""
    shown("no-emergency-in-3000-flights", "22 % of such runs", 100 * poisson(0, 1.5))
    shown("no-emergency-in-3000-flights", "takes 6,000", 2000 * limit(0))
    shown("no-emergency-in-3000-flights", "about 9,500", 2000 * limit(1))
    shown("no-emergency-in-3000-flights", "one in 840", 4000 / limit(1))
    arm = 7.85 * (1 / 2000 + 1 / 4000) / (1 / 4000) ** 2
    shown("no-emergency-in-3000-flights", "take 94,000", arm)
    shown("no-emergency-in-3000-flights", "in 80 % of runs", 100 * (1 - poisson(1, 3)))
    shown("no-emergency-in-3000-flights", "stops 44 %", 100 * (1 - poisson(1, 1.5)))
