"""Where a text says a cue: occurrences of words, groups in windows, misconceptions in clauses.

The rules and their measured effect are in notes/assessor.md, section 3; the lexical choices that
go beyond it (joined words, antonym guards, reported claims) say so where they stand.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bot.domain import lexicon, shape
from bot.domain.cue import ANY_NUMBER, Alternative, Cue, Group, Word
from bot.domain.spans import Span, following, in_order, preferred, tightest, within
from bot.domain.spelling import Vocabulary
from bot.domain.text import Text, is_number, stems

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
        heard = self.heard
        return max(s[1] for s in heard) - min(s[0] for s in heard) + 1

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
    hollow: frozenset[int] = frozenset()
    """Numbers of the sentences of empty talk, which are no part of what is heard."""
    _stems: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    _words: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    _sorted: list[str] = field(default_factory=list)
    _sentence: list[int] = field(default_factory=list)
    _found: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    _said: dict[int, list[tuple[Alternative, list[Span]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hollow = shape.hollow(self.text)
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
            said = [
                (a, spans)
                for a in group.alternatives
                if self._may_say(a.words) and (spans := self._alternative(a))
            ]
            self._said[key] = said
            self._found[key] = tuple(sorted({s for _, spans in said for s in spans}))
        return self._found[key]

    def _may_say(self, words: tuple[Word, ...]) -> bool:
        """Whether a look at the first word leaves it open: most alternatives are not there."""
        head = words[0]
        if head.prefix:
            start = prefix_form(head.text)
            at = bisect_left(self._sorted, start)
            return at < len(self._sorted) and self._sorted[at].startswith(start)
        if head.text in self._stems:
            return True
        return len(words) == 2 and head.text + words[1].text in self._stems

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
        for word in tail if spans else ():
            follows = self._word(word)
            spans = [
                (first, end)
                for first, last in spans
                for start, end in following(follows, last)
                if self._sentence[first] == self._sentence[end]
            ]
        if len(tail) == 1 and not (head.prefix or tail[0].prefix):
            spans = spans + self._stems.get(head.text + tail[0].text, [])
        return spans

    def _windows(self, wanted: Sequence[tuple[Span, ...]]) -> Iterator[Span]:
        """Each sentence, then each pair of adjacent ones, in which half of the groups are heard."""
        heard: dict[int, int] = defaultdict(int)  # the groups of a sentence, a bit for each
        for number, spans in enumerate(wanted):
            for sentence in {self._sentence[first] for first, _ in spans} - self.hollow:
                heard[sentence] |= 1 << number
        sentences = self.text.sentences
        for n in sorted(heard):
            if 2 * heard[n].bit_count() >= len(wanted):
                yield sentences[n][0], sentences[n][1] - 1
        for n in sorted(heard.keys() | {n - 1 for n in heard}):
            both = heard.get(n, 0) | heard.get(n + 1, 0)
            if self.hollow & {n, n + 1}:
                continue
            if 0 <= n < len(sentences) - 1 and 2 * both.bit_count() >= len(wanted):
                yield sentences[n][0], sentences[n + 1][1] - 1

    def said_by(self, cues: Iterable[Cue]) -> frozenset[int]:
        """The tokens that any wanted group of these cues names; not what stands between them."""
        named: set[int] = set()
        for group in (g for cue in cues for g in cue.wanted if self.group(g)):
            for alternative, spans in self._said[id(group)]:
                named |= self._named(alternative, spans)
        return frozenset(named)

    def _named(self, alternative: Alternative, spans: Sequence[Span]) -> set[int]:
        """The tokens of an alternative's own words in its spans."""
        tight = len(alternative.words)
        named = {i for a, b in spans if b - a < tight for i in range(a, b + 1)}
        if wide := [s for s in spans if s[1] - s[0] >= tight]:
            said = [self._word(word) for word in alternative.words]
            inside = (s for word in said for span in wide for s in within(word, span))
            named.update(i for a, b in inside for i in range(a, b + 1))
        return named

    def matches(
        self, cue: Cue, ignored: Collection[int] = (), talk: Collection[int] = ()
    ) -> Iterator[Match]:
        """The windows in which half of the wanted groups are heard; sentences before pairs.

        Occurrences on `ignored` tokens give way to others of the same group in the window. So do
        those on `talk`; as the others may stand too far apart, both matches are tried.
        """
        wanted = [self.group(g) for g in cue.wanted]
        unwanted = [self.group(g) for g in cue.unwanted]
        for window in self._windows(wanted):
            if any(within(spans, window) for spans in unwanted):
                continue
            choices = [preferred(within(spans, window), ignored) for spans in wanted]
            telling = [preferred(spans, talk) for spans in choices]
            if telling != choices:
                yield Match(cue, window, tightest(telling))
            yield Match(cue, window, tightest(choices))

    def claim(self, cue: Cue) -> Match | None:
        """A misconception made in one clause, and neither negated nor reported as wrong."""
        wanted: list[tuple[Span, ...]] = []
        for group in cue.wanted:
            if not (spans_ := self.group(group)):
                return None  # most claims are not made: do not look for the rest
            wanted.append(spans_)
        unwanted = [self.group(g) for g in cue.unwanted]
        for before, (first, last) in pairwise([(0, 0), *self.text.clauses]):
            clause = (first, last - 1)
            if self._sentence[first] in self.hollow:
                continue
            choices = [within(g, clause) for g in wanted]
            if not all(choices[1:]):
                continue
            if not choices[0] and self._goes_on(before, clause):
                clause = (before[0], clause[1])
                choices[0] = within(wanted[0], (before[0], before[1] - 1))
            spans = in_order(choices)
            if not spans or any(within(spans, clause) for spans in unwanted):
                continue
            if not self._rejected(clause, spans):
                return Match(cue, clause, tuple(spans))
        return None

    def _goes_on(self, before: Span, clause: Span) -> bool:
        """Whether a clause draws on the one before it in its sentence ("…, so …", "…, which …")."""
        if self._sentence[before[0]] != self._sentence[clause[0]]:
            return False
        opening = (self.text.tokens[i].word for i in (clause[0], before[0]))
        return any(word in lexicon.CONSEQUENT for word in opening)

    def _rejected(self, clause: Span, spans: list[Span]) -> bool:
        """Whether the words around a claim take it back ("it is a myth that …", "… is not …").

        Not in the notes: a veto on a right answer costs more than a wrong claim unheard.
        """
        said = {i for first, last in spans for i in range(first, last + 1)}
        tokens = self.text.tokens
        around = range(max(clause[0], spans[0][0] - 3), spans[-1][1] + 1)
        if any(self._negates(i, spans[0][0]) for i in around if i not in said):
            return True
        start, end = self.text.sentences[self._sentence[clause[0]]]
        reach = range(max(start, clause[0] - _REPORT_REACH), clause[1] + 1)
        if any(self._distances(i) for i in reach if i not in said):
            return True
        behind = tokens[spans[-1][1] + 1 : end + 2]
        return self._reported(range(start, spans[0][0])) and any(
            t.word in lexicon.OBJECTING for t in behind
        )

    def _negates(self, index: int, claimed: int) -> bool:
        """Whether a word denies the claim; `without` in front of it says when it is made."""
        word, start = self.text.tokens[index].word, max(0, index - 2)
        if word == "without":
            both = any(t.word == "with" for t in self.text.tokens[start:index])
            return index > claimed and not both
        return word in lexicon.NEGATORS

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
