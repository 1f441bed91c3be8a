"""The shape of an answer, apart from what it says: lists of keywords, enumerations, echoes.

Each gate names the tokens that are no evidence; the measurements are in notes/assessor.md, 3.5.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from bot.domain import lexicon
from bot.domain.text import Text, Token, is_number, stems

Item: TypeAlias = tuple[int, int]
"""First token and the one behind the last."""

FEWEST_LISTED: Final = 12
"""Words; below, terse is not stuffed (notes: the gate rejected terse claims)."""
BAREST_LIST: Final = 8
"""From so many words on, not a single article, pronoun or `of` means a list all the same."""
FEWEST_FUNCTION_WORDS: Final = 0.18
"""The notes' share of function words; alone it lets `all`, `before` and `not` pass as grammar."""
NO_GLUE: Final = 0.05
LITTLE_GLUE: Final = 0.08
FEWEST_EXPLAINING: Final = 6
"""Words for each equals sign; with fewer it is one more comma."""
LESS_GLUE: Final = 0.12
"""Lists of cue words have .00 to .13; of 250 real answers two lie below .22, at .11 and .12."""
MOSTLY_HEARD: Final = (0.9, 0.35)
ALL_HEARD: Final = (0.97, 0.25)
"""From the first share of words on that cues hear, with less glue than the second, a whole answer
or a single sentence is cue words strung together. Of 264 real answers none is above .82, of their
sentences one is above .95; of 72 such lists all but three are above .98.
"""
FEWEST_ITEMS: Final = 4
LONGEST_ITEM: Final = 3
LONGEST_SYMBOL: Final = 2
"""Letters; "TP + FP" is a sum, "recall + precision" a list."""
LONGEST_CUE: Final = 6
"""An item of so many words is one all the same if cues hear every one of them."""
ECHO_RUN: Final = 6
"""So many words in the prompt's own order are quoted, not said."""

FEWEST_HOLLOW: Final = 3
MOST_HOLLOW: Final = 0.8
"""A sentence of so many words of content, so many of them hollow, says nothing. Of some 6,000
sentences in labelled answers none is like that, of empty talk all."""

_HOLLOW: Final = frozenset(stems(" ".join(lexicon.HOLLOW)))
_VERBAL: Final = lexicon.PREDICATES | lexicon.TELEGRAM
_ARROWS: Final = ("->", "=>", "→", "⇒", "=", "<", ">", "≫", "∝", "↑", "↓")


def content(tokens: Sequence[Token]) -> list[str]:
    """The stems of the words that carry meaning."""
    return [t.stem for t in tokens if t.word not in lexicon.FUNCTION]


def count(tokens: Sequence[Token], words: frozenset[str]) -> int:
    """How many of the tokens are among the words, in any form that is listed."""
    return sum(t.word in words for t in tokens)


def told(tokens: Sequence[Token]) -> int:
    """Verbs in the past tense: what happened, as a story tells it."""
    return sum(
        (after.word in lexicon.PAST or (after.word.endswith("ed") and len(after.word) > 4))
        and before.word not in lexicon.PARTICIPLE
        for before, after in pairwise(tokens)
    )


def hollow(text: Text) -> frozenset[int]:
    """The numbers of the sentences of empty talk ("It depends on the situation, at the end …")."""
    return frozenset(n for n, (a, b) in enumerate(text.sentences) if _is_hollow(text.tokens[a:b]))


def _is_hollow(sentence: Sequence[Token]) -> bool:
    said = content(sentence)
    empty = sum(s in _HOLLOW for s in said)
    return len(said) >= FEWEST_HOLLOW and empty >= MOST_HOLLOW * len(said)


def keywords(text: Text, heard: Collection[int] = ()) -> frozenset[int]:
    """Tokens of keyword lists: words without what holds a sentence together, and no reasoning.

    `heard` are the tokens that cues hear: whoever says nothing else has strung them together.
    """
    whole = range(len(text.tokens))
    if _is_keywords(text, whole, heard):
        return frozenset(whole)
    sentences = [range(a, b) for a, b in text.sentences]
    listed = [r for r in sentences if _is_keywords(text, r, heard)]
    return frozenset(i for r in listed for i in r)


def _is_keywords(text: Text, where: range, heard: Collection[int]) -> bool:
    tokens = [
        t for t in text.tokens[where.start : where.stop] if t.word[0].isalpha() and not t.code
    ]
    glue = count(tokens, lexicon.GLUE)
    if len(tokens) < FEWEST_LISTED:
        bare = not glue and count(tokens, lexicon.FUNCTION) <= 1
        return bare and len(tokens) >= BAREST_LIST and len(where) == len(text.tokens)
    stuffed = sum(i in heard for i in where) / len(where)
    most, little = MOSTLY_HEARD if len(where) == len(text.tokens) else ALL_HEARD
    if stuffed >= most and glue < little * len(tokens) and not _argues(text, where, heard):
        return True
    bare = glue < LESS_GLUE * len(tokens)
    if bare and _strung(text, where, heard, most) and not _explained(text, where):
        return True
    if stuffed < most and count(tokens, lexicon.TELEGRAM) >= 2:
        return False
    return _lacks_glue(text, where, tokens, glue)


def _argues(text: Text, where: range, heard: Collection[int]) -> bool:
    """Whether a sentence has a verb, a subject or a reason that no cue brought with it."""
    words = {text.tokens[i].word for i in where if i not in heard}
    return bool(words & (lexicon.PREDICATES | lexicon.REASONING)) or _explained(text, where)


def _strung(text: Text, where: range, heard: Collection[int], most: float) -> bool:
    """Whether every word of content is a cue's, and no verb but theirs joins them."""
    words = {i: text.tokens[i].word for i in where}
    said = [i for i in where if words[i] not in lexicon.FUNCTION]
    verbs = lexicon.PREDICATES - lexicon.REASONING
    own = any(w in verbs for i, w in words.items() if i not in heard)
    return sum(i in heard for i in said) >= most * len(said) and not own


def _explained(text: Text, where: range) -> bool:
    """Whether an equals sign has a phrase or a reason behind it, and not one more keyword."""
    signs = [
        i for i in where[1:] if "=" in text.original[text.tokens[i - 1].end : text.tokens[i].start]
    ]
    if not signs or len(signs) * FEWEST_EXPLAINING > len(where):
        return False
    near = any(count(text.tokens[i : min(i + 3, where.stop)], lexicon.GLUE) for i in signs)
    return near or count(text.tokens[signs[0] : where.stop], lexicon.REASONING) > 0


def _lacks_glue(text: Text, where: range, tokens: Sequence[Token], glue: int) -> bool:
    bare = count(tokens, lexicon.FUNCTION) < FEWEST_FUNCTION_WORDS * len(tokens)
    if glue >= (LESS_GLUE if bare else LITTLE_GLUE) * len(tokens):
        return False
    written = text.quote(where.start, where.stop - 1)
    argued = sum(written.count(sign) for sign in _ARROWS) + _explained(text, where)
    if glue >= NO_GLUE * len(tokens):  # below that, "because" is but one more keyword
        argued += count(tokens, lexicon.REASONING)
    return argued <= max(1, len(tokens) // 20)


def enumerated(text: Text, heard: Collection[int] = ()) -> frozenset[int]:
    """Tokens that are items of an enumeration of four or more, in a sentence or as bullets."""
    flagged: set[int] = set()
    for block in _blocks(text, heard):
        run: list[Item] = []
        for item in [*block, None]:
            if item and _is_item(text, item, heard):
                run.append(item)
                continue
            if len(run) >= FEWEST_ITEMS - 2:
                flagged |= _flag(text, block, run, heard)
            run = []
    return frozenset(flagged)


def _blocks(text: Text, heard: Collection[int]) -> list[list[Item]]:
    """What may be one enumeration: items of a sentence, or of several that are nothing else."""
    blocks: list[list[Item]] = []
    bare = False
    for first, last in text.sentences:
        groups = _items(text, first, last)
        was_bare, bare = bare, all(_is_item(text, i, heard) for g in groups for i in g)
        if bare and was_bare:
            blocks[-1] += groups.pop(0)
        blocks += groups
    return blocks


def _items(text: Text, first: int, last: int) -> list[list[Item]]:
    """What stands between commas and conjunctions; a semicolon among commas parts the groups."""
    groups: list[list[Item]] = [[]]
    gaps = [
        text.original[text.tokens[index - 1].end : text.tokens[index].start]
        for index in range(first + 1, last)
    ]
    parts = any("," in gap for gap in gaps)
    start = first
    for index, gap in enumerate(gaps, first + 1):
        joined = text.tokens[index].word in {"and", "or", "plus"}
        if joined or _separates(gap, text.tokens[index - 1], text.tokens[index]):
            groups[-1] += [(start, index)] if start < index else []
            start = index + 1 if joined else index
        if parts and ";" in gap:
            groups.append([])
    groups[-1] += [(start, last)] if start < last else []
    return [g for g in groups if g]


def _separates(gap: str, before: Token, after: Token) -> bool:
    """Whether a gap stands between items; in "0/0", "TP/(TP+FP)" and "with/without" it does not."""
    if any(c in gap for c in ",;"):
        return True
    if not any(c in gap for c in "/·•+") or "(" in gap or ")" in gap:
        return False
    return all(
        len(t.word) > LONGEST_SYMBOL and t.word.isalpha() and t.word not in lexicon.FUNCTION
        for t in (before, after)
    )


def _is_item(text: Text, item: Item, heard: Collection[int]) -> bool:
    tokens = text.tokens[item[0] : item[1]]
    if any(t.code for t in tokens) or all(is_number(t.word) for t in tokens):
        return False
    if len(tokens) <= LONGEST_ITEM and 2 * count(tokens, lexicon.FUNCTION) <= len(tokens):
        return True
    named = len(tokens) <= LONGEST_CUE and all(i in heard for i in range(*item))
    return named and (len(tokens) <= LONGEST_ITEM or not count(tokens, _VERBAL))


def _flag(text: Text, block: list[Item], run: list[Item], heard: Collection[int]) -> set[int]:
    """The run's tokens, and the ends of the neighbours that are its first and last item."""
    flagged = {i for first, last in run for i in range(first, last)}
    size = len(run)
    at = block.index(run[0])
    for item in block[max(0, at - 1) : at]:
        flagged |= set(_reach(text, range(*item)[::-1], heard))
        size += 1
    for item in block[at + len(run) : at + len(run) + 1]:
        flagged |= set(_reach(text, range(*item), heard))
        size += 1
    return flagged if size >= FEWEST_ITEMS else set()


def _reach(text: Text, indices: Sequence[int], heard: Collection[int]) -> Sequence[int]:
    """How far an item reaches into a neighbour: three words, or as far as cues name each one.

    A verb or a subject belongs to the sentence around the list.
    """
    end = next((n for n, i in enumerate(indices) if i not in heard), len(indices))
    reach = indices[: max(LONGEST_ITEM, min(end, LONGEST_CUE))]
    verbs = (n for n, i in enumerate(reach) if text.tokens[i].word in lexicon.PREDICATES)
    return reach[: next(verbs, len(reach))]


def runs(said: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of six words."""
    return frozenset(tuple(said[i : i + ECHO_RUN]) for i in range(len(said) - ECHO_RUN + 1))


def echoed(text: Text, prompt_runs: frozenset[tuple[str, ...]]) -> frozenset[int]:
    """Tokens that repeat six or more words of the prompt in their order."""
    said = [t.stem for t in text.tokens]
    return frozenset(
        i + offset
        for i in range(len(said) - ECHO_RUN + 1)
        if tuple(said[i : i + ECHO_RUN]) in prompt_runs
        for offset in range(ECHO_RUN)
    )
