"""How strong somebody is, and how sure we are (Bradley–Terry, as in Weng & Lin 2011)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, fsum, sqrt

from openskill.models import BradleyTerryFull

_MODEL = BradleyTerryFull()
_NOISE = 2 * _MODEL.beta**2
SCALE = 60
"""Ratings are shown in the numbers that chess players know: 25 on the model's scale is 1,500."""
WEIGHT = 2
"""A quiz of many tells as much as two duels against its average opponent; see decision 12."""
OVERALL = ""
"""The rating of games over all topics; a game on one topic moves that topic's alone."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A row of `rating`: one person in one guild, over all topics or on one."""

    guild_id: int
    user_id: int
    topic: str = OVERALL
    mu: float = _MODEL.mu
    sigma: float = _MODEL.sigma
    games: int = 0

    @property
    def shown(self) -> int:
        """The rating as people read it."""
        return round(SCALE * self.mu)

    @property
    def spread(self) -> int:
        """Half the width of the interval that holds their strength with 95 %."""
        return round(SCALE * self.sigma * 1.96)


def rated(ratings: Sequence[Rating], places: Sequence[int]) -> list[Rating]:
    """The ratings after a game.

    Args:
        ratings: of everybody who played, each for the same guild and topic.
        places: 1 for the winner, equal for those who are level.
    """
    teams = [[_MODEL.rating(mu=r.mu, sigma=r.sigma)] for r in ratings]
    after = _MODEL.rate(teams, ranks=[float(place) for place in places])
    return [
        Rating(r.guild_id, r.user_id, r.topic, new.mu, new.sigma, r.games + 1)
        for r, (new,) in zip(ratings, after, strict=True)
    ]


def rated_many(ratings: Sequence[Rating], places: Sequence[int]) -> list[Rating]:
    """The ratings after a game of many: what a duel with everybody would do, on average.

    Whoever is level with somebody learns nothing from them. So the last never gain and the first
    never lose, and neither does the number of players make anybody's rating jump.

    Args:
        ratings: of everybody who played, each for the same guild and topic.
        places: 1 for the winner, equal for those who are level.
    """
    moves: list[list[float]] = [[] for _ in ratings]
    certain: list[list[float]] = [[] for _ in ratings]
    variances = [r.sigma**2 for r in ratings]
    by_place = sorted(range(len(ratings)), key=places.__getitem__)
    for first, last in combinations(by_place, 2):
        if places[first] == places[last]:
            continue
        width = variances[first] + variances[last] + _NOISE
        spread = sqrt(width)
        # Exponents stay small: ratings lie within some hundreds, and spread is above 5.
        surprise = 1 / (1 + exp((ratings[first].mu - ratings[last].mu) / spread))
        step = surprise / spread
        moves[first].append(step)
        moves[last].append(-step)
        telling = step * (1 - surprise) / width
        certain[first].append(telling)
        certain[last].append(telling)
    others = max(len(ratings) - 1, 1)
    weight = min(WEIGHT, others)
    return [
        Rating(
            r.guild_id,
            r.user_id,
            r.topic,
            r.mu + weight * variances[i] * fsum(moves[i]) / others,
            r.sigma
            * sqrt(
                max(1 - weight * variances[i] * r.sigma * fsum(certain[i]) / others, _MODEL.kappa)
            ),
            r.games + 1,
        )
        for i, r in enumerate(ratings)
    ]
