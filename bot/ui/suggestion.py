"""A suggested question as its author sees it: written, read again, sent."""

from typing import Any

import discord
from discord import ui

from bot.client import Values
from bot.domain.question import Difficulty, Question, Topic
from bot.domain.suggestion import (
    PROMPT,
    TITLE,
    Draft,
    Suggestion,
    SuggestionState,
)
from bot.services.suggesting import Preview
from bot.ui.answer import MINUTES
from bot.ui.layout import Card, card, frame, row, small, stack
from bot.ui.post import asking, options_of, tags
from bot.ui.press import Press, Style
from bot.ui.text import LETTERS, plain, worded

INPUTS = (
    ("title", "Title", "A few words.", TITLE),
    ("prompt", "Question", "Ask for a decision, with what one needs to make it.", PROMPT),
    ("right", "The right answer, and why",
     "The answer first, then the reason behind a | or on the next line.", 470),
    ("wrong", "Three wrong answers, one a line",
     "Mistakes that people really make; behind a | what is wrong with it, if you like.", 1400),
)  # fmt: skip
"""What is typed: the field of a draft, its label, what helps, and the most characters."""
STATES = {
    SuggestionState.DRAFT: "a draft, not sent yet",
    SuggestionState.WAITING: "waiting for the editors",
    SuggestionState.ACCEPTED: "accepted",
    SuggestionState.REJECTED: "not taken",
}


def draft_modal(custom_id: str, draft: Draft | None = None) -> ui.Modal:
    """Asks for a question with its answers; what was typed before stands in it."""
    modal = ui.Modal(title="A question for this server", custom_id=custom_id, timeout=MINUTES)
    for name, label, description, longest in INPUTS:
        paragraph = name != "title"
        asks = ui.TextInput[Any](
            style=discord.TextStyle.paragraph if paragraph else discord.TextStyle.short,
            custom_id=name,
            max_length=longest,
            default=getattr(draft, name, None),
        )
        modal.add_item(ui.Label[Any](text=label, description=description, component=asks))
    topics = [
        discord.SelectOption(label=t, value=t, default=draft is not None and t is draft.topic)
        for t in Topic
    ]
    modal.add_item(
        ui.Label[Any](text="Topic", component=ui.Select(custom_id="topic", options=topics))
    )
    return modal


def draft_of(values: Values, difficulty: Difficulty) -> Draft:
    """What was typed into that modal."""
    chosen = values.get("topic", [])
    return Draft(
        title=str(values.get("title", "")),
        prompt=str(values.get("prompt", "")),
        right=str(values.get("right", "")),
        wrong=str(values.get("wrong", "")),
        topic=Topic(chosen[0] if isinstance(chosen, list) and chosen else Topic.FOUNDATIONS),
        difficulty=difficulty,
    )


def preview_view(preview: Preview) -> Card:
    """A draft exactly as it will be asked, and what people read once they have answered."""
    suggestion = preview.suggestion
    edit = Press("Edit", "suggest", "edit", suggestion.id)
    if preview.question is None:
        return card(
            f"**Not quite yet.** {preview.trouble}",
            asking(preview.twin) if preview.twin else None,
            typed(suggestion.draft),
            row([edit]),
            small("Nothing is lost: *Edit* opens it as you left it."),
        )
    send = Press("Send to the editors", "suggest", "send", suggestion.id, style=Style.primary)
    return stack(
        *read_through(preview.question),
        ui.ActionRow(send, edit),
        ui.TextDisplay[Any](small("Only you see this. An editor of this server decides.")),
    )


def sent_view(suggestion: Suggestion) -> Card:
    """It is with the editors."""
    return card(
        f"“{plain(suggestion.draft.title)}” is with the editors now.",
        small("`/question mine` tells how it stands. Thank you."),
    )


def mine_view(suggestions: list[Suggestion]) -> Card:
    """What somebody has suggested here, and what became of it."""
    if not suggestions:
        return card("You have suggested nothing here yet.", small("`/question suggest` does."))
    return card("### Your questions for this server", "\n".join(map(_standing, suggestions)))


def read_through(question: Question) -> list[ui.Item[Any]]:
    """The question as it is asked, and the answers behind a second frame."""
    options = question.choice.options
    why = [
        f"**{letter}{' is right' if option.correct else ''}** · {worded(question, option.because)}"
        for letter, option in zip(LETTERS, options, strict=True)
    ]
    return [
        frame(f"{asking(question)}\n{options_of(question)}", small(tags(question))),
        frame("**Once answered**\n" + "\n".join(why)),
    ]


def typed(draft: Draft) -> str:
    """All that was typed, to read and to copy."""
    parts = (draft.title, draft.prompt, draft.right, draft.wrong)
    return "\n\n".join(plain(part) for part in parts if part)


def _standing(suggestion: Suggestion) -> str:
    by = f" by <@{suggestion.decided_by}>" if suggestion.decided_by else ""
    why = f"\n-# {plain(' '.join(suggestion.reason.split()))}" if suggestion.reason else ""
    return f"“{plain(suggestion.draft.title)}” · {STATES[suggestion.state]}{by}{why}"
