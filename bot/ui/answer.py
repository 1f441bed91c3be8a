"""How people are asked for their answer: the modal, the four options, the hint."""

from typing import Any

import discord
from discord import ui

from bot.domain.attempt import LONGEST_ANSWER
from bot.domain.question import Question
from bot.services.answering import Outcome
from bot.services.claims import LONGEST_REASON
from bot.ui.layout import Card, card, row, small
from bot.ui.post import asked_plainly, asking, options_of
from bot.ui.press import Press
from bot.ui.text import LETTERS, plain, shortened

MINUTES = 15 * 60
"""Seconds that discord.py remembers a modal; a later submit is answered all the same."""
SURE = {"20": "A guess (20 %)", "40": "Unsure (40 %)", "60": "Fairly sure (60 %)",
        "80": "Sure (80 %)", "95": "Certain (95 %)"}  # fmt: skip


def answer_modal(post_id: str, question: Question, *practice: str) -> ui.Modal:
    """Asks for an answer in their own words, and how sure they are."""
    modal = ui.Modal(
        title=question.title, custom_id=":".join(["answer", post_id, *practice]), timeout=MINUTES
    )
    for item in answer_parts(asked_plainly(question)):
        modal.add_item(item)
    return modal


def answer_parts(prompt: str) -> list[ui.Item[Any]]:
    """What a modal for an answer holds: the question, where to write, and how sure they are."""
    return [ui.TextDisplay(shortened(prompt, 2500)), answer_label(), _sure_label()]


def _sure_label() -> ui.Label[Any]:
    return ui.Label(
        text="How sure are you?",
        description="Never part of the score; it shows whether you know what you know.",
        component=ui.Select(
            custom_id="sure",
            required=False,
            placeholder="Choose if you like",
            options=[discord.SelectOption(label=v, value=k) for k, v in SURE.items()],
        ),
    )


def answer_label() -> ui.Label[Any]:
    """Where an open answer is written."""
    return ui.Label(
        text="Your answer",
        description="A few sentences, as you would say it in the interview.",
        component=ui.TextInput(
            style=discord.TextStyle.paragraph, custom_id="answer", max_length=LONGEST_ANSWER
        ),
    )


def confidence(value: str | list[str] | None) -> float | None:
    """What was chosen under "How sure are you?", 0..1."""
    chosen = value[0] if isinstance(value, list) and value else value
    return int(chosen) / 100 if isinstance(chosen, str) and chosen in SURE else None


def options_view(post_id: str, question: Question, *practice: str) -> Card:
    """The four options, in private."""
    return card(
        asking(question, question.choice.prompt),
        options_of(question),
        row(Press(letter, "option", post_id, i, *practice) for i, letter in enumerate(LETTERS)),
    )


def hint_view(question: Question) -> Card:
    """A door opened, without walking through it."""
    return card(f"**A hint** · {question.hint}", small("It costs nothing."))


def disagree_modal(outcome: Outcome) -> ui.Modal:
    """Asks which key point was there after all, naming none of the answers."""
    modal = ui.Modal(
        title="I disagree", custom_id=f"disagree:{outcome.attempt.id}", timeout=MINUTES
    )
    modal.add_item(
        ui.Label[Any](
            text="What did your answer cover after all?",
            description="It is recorded as your claim, and counts once a moderator accepts it.",
            component=ui.Select(
                custom_id="point",
                options=[
                    discord.SelectOption(label=shortened(_capital(p.about), 100), value=p.id)
                    for p in outcome.disputable
                ],
            ),
        )
    )
    modal.add_item(
        ui.Label[Any](
            text="Where do you say it?",
            description="Your own words are the best argument.",
            component=ui.TextInput(
                style=discord.TextStyle.paragraph,
                custom_id="answer",
                max_length=LONGEST_REASON,
                required=False,
            ),
        )
    )
    return modal


def claimed_view(about: str) -> Card:
    """A claim was recorded."""
    return card(
        f"Noted: you say you covered {plain(about)}.",
        small("It shows as your own claim, and earns points once a moderator accepts it."),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
