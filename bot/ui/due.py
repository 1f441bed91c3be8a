"""What a person is about to forget, as a list."""

from bot.services.due import Due
from bot.ui.drill import HERE, REVIEWED, in_review
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press, Style
from bot.ui.text import counted, percent, relative, worded

SHOWN = 8
"""Questions that are named; the rest are counted."""


def due_view(due: Due) -> Card:
    """What is due today, the most forgotten first, and when the next of it comes."""
    if not due.questions:
        return card("### Nothing to review", due.nothing)
    named = list(zip(due.questions, due.recalls, strict=True))[:SHOWN]
    lines = [f"{percent(sure)} · {worded(q, q.title)} · `{q.topic}`" for q, sure in named]
    if len(due.questions) > SHOWN:
        lines.append(f"and {len(due.questions) - SHOWN} more")
    after = f" After these, the next comes {relative(due.next_at)}." if due.next_at else ""
    return card(
        f"### {counted(len(due.questions), 'question')} to review today",
        "\n".join(lines),
        in_review(len(due.questions)),
        small(f"The share is how likely you still know it.{after}"),
        row(
            [
                Press(
                    f"Review {min(len(due.questions), REVIEWED)}",
                    "recall",
                    HERE,
                    style=Style.primary,
                )
            ]
        ),
    )
