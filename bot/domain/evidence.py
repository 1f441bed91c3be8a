"""The words that show a verdict: verbatim, short, and whole clauses where they fit."""

from typing import Final

from bot.domain import lexicon
from bot.domain.hearing import Match
from bot.domain.spans import Span
from bot.domain.text import Text

LONGEST_EVIDENCE: Final = 140
"""Characters; what fits beside a key point on a phone."""


def evidence(text: Text, match: Match) -> str:
    """The shortest useful quotation: the heard words, widened to their clauses where that fits."""
    first, last = _core(text, match)
    start = next(a for a, b in text.clauses if a <= first < b)
    while start < first and text.tokens[start].word in lexicon.CONJUNCTIONS:
        start += 1
    end = next(b for a, b in text.clauses if a <= last < b) - 1
    for span in ((start, end), (first, end), (start, last), (first, last)):
        quote = text.quote(*span)
        if len(quote) <= LONGEST_EVIDENCE:
            return quote
    fits = [i for i in range(first, last + 1) if len(text.quote(first, i)) <= LONGEST_EVIDENCE]
    return text.quote(first, fits[-1]) if fits else text.quote(first, first)[:LONGEST_EVIDENCE]


def _core(text: Text, match: Match) -> Span:
    """From the first to the last heard word; of two long sentences the one that says more."""
    if len(text.quote(match.first, match.last)) <= LONGEST_EVIDENCE:
        return match.first, match.last
    sentences = [[s for s in match.heard if a <= s[0] < b] for a, b in text.sentences]
    fullest = max(sentences, key=len)
    return min(s[0] for s in fullest), max(s[1] for s in fullest)
