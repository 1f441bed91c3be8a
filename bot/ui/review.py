"""A suggested or reported question as editors see it, and what they decide."""

from typing import Any

import discord
from discord import ui

from bot.domain.errors import Invalid
from bot.domain.question import Question
from bot.domain.suggestion import LONGEST_REJECTION, Own, Suggestion, SuggestionState
from bot.services.reviewing import Reported, Waiting, key_of
from bot.ui.answer import MINUTES
from bot.ui.layout import Card, card, frame, row, small, stack
from bot.ui.press import Press, Style
from bot.ui.suggestion import STATES, read_through, typed
from bot.ui.text import plain, relative, shortened, worded


def waiting_view(waiting: Waiting | None, left: int) -> Card:
    """What an editor decides next."""
    if waiting is None:
        return card("Nothing is waiting.", small("Members write with `/question suggest`."))
    if isinstance(waiting, Suggestion):
        return suggestion_view(waiting, left)
    return reported_view(waiting, left)


def suggestion_view(suggestion: Suggestion, left: int) -> Card:
    """A suggestion, to be decided."""
    head = f"<@{suggestion.user_id}> suggests, {relative(suggestion.at)}"
    key = suggestion.id
    accept = Press("Accept", "review", "accept", key, suggestion.revision, style=Style.success)
    buttons = [
        accept,
        Press("Edit", "review", "edit", key),
        Press("Reject", "review", "reject", key),
    ]
    return stack(
        ui.TextDisplay[Any](head),
        *_read(suggestion),
        *_foot(buttons, str(key), left),
    )


def reported_view(reported: Reported, left: int) -> Card:
    """One of the server's own questions, with what is said against it."""
    question = reported.own.question
    said = [
        f"<@{r.user_id}>, {relative(r.at)}: **{r.reason}**"
        + (f" · {plain(shortened(r.text, 250))}" if r.text else "")
        for r in reported.reports[:5]
    ]
    buttons = [
        Press("Keep it", "review", "keep", question.id),
        Press("Retire it", "review", "retire", question.id, style=Style.danger),
    ]
    return stack(
        ui.TextDisplay[Any]("**Reported**\n" + "\n".join(said)),
        *read_through(question),
        *_foot(buttons, key_of(reported), left),
    )


def decided_view(suggestion: Suggestion, left: int) -> Card:
    """A suggestion has been decided, and by whom."""
    says = STATES[suggestion.state].capitalize()
    reason = f"**Reason** · {plain(suggestion.reason)}" if suggestion.reason else None
    return card(
        f"{says} by <@{suggestion.decided_by}>: “{plain(suggestion.draft.title)}” "
        f"of <@{suggestion.user_id}>.",
        reason,
        _onward(str(suggestion.id), left),
    )


def settled_view(question: Question, *, retired: bool, left: int) -> Card:
    """A reported question has been looked into."""
    title = worded(question, question.title)
    if retired:
        says = f"“{title}” is not asked any more. What was posted stays."
    else:
        says = f"“{title}” stays as it is; what was said against it is settled."
    return card(says, _onward(question.id, left))


def wanted_view(question: Question) -> Card:
    """A question is asked next."""
    return card(
        f"“{worded(question, question.title)}” is the next question of the day.",
        small("`/setup post-now` asks it at once, if today's is not out yet."),
    )


def rejection_modal(suggestion_id: int) -> ui.Modal:
    """Asks for the reason, which may stay empty."""
    modal = ui.Modal(title="Not taken", custom_id=f"rejection:{suggestion_id}", timeout=MINUTES)
    modal.add_item(
        ui.Label[Any](
            text="Why?",
            description="The author reads it. It may stay empty.",
            component=ui.TextInput(
                style=discord.TextStyle.paragraph,
                custom_id="answer",
                max_length=LONGEST_REJECTION,
                required=False,
            ),
        )
    )
    return modal


def editors_view(owner_id: int, editors: list[int]) -> Card:
    """Who may let questions in."""
    named = "\n".join(f"<@{user}>" for user in editors) or "Nobody else yet."
    return card(
        f"### Editors\n<@{owner_id}>, who owns this server\n{named}",
        small("They decide with `/question review`. The owner names them."),
    )


def news(suggestion: Suggestion, server: str) -> str:
    """What the author hears about a decision."""
    title, by = plain(suggestion.draft.title), f"<@{suggestion.decided_by}>"
    if suggestion.state is SuggestionState.ACCEPTED:
        return f"**{plain(server)}**: your question “{title}” is in; {by} accepted it."
    why = f" {plain(suggestion.reason)}" if suggestion.reason else ""
    return f"**{plain(server)}**: {by} did not take your question “{title}”.{why}"


def own_label(own: Own) -> str:
    """One of the server's own questions in a list to choose from."""
    return shortened(own.question.title, 100)


def _read(suggestion: Suggestion) -> list[ui.Item[Any]]:
    """As it will be asked; as it was typed, if rules have changed since and it cannot be."""
    try:
        return read_through(suggestion.question)
    except Invalid as unfit:
        return [frame(f"**Not quite yet.** {unfit}", typed(suggestion.draft))]


def _foot(buttons: list[Press], key: str, left: int) -> list[ui.Item[Any]]:
    if left < 1:
        return [row(buttons)]
    more = ui.TextDisplay[Any](small(f"{left} more waiting"))
    return [row([*buttons, Press("Next", "review", "next", key)]), more]


def _onward(key: str, left: int) -> ui.ActionRow[Any] | None:
    return row([Press(f"Next, {left} waiting", "review", "next", key)]) if left else None
