"""The interview loop: which rounds each role meets, and how much of them (shared coverage notes).

MLE leans to coding and system design; the applied scientist splits; the research scientist leans
to theory and derivations; the data scientist to framing, metrics and statistics; the AI engineer
to language models, retrieval and what it takes to run them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.domain.question import Role, Round, Seniority, Topic

_ROUNDS: Final[Mapping[Role, Mapping[Round, int]]] = MappingProxyType({
    role: MappingProxyType(dict(zip(Round, shares, strict=True)))
    for role, shares in {
        Role.MLE: (25, 25, 25, 15, 10),
        Role.APPLIED_SCIENTIST: (35, 20, 20, 15, 10),
        Role.RESEARCH_SCIENTIST: (50, 15, 10, 10, 15),
        Role.DATA_SCIENTIST: (40, 20, 10, 15, 15),
        Role.AI_ENGINEER: (35, 15, 25, 15, 10),
    }.items()
})  # fmt: skip
"""Percent of a loop: theory, coding, system design, behavioral, project."""

_SENIORITY: Final[Mapping[Seniority, Mapping[Round, float]]] = MappingProxyType({
    Seniority.JUNIOR: {Round.CODING: 1.2, Round.SYSTEM_DESIGN: 0.7},
    Seniority.MID: {},
    Seniority.SENIOR: {Round.SYSTEM_DESIGN: 1.3, Round.BEHAVIORAL: 1.2, Round.CODING: 0.8},
})  # fmt: skip
"""A senior is asked more about systems and people, a junior more about code."""

THEORY: Final = tuple(
    t for t in Topic if t not in {Topic.SYSTEM_DESIGN, Topic.CODING, Topic.BEHAVIORAL}
)
_TOPICS: Final[Mapping[Role, Mapping[Topic, int]]] = MappingProxyType({
    role: MappingProxyType(dict(zip(THEORY, shares, strict=True)))
    for role, shares in {
        Role.MLE: (2, 3, 3, 2, 1, 2, 1, 1, 1, 3),
        Role.APPLIED_SCIENTIST: (2, 3, 2, 2, 1, 2, 1, 2, 1, 1),
        Role.RESEARCH_SCIENTIST: (3, 2, 1, 1, 1, 3, 2, 2, 4, 1),
        Role.DATA_SCIENTIST: (2, 4, 3, 2, 2, 1, 1, 4, 1, 1),
        Role.AI_ENGINEER: (1, 3, 1, 1, 1, 2, 5, 1, 1, 3),
    }.items()
})  # fmt: skip
"""Parts of the theory: foundations, evaluation, data, trees, unsupervised, deep learning, LLM,
statistics, derivations, production."""


def rounds_of(role: Role, seniority: Seniority) -> dict[Round, float]:
    """The share of each round in the loop; they add up to 1."""
    leaning = _SENIORITY[seniority]
    parts = {r: share * leaning.get(r, 1.0) for r, share in _ROUNDS[role].items()}
    whole = sum(parts.values())
    return {r: part / whole for r, part in parts.items()}


def theory_of(role: Role) -> dict[Topic, float]:
    """The share of each topic in the theory; they add up to 1."""
    parts = _TOPICS[role]
    whole = sum(parts.values())
    return {topic: part / whole for topic, part in parts.items()}
