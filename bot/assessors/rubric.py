"""The rubric engine as an assessor; the rules themselves are `bot/domain/rubric.py`."""

from datetime import datetime

from bot.domain.question import Question
from bot.domain.verdict import Verdict


class RubricAssessor:
    """Grades by cues alone: no network, and the same answer always gets the same verdict."""

    async def assess(
        self,
        question: Question,
        answer: str,
        *,
        guild_id: int | None = None,  # noqa: ARG002 - the same everywhere
        now: datetime | None = None,  # noqa: ARG002 - and at any time
    ) -> Verdict:
        """The verdict on `answer`, within a few milliseconds."""
        from bot.domain.rubric import assess  # noqa: PLC0415 - for the first answer, not the start

        return assess(question, answer)
