"""Saying that a question is not as it should be."""

from typing import Any

import discord
from discord import ui

from bot.domain.question import Question
from bot.domain.report import LONGEST_REPORT, Reason
from bot.services.reporting import Place
from bot.ui.answer import MINUTES
from bot.ui.layout import Card, card, small
from bot.ui.text import shortened, worded

REASONS = {
    Reason.WRONG: "Something in it is wrong",
    Reason.UNCLEAR: "It is unclear what is asked",
    Reason.GIVEN_AWAY: "It gives its answer away",
    Reason.OFF_TOPIC: "It does not belong here",
    Reason.OTHER: "Something else",
}


def report_modal(place: Place, key: str, question: Question) -> ui.Modal:
    """Asks what is the matter with a question."""
    modal = ui.Modal(title="Report a question", custom_id=f"report:{place}:{key}", timeout=MINUTES)
    modal.add_item(ui.TextDisplay[Any](f"**{worded(question, question.title)}**"))
    modal.add_item(
        ui.Label[Any](
            text="What is the matter?",
            component=ui.Select(
                custom_id="reason",
                options=[
                    discord.SelectOption(label=says, value=reason.value)
                    for reason, says in REASONS.items()
                ],
            ),
        )
    )
    modal.add_item(
        ui.Label[Any](
            text="Tell more, if you like",
            description="Which sentence, and what it should say.",
            component=ui.TextInput(
                style=discord.TextStyle.paragraph,
                custom_id="answer",
                max_length=LONGEST_REPORT,
                required=False,
            ),
        )
    )
    return modal


def reported_view(question: Question, *, first: bool, own: bool) -> Card:
    """A report has been kept."""
    whose = "this server's editors" if own else "whoever looks after the questions"
    says = "Noted" if first else "Noted, in the place of what you said before"
    return card(
        f"{says}: {shortened(worded(question, question.title), 100)}.",
        small(f"It waits for {whose}. Nobody is pinged."),
    )
