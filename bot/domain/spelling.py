"""Typos: which word of the cues an unknown word means; never its opposite, never a known word.

The threshold is that of notes/assessor.md, section 3.1; the guards stand beside their reason.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from bot.domain import lexicon
from bot.domain.cue import Cue
from bot.domain.text import Token

SHORTEST_TYPO: Final = 6
CLOSEST: Final = 88.0
"""Typo tolerance, for stems of six letters or more (notes, section 3.1)."""

_OPPOSED: Final = (
    *(("inter", "intra"), ("over", "under"), ("pre", "post"), ("macro", "micro")),
    *(("hyper", "hypo"), ("homo", "hetero"), ("in", "ex"), ("im", "ex"), ("max", "min")),
    *(("mono", "multi"), ("up", "down")),
)
_NEGATING: Final = ("un", "in", "im", "ir", "il", "dis", "non", "anti", "de", "a", "sub", "super")


@lru_cache(maxsize=20_000)
def is_typo(written: str, meant: str) -> bool:
    """Whether a stem is another one mistyped; an opposite or a derived word is no typo."""
    if written[0] != meant[0] or min(len(written), len(meant)) < SHORTEST_TYPO:
        return False
    if ratio(written, meant) < CLOSEST and not _swapped(written, meant):
        return False
    return not _opposes(written, meant) and not _opposes(meant, written)


def _swapped(written: str, meant: str) -> bool:
    """Two neighbouring letters exchanged, the typo that `ratio` counts twice."""
    return (
        len(written) == len(meant)
        and sorted(written) == sorted(meant)
        and (OSA.distance(written, meant) == 1)
    )


def _opposes(one: str, other: str) -> bool:
    if any(one == prefix + other for prefix in _NEGATING):
        return True
    return any(
        (one.startswith(a) and other.startswith(b)) or (one.startswith(b) and other.startswith(a))
        for a, b in _OPPOSED
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a rubric knows: what typos may mean, and what is no typo."""

    known: frozenset[str]
    listed: frozenset[str]
    by_letter: dict[str, tuple[tuple[str, str], ...]]
    """By first letter: how a cue's word or its stem is written, and the stem it stands for."""

    @classmethod
    def of(cls, cues: Iterable[Cue], known: frozenset[str]) -> "Vocabulary":
        """From the cues of a question and every stem that its texts use."""
        alternatives = [a for c in cues for g in c.groups for a in g.alternatives]
        listed = {w for a in alternatives for w in a.words if not w.prefix}
        forms = {(form, w.text) for w in listed for form in (w.text, w.written)}
        buckets: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for form, meant in sorted(forms):
            if len(form) >= SHORTEST_TYPO:
                buckets[form[0]].append((form, meant))
        return cls(
            known,
            frozenset(w.text for w in listed),
            {letter: tuple(found) for letter, found in buckets.items()},
        )

    def meant(self, token: Token) -> str | None:
        """The cue stem that an unknown word mistypes, if any: the nearest one."""
        if len(token.word) < SHORTEST_TYPO or token.word in lexicon.FUNCTION:
            return None
        if token.stem in self.listed or token.stem in self.known:
            return None
        near = [
            (ratio(written, form), meant)
            for form, meant in self.by_letter.get(token.word[0], ())
            for written in (token.word, token.stem)
            if is_typo(written, form)
        ]
        return max(near)[1] if near else None
