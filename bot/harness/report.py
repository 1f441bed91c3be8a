"""`loopmate assess --report`: what the assessor is worth, measured, and the gates it must pass."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from time import thread_time
from typing import Final

from bot.domain.bank import Bank
from bot.domain.question import Question
from bot.domain.rubric import GRADER, assess
from bot.domain.verdict import Verdict
from bot.harness import attacks as made
from bot.harness.figures import (
    Agreement,
    Graded,
    agreement,
    claims,
    orders,
    pattern_agreement,
    probe_aims,
    share,
)
from bot.harness.labelled import LEVELS, Labelled
from bot.harness.lines import settle

if sys.platform != "win32":
    import resource

POINTS: Final = 0.90
ORDER_ALL: Final = 0.93
ORDER_WRONG: Final = 0.97
CLAIMS: Final = 0.05
PROBES: Final = 0.90
P95_MS: Final = 10.0
MEMORY_MB: Final = 60.0
"""The gates of the issue "a session", on the bank's own labelled answers."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must hold."""

    name: str
    figure: float
    limit: float
    at_least: bool

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{self.name}: {self.figure:.3f}, must be {sign} {self.limit:g}"


class Clock:
    """Grades, and keeps how long each verdict took: of the processor, whatever else it does."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []

    def assess(self, question: Question, answer: str) -> Verdict:
        """The verdict, timed."""
        started = thread_time()
        verdict = assess(question, answer)
        self.milliseconds.append(1000 * (thread_time() - started))
        return verdict


class Report:
    """The lines to print and the gates, gathered section by section."""

    def __init__(self, bank: Bank, answers: Sequence[Labelled]) -> None:
        before = _peak_mb()
        self.lines: list[str] = []
        self.gates: list[Gate] = []
        self.bank = bank
        self._clock = Clock()
        settle(bank)
        self.graded = [Graded(a, self._clock.assess(a.question, a.text)) for a in answers]
        usual = list(self._clock.milliseconds)
        points = sum(len(g.answer.known - g.answer.half) for g in self.graded)
        counted = f"{len(answers)} labelled answers, {points} labels, {len(bank)} questions"
        self._say(f"{GRADER}: {counted}")
        self._points()
        self._order()
        self._weak()
        self._attacks()
        self._padding()
        self._cost(usual, before)

    @property
    def failed(self) -> list[Gate]:
        """The gates that do not hold."""
        return [g for g in self.gates if not g.holds]

    def _say(self, line: str = "") -> None:
        self.lines.append(line)

    def _gate(self, name: str, figure: float, limit: float, *, at_least: bool = True) -> None:
        self.gates.append(Gate(name, figure, limit, at_least))

    def _points(self) -> None:
        self._say("\nKey points           labels  precision  recall     F1  kappa")
        by_topic: dict[str, list[Graded]] = defaultdict(list)
        for g in self.graded:
            by_topic[g.answer.question.topic].append(g)
        for topic, those in sorted(by_topic.items()):
            self._say(_agreement_row(f"  {topic}", agreement(those)))
        whole = agreement(self.graded)
        self._say(_agreement_row("  all", whole))
        all_positive = Agreement(
            whole.both + whole.only_labelled, whole.only_heard + whole.neither, 0, 0
        )
        self._say(_agreement_row("  (all positive)", all_positive))
        if whole.total:
            self._gate("precision per key point", whole.precision, POINTS)
            self._gate("recall per key point", whole.recall, POINTS)
        wrong = claims(self.graded)
        self._say(
            f"  wrong claims listed {wrong.listed}: accepted {wrong.accepted} "
            f"({wrong.accepted_share:.3f}), contradicted {wrong.vetoed}; "
            f"right claims contradicted {wrong.unfair}"
        )
        self._gate("listed wrong claims accepted", wrong.accepted_share, CLAIMS, at_least=False)

    def _order(self) -> None:
        self._say("\nOrder (an equal pair counts ½)       pairs   order  strict  by length alone")
        ours = orders([(g.answer, g.verdict.score) for g in self.graded])
        length = orders([(g.answer, float(len(g.answer.text))) for g in self.graded])
        for levels, order in ours.items():
            name = " ".join(levels) if levels[0] == "all" else " > ".join(levels)
            self._say(
                f"  {name:<34} {order.pairs:>5}  {order.soft:6.3f}  {order.strict:6.3f}  "
                f"{length[levels].soft:6.3f}"
            )
        if ("all", "pairs") in ours:
            self._gate("order of all pairs", ours["all", "pairs"].soft, ORDER_ALL)
            self._gate(
                "order beats length",
                ours["all", "pairs"].soft - length["all", "pairs"].soft,
                0.01,
            )
        if ("strong", "wrong") in ours:
            self._gate("order of strong and wrong", ours["strong", "wrong"].soft, ORDER_WRONG)
        means = []
        for level in LEVELS:
            scores = [g.verdict.score for g in self.graded if g.answer.level == level]
            if scores:
                means.append(f"{level} {fmean(scores):.2f}")
        self._say(f"  mean score: {', '.join(means)}")

    def _weak(self) -> None:
        found = pattern_agreement(self.graded, "definition-only")
        self._say("\nWeak answers")
        self._say(
            f"  definition-only named: precision {found.precision:.3f}, recall {found.recall:.3f} "
            f"({found.both} of {found.both + found.only_labelled}, {found.only_heard} others)"
        )
        hits, weak = probe_aims(self.graded)
        self._say(f"  probe aims at something left out: {hits} of {weak} ({share(hits, weak):.3f})")
        self._gate("probe aims at a gap", share(hits, weak), PROBES)

    def _attacks(self) -> None:
        self._say("\nAttacks                        texts   mean    max  above limit")
        for name, (maker, limit) in made.ATTACKS.items():
            scores = self._scores(made.attacks(self.bank, maker))
            self._say(_attack_row(name, scores, limit))
            self._gate(f"attack “{name}”, mean score", fmean(scores), limit, at_least=False)
        for name, maker in made.UNGATED.items():
            self._say(_attack_row(name, self._scores(made.attacks(self.bank, maker)), 0.25))

    def _scores(self, texts: Iterable[tuple[Question, str]]) -> list[float]:
        return [self._clock.assess(q, text).score for q, text in texts] or [0.0]

    def _padding(self) -> None:
        pairs = [
            (g.answer.question, g.answer.text)
            for g in self.graded
            if g.answer.level in {"strong", "partial"}
        ]
        change = [
            self._clock.assess(q, more).score - self._clock.assess(q, text).score
            for q, text, more in made.padded(pairs)
        ]
        raised, lowered = sum(c > 1e-9 for c in change), sum(c < -1e-9 for c in change)
        self._say(
            f"  empty talk added to {len(pairs)} answers, {len(change)} ways: "
            f"score raised {raised}, lowered {lowered}"
        )
        self._gate("scores raised by padding", share(raised, len(change) or 1), 0, at_least=False)

    def _cost(self, usual: Sequence[float], before: float) -> None:
        every = self._clock.milliseconds
        added = _peak_mb() - before
        self._say("\nCost")
        for name, times in (("labelled answers", usual), ("with attacks", every)):
            if len(times) > 1:
                spread = f"p95 {_p95(times):.2f}, max {max(times):.2f}"
                self._say(f"  {name}: mean {fmean(times):.2f} ms, {spread}")
        self._say(f"  memory: {added:.1f} MB on top of the bank, {_peak_mb():.0f} MB in all")
        if len(usual) > 1:
            self._gate("milliseconds, p95", _p95(usual), P95_MS, at_least=False)
        self._gate("megabytes added", added, MEMORY_MB, at_least=False)


def _agreement_row(name: str, a: Agreement) -> str:
    return (
        f"{name:<20} {a.total:>6}  {a.precision:9.3f}  {a.recall:6.3f}  {a.f1:5.3f}  {a.kappa:5.2f}"
    )


def _attack_row(name: str, scores: Sequence[float], limit: float) -> str:
    above = share(sum(s > limit for s in scores), len(scores))
    return (
        f"  {name:<28} {len(scores):>5}  {fmean(scores):5.3f}  {max(scores):5.3f}  "
        f"{above:6.1%} > {limit}"
    )


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def _peak_mb() -> float:
    if sys.platform == "win32":
        return 0.0  # nobody has asked for it there
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def verdict_lines(report: Report) -> Iterator[str]:
    """The report, and what it means for the gates."""
    yield from report.lines
    yield ""
    yield from (f"FAILED {gate}" for gate in report.failed)
    if not report.failed:
        yield f"All {len(report.gates)} gates hold."
