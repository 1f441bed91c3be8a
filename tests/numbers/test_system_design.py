"""System design."""

from tests.numbers import shown


def test_design_demand_forecasting() -> None:
    """The quantile from both prices, from lost customers, and half a day's sales."""
    q = "design-demand-forecasting"
    lost, spare = 4 - 1.50, 1.50
    shown(q, "missing sandwich costs 2.50", lost)
    shown(q, "= 62.5 % of", 100 * lost / (lost + spare))
    shown(q, "Its 37.5 % quantile", 100 * spare / (lost + spare))
    shown(q, "= 0.625", lost / (lost + spare))
    lost_now = lost - 0.5 * 1
    shown(q, "so 2.00 on average", lost_now)
    shown(q, "about 57 %, so we", 100 * lost_now / (lost_now + spare))
    shown(q, "/ 3.5, about", lost_now + spare)
    shown(q, "shelf at 19 times", 0.95 / (1 - 0.95))
    assert lost / spare == 5 / 3, "the ratio is 5 to 3"
    shown(q, "that is 420,000 models", 350 * 1_200)
    shown(q, "demand is near 30", 12 / 0.4)


def test_design_realtime_fraud_detection() -> None:
    """The level to block, the level to challenge, and approving everything."""
    q = "design-realtime-fraud-detection"
    shown(q, "about 6 %, far", 100 * 10 / 160)
    shown(q, "about 0.3 %. In", 100 * 0.50 / 150)
    assert 150 / 10 == 15, "fifteen times as much"
    shown(q, "everything is 99.8 % accurate", 100 - 0.2)
    shown(q, "halves your budget to 50 ms", 100 / 2)


def test_design_search_ranking() -> None:
    """Clicks of two places, queries of a day, and the time of both stages."""
    assert 30 / 6 == 5, "five times the clicks of the fifth"
    assert 400 * 86_400 > 2e6, "millions of judgements"
    assert 60 + 40 < 150, "retrieval and ranking fit"
