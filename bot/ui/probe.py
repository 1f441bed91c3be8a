"""Follow-ups as people see them: one question at a time, then what held under pressure."""

from typing import Any

import discord
from discord import ui

from bot.domain.attempt import LONGEST_ANSWER
from bot.domain.probe import DEEPEST, Rung
from bot.domain.question import Family, Probe, Question
from bot.services.probe import Climb
from bot.ui.answer import MINUTES
from bot.ui.layout import Card, card, row, small
from bot.ui.post import asked_plainly
from bot.ui.press import Press, Style
from bot.ui.text import of_hundred, plain, shortened
from bot.ui.verdict import points_of

FAMILIES = {
    Family.WHY_THAT_CHOICE: "why that choice",
    Family.WHAT_IF_IT_CHANGES: "what if it changes",
    Family.HOW_WOULD_YOU_KNOW: "how would you know",
    Family.THRESHOLD: "the threshold",
    Family.DRIFT: "six months later",
    Family.WHAT_WOULD_YOU_GIVE_UP: "what would you give up",
    Family.WHAT_WOULD_YOU_DO_DIFFERENTLY: "what would you do differently",
}


def climb_view(climb: Climb) -> Card:
    """The next follow-up, or the summary after the last one."""
    if climb.next is None:
        return summary_view(climb)
    return card(*_asking(climb, climb.next))


def replied_view(climb: Climb) -> Card:
    """What the last reply came to, and what is asked next."""
    rung = climb.ladder.rungs[-1]
    probe = next(p for p in climb.question.probes if p.id == rung.probe_id)
    said = "\n".join(points_of(rung.verdict, probe.key_points, frozenset()))
    head = f"**{of_hundred(rung.verdict.score)} on that one**\n{said}"
    heard = f"**They said** {plain(shortened(rung.reply, 700))}" if climb.ladder.public else None
    if climb.next is None:
        return card(heard, head, *_summary(climb))
    return card(heard, head, *_asking(climb, climb.next))


def summary_view(climb: Climb) -> Card:
    """What held under pressure, what did not, and what to read."""
    return card(*_summary(climb))


def reply_modal(ladder_id: int, probe: Probe) -> ui.Modal:
    """Asks for a reply to one follow-up."""
    modal = ui.Modal(
        title=shortened(f"Follow-up: {FAMILIES[probe.family]}", 45),
        custom_id=f"reply:{ladder_id}:{probe.id}",
        timeout=MINUTES,
    )
    modal.add_item(ui.TextDisplay[Any](probe.prompt))
    modal.add_item(
        ui.Label[Any](
            text="Your reply",
            description="Two or three sentences; decide, and say why.",
            component=ui.TextInput(
                style=discord.TextStyle.paragraph, custom_id="answer", max_length=LONGEST_ANSWER
            ),
        )
    )
    return modal


def model_view(climb: Climb) -> Card:
    """The strong answer with the model reply to every follow-up that was asked."""
    question = climb.question
    replies = [
        f"**{FAMILIES[p.family].capitalize()}** · {p.prompt}\n{p.model_reply}"
        for p in question.probes
        if p.id in climb.ladder.asked
    ]
    return card(
        f"### {question.title}\n{question.strong_answer}",
        shortened("\n\n".join(replies), 2300) if replies else None,
        small("Sources: " + "; ".join(question.sources)),
    )


def _asking(climb: Climb, probe: Probe) -> list[ui.Item[Any] | str | None]:
    ladder = climb.ladder
    at = len(ladder.rungs) + 1
    left = min(DEEPEST, len(climb.question.probes))
    opening = asked_plainly(climb.question) if ladder.first is None and at == 1 else None
    buttons = [Press("Reply", "ladder", ladder.id, probe.id, style=Style.primary)]
    if at > 1 or ladder.first is not None:
        buttons.append(Press("That's enough", "summary", ladder.id))
    return [
        f"### {climb.question.title}",
        opening,
        f"**Follow-up, {FAMILIES[probe.family]}** · {at} of up to {left}\n{probe.prompt}",
        row(buttons),
        small("You can leave this and come back: it waits for you."),
    ]


def _summary(climb: Climb) -> list[ui.Item[Any] | str | None]:
    shown, question = climb.pressure, climb.question
    lines = [
        _line("Held", _statements(question, shown.held)),
        _line("Repaired", _statements(question, shown.repaired)),
        _line("Gave way", _statements(question, shown.shaken)),
        _line("Still open", _abouts(question, shown.still_open)),
    ]
    score = f"{of_hundred(shown.score)} over {len(climb.ladder.rungs)}" if _replied(climb) else ""
    return [
        f"### Under pressure\n**{question.title}**" + (f" · {score}" if score else ""),
        "\n".join(line for line in lines if line) or "Nothing was said yet.",
        small("To read: " + "; ".join(question.sources)),
        row([Press("Strong answer", "model", climb.ladder.id)]),
    ]


def _replied(climb: Climb) -> tuple[Rung, ...]:
    return climb.ladder.rungs


def _statements(question: Question, ids: tuple[str, ...]) -> list[str]:
    return [p.statement.rstrip(".") for p in question.key_points if p.id in ids]


def _abouts(question: Question, ids: tuple[str, ...]) -> list[str]:
    return [p.about for p in question.key_points if p.id in ids]


def _line(label: str, parts: list[str]) -> str:
    return f"**{label}** · " + "; ".join(parts) + "." if parts else ""
