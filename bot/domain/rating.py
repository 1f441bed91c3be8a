"""How strong somebody is, and how sure we are (Bradley–Terry, as in Weng & Lin 2011)."""

from collections.abc import Sequence
from dataclasses import dataclass

from openskill.models import BradleyTerryFull

_MODEL = BradleyTerryFull()
SCALE = 60
"""Ratings are shown in the numbers that chess players know: 25 on the model's scale is 1,500."""
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
