"""Formulas that several topics need."""

import math
from statistics import NormalDist

NORMAL = NormalDist()


def share_error(p: float, n: float) -> float:
    """The standard error of a share."""
    return math.sqrt(p * (1 - p) / n)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in percent."""
    z = NORMAL.inv_cdf(0.975)
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return 100 * (middle - half), 100 * (middle + half)


def auc_error(auc: float, positives: int, negatives: int) -> float:
    """The standard error of a ROC AUC by Hanley and McNeil."""
    two_positives = auc / (2 - auc) - auc**2
    two_negatives = 2 * auc**2 / (1 + auc) - auc**2
    variance = auc * (1 - auc) + (positives - 1) * two_positives + (negatives - 1) * two_negatives
    return math.sqrt(variance / (positives * negatives))
