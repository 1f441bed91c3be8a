"""`loopmate bank stats`: how many questions there are of what, as a Markdown table."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from bot.domain.bank import Bank
from bot.domain.question import Difficulty, Question, Role, Seniority, Topic

COLUMNS: Final = (*Difficulty, *Seniority, *Role)


def stats_lines(bank: Bank) -> Iterator[str]:
    """Topics by difficulty, seniority and role, then the rounds and the forms.

    A question is asked of several roles, so those columns add up to more than all.
    """
    yield f"| topic | all | {' | '.join(COLUMNS)} |"
    yield f"| :-- | {' | '.join(['--:'] * (1 + len(COLUMNS)))} |"
    for topic in Topic:
        if those := [q for q in bank if q.topic is topic]:
            yield _row(topic, those)
    yield _row("**all**", list(bank))
    yield ""
    yield _sums("Rounds", (q.round for q in bank))
    yield _sums("Forms", (q.form for q in bank))


def _row(name: str, those: list[Question]) -> str:
    counted: Counter[str] = Counter()
    for question in those:
        counted.update((question.difficulty, question.seniority, *question.roles))
    return f"| {name} | {len(those)} | {' | '.join(str(counted[c]) for c in COLUMNS)} |"


def _sums(name: str, those: Iterable[str]) -> str:
    """The commonest first."""
    return f"{name}: {', '.join(f'{n} {one}' for one, n in Counter(those).most_common())}."
