"""Unsupervised learning."""

from tests.numbers import shown


def test_choose_k_without_labels() -> None:
    """How far the best silhouette lies ahead."""
    shown("choose-k-without-labels", "and 0.02 ahead", 0.31 - 0.29)


def test_kmeans_or_dbscan() -> None:
    """Half a degree of latitude in kilometres."""
    assert 50 < 0.5 * 40_008 / 360 < 60, "some fifty kilometres"


def test_pca_and_misleading_embeddings_plots() -> None:
    """The variance that a plot of two components leaves out."""
    shown("pca-and-misleading-embeddings-plots", "Says that 82 %", 100 - 18)


def test_supervised_vs_unsupervised_in_practice() -> None:
    """The topics that survive, and the halves of the paid labels."""
    q = "supervised-vs-unsupervised-in-practice"
    shown(q, "Reports the 16 stable", 20 - 4)
    shown(q, "pay for 1,000 more", 500 + 500)
