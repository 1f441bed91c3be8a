"""`loopmate assess --lint`: what the cues mishear in the bank's own texts."""

from collections.abc import Iterator
from typing import Final

from bot.domain.bank import Bank
from bot.domain.question import KeyPoint, Probe, Question
from bot.domain.rubric import assess, assess_probe
from bot.domain.verdict import State, Verdict

TOO_OPEN: Final = 0.10
"""Of strong answers to other topics' questions that may cover a point by chance."""


def offenders(bank: Bank) -> Iterator[str]:
    """One line for everything that an author should look at."""
    for question in bank:
        yield from _statements(question)
        yield from _own_answers(question)
        yield from _corrections(question)
        yield from _strangers(question, bank)


def _statements(question: Question) -> Iterator[str]:
    """A key point's own statement, typed as an answer, should be heard."""
    for point in question.key_points:
        if not _heard(assess(question, point.statement), point):
            yield f"{question.id}: {point.id}: its own statement is not heard"
    for probe in question.probes:
        for point in probe.key_points:
            if not _heard(assess_probe(probe, question, point.statement), point):
                yield f"{question.id}: {probe.id}: {point.id}: its own statement is not heard"


def _heard(verdict: Verdict, point: KeyPoint) -> bool:
    return verdict.state_of(point.id) in {State.COVERED, State.UNCLEAR}


def _own_answers(question: Question) -> Iterator[str]:
    """The strong answer and the model replies cover their points; the weak answer does not."""
    strong = assess(question, question.strong_answer)
    yield from _not_covered(f"{question.id}: the strong answer", strong)
    weak = assess(question, question.weak_answer)
    if weak.score > 0.5:
        yield f"{question.id}: the weak answer scores {weak.score:.2f}"
    for probe in question.probes:
        reply = assess_probe(probe, question, probe.model_reply)
        yield from _not_covered(f"{question.id}: {probe.id}: the model reply", reply)


def _not_covered(whose: str, verdict: Verdict) -> Iterator[str]:
    for point in verdict.points:
        if point.state is not State.COVERED:
            yield f"{whose} leaves {point.point_id} {point.state}: {point.evidence!r}"


def _corrections(question: Question) -> Iterator[str]:
    """What puts people right must not itself be taken for a wrong claim."""
    texts = [(f"the statement of {p.id}", p.statement) for p in question.key_points]
    texts += [
        (f"the correction of {p.id}", m.correction)
        for p in question.key_points
        for m in p.misconceptions
    ]
    for option in question.choice.options:
        if option.correct:
            texts += [("the right option", option.text)]
        whose = "the right option's because" if option.correct else "a wrong option's because"
        texts += [(whose, option.because)]
    for whose, text in texts:
        yield from _contradicted(f"{question.id}: {whose}", assess(question, text))
    yield from _probe_corrections(question)


def _contradicted(whose: str, verdict: Verdict) -> Iterator[str]:
    for point in verdict.points:
        if point.state is State.CONTRADICTED:
            yield f"{whose} contradicts {point.point_id}: {point.evidence!r}"


def _probe_corrections(question: Question) -> Iterator[str]:
    for probe in question.probes:
        for whose, text in _probe_texts(probe):
            verdict = assess_probe(probe, question, text)
            yield from _contradicted(f"{question.id}: {probe.id}: {whose}", verdict)


def _probe_texts(probe: Probe) -> Iterator[tuple[str, str]]:
    for point in probe.key_points:
        yield f"the statement of {point.id}", point.statement
        yield from ((f"the correction of {point.id}", m.correction) for m in point.misconceptions)


def _strangers(question: Question, bank: Bank) -> Iterator[str]:
    """Answers to other topics' questions, heard without the gate that would silence them whole."""
    others = [q.strong_answer for q in bank if q.topic is not question.topic]
    heard = [assess(question, f"{question.prompt}\n{text}") for text in others]
    for point in question.key_points:
        hits = [v for v in heard if v.state_of(point.id) is State.COVERED]
        if len(hits) > TOO_OPEN * len(others):
            shown = next(p.evidence for p in hits[0].points if p.point_id == point.id)
            yield (
                f"{question.id}: {point.id}: covered by {len(hits)} of {len(others)} strong "
                f"answers to other topics, e.g. {shown!r}"
            )
