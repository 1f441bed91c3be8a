"""The rubric engine as an assessor; the rules themselves are `bot/domain/rubric.py`."""

from bot.domain.question import Question
from bot.domain.rubric import assess
from bot.domain.verdict import Verdict


class RubricAssessor:
    """Grades by cues alone: no network, and the same answer always gets the same verdict."""

    async def assess(self, question: Question, answer: str) -> Verdict:
        """The verdict on `answer`, within a few milliseconds."""
        return assess(question, answer)
