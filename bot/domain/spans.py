"""Where something is said, and which of several places to take."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import Final

Span = tuple[int, int]
"""First and last token index, both inclusive."""

WIDEST_GAP: Final = 2
"""Other words between two words of a phrase."""


def following(spans: list[Span], after: int) -> list[Span]:
    """The spans that start within a phrase's gap behind a token."""
    low = bisect_right(spans, (after + 1,))
    return spans[low : bisect_right(spans, (after + WIDEST_GAP + 2,))]


def within(spans: Sequence[Span], window: Span) -> list[Span]:
    """The sorted spans inside a window."""
    low, high = bisect_left(spans, (window[0],)), bisect_left(spans, (window[1] + 1,))
    return [s for s in spans[low:high] if s[1] <= window[1]]


def preferred(spans: list[Span], ignored: Collection[int]) -> list[Span]:
    """The spans that are not ignored; the ignored ones only where there are no others."""
    return [s for s in spans if s[0] not in ignored] or spans


def in_order(choices: list[list[Span]]) -> list[Span] | None:
    """One span of each group, each after the one before; the tightest such sequence."""
    best: list[Span] | None = None
    for end in choices[-1]:
        taken = [end]
        for spans in choices[-2::-1]:
            nearest = next((s for s in reversed(spans) if s[1] < taken[0][0]), None)
            if nearest is None:
                break
            taken.insert(0, nearest)
        else:
            if best is None or end[1] - taken[0][0] < best[-1][1] - best[0][0]:
                best = taken
    return best


def tightest(choices: list[list[Span]]) -> tuple[Span | None, ...]:
    """One span of each heard group, so that they stand close together; one sweep, left to right."""
    heard = {number for number, spans in enumerate(choices) if spans}
    latest: dict[int, Span] = {}
    best: dict[int, Span] = {}
    narrowest = 0
    for span, number in sorted((s, n) for n in heard for s in choices[n]):
        latest[number] = span
        width = max(s[1] for s in latest.values()) - min(s[0] for s in latest.values()) + 1
        if len(latest) == len(heard) and (not best or width < narrowest):
            best, narrowest = dict(latest), width
    return tuple(best.get(number) for number in range(len(choices)))
