"""The question of the day in its channel: open, then closed with its recap."""

from datetime import datetime
from typing import Any

from discord import ui

from bot.domain.post import Post
from bot.domain.question import Question
from bot.services.posting import Recap
from bot.services.weekly import Weekly
from bot.ui.layout import Card, card, frame, row, small, stack
from bot.ui.press import Press, Style
from bot.ui.text import LETTERS, counted, day_name, listed, of_hundred, relative, worded
from bot.ui.weekly import weekly_text

PRACTICE = "practice"
"""In a button's custom id: what comes of it is never scored, for the strong answer is out."""
CODE = "```python\n{}\n```"


def open_post(
    post: Post,
    question: Question,
    until: datetime | None,
    *,
    role_id: int | None = None,
    weekly: Weekly | None = None,
) -> Card:
    """The post that people answer; the first of a week may bring the recap of the last along."""
    body = frame(
        small(f"**Question of the day** · {day_name(post.day)}"),
        posed(question),
        small(tags(question)),
        row(_open_buttons(post, question)),
        small(f"{_answered(post)} · {_open_until(until)}"),
    )
    mention = [ui.TextDisplay[Any](f"<@&{role_id}>")] if role_id else []
    recap = [frame(weekly_text(weekly))] if weekly else []
    return stack(*mention, body, *recap)


def closed_post(recap: Recap) -> Card:
    """The same post once the next one is out: how it went, and what a strong answer says."""
    post, question = recap.post, recap.question
    head = frame(
        small(f"**Question of the day** · {day_name(post.day)} · closed"),
        posed(question),
        small(tags(question)),
        f"**How it went** · {how_it_went(recap)}",
        longest(recap),
        row(_closed_buttons(post, question)),
    )
    return stack(head, frame(solution(question), spoiler=True))


def todays_question(
    post: Post, question: Question, until: datetime | None, said: str, step: str | None = None
) -> Card:
    """The open question, for one person anywhere."""
    return card(
        small(f"**Today's question** · {day_name(post.day)}"),
        posed(question),
        small(tags(question)),
        row(_open_buttons(post, question)),
        small(said or _open_until(until)),
        step,
    )


def posed(question: Question) -> str:
    """The question as a channel sees it; with its options where there is nothing else to answer."""
    return asking(question) if question.in_words else f"{asking(question)}\n{options_of(question)}"


def asking(question: Question, prompt: str | None = None) -> str:
    """Title and prompt, with the code where there is any."""
    return f"### {worded(question, question.title)}\n{asked_plainly(question, prompt)}"


def asked_plainly(question: Question, prompt: str | None = None) -> str:
    """The prompt alone, with the code where there is any."""
    code = CODE.format(question.code.shown.rstrip()) if question.code else ""
    return f"{worded(question, prompt or question.prompt)}\n{code}".rstrip()


def options_of(question: Question) -> str:
    """The four options, a line each."""
    return "\n".join(
        f"**{letter}** · {worded(question, option.text)}"
        for letter, option in zip(LETTERS, question.choice.options, strict=True)
    )


def solution(question: Question) -> str:
    """What a strong answer says; where nobody answers in words, which option is right and why."""
    if question.in_words:
        return f"**A strong answer**\n{question.strong_answer}"
    right = question.choice.options[question.choice.right]
    letter = LETTERS[question.choice.right]
    return (
        f"**{letter} is right** · {worded(question, right.text)}\n{worded(question, right.because)}"
    )


def tags(question: Question) -> str:
    """Topic, difficulty and who is known to ask it."""
    parts = [f"`{question.topic}`", str(question.difficulty)]
    if question.companies:
        parts.append(f"asked at {listed(list(question.companies))}")
    return " · ".join(parts)


def how_it_went(recap: Recap) -> str:
    """How many answered and how they did."""
    if not recap.post.answered:
        return "nobody answered it. You can still practise on it."
    people = counted(recap.post.answered, "person", "people")
    return f"{people} answered, {of_hundred(recap.mean)} on average."


def longest(recap: Recap) -> str | None:
    """The longest streaks that are running."""
    if not recap.longest:
        return None
    named = [f"<@{user}> {days} days" for user, days in recap.longest]
    return small(f"Longest streaks: {listed(named)}")


def _open_buttons(post: Post, question: Question) -> list[Press]:
    report = Press("Report", "report", "post", post.id)
    if not question.in_words:
        return [Press("Pick A–D", "pick", post.id, style=Style.primary), report]
    return [
        Press("Answer", "answer", post.id, style=Style.primary),
        Press("Pick A–D", "pick", post.id),
        Press("Hint", "hint", post.id),
        report,
    ]


def _closed_buttons(post: Post, question: Question) -> list[Press]:
    pick = Press("Pick A–D", "pick", post.id, PRACTICE)
    report = Press("Report", "report", "post", post.id)
    if not question.in_words:
        return [pick, report]
    return [Press("Practise", "answer", post.id, PRACTICE), pick, report]


def _answered(post: Post) -> str:
    if not post.answered:
        return "be the first to answer"
    return f"{post.answered} {'has' if post.answered == 1 else 'have'} answered"


def _open_until(until: datetime | None) -> str:
    return f"open until the next one, {relative(until)}" if until else "open until the next one"
