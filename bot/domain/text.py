"""Reading an answer: words, sentences and clauses, each with its place in the original text.

Matching sees folded text (one case, no accents, no invisible characters, no markup); offsets
always point into what the person wrote, because evidence is quoted verbatim.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from snowballstemmer.english_stemmer import EnglishStemmer  # type: ignore[import-untyped]

from bot.domain import lexicon

LONGEST_WORD: Final = 40
"""Longer runs of letters are no words; their stem is their beginning, which bounds the work."""

LONGEST_SENTENCE: Final = 45
"""Words; spoken answers without full stops are cut so that a window stays a thought."""

_WORD: Final = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?[^\W\d_]*|0,\d+|\d*\.?\d+[^\W\d_]*|[^\W_]+(?:'[^\W_]+)*|[%@]"
)
_MARKUP: Final = re.compile(
    r"<(?:@[!&]?|\#|a?:\w{1,32}:|t:)[\d:\w]{1,24}>"  # mentions, custom emoji, timestamps
    r"|https?://\S+"
    r"|```(?:[a-z0-9+]{1,12}(?=\n))?"  # a fence and its language
    r"|^[ \t]*(?:[-*•>#]{1,4}|\d{1,2}[.)])[ \t]+",  # a bullet, a quote, a heading
    re.MULTILINE | re.IGNORECASE,
)
_FENCE: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_TYPOGRAPHIC: Final = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4\u2032", "'"))
_SENTENCE_END: Final = re.compile(r"[.!?…]['\")\]*_|]*\s|[!?]|\n|\r|\u2028|\u2029")
_CLAUSE_END: Final = re.compile(r"[,;:()\[\]\u2013\u2014\u2026]|\s-+\s|->|=>|→|⇒")
_NAMING: Final = re.compile(r"[*_'\"`|]*:|[*_'\"`|]* ?\(")
_NAMING_DASH: Final = re.compile(r"[*_'\"`|]* [-\u2013\u2014]+ ")
_RELATIVE: Final = re.compile(r" ?[,(\u2013\u2014-]+ ?")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?!st$|nd$|rd$|th$|am$|pm$)[a-z]{0,3}")
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word as matching sees it; `start:end` is where the person wrote it."""

    word: str
    stem: str
    start: int
    end: int
    code: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """An answer, read once. Sentences and clauses are ranges of token indices."""

    original: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[tuple[int, int], ...]

    def quote(self, first: int, last: int) -> str:
        """What the person wrote from token `first` to token `last`, verbatim."""
        start, end = self.tokens[first].start, self.tokens[last].end
        opened = self.original.count("(", start, end) > self.original.count(")", start, end)
        return self.original[
            start : end + 1 if self.original[end : end + 1] == ")" and opened else end
        ]


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """NFKD without marks and invisible characters, lower case: one form per look-alike."""
    plain = unicodedata.normalize("NFKD", character.translate(_TYPOGRAPHIC)).casefold()
    return "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)


def fold(text: str) -> tuple[str, list[int]]:
    """The text as matching sees it, and for each of its characters the original index.

    Characters of the categories Cf (zero width, bidi) and Mn (marks) vanish.
    """
    if text.isascii():
        return text.lower(), list(range(len(text)))
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        plain = character.lower() if character.isascii() else _fold_character(character)
        folded.append(plain)
        origin.extend([index] * len(plain))
    return "".join(folded), origin


def _bare(folded: str) -> str:
    """The same length without markup; line breaks stay, because they end sentences."""
    return _MARKUP.sub(lambda m: "".join(c if c == "\n" else " " for c in m[0]), folded)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The English (Snowball) stem of a folded word; irregular forms and spellings first."""
    word = word[:LONGEST_WORD]
    if len(word) < 3 or not word.isalpha():
        return lexicon.IRREGULAR.get(word, word)
    for pattern, replacement in lexicon.SPELLING:
        word = pattern.sub(replacement, word)
    # A fresh stemmer: it keeps the word it works on, and threads may share this function.
    return str(EnglishStemmer().stemWord(lexicon.IRREGULAR.get(word, word)))


def _number(word: str) -> str:
    """`1,000` is `1000`, `0,5` and `.50` are `0.5`."""
    if word.startswith("0,"):
        word = word.replace(",", ".")
    word = word.replace(",", "")
    if word.startswith("."):
        word = "0" + word
    return word.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", word) else word


def is_number(word: str) -> bool:
    """Whether a folded word is a number: `0.97`, `300`, `10k`, `twelve`; not `2nd`, not `one`."""
    return word in lexicon.NUMBERS or bool(_NUMBER.fullmatch(word))


@lru_cache(maxsize=20_000)
def _expand(raw: str) -> tuple[str, ...]:
    """The words behind one written word: `isn't` is two, `model's` is one, `%` is a word."""
    if raw == "%":
        return ("percent",)
    if raw[0].isdigit() or raw[0] == ".":
        return (_number(raw),)
    plain = raw.replace("'", "")
    if plain in lexicon.CONTRACTED or plain == "cannot" or raw.endswith("n't"):
        return lexicon.IRREGULAR_NOT.get(plain, plain[:-2] or plain), "not"
    head, _, tail = raw.partition("'")
    if tail in lexicon.TAILS:
        return head, lexicon.TAILS[tail]
    if tail == "s":
        return (head, "is") if head in lexicon.SUBJECTS else (head,)
    return (plain,)


def words(text: str) -> Iterator[str]:
    """The folded words of a text, without their places."""
    for match in _WORD.finditer(_bare(fold(text)[0])):
        yield from _expand(match[0])


def stems(text: str) -> list[str]:
    """The stems of a text, in order."""
    return [stem(word) for word in words(text)]


def read(text: str) -> Text:
    """Find the words, sentences and clauses of an answer."""
    folded, origin = fold(text)
    fences = [edge for m in _FENCE.finditer(folded) for edge in m.span()]
    folded = _bare(folded)
    tokens: list[Token] = []
    gaps: list[str] = []
    previous = 0
    for match in _WORD.finditer(folded):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        code = bisect_right(fences, match.start()) % 2 == 1  # behind an opening, before its end
        for number, word in enumerate(_expand(match[0])):
            tokens.append(Token(word, stem(word), start, end, code))
            gaps.append("" if number else folded[previous : match.start()])
        previous = match.end()
    sentences = _ranges(_sentence_starts(text, tokens, gaps), len(tokens))
    clauses = _ranges(_clause_starts(sentences, tokens, gaps), len(tokens))
    return Text(text, tuple(tokens), sentences, clauses)


def _ranges(starts: list[int], end: int) -> tuple[tuple[int, int], ...]:
    return tuple(pairwise([*starts, end]))


def _sentence_starts(text: str, tokens: list[Token], gaps: list[str]) -> list[int]:
    starts: list[int] = []
    for index in range(len(tokens)):
        if index == 0 or _ends_sentence(text, tokens[index - 1], gaps[index], tokens[index]):
            starts.append(index)
        elif index - starts[-1] >= LONGEST_SENTENCE:
            starts.append(_calmest_cut(starts[-1], index, gaps, tokens))
    return starts


def _calmest_cut(start: int, end: int, gaps: list[str], tokens: list[Token]) -> int:
    """The last clause boundary in the second half of an endless sentence, else its end."""
    for index in range(end, (start + end) // 2, -1):
        if _CLAUSE_END.search(gaps[index]) or tokens[index].word in {"and", "so", "then", "but"}:
            return index
    return end


def _ends_sentence(text: str, before: Token, gap: str, after: Token) -> bool:
    """Whether a sentence ends between two words; abbreviations and decimals do not end one."""
    if not _SENTENCE_END.search(gap):
        glued = gap == "." and text[after.start].isupper() and before.word.isalpha()
        return glued and min(len(before.word), len(after.word)) > 1  # "fast.Then", not "b.T"
    if gap.strip() == "." and "\n" not in gap:
        if before.word in lexicon.ABBREVIATIONS:
            return False
        short = len(before.word) == 1 or before.word == "etc"
        return not (short and not text[after.start].isupper())
    return True


def _clause_starts(
    sentences: tuple[tuple[int, int], ...], tokens: list[Token], gaps: list[str]
) -> list[int]:
    starts: list[int] = []
    for first, last in sentences:
        starts.append(first)
        for index in range(first + 1, last):
            if _opens_clause(starts[-1], index, last, tokens, gaps):
                starts.append(index)
    return starts


def _names(gap: str, behind: int, ahead: Sequence[str]) -> bool:
    """Whether a clause goes on: "Precision: the share …", "Precision (the share …" name it.

    So does "Drift, which is when …": what stands in front is too short to claim anything.
    """
    if behind <= 3 and _RELATIVE.fullmatch(gap) and ahead[0] in {"which", "that"}:
        return len(ahead) > 1 and ahead[1] in lexicon.DEFINING
    return bool(
        (behind <= 3 and _NAMING.match(gap)) or (behind == 1 and _NAMING_DASH.fullmatch(gap))
    )


def _opens_clause(start: int, index: int, last: int, tokens: list[Token], gaps: list[str]) -> bool:
    """Punctuation, a conjunction, or an `and` that brings a subject and verb of its own."""
    ahead = [t.word for t in tokens[index : min(index + 5, last)]]
    if _CLAUSE_END.search(gaps[index]):
        return not _names(gaps[index], index - start, ahead)
    if ahead[0] in lexicon.CLAUSE_OPENERS:
        return True
    if ahead[0] not in {"and", "or"} or _joins_numbers(tokens[index - 1 : index + 2]):
        return False
    behind = any(t.word in lexicon.COPULAS for t in tokens[start:index])
    return behind and any(w in lexicon.COPULAS for w in ahead[2:])


def _joins_numbers(around: Sequence[Token]) -> bool:
    """Whether an `and` stands as in "between 0 and 1"."""
    return len(around) == 3 and is_number(around[0].word) and is_number(around[2].word)
