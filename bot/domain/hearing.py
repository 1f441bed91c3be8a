"""Where a text says a cue: occurrences of words, groups in windows, misconceptions in clauses.

The rules and their measured effect are in notes/assessor.md, section 3; the lexical choices that
go beyond it (joined words, antonym guards, reported claims) say so where they stand.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.domain import lexicon
from bot.domain.cue import ANY_NUMBER, Alternative, Cue, Group, Word
from bot.domain.spelling import Vocabulary
from bot.domain.text import Text, is_number, stems

Span = tuple[int, int]
"""First and last token index, both inclusive."""

WIDEST_GAP: Final = 2
"""Other words between two words of a phrase."""

_REPORT_REACH: Final = 6
_FALSE: Final = frozenset(stems("alarms alerts positives negatives flags discovery hits"))


@dataclass(frozen=True, slots=True)
class Match:
    """A cue heard in a window: the span of every wanted group, None where it is silent."""

    cue: Cue
    window: Span
    spans: tuple[Span | None, ...]

    @property
    def heard(self) -> tuple[Span, ...]:
        """The spans that are there."""
        return tuple(s for s in self.spans if s is not None)

    @property
    def first(self) -> int:
        """The first token that was heard."""
        return min(s[0] for s in self.heard)

    @property
    def last(self) -> int:
        """The last token that was heard."""
        return max(s[1] for s in self.heard)

    @property
    def width(self) -> int:
        """Words from the first to the last that was heard."""
        return self.last - self.first + 1

    @property
    def fraction(self) -> float:
        """Heard groups of all wanted groups."""
        return len(self.heard) / len(self.spans)


@lru_cache(maxsize=20_000)
def prefix_form(word: str) -> str:
    """Spelling in which beginnings are compared: `regulariz*` is `regularis*`."""
    return word.replace("iz", "is").replace("yz", "ys").replace("our", "or")


@dataclass(slots=True)
class Heard:
    """One answer, indexed for one rubric."""

    text: Text
    vocabulary: Vocabulary
    _stems: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    _words: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    _sorted: list[str] = field(default_factory=list)
    _sentence: list[int] = field(default_factory=list)
    _found: dict[int, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, (first, last) in enumerate(self.text.sentences):
            self._sentence += [number] * (last - first)
        meant = {t.word: self.vocabulary.meant(t) for t in self.text.tokens}
        for index, token in enumerate(self.text.tokens):
            self._stems[token.stem].append((index, index))
            self._words[prefix_form(token.word)].append((index, index))
            if other := "at" if token.stem == "@" else meant[token.word]:
                self._stems[other].append((index, index))
            if is_number(token.word):
                self._stems[ANY_NUMBER].append((index, index))
            self._join(index)
        self._sorted = sorted(self._words)

    def _join(self, index: int) -> None:
        """Hear "over fitting" and "mini-batch" as one word, too."""
        if not index or self._sentence[index - 1] != self._sentence[index]:
            return
        before, token = self.text.tokens[index - 1 : index + 1]
        if len(before.word) > 1 and len(before.word + token.word) > 4:
            self._stems[before.stem + token.stem].append((index - 1, index))
            self._words[prefix_form(before.word + token.word)].append((index - 1, index))

    def group(self, group: Group) -> tuple[Span, ...]:
        """Every occurrence of any of the group's alternatives, in order."""
        key = id(group)  # of the rubric, which outlives this; hashing every word costs more
        if key not in self._found:
            spans = {s for a in group.alternatives for s in self._alternative(a)}
            self._found[key] = tuple(sorted(spans))
        return self._found[key]

    def _word(self, word: Word) -> list[Span]:
        if not word.prefix:
            return self._stems.get(word.text, [])
        start = prefix_form(word.text)
        low = bisect_left(self._sorted, start)
        high = bisect_left(self._sorted, start + "\uffff", low)
        return sorted(s for w in self._sorted[low:high] for s in self._words[w])

    def _alternative(self, alternative: Alternative) -> list[Span]:
        head, *tail = alternative.words
        spans = self._word(head)
        for word in tail:
            follows = self._word(word)
            spans = [
                (first, end)
                for first, last in spans
                for start, end in _next(follows, last)
                if self._sentence[first] == self._sentence[end]
            ]
        if len(tail) == 1 and not (head.prefix or tail[0].prefix):
            spans = spans + self._stems.get(head.text + tail[0].text, [])
        return spans

    def _windows(self, wanted: Sequence[tuple[Span, ...]]) -> Iterator[Span]:
        """Each sentence, then each pair of adjacent ones, in which half of the groups are heard."""
        heard: dict[int, int] = defaultdict(int)  # the groups of a sentence, a bit for each
        for number, spans in enumerate(wanted):
            for sentence in {self._sentence[first] for first, _ in spans}:
                heard[sentence] |= 1 << number
        sentences = self.text.sentences
        for n in sorted(heard):
            if 2 * heard[n].bit_count() >= len(wanted):
                yield sentences[n][0], sentences[n][1] - 1
        for n in sorted(heard.keys() | {n - 1 for n in heard}):
            both = heard.get(n, 0) | heard.get(n + 1, 0)
            if 0 <= n < len(sentences) - 1 and 2 * both.bit_count() >= len(wanted):
                yield sentences[n][0], sentences[n + 1][1] - 1

    def said_by(self, cues: Iterable[Cue]) -> frozenset[int]:
        """The tokens that any wanted group of these cues hears."""
        spans = {s for cue in cues for g in cue.wanted for s in self.group(g)}
        return frozenset(i for first, last in spans for i in range(first, last + 1))

    def matches(self, cue: Cue, ignored: Collection[int] = ()) -> Iterator[Match]:
        """The windows in which half of the wanted groups are heard; sentences before pairs.

        Occurrences on `ignored` tokens give way to others of the same group in the window.
        """
        wanted = [self.group(g) for g in cue.wanted]
        unwanted = [self.group(g) for g in cue.unwanted]
        for window in self._windows(wanted):
            if any(_within(spans, window) for spans in unwanted):
                continue
            choices = [_preferred(_within(spans, window), ignored) for spans in wanted]
            yield Match(cue, window, _tightest(choices))

    def claim(self, cue: Cue) -> Match | None:
        """A misconception made in one clause, and neither negated nor reported as wrong."""
        wanted = [self.group(g) for g in cue.wanted]
        if not all(wanted):
            return None
        unwanted = [self.group(g) for g in cue.unwanted]
        for first, last in self.text.clauses:
            clause = (first, last - 1)
            if any(_within(spans, clause) for spans in unwanted):
                continue
            spans = _in_order([_within(g, clause) for g in wanted])
            if spans and not self._rejected(clause, spans):
                return Match(cue, clause, tuple(spans))
        return None

    def _rejected(self, clause: Span, spans: list[Span]) -> bool:
        """Whether the words around a claim take it back ("it is a myth that …", "… is not …").

        Not in the notes: a veto on a right answer costs more than a wrong claim unheard.
        """
        said = {i for first, last in spans for i in range(first, last + 1)}
        tokens = self.text.tokens
        around = range(max(clause[0], spans[0][0] - 3), spans[-1][1] + 1)
        if any(tokens[i].word in lexicon.NEGATORS for i in around if i not in said):
            return True
        start, end = self.text.sentences[self._sentence[clause[0]]]
        reach = range(max(start, clause[0] - _REPORT_REACH), clause[1] + 1)
        if any(self._distances(i) for i in reach if i not in said):
            return True
        behind = tokens[spans[-1][1] + 1 : end + 2]
        return self._reported(range(start, spans[0][0])) and any(
            t.word in lexicon.OBJECTING for t in behind
        )

    def _distances(self, index: int) -> bool:
        """Whether a word takes a claim back; the `false` of "false alarms" does not."""
        word, behind = self.text.tokens[index].word, self.text.tokens[index + 1 : index + 2]
        if word in {"false", "wrong"} and behind and behind[0].stem in _FALSE:
            return False
        return word in lexicon.DISTANCING

    def _reported(self, before: range) -> bool:
        """Whether somebody else says it ("people say …"); what "I would say" is one's own."""
        tokens = self.text.tokens
        return any(
            tokens[i].word in lexicon.REPORTING
            and not {"i", "we"} & {t.word for t in tokens[max(before.start, i - 2) : i]}
            for i in before
        )


def _next(spans: list[Span], after: int) -> list[Span]:
    """The spans that start within a phrase's gap behind a token."""
    low = bisect_right(spans, (after + 1,))
    return spans[low : bisect_right(spans, (after + WIDEST_GAP + 2,))]


def _within(spans: tuple[Span, ...], window: Span) -> list[Span]:
    """The sorted spans inside a window."""
    low, high = bisect_left(spans, (window[0],)), bisect_left(spans, (window[1] + 1,))
    return [s for s in spans[low:high] if s[1] <= window[1]]


def _preferred(spans: list[Span], ignored: Collection[int]) -> list[Span]:
    """The spans that are not ignored; the ignored ones only where there are no others."""
    return [s for s in spans if s[0] not in ignored] or spans


def _in_order(choices: list[list[Span]]) -> list[Span] | None:
    """One span of each group, each after the one before; the earliest such sequence."""
    taken: list[Span] = []
    for spans in choices:
        after = taken[-1][1] if taken else -1
        nearest = next((s for s in spans if s[0] > after), None)
        if nearest is None:
            return None
        taken.append(nearest)
    return taken


def _tightest(choices: list[list[Span]]) -> tuple[Span | None, ...]:
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
