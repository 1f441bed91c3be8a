"""What all lanes of a torture saw."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

PROMISES = (
    "games that did not end",
    "games without their final message",
    "messages too many",
    "rounds that look open for ever",
    "results that do not follow from attempts",
    "acknowledged presses lost",
    "questions asked twice",
    "rounds not void that nobody watched",
    "rounds void that were watched",
    "rounds of a quiz without a message",
    "trouble",
)


@dataclass
class PostTally:
    """Of posts."""

    kills: int = 0
    posts: int = 0
    answers: int = 0
    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    """How far posts had come when a kill found them."""
    troubles: list[str] = field(default_factory=list)
    """Anything else that should not be: then the figures cannot be trusted."""

    @property
    def clean(self) -> bool:
        """Whether all three promises were kept."""
        return not (self.missing or self.twice or self.lost or self.troubles)

    def report(self, seed: int) -> Iterator[str]:
        """The figures."""
        yield (
            f"{self.kills} kills, {self.posts} posts due, "
            f"{self.answers} acknowledged answers, seed {seed}"
        )
        stages = ", ".join(f"{count} {name}" for name, count in sorted(self.found.items()))
        yield f"posts that a kill found on their way: {stages}"
        yield f"posts missing: {len(self.missing)}"
        yield f"posts twice: {len(self.twice)}"
        yield f"acknowledged answers lost: {len(self.lost)}"
        yield from (f"{what}" for what in (*self.missing, *self.twice, *self.lost))
        yield from (f"TROUBLE: {trouble}" for trouble in self.troubles)


@dataclass
class GameTally:
    """Of games."""

    kills: int = 0
    games: Counter[str] = field(default_factory=Counter)
    """By kind and how they ended."""
    rounds: int = 0
    void: int = 0
    presses: Counter[str] = field(default_factory=Counter)
    """Acknowledged."""
    found: Counter[str] = field(default_factory=Counter)
    """What kills found under way."""
    wrong: dict[str, list[str]] = field(default_factory=lambda: {p: [] for p in PROMISES})
    """What should not be, by the promise that it breaks."""

    @property
    def clean(self) -> bool:
        """Whether every promise was kept."""
        return not any(self.wrong.values())

    def report(self, seed: int) -> Iterator[str]:
        """The figures."""
        yield f"{self.kills} kills, {self.games.total()} games, seed {seed}: {told(self.games)}"
        yield f"{self.rounds} rounds, {self.void} of them void; acknowledged: {told(self.presses)}"
        yield f"what kills found under way: {told(self.found)}"
        yield from (f"{promise}: {len(wrong)}" for promise, wrong in self.wrong.items())
        for promise, wrong in self.wrong.items():
            yield from (f"  {promise}: {what}" for what in wrong[:5])


def told(counts: Counter[str]) -> str:
    """`3 declined, 20 played`."""
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
