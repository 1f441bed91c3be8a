"""The question of the day in its channel: open, then closed with its recap."""

from datetime import datetime
from typing import Any

from discord import ui

from bot.domain.post import Post
from bot.domain.question import Question
from bot.services.posting import Recap
from bot.ui.layout import Card, card, frame, row, small, stack
from bot.ui.press import Press, Style
from bot.ui.text import counted, day_name, listed, of_hundred, relative

PRACTICE = "practice"
"""In a button's custom id: what comes of it is never scored, for the strong answer is out."""
CODE = "```python\n{}\n```"


def open_post(
    post: Post, question: Question, until: datetime | None, *, role_id: int | None = None
) -> Card:
    """The post that people answer."""
    body = frame(
        small(f"**Question of the day** · {day_name(post.day)}"),
        asking(question),
        small(tags(question)),
        row(_open_buttons(post)),
        small(f"{_answered(post)} · {_open_until(until)}"),
    )
    if role_id is None:
        return stack(body)
    return stack(ui.TextDisplay[Any](f"<@&{role_id}>"), body)


def closed_post(recap: Recap) -> Card:
    """The same post once the next one is out: how it went, and what a strong answer says."""
    post, question = recap.post, recap.question
    head = frame(
        small(f"**Question of the day** · {day_name(post.day)} · closed"),
        asking(question),
        small(tags(question)),
        f"**How it went** · {how_it_went(recap)}",
        longest(recap),
        row(
            [
                Press("Practise", "answer", post.id, PRACTICE),
                Press("Pick A–D", "pick", post.id, PRACTICE),
            ]
        ),
    )
    answer = frame(f"**A strong answer**\n{question.strong_answer}", spoiler=True)
    return stack(head, answer)


def todays_question(post: Post, question: Question, until: datetime | None, said: str) -> Card:
    """The open question, for one person anywhere."""
    return card(
        small(f"**Today's question** · {day_name(post.day)}"),
        asking(question),
        small(tags(question)),
        row(_open_buttons(post)),
        small(said or _open_until(until)),
    )


def asking(question: Question, prompt: str | None = None) -> str:
    """Title and prompt, with the code where there is any."""
    return f"### {question.title}\n{asked_plainly(question, prompt)}"


def asked_plainly(question: Question, prompt: str | None = None) -> str:
    """The prompt alone, with the code where there is any."""
    code = CODE.format(question.code.shown.rstrip()) if question.code else ""
    return f"{prompt or question.prompt}\n{code}".rstrip()


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


def _open_buttons(post: Post) -> list[Press]:
    return [
        Press("Answer", "answer", post.id, style=Style.primary),
        Press("Pick A–D", "pick", post.id),
        Press("Hint", "hint", post.id),
    ]


def _answered(post: Post) -> str:
    if not post.answered:
        return "be the first to answer"
    return f"{post.answered} {'has' if post.answered == 1 else 'have'} answered"


def _open_until(until: datetime | None) -> str:
    return f"open until the next one, {relative(until)}" if until else "open until the next one"
