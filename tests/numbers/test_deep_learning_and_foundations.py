"""Deep learning and foundations."""

import math
import random
import statistics

from tests.numbers import shown


def test_overfit_one_batch_of_bread() -> None:
    """The cross-entropy of an even guess over ten kinds, and 6,000 photos shared among them."""
    shown("overfit-one-batch-of-bread", "2.303", math.log(10))
    shown("overfit-one-batch-of-bread", "600", 6_000 / 10)


def test_dropout_worse_on_training() -> None:
    """Half a 95 % interval for 300 messages at 84 %, and the units left of 32."""
    half = 1.96 * math.sqrt(0.84 * 0.16 / 300) * 100
    assert round(half) == 4
    shown("dropout-worse-on-training", "16", 32 * 0.5)
    shown("dropout-worse-on-training", "multiplied by 2", 1 / (1 - 0.5))


def test_hot_stripe_wider_than_the_view() -> None:
    """Receptive fields: plain, dilated, and two convolutions and a pooling three times."""
    name = "hot-stripe-wider-than-the-view"
    shown(name, "that is 13 pixels", 1 + 6 * 2)
    shown(name, "127 pixels", 1 + sum(2 * 2**i for i in range(6)))
    shown(name, "take 45 such layers", (91 - 1) / 2)
    field, jump = 1, 1
    for _ in range(3):
        field += 2 * 2 * jump + jump
        jump *= 2
    shown(name, "see 36 pixels", field)
    shown(name, "steps by 8", jump)
    shown(name, "reach 68", field + 2 * 2 * jump)
    shown(name, "pooling 108", field + 2 * 2 * jump + jump + 2 * 2 * jump)
    shown(name, "327,680 pixels", 640 * 512)
    assert (640 * 512) ** 2 > 1e11
    shown(name, "729 pixels", 3**6)


def test_batch_norm_with_two_scans() -> None:
    """The standard error of a mean of n scans in units of their spread."""
    name = "batch-norm-with-two-scans"
    shown(name, "71 %", 100 / math.sqrt(2))
    shown(name, "25 %", 100 / math.sqrt(16))
    shown(name, "gap of 0.23", 0.81 - 0.58)


def test_deeper_and_worse_in_training() -> None:
    """What 55 factors of 0.8 leave of a gradient, in millionths."""
    name = "deeper-and-worse-in-training"
    shown(name, "leaves 5 millionths", 0.8**55 * 1e6)
    shown(name, "let 36 do nothing", 56 - 20)


def test_units_that_fell_silent() -> None:
    """He's standard deviation for 512 inputs, and what is left of the layer."""
    name = "units-that-fell-silent"
    shown(name, "standard deviation of 0.0625", math.sqrt(2 / 512))
    shown(name, "a layer of 202", 512 - 310)


def test_eight_hundred_roof_tiles() -> None:
    """The 95 % margin of 61 % on 160 photos, and what three points are."""
    name = "eight-hundred-roof-tiles"
    half = 196 * math.sqrt(0.61 * 0.39 / 160)
    shown(name, "about 8 points", half)
    shown(name, "from about 53", 61 - half)
    shown(name, "to 69 %", 61 + half)
    shown(name, "640 photos", 800 - 160)
    assert round(0.03 * 160) == 5


def test_nan_at_step_three_thousand() -> None:
    """The end of fp16's range and how often 65,536 can be halved before it is 1."""
    name = "nan-at-step-three-thousand"
    shown(name, "ends at 65,504", (2 - 2**-10) * 2**15)
    assert math.log2(65_536) == 16


def test_contracts_of_32k_tokens() -> None:
    """Score matrices of a layer and keys and values of a contract, in GiB; contracts that fit."""
    name = "contracts-of-32k-tokens"
    shown(name, "is 64 GiB", 32 * 32_768**2 * 2 / 2**30)
    shown(name, "64 times", (32_768 / 4_096) ** 2)
    token = 2 * 32 * 32 * 128 * 2
    shown(name, "0.5 MiB per token", token / 2**20)
    contract = token * 32_768
    shown(name, "16 GiB per contract", contract / 2**30)
    shown(name, "it is 4 GiB", contract / 4 / 2**30)
    room = (80 - 14) * 1e9
    assert 3.5 < room / contract < 4
    shown(name, "about 15", room / (contract / 4))


def test_seven_billion_on_eight_cards() -> None:
    """16 bytes a weight, and what the three stages of sharding leave on a card."""
    name = "seven-billion-on-eight-cards"
    shown(name, "take 112 GB", 7 * 16)
    shown(name, "two averages add 84", 7 * 12)
    shown(name, "is 5.5", 4 + 12 / 8)
    shown(name, "38.5 GB", 7 * (4 + 12 / 8))
    shown(name, "down to 26 GB", 7 * (2 + 14 / 8))
    shown(name, "brings 14 GB", 7 * 16 / 8)
    shown(name, "3.75 bytes", 2 + 14 / 8)
    shown(name, "are 0.64 GB", 0.04 * 16)
    shown(name, "about 4 GB", 7 / 2)


def test_the_novel_nobody_is_shown() -> None:
    """How often a book stands in a batch, and the difference of two log probabilities."""
    name = "the-novel-nobody-is-shown"
    shown(name, "about 20 times", 1_024 * 0.02)
    shown(name, "in 98 batches", 1 / (1_024 * 1e-5))
    shown(name, "difference is 7.6", math.log(0.02 / 1e-5))
    shown(name, "164 times", 8_192 * 0.02)


def test_one_letter_in_eight_misfiled() -> None:
    """The noise rate and its margin, what the hours buy, and a majority of three at 30 % errors."""
    name = "one-letter-in-eight-misfiled"
    shown(name, "12 % of the labels", 100 * 60 / 500)
    shown(name, "give or take 3 points", 196 * math.sqrt(0.12 * 0.88 / 500))
    shown(name, "about 88 %", 100 - 12)
    shown(name, "add 800 for testing", 20 * 40)
    shown(name, "the other 40 hours", 60 - 20)
    shown(name, "the 1,600 most", 40 * 40)
    shown(name, "2,400 further", 60 * 40)
    shown(name, "at most 22 %", 100 * (0.3**3 + 3 * 0.3**2 * 0.7))
    assert round(196 * math.sqrt(0.9 * 0.1 / 800)) == 2


def test_guide_that_fits_the_phone() -> None:
    """Megabytes of teacher and student in 32 and 8 bits, and of a gallery of vectors."""
    name = "guide-that-fits-the-phone"
    shown(name, "96 MB", 24 * 4)
    shown(name, "makes 24 MB", 24 * 1)
    shown(name, "becomes 6 MB", 6 * 1)
    shown(name, "under 0.4 MB", 3_000 * 128 / 1e6)


def test_four_hundred_breweries() -> None:
    """All monthly figures, and 0.4 points of a year's tonnes."""
    name = "four-hundred-breweries"
    shown(name, "that is 14,400", 400 * 36)
    shown(name, "are 200 tonnes", 0.004 * 50_000)


def test_pay_for_more_complaints() -> None:
    """The line through the four errors, continued; prices, savings and the margin of one error."""
    name = "pay-for-more-complaints"
    shown(name, "12.3 %", 24 * 0.8**3)
    shown(name, "predicted 9.8 %", 24 * 0.8**4)
    shown(name, "about 7.9 %", 24 * 0.8**5)
    shown(name, "for €14,400", 24_000 * 0.6)
    shown(name, "for €4,800", 8_000 * 0.6)
    shown(name, "for €9,600", 16_000 * 0.6)
    shown(name, "about 1.4", 196 * math.sqrt(0.123 * 0.877 / 2_000))
    shown(name, "€1,200 a year", 40_000 * 0.01 * 3)
    shown(name, "€2,950 a year", 1_200 * 24 * (0.8**3 - 0.8**4))
    shown(name, "€2,360 a year", 1_200 * 24 * (0.8**4 - 0.8**5))


def test_bolts_a_line_can_part() -> None:
    """A bolt's probability half a unit from the cut, the null deviance, none of 25 broken."""
    name = "bolts-a-line-can-part"
    shown(name, "gives the right bolt 73 %", 100 / (1 + math.exp(-2 * 0.5)))
    shown(name, "gives 99.3 %", 100 / (1 + math.exp(-10 * 0.5)))
    null = -2 * (14 * math.log(14 / 60) + 46 * math.log(46 / 60))
    shown(name, "deviance 65", null)
    shown(name, "up to about 11 %", 100 * (1 - 0.05 ** (1 / 25)))


def test_minus_three_for_sunshine() -> None:
    """Variance inflation at 0.95 and the 95 % interval of −3 with standard error 9."""
    name = "minus-three-for-sunshine"
    vif = 1 / (1 - 0.95**2)
    shown(name, "inflated about 10", vif)
    shown(name, "3.2 times", math.sqrt(vif))
    shown(name, "from −21", 3 + 1.96 * 9)
    shown(name, "to +15", -3 + 1.96 * 9)


def test_best_of_sixty_trials() -> None:
    """Random hits among the best 5 %, values per axis of a grid, and the luck of the winner."""
    name = "best-of-sixty-trials"
    shown(name, "chance of about 95 %", 100 * (1 - 0.95**60))
    assert 2 < 60 ** (1 / 5) < 3
    draw = random.Random(7)
    best = [max(draw.gauss(0, 1) for _ in range(60)) for _ in range(20_000)]
    shown(name, "look 2.3 points", statistics.fmean(best))
    more = [max(draw.gauss(0, 1) for _ in range(600)) for _ in range(3_000)]
    shown(name, "now about 3 points", statistics.fmean(more))
    shown(name, "1,500 fits, instead", 5 * 60 * 5)
    assert 1 - 0.995**600 > 0.95
    shown(name, "about 5 points", 196 * math.sqrt(0.83 * 0.17 / 200))
