"""Language models and derivations."""

import math

import numpy as np

from tests.numbers import shown


def test_part_numbers_nobody_finds() -> None:
    """Two rank fusions, a budget of pairs, and the gain of the union."""
    q = "part-numbers-nobody-finds"
    shown(q, "0.031", 2 / 65)
    shown(q, "0.026", 1 / 61 + 1 / 100)
    shown(q, "that is 150 ms", 50 * 3)
    shown(q, "so 30 pairs", (150 - 60) / 3)
    shown(q, "90 ms are left", 150 - 60)


def test_cited_but_not_said() -> None:
    """The line at twenty to one, and what an imperfect checker lets through."""
    q = "cited-but-not-said"
    bad, good = 0.14 * 0.10, 0.86 * 0.92
    shown(q, "with a probability above 95 %", 100 * (1 - 1 / 20))
    shown(q, "1.4 of them pass", 100 * bad)
    shown(q, "79.1 pass", 100 * good)
    shown(q, "about 1.7 %", 100 * bad / (bad + good))
    shown(q, "6.9 good sentences", 100 * (0.86 - good))
    shown(q, "every 80.5 shown", 100 * (bad + good))


def test_offer_that_gives_orders() -> None:
    """Thirty tries at 5 %, and the rule of three for zero of forty."""
    q = "offer-that-gives-orders"
    shown(q, "at 5 % each", 100 * 2 / 40)
    shown(q, "almost 80 %", 100 * (1 - 0.95**30))
    shown(q, "a rate of about 7 %", 100 * (1 - 0.05 ** (1 / 40)))


def test_town_hall_three_jobs() -> None:
    """Tokens of the mails a day, and the poor letters."""
    q = "town-hall-three-jobs"
    shown(q, "32 million tokens a day", 40_000 * 800 / 1e6)
    shown(q, "the 2,880 poor letters", 3000 - 120)
    shown(q, "with 3,000 labelled mails per department", 200_000 / 60)


def test_four_thousand_rules_one_card() -> None:
    """Bytes of full fine-tuning, weights and bytes of the adapters."""
    q = "four-thousand-rules-one-card"
    adapter = 2 * 4096 * 16 * 4 * 32
    shown(q, "112 GB", 7 * (2 + 2 + 4 + 8))
    shown(q, "131,072 weights", 2 * 4096 * 16)
    shown(q, "16.8 million in all", adapter / 1e6)
    shown(q, "0.24 %", 100 * adapter / 7e9)
    shown(q, "0.27 GB", 16 * adapter / 1e9)
    shown(q, "2.1 GB", 8 * 16 * adapter / 1e9)
    shown(q, "134 million weights", 8 * adapter / 1e6)
    shown(q, "frees 10.5 GB", 14 - 7 * 0.5)


def test_judge_that_likes_length() -> None:
    """Kappas of two agreements, consistent pairs, and two margins."""
    q = "judge-that-likes-length"
    share = 190 / 312
    shown(q, "in kappa about 0.4", (0.69 - 0.5) / 0.5)
    shown(q, "against 0.6", (0.80 - 0.5) / 0.5)
    shown(q, "is 61 %", 100 * share)
    shown(q, "about ±5 points", 196 * (share * (1 - share) / 312) ** 0.5)
    shown(q, "the 88 ties", 400 - 312)
    shown(q, "it is 58.5 %", 100 * (190 + 44) / 400)


def test_two_hundred_museum_chats() -> None:
    """Cache per token, chats per card, and the step time by bandwidth."""
    q = "two-hundred-museum-chats"
    token = 2 * 32 * 8 * 128 * 2
    shown(q, "131 kB", token / 1e3)
    shown(q, "tokens is 1.05 GB", 8000 * token / 1e9)
    shown(q, "57 full chats", 60e9 // (8000 * token))
    shown(q, "it would be 14", 60e9 // (8000 * 4 * token))
    shown(q, "about 230", 60e9 / (2000 * token))
    shown(q, "524 kB", 4 * token / 1e3)
    shown(q, "16.8 GB", 32000 * 4 * token / 1e9)
    shown(q, "is 23 ms", 76e9 / 3.35e12 * 1e3)
    shown(q, "at best 44 tokens", 3.35e12 / 76e9)
    shown(q, "are 59 GB", 90 * 5000 * token / 1e9)
    shown(q, "About 0.52 GB", 8000 * token / 2e9)
    shown(q, "About 0.03 GB", 8000 * token / 32 / 1e9)


def test_valid_json_wrong_container() -> None:
    """Failures a day, and two independent tries."""
    q = "valid-json-wrong-container"
    shown(q, "600 loud failures", 20_000 * 0.03)
    shown(q, "not 0.09 %", 100 * 0.03**2)


def test_ten_steps_of_a_move() -> None:
    """Chains of ten, with and without a check, and the step that fails most."""
    q = "ten-steps-of-a-move"
    checked = 0.95 + 0.05 * 0.8 * 0.95
    shown(q, "is about 60 %", 100 * 0.95**10)
    shown(q, "about 99 %", 100 * 0.9**0.1)
    shown(q, "brings 74 %", 100 * 0.97**10)
    shown(q, "works in 98.8 %", 100 * checked)
    shown(q, "chain in 89 %", 100 * checked**10)
    shown(q, "leave 35 %", 100 * 0.9**10)
    shown(q, "that is 94 %", 100 * (1 - 0.4**3))
    shown(q, "about 98 % each", 100 * (0.6 / 0.75) ** (1 / 9))
    shown(q, "about 79 %", 100 * 0.99 * 0.6 / 0.75)


def test_half_the_railway_bill() -> None:
    """Three heaps of the bill, and the effect of a prompt cache."""
    q = "half-the-railway-bill"
    rules, chat, answers = 2 * 3000 * 3, 2 * 500 * 3, 2 * 300 * 15
    saving = 0.9 * rules
    bill = rules + chat + answers
    shown(q, "The bill is €30,000", bill)
    shown(q, "the fixed rules cost €18,000", rules)
    shown(q, "the answers €9,000", answers)
    shown(q, "saves up to €16,200", saving)
    shown(q, "bill is €13,800", bill - saving)
    shown(q, "is €18,660", bill - 0.7 * saving)
    shown(q, "about 93 %", 100 * 15_000 / saving)
    shown(q, "save €3,000", 2 * 100 * 15)
    assert bill - 0.75 * saving - 3000 < 15_000


def test_reward_up_cooks_annoyed() -> None:
    """The win rate that a gap in reward promises."""
    shown("reward-up-cooks-annoyed", "91 %", 100 / (1 + math.exp(-(3.1 - 0.8))))


def test_three_thousand_landlords() -> None:
    """Chunks of one landlord and the memory of their vectors of 768 floats."""
    q = "three-thousand-landlords"
    chunks = 40_000_000 / 3000
    shown(q, "is about 13,300 chunks", chunks)
    shown(q, "41 MB", chunks * 768 * 4 / 1e6)


def test_skippers_exam_by_heart() -> None:
    """Excess fall, its margin, a sign test, and the questions it would take."""
    q = "skippers-exam-by-heart"
    pairs = [(0.69, 0.84, 1.0), (0.74, 0.78, 0.25), (0.68, 0.71, 0.25)]
    variance = sum(w * (f * (1 - f) / 150 + p * (1 - p) / 300) for f, p, w in pairs)
    both = sum(math.comb(31, k) for k in range(13)) * 2 / 2**31
    disagree, gap = 31 / 150, 0.05
    shown(q, "a margin of about 10 points", 196 * variance**0.5)
    shown(q, "so about 11 remain", 15 - (4 + 3) / 2)
    root = 1.96 * disagree**0.5 + 0.84 * (disagree - gap**2) ** 0.5
    shown(q, "650 questions", root**2 / gap**2)
    assert both > 0.25


def test_lost_umbrella_in_georgian() -> None:
    """Ratios of tokens, what is left of the window, and a break-even share."""
    q = "lost-umbrella-in-georgian"
    shown(q, "3.1 times", 310 / 100)
    shown(q, "6.2 seconds", 310 / 50)
    shown(q, "about 6,200 tokens", 2000 * 3.1)
    shown(q, "leave 1,800 of", 8000 - 6200)
    shown(q, "46 % less", 100 * (1 - 140 * 1.2 / 310))
    shown(q, "about 18 %", 100 * 32 / (32 + 142))
    shown(q, "41 million", 5000 * 4096 * 2 / 1e6)


def test_divide_by_four() -> None:
    """Missing fifth, root of the variance, a shared mould, and three divisors."""
    q = "divide-by-four"
    shown(q, "this variance is 0.80", 4 / 5)
    c4 = math.sqrt(2 / 4) * math.gamma(5 / 2) / math.gamma(4 / 2)
    shown(q, "still 6 % too small", 100 * (1 - c4))
    shown(q, "gives just 0.50", (5 - (1 + 4 * 0.5)) / 4)
    shown(q, "= 0.6 σ²", (1 + 4 * 0.5) / 5)
    for phrase, divisor in (("0.50 σ⁴", 4), ("0.36", 5), ("0.33", 6)):
        shown(q, phrase, (4 / divisor - 1) ** 2 + 8 / divisor**2)


def test_decay_that_goes_through_adam() -> None:
    """Decay per step, coupled and decoupled, and its memory."""
    q = "decay-that-goes-through-adam"
    rate, decay = 0.001, 0.001
    shown(q, "the other 0.000001", rate * decay / math.hypot(1, decay))
    shown(q, "it loses 0.0001,", rate * decay / math.hypot(0.01, decay))
    shown(q, "it is 0.999.", (1 - rate * decay) ** 1000)
    shown(q, "is 5 %", 100 * (1 - (1 - rate * decay) ** 50_000))
    shown(q, "= 10,000 steps", 1 / (rate * 0.1))
    shown(q, "to 0.00005", 0.0005 * 0.1)


def test_tea_shop_score_function() -> None:
    """Exact gradient, the variance of one draw with and without a baseline, and draws needed."""
    q = "tea-shop-score-function"
    p, r = np.array([0.5, 0.3, 0.2]), np.array([10.0, 12.0, 11.0])
    mean = float(p @ r)
    gradient = p * (r - mean)
    shown(q, "mean of €10.80", mean)
    for phrase, value in zip(("−0.40", "+0.36", "+0.04"), gradient, strict=True):
        shown(q, phrase, abs(float(value)))
    score = np.array([0.0, 1.0, 0.0]) - p[1]
    raw, cut = (float(p @ ((r - b) * score) ** 2 - gradient[1] ** 2) for b in (0.0, mean))
    shown(q, "variance of 27.7", raw)
    shown(q, "variance 0.11", cut)
    shown(q, "about 250 times", raw / cut)
    shown(q, "about 170 draws", 1.96**2 * cut / 0.05**2)
    shown(q, "nearly 43,000", 1.96**2 * raw / 0.05**2)
