"""Production."""

from tests.numbers import shown


def test_deployed_accuracy_drops() -> None:
    """The fall of the precision, and chance alarms of 300 tests."""
    q = "deployed-accuracy-drops"
    shown(q, "precision fell 13 points", 100 * (0.84 - 0.71))
    shown(q, "At a 1 % level", 100 * 3 / 300)


def test_deployment_strategies() -> None:
    """Readings each second instead of every 15 minutes."""
    shown("deployment-strategies", "It is 900 times", 15 * 60 / 1)


def test_feature_store_batch_and_online() -> None:
    """The values that differ, and the gap in points of AUC."""
    q = "feature-store-batch-and-online"
    shown(q, "4 % differ", 100 - 96)
    assert round(100 * (0.84 - 0.75)) == 9, "nine points of AUC"


def test_halve_inference_latency() -> None:
    """The stages of a request, the waiting in the evening, and the dark photos."""
    q = "halve-inference-latency"
    shown(q, "takes 180 ms at", 40 + 50 + 70 + 20)
    shown(q, "it must be 90", 180 / 2)
    shown(q, "The extra 95 ms", 180 - 85)
    shown(q, "where the 180 ms go", 40 + 50 + 70 + 20)
    assert 74 - 63 == 11, "eleven points"
    others = [(overall - 0.05 * dark) / 0.95 for overall, dark in ((81, 74), (80.5, 63))]
    assert abs(others[1] - others[0]) < 0.1, "the half point is the dark photos"


def test_retrain_monitor_rollback() -> None:
    """The rise of the error, and a limit of three swings."""
    q = "retrain-monitor-rollback"
    shown(q, "less than 8 minutes", 14 - 6)
    shown(q, "I stop at 0.9 in", 3 * 0.3)


def test_trial_churn_framing() -> None:
    """The days of a trial, two points of 20,000, and a control group."""
    q = "trial-churn-framing"
    shown(q, "no paid plan on day 37", 30 + 7)
    shown(q, "the other 23 days", 30 - 7)
    more = (0.43 - 0.41) * 20_000
    shown(q, "into 400 more leavers", more)
    shown(q, "that is 40 users", more / 10)
    shown(q, "and 2,400 euros", more / 10 * 60)
    shown(q, "2,000 people at risk", 20_000 / 10)
    assert 62 - 57 == 5, "the offer earned five points"
