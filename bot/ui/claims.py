"""A disputed key point, as a moderator sees it."""

from bot.services.claims import Case
from bot.ui.layout import Card, card, row, small
from bot.ui.press import Press, Style
from bot.ui.text import counted, plain, shortened


def nothing_view(own: int = 0) -> Card:
    """No claim is waiting but, perhaps, the moderator's own."""
    if own:
        verb = "waits" if own == 1 else "wait"
        return card(
            f"{counted(own, 'claim')} of your own {verb} for another moderator.",
            small("Nothing else is waiting."),
        )
    return card("No claims are waiting.", small("People claim with *I disagree* under a verdict."))


def case_view(case: Case, waiting: int) -> Card:
    """One claim, with the answer it is about."""
    claim = case.claim
    reason = f"**They say** {plain(claim.reason)}" if claim.reason else None
    return card(
        f"### {case.question.title}\n<@{claim.user_id}> claims: **{case.statement}**",
        reason,
        f"**Their answer**\n{plain(shortened(case.attempt.answer, 2500))}",
        row(
            [
                Press("Accept", "accept", *_key(case), style=Style.success),
                Press("Reject", "reject", *_key(case)),
            ]
        ),
        small(f"{counted(waiting - 1, 'more claim')} waiting") if waiting > 1 else None,
    )


def decided_view(case: Case, *, accepted: bool) -> Card:
    """A claim has been decided."""
    if accepted:
        return card(f"Accepted: <@{case.claim.user_id}> now has “{case.statement}” credited.")
    return card(f"Rejected: “{case.statement}” stays open for <@{case.claim.user_id}>.")


def _key(case: Case) -> tuple[int, str]:
    return case.claim.attempt_id, case.claim.point_id
