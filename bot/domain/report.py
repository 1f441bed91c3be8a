"""Somebody says that a question is not as it should be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_REPORT = 500


class Reason(StrEnum):
    """What is the matter with it."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    GIVEN_AWAY = "gives itself away"
    OFF_TOPIC = "off topic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """A row of `report`; a person has one for a question, and a second replaces it."""

    user_id: int
    question_id: str
    guild_id: int | None
    """The server whose own question it is; None for the bank's, which are the operator's."""
    question_hash: str
    """The wording that was reported: it may have been mended since."""
    at: datetime
    reason: Reason
    text: str = ""
    closed_at: datetime | None = None
    closed_by: int | None = None
