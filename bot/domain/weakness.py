"""The weak shapes that interviewers know, as named to the person; the first that fits is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.domain import lexicon
from bot.domain.question import Form, Kind, Topic
from bot.domain.shape import content, count
from bot.domain.text import Text, stems
from bot.domain.verdict import Pattern, State

TOO_SHORT: Final = 6
GOOD_ENOUGH: Final = 0.6
"""From here on nothing is named: a pattern is for answers that need one."""

_ARGUING: Final = lexicon.REASONING - {"means", "meaning", "when", "than"}
_COST: Final = frozenset(stems("cost costly expensive price loss money pay profit worth"))
_CAUSE: Final = frozenset(stems("diagnose diagnosis cause root investigate"))
_LOOK: Final = frozenset(stems("check rule look inspect compare separate find"))
_FIRST: Final = frozenset(stems("before first"))


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
    if shape.form is Form.LIST or 2 * len(shape.listed) < len(shape.text.tokens):
        return False
    return count(shape.text.tokens, lexicon.DEFINING) < 2  # "There are three types: …, which are …"


def _definition_only(shape: Shape) -> bool:
    """Short, and nothing argued; or impersonal, twice "… is …", and next to nothing hit."""
    tokens = shape.text.tokens
    beyond = sum(k is not Kind.DEFINITION for k in shape.covered)
    reasons = count(tokens, _ARGUING)
    defined = count(tokens, lexicon.DEFINING)
    if len(tokens) > 60:
        return False
    if not beyond and reasons <= 1 and defined >= 1:
        return True
    recited = count(tokens, lexicon.OWN) == 0 and defined >= 2
    return recited and reasons <= 2 and beyond <= 1 and shape.score < 0.5


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
