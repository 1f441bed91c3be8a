"""The recap of a week, as the first question of the next one brings it along."""

from bot.domain.suggestion import is_own
from bot.services.weekly import Hardest, Weekly
from bot.ui.text import counted, listed, of_hundred, plain


def weekly_text(weekly: Weekly) -> str:
    """How the week went, a line a thing; what did not happen is left out."""
    lines = [
        f"**Last week** · {counted(weekly.people, 'person', 'people')} answered",
        f"Most points: {_named(weekly.leaders, 'point')}" if weekly.leaders else "",
        _improved(weekly.improved) if weekly.improved else "",
        _hardest(weekly.hardest) if weekly.hardest else "",
        f"Longest streaks: {_named(weekly.longest, 'day')}" if weekly.longest else "",
    ]
    return "\n".join(line for line in lines if line)


def _named(people: tuple[tuple[int, int], ...], what: str) -> str:
    return listed([f"<@{user}> {counted(amount, what)}" for user, amount in people])


def _improved(improved: tuple[int, float]) -> str:
    user, gain = improved
    return f"Improved most: <@{user}>, {round(100 * gain)} of 100 more than the week before"


def _hardest(hardest: Hardest) -> str:
    title = plain(hardest.title) if is_own(hardest.question_id) else hardest.title
    answers = counted(hardest.answered, "answer")
    return f"Hardest question: {title}, {of_hundred(hardest.mean)} over {answers}"
