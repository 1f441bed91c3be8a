"""The shape of an answer, apart from what it says: lists of keywords, echoes, weak patterns.

Each gate names the tokens that are no evidence; the measurements are in notes/assessor.md, 3.5.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import lexicon
from bot.domain.question import Form, Kind, Topic
from bot.domain.text import Text, Token, stems
from bot.domain.verdict import Pattern, State

FEWEST_LISTED: Final = 12
"""Words; below, terse is not stuffed (notes: the gate rejected terse claims)."""
BAREST_LIST: Final = 8
"""From so many words on, not a single article, pronoun or `of` means a list all the same."""
FEWEST_FUNCTION_WORDS: Final = 0.18
"""The notes' share of function words; alone it lets `all`, `before` and `not` pass as grammar."""
NO_GLUE: Final = 0.05
LITTLE_GLUE: Final = 0.08
LESS_GLUE: Final = 0.12
"""Lists of cue words have .00 to .13; of 250 real answers two lie below .22, at .11 and .12."""
FEWEST_ITEMS: Final = 4
LONGEST_ITEM: Final = 3
ECHO_RUN: Final = 6
"""So many words in the prompt's own order are quoted, not said."""
TOO_SHORT: Final = 6
GOOD_ENOUGH: Final = 0.6
"""From here on nothing is named: a pattern is for answers that need one."""

_COST: Final = frozenset(stems("cost costly expensive price loss money pay profit worth"))
_CAUSE: Final = frozenset(stems("diagnose diagnosis cause root investigate"))
_LOOK: Final = frozenset(stems("check rule look inspect compare separate find"))
_FIRST: Final = frozenset(stems("before first"))
_ARROWS: Final = ("->", "=>", "→", "⇒", "=", "<", ">", "≫", "∝", "↑", "↓")


def content(tokens: Sequence[Token]) -> list[str]:
    """The stems of the words that carry meaning."""
    return [t.stem for t in tokens if t.word not in lexicon.FUNCTION]


def count(tokens: Sequence[Token], words: frozenset[str]) -> int:
    """How many of the tokens are among the words, in any form that is listed."""
    return sum(t.word in words for t in tokens)


def keywords(text: Text) -> frozenset[int]:
    """Tokens of keyword lists: words without what holds a sentence together, and no reasoning."""
    whole = range(len(text.tokens))
    if _is_keywords(text, whole):
        return frozenset(whole)
    sentences = [range(a, b) for a, b in text.sentences]
    listed = [r for r in sentences if _is_keywords(text, r)]
    return frozenset(i for r in listed for i in r)


def _is_keywords(text: Text, where: range) -> bool:
    tokens = [
        t for t in text.tokens[where.start : where.stop] if t.word[0].isalpha() and not t.code
    ]
    glue = count(tokens, lexicon.GLUE)
    if len(tokens) < FEWEST_LISTED:
        bare = not glue and count(tokens, lexicon.FUNCTION) <= 1
        return bare and len(tokens) >= BAREST_LIST and len(where) == len(text.tokens)
    bare = count(tokens, lexicon.FUNCTION) < FEWEST_FUNCTION_WORDS * len(tokens)
    if glue >= (LESS_GLUE if bare else LITTLE_GLUE) * len(tokens):
        return False
    written = text.quote(where.start, where.stop - 1)
    argued = sum(written.count(sign) for sign in _ARROWS)
    if glue >= NO_GLUE * len(tokens):  # below that, "because" is but one more keyword
        argued += count(tokens, lexicon.REASONING)
    return argued <= max(1, len(tokens) // 20)


def enumerated(text: Text) -> frozenset[int]:
    """Tokens that are items of an enumeration of four or more, in a sentence or as bullets."""
    items: list[tuple[int, int]] = []
    for first, last in text.sentences:
        items += _items(text, first, last)
    flagged: set[int] = set()
    run: list[tuple[int, int]] = []
    for item in [*items, (0, 0)]:
        if item[0] < item[1] and _is_item(text, item):
            run.append(item)
            continue
        if len(run) >= FEWEST_ITEMS - 2:
            flagged |= _flag(text, items, run)
        run = []
    return frozenset(flagged)


def _items(text: Text, first: int, last: int) -> list[tuple[int, int]]:
    """What stands between commas and conjunctions of one sentence."""
    found: list[tuple[int, int]] = []
    start = first
    for index in range(first + 1, last):
        gap = text.original[text.tokens[index - 1].end : text.tokens[index].start]
        joined = text.tokens[index].word in {"and", "or", "plus"}
        if joined or any(c in gap for c in ",;/·•+"):
            found.append((start, index))
            start = index + 1 if joined else index
    found.append((start, last))
    return [f for f in found if f[0] < f[1]]


def _is_item(text: Text, item: tuple[int, int]) -> bool:
    tokens = text.tokens[item[0] : item[1]]
    if any(t.code for t in tokens):
        return False
    return len(tokens) <= LONGEST_ITEM and 2 * count(tokens, lexicon.FUNCTION) <= len(tokens)


def _flag(text: Text, items: list[tuple[int, int]], run: list[tuple[int, int]]) -> set[int]:
    """The run's tokens, and the ends of the neighbours that are its first and last item."""
    flagged = {i for first, last in run for i in range(first, last)}
    size = len(run)
    before = [i for i in items if i[1] in {run[0][0], run[0][0] - 1}]
    after = [i for i in items if i[0] in {run[-1][1], run[-1][1] + 1}]
    for first, last in before:
        if _same_sentence(text, first, run[0][0]):
            flagged |= set(range(max(first, last - LONGEST_ITEM), last))
            size += 1
    for first, last in after:
        if _same_sentence(text, first, run[-1][0]):
            flagged |= set(range(first, min(last, first + LONGEST_ITEM)))
            size += 1
    return flagged if size >= FEWEST_ITEMS else set()


def _same_sentence(text: Text, one: int, other: int) -> bool:
    return any(a <= one < b and a <= other < b for a, b in text.sentences)


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


@dataclass(frozen=True, slots=True)
class Shape:
    """What pattern rules look at."""

    text: Text
    form: Form
    topic: Topic
    kinds: tuple[Kind, ...]
    follow_up: bool
    """A reply to a probe: short by nature, so only its form is judged."""
    framing: bool
    """Whether the question wants the problem framed before a model is named."""
    open: tuple[frozenset[str], ...]
    """What the key points that are not covered are about, in stems."""
    prompt: frozenset[str]
    listed: frozenset[int]
    echo: frozenset[int]
    states: tuple[State, ...]
    score: float
    off_topic: bool

    @property
    def covered(self) -> tuple[Kind, ...]:
        """The kinds of the points that are covered."""
        return tuple(k for k, s in zip(self.kinds, self.states, strict=True) if s is State.COVERED)


def pattern(shape: Shape) -> Pattern | None:
    """The one weak pattern to name, if any; the rule that explains most comes first."""
    if shape.score >= GOOD_ENOUGH:
        return None
    rules = _FORM_RULES
    if not shape.follow_up and State.CONTRADICTED not in shape.states:
        rules += _CONTENT_RULES  # what was wrong is said by the correction
    return next((found for found, rule in rules if rule(shape)), None)


def _too_short(shape: Shape) -> bool:
    return len(shape.text.tokens) < TOO_SHORT and not shape.covered


def _echo(shape: Shape) -> bool:
    if shape.covered:
        return False
    said = content(shape.text.tokens)
    own = sum(s not in shape.prompt for s in said)
    return 2 * len(shape.echo) >= len(shape.text.tokens) or own <= 0.15 * len(said)


def _buzzwords(shape: Shape) -> bool:
    return shape.form is not Form.LIST and 2 * len(shape.listed) >= len(shape.text.tokens)


def _definition_only(shape: Shape) -> bool:
    """Notes, section 3.5: precision .90, recall .75 on the cases it was built on."""
    tokens = shape.text.tokens
    return (
        all(k is Kind.DEFINITION for k in shape.covered)
        and len(tokens) <= 60
        and count(tokens, lexicon.REASONING) <= 1
        and count(tokens, lexicon.DEFINING) >= 1
    )


def _no_cost_argument(shape: Shape) -> bool:
    tokens = shape.text.tokens
    return (
        shape.topic is Topic.EVALUATION
        and any(about & _COST for about in shape.open)
        and len(tokens) >= 12
        and count(tokens, lexicon.METRICS) >= 1
        and count(tokens, lexicon.COSTS) == 0
    )


def _cure_before_diagnosis(shape: Shape) -> bool:
    tokens = shape.text.tokens
    return (
        any(about & _CAUSE or (about & _LOOK and about & _FIRST) for about in shape.open)
        and len(tokens) >= 8
        and count(tokens, lexicon.CURES) >= 1
        and count(tokens, lexicon.DIAGNOSING) == 0
    )


def _model_before_framing(shape: Shape) -> bool:
    """A model among the first 25 words, and nothing about the problem soon after it."""
    words = [t.word for t in shape.text.tokens]
    model = next((i for i, w in enumerate(words[:25]) if w in lexicon.MODELS), None)
    if not shape.framing or model is None:
        return False
    return not any(w in lexicon.FRAMING for w in words[: model + 16])


def _nothing_broke(shape: Shape) -> bool:
    tokens = shape.text.tokens
    return shape.form is Form.STORY and len(tokens) >= 30 and count(tokens, lexicon.TROUBLE) == 0


_FORM_RULES: Final[tuple[tuple[Pattern, Callable[[Shape], bool]], ...]] = (
    (Pattern.TOO_SHORT, _too_short),
    (Pattern.ECHO, _echo),
    (Pattern.BUZZWORD_LIST, _buzzwords),
    (Pattern.OFF_TOPIC, lambda shape: shape.off_topic),
)
_CONTENT_RULES: Final[tuple[tuple[Pattern, Callable[[Shape], bool]], ...]] = (
    (Pattern.DEFINITION_ONLY, _definition_only),
    (Pattern.MODEL_BEFORE_FRAMING, _model_before_framing),
    (Pattern.NOTHING_BROKE, _nothing_broke),
    (Pattern.CURE_BEFORE_DIAGNOSIS, _cure_before_diagnosis),
    (Pattern.NO_COST_ARGUMENT, _no_cost_argument),
)
