"""What a question is: the schema of `questions/<topic>/*.yaml`, frozen once loaded."""

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticKnownError

SCHEMA_VERSION = 1

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class _Text(StringConstraints):
    """Non-empty text that people read; trimmed, never guessed from a number."""

    def __init__(self, longest: int, least: int = 1) -> None:
        super().__init__(strict=True, strip_whitespace=True, min_length=least, max_length=longest)


def _unwrapped(text: str) -> str:
    """Paragraphs on one line each: an author's line breaks are not the reader's."""
    return re.sub(r"(?<![\n\t ])[ \t]*\n(?![ \t]*\n|[ \t]*(?:[-*]|\d+[.)])[ \t])[ \t]*", " ", text)


PROSE = AfterValidator(_unwrapped)


class Topic(StrEnum):
    """What a question is about; one folder in `questions/` each."""

    FOUNDATIONS = "foundations"
    EVALUATION = "evaluation"
    DATA = "data"
    TREES = "trees"
    UNSUPERVISED = "unsupervised"
    DEEP_LEARNING = "deep-learning"
    LLM = "llm"
    STATISTICS = "statistics"
    DERIVATIONS = "derivations"
    PRODUCTION = "production"
    SYSTEM_DESIGN = "system-design"
    CODING = "coding"
    BEHAVIORAL = "behavioral"


class Round(StrEnum):
    """The part of an interview loop that asks it."""

    THEORY = "theory"
    CODING = "coding"
    SYSTEM_DESIGN = "system-design"
    BEHAVIORAL = "behavioral"
    PROJECT = "project"


class Difficulty(StrEnum):
    """How hard it is for someone who interviews at the question's seniority."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Seniority(StrEnum):
    """Junior: define and apply. Mid: decide and defend. Senior: thresholds, drift, impact."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"


class Role(StrEnum):
    """Who is asked it."""

    MLE = "mle"
    APPLIED_SCIENTIST = "applied-scientist"
    RESEARCH_SCIENTIST = "research-scientist"
    DATA_SCIENTIST = "data-scientist"
    AI_ENGINEER = "ai-engineer"


class Form(StrEnum):
    """The shape of a good answer; a choice has four options and no rubric."""

    EXPLAIN = "explain"
    LIST = "list"
    SNIPPET = "snippet"
    DESIGN = "design"
    STORY = "story"
    CHOICE = "choice"


class Kind(StrEnum):
    """What part a key point plays; an answer with definitions alone stops too early."""

    DEFINITION = "definition"
    MECHANISM = "mechanism"
    CONSEQUENCE = "consequence"
    PRACTICE = "practice"


class Family(StrEnum):
    """What a probe presses on."""

    WHY_THAT_CHOICE = "why-that-choice"
    WHAT_IF_IT_CHANGES = "what-if-it-changes"
    HOW_WOULD_YOU_KNOW = "how-would-you-know"
    THRESHOLD = "threshold"
    DRIFT = "drift"
    WHAT_WOULD_YOU_GIVE_UP = "what-would-you-give-up"
    WHAT_WOULD_YOU_DO_DIFFERENTLY = "what-would-you-do-differently"


class Frozen(BaseModel):
    """Strict and immutable: YAML's guesses and an author's typos are refused, not repaired."""

    # Enums arrive as plain strings from YAML, so strictness is asked of the scalars alone.
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Misconception(Frozen):
    """A wrong claim that vetoes its key point, and the sentence that puts it right."""

    cue: Annotated[str, StringConstraints(strict=True, min_length=3, max_length=400)]
    """Ordered groups, `a|b > c d*`, matched within one clause (domain/cue.py)."""
    correction: Annotated[str, _Text(240), PROSE]
    """Read after the person's own words, so it must make sense behind a quotation."""


class KeyPoint(Frozen):
    """One thing a strong answer must say, and how we notice that it was said."""

    id: Slug
    statement: Annotated[str, _Text(200), PROSE]
    """What the answer says when it covers this; shown once it does."""
    about: Annotated[str, _Text(100), PROSE]
    """Names the gap without closing it; completes "Still open: …"."""
    kind: Kind
    weight: Annotated[int, Field(strict=True, ge=1, le=3)] = 1
    cues: Annotated[tuple[Annotated[str, StringConstraints(strict=True)], ...], Field(min_length=1)]
    """Any one of them is enough: `a|b c* & d|e` (domain/cue.py)."""
    misconceptions: tuple[Misconception, ...] = ()


def _unique(ids: list[str], what: str) -> None:
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ValueError(f"{what} used twice: {', '.join(twice)}")


class Probe(Frozen):
    """A follow-up: what an interviewer asks next when an answer left `aims_at` open."""

    id: Slug
    family: Family
    aims_at: Annotated[tuple[Slug, ...], Field(min_length=1)]
    prompt: Annotated[str, _Text(600), PROSE]
    key_points: Annotated[tuple[KeyPoint, ...], Field(min_length=1, max_length=4)]
    model_reply: Annotated[str, _Text(1200), PROSE]

    @model_validator(mode="after")
    def _ids(self) -> Self:
        _unique([p.id for p in self.key_points], "key point id")
        return self


class Option(Frozen):
    """One of four options; `because` teaches whether it was right or wrong."""

    text: Annotated[str, _Text(160), PROSE]
    because: Annotated[str, _Text(300), PROSE]
    correct: Annotated[bool, Field(strict=True)] = False


class Choice(Frozen):
    """The multiple-choice form."""

    prompt: Annotated[str, _Text(600), PROSE] | None = None
    """Asked instead of the question's own prompt, where four options need a sharper one."""
    options: Annotated[tuple[Option, ...], Field(min_length=4, max_length=4)]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        if sum(o.correct for o in self.options) != 1:
            raise ValueError("exactly one option must be correct")
        _unique([o.text.casefold() for o in self.options], "option text")
        return self

    @property
    def right(self) -> int:
        """The index of the right option."""
        return next(i for i, o in enumerate(self.options) if o.correct)


class Code(Frozen):
    """Runnable Python beside the prompt: what is shown, what is right, what tells them apart."""

    language: Literal["python"] = "python"
    shown: Annotated[str, _Text(1500)]
    fixed: Annotated[str, _Text(2500)]
    check: Annotated[str, _Text(1500)]
    """Assertions run after either; they fail behind `shown` and pass behind `fixed`."""


RUBRIC: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("hint", "strong_answer", "weak_answer", "weak_because", "sources"), 1)
    | dict.fromkeys(("key_points", "probes"), 3)
)
"""What it takes to hear an answer in words, and how much of each at least."""


class Question(Frozen):
    """One question with everything needed to ask, assess, probe and explain it."""

    model_config = ConfigDict(validate_default=True)  # what a rubric lacks is a fault by its form

    id: Slug
    topic: Topic
    title: Annotated[str, _Text(45)]
    round: Round
    difficulty: Difficulty
    seniority: Seniority
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    companies: tuple[Annotated[str, _Text(30)], ...] = ()
    form: Form
    prompt: Annotated[str, _Text(900), PROSE]
    code: Code | None = None
    hint: Annotated[str, _Text(300, 0), PROSE] = ""
    key_points: Annotated[tuple[KeyPoint, ...], Field(max_length=6)] = ()
    strong_answer: Annotated[str, _Text(1600, 0), PROSE] = ""
    weak_answer: Annotated[str, _Text(600, 0), PROSE] = ""
    weak_because: Annotated[str, _Text(400, 0), PROSE] = ""
    probes: tuple[Probe, ...] = ()
    choice: Choice
    sources: tuple[Annotated[str, _Text(200), PROSE], ...] = ()

    @field_validator(*RUBRIC)
    @classmethod
    def _enough(cls, given: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - text or a tuple
        """Nothing of a rubric is left out, unless nobody answers in words."""
        least = RUBRIC[str(info.field_name)]
        if len(given) >= least or info.data.get("form") is Form.CHOICE:
            return given
        if not given:
            raise PydanticKnownError("missing")
        counts = {"field_type": "Tuple", "min_length": least, "actual_length": len(given)}
        raise PydanticKnownError("too_short", counts)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        points = [p.id for p in self.key_points]
        _unique(points, "key point id")
        _unique([p.id for p in self.probes], "probe id")
        stray = sorted({a for p in self.probes for a in p.aims_at} - set(points))
        if stray:
            raise ValueError(f"probes aim at key points that are not there: {', '.join(stray)}")
        if self.form is Form.SNIPPET and self.code is None:
            raise ValueError("a snippet question needs its code")
        spare = [name for name in RUBRIC if name != "sources" and getattr(self, name)]
        if self.form is Form.CHOICE and spare:
            raise ValueError(f"a choice has four options and no more; leave out {', '.join(spare)}")
        return self

    @property
    def in_words(self) -> bool:
        """Whether it can be answered in words; a choice has nothing to hear them with."""
        return self.form is not Form.CHOICE

    @cached_property
    def hash(self) -> str:
        """Names this exact wording and rubric, so that an old verdict stays explainable."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=8).hexdigest()

    def point(self, point_id: str) -> KeyPoint | None:
        """The key point of that id, if it is still there."""
        return next((p for p in self.key_points if p.id == point_id), None)


class TopicFile(Frozen):
    """One file of `questions/`."""

    version: Literal[1]
    topic: Topic
    questions: Annotated[tuple[dict[str, object], ...], Field(min_length=1)]
