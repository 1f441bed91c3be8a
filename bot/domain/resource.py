"""What to read and watch: the curated list in `bot/resources.yaml`, and how it is searched."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints
from rapidfuzz import fuzz, process

from bot.domain.question import Frozen, Slug, Topic

CLOSE = 72
"""How alike, of 100, words must be to be meant."""

Line = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]


class Medium(StrEnum):
    """What sort of thing it is."""

    COURSE = "course"
    DOCUMENTATION = "documentation"
    PAPER = "paper"
    BOOK = "book"
    PRACTICE = "practice"


def _well_formed(link: str) -> str:
    """Judged by its form alone; nothing is fetched."""
    parts = urlsplit(link)
    host = parts.hostname or ""
    if parts.scheme != "https" or "." not in host.strip(".") or link != link.strip():
        raise ValueError("a link starts with https:// and names a site")
    if parts.username or parts.port or parts.query or any(c.isspace() or c in "<>()" for c in link):
        raise ValueError("a link has no user, port, query, space or bracket")
    return link


class Resource(Frozen):
    """One course, page, paper, book or site."""

    id: Slug
    title: Annotated[Line, StringConstraints(max_length=80)]
    by: Annotated[Line, StringConstraints(max_length=60)]
    medium: Medium
    link: Annotated[str, AfterValidator(_well_formed)]
    topics: tuple[Topic, ...]
    about: Annotated[Line, StringConstraints(max_length=200)]
    """What it is good for, in our words."""
    words: tuple[Line, ...] = ()
    """What else somebody may look for it by."""


class Library:
    """All resources, in the order of the file; read when the first of them is asked for."""

    def __init__(self, read: Callable[[], Iterable[Resource]]) -> None:
        self._read = read

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource."""
        return tuple(self._read())

    def on(self, topic: str, most: int) -> list[Resource]:
        """Resources on a topic; those that are about little else come first."""
        fitting = [r for r in self.resources if topic in r.topics]
        return sorted(fitting, key=lambda r: (r.topics[0] != topic, len(r.topics)))[:most]

    def search(self, typed: str, most: int) -> list[Resource]:
        """What was meant, the best first; typing errors are forgiven."""
        wanted = typed.strip().casefold()
        if not wanted:
            return []
        if topic := next(
            (t for t in Topic if wanted in {t.value, t.value.replace("-", " ")}), None
        ):
            return self.on(topic, most)
        scored = [(max(_alike(wanted, word) for word in _words(r)), r) for r in self.resources]
        ranked = sorted(scored, key=lambda found: -found[0])
        return [resource for score, resource in ranked if score >= CLOSE][:most]

    def nearest_topic(self, typed: str) -> Topic | None:
        """The topic that looks most like what was typed, if any does at all."""
        found = process.extractOne(
            typed.casefold(), list(Topic), scorer=fuzz.WRatio, score_cutoff=CLOSE - 20
        )
        return found[0] if found else None


def _words(resource: Resource) -> list[str]:
    topics = [topic.replace("-", " ") for topic in resource.topics]
    return [w.casefold() for w in (resource.title, resource.by, *topics, *resource.words)]


def _alike(wanted: str, words: str) -> float:
    """How well something typed fits a name or a phrase, of 100."""
    if len(wanted) < 4:  # "ab" is part of half the language
        return 100.0 if wanted in words.split() else 0.0
    whole = (100.0 if wanted in words else 0.0, fuzz.token_sort_ratio(wanted, words))
    return max(*whole, *(fuzz.ratio(wanted, word) for word in words.split()))
