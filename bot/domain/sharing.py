"""What others may see of somebody: nothing of their profile until they say so."""

from dataclasses import dataclass
from enum import StrEnum


class Visibility(StrEnum):
    """How much of a profile the other members of a server may see."""

    PRIVATE = "private"
    PROGRESS = "progress"
    """Study days, streak, ratings and strong topics; nothing that went wrong."""
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Sharing:
    """A row of `sharing`."""

    user_id: int
    visibility: Visibility = Visibility.PRIVATE
    on_boards: bool = True
    """Whether their name stands on leaderboards and in recaps."""
