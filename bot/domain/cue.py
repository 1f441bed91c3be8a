"""Cues: what an author says people say, and where a text says it.

    cue            = group ("&" group)*        every group, in any order, in one window
    misconception  = group (">" group)*        every group, in this order, in one clause
    group          = ["!"] alternative ("|" alternative)*     `!`: none of these in the window
    alternative    = word+                     up to two other words between two of them
    word           = letters or digits, compared by stem; `prefi*` compares the beginning;
                     `#` is any number, in digits or as a word (text.is_number)

A window is one sentence or two adjacent ones; matching is in hearing.py.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.domain.text import stem, words

_SPECIAL: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*(?![^\W_])|(?<!\S)#(?![^\s%])")
SHORTEST_PREFIX: Final = 2
ANY_NUMBER: Final = "#"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an alternative: a stem, or the beginning of a word where `prefix` is set."""

    text: str
    prefix: bool = False
    written: str = field(default="", compare=False)
    """As the author wrote it, folded; a typo in an ending is seen only there."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word or a short phrase."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Ways to say one thing; an excluded group must not be said at all."""

    alternatives: tuple[Alternative, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A parsed cue; `ordered` makes it a misconception's."""

    source: str
    groups: tuple[Group, ...]
    ordered: bool = False

    @property
    def wanted(self) -> tuple[Group, ...]:
        """The groups that must be said."""
        return tuple(g for g in self.groups if not g.excluded)

    @property
    def unwanted(self) -> tuple[Group, ...]:
        """The groups that must not be said."""
        return tuple(g for g in self.groups if g.excluded)


def _fault(position: int, sentence: str) -> ValueError:
    return ValueError(f"at character {position + 1}: {sentence}")


def parse_cue(source: str) -> Cue:
    """Read `a|b c* & d & !e`; ValueError says where and why it cannot be read."""
    return _parse(source, "&")


def parse_misconception(source: str) -> Cue:
    """Read `a|b > c d* & …` with `>` between its groups; ValueError as in `parse_cue`."""
    return _parse(source, ">")


@lru_cache(maxsize=8192)
def _parse(source: str, joint: str) -> Cue:
    other = "&" if joint == ">" else ">"
    if other in source:
        where = "a misconception joins" if joint == ">" else "a cue joins"
        raise _fault(source.index(other), f"{where} its groups with “{joint}”, not “{other}”.")
    groups: list[Group] = []
    position = 0
    for part in source.split(joint):
        groups.append(_group(part, position))
        position += len(part) + 1
    if all(g.excluded for g in groups):
        raise _fault(0, "at least one group must say what to look for, without “!”.")
    return Cue(source, tuple(groups), ordered=joint == ">")


def _group(part: str, position: int) -> Group:
    """One group; `position` is where it starts in the source."""
    body = part.lstrip()
    position += len(part) - len(body)
    if not body:
        raise _fault(position, "a group is empty.")
    excluded = body.startswith("!")
    if excluded:
        body, position = body[1:], position + 1
    if "!" in body:
        raise _fault(
            position + body.index("!"), "“!” stands only in front of a whole group, not inside it."
        )
    alternatives: list[Alternative] = []
    for option in body.split("|"):
        alternatives.append(_alternative(option, position))
        position += len(option) + 1
    return Group(tuple(alternatives), excluded)


def _alternative(option: str, position: int) -> Alternative:
    """One alternative; hyphens and slashes separate words as they do in answers."""
    found: list[Word] = []
    end = 0
    for special in _SPECIAL.finditer(option):
        found += _plain(option[end : special.start()], position + end)
        if special[0] == ANY_NUMBER:
            found.append(Word(ANY_NUMBER))
        else:
            found += _prefixed(special[0][:-1], position + special.start())
        end = special.end()
    found += _plain(option[end:], position + end)
    if not found:
        raise _fault(position, "an alternative is empty.")
    return Alternative(tuple(found))


def _plain(text: str, position: int = 0) -> list[Word]:
    if "*" in text:
        raise _fault(position + text.index("*"), "“*” must end a word.")
    if ANY_NUMBER in text:
        where = position + text.index(ANY_NUMBER)
        raise _fault(where, "“#” is any number and stands alone, between spaces.")
    return [_word(w) for w in words(text)]


@lru_cache(maxsize=20_000)
def _word(written: str) -> Word:
    """One object for a word, however many cues use it."""
    return Word(stem(written), written=written)


def _prefixed(letters: str, position: int) -> list[Word]:
    folded = list(words(letters))
    if len("".join(folded)) < SHORTEST_PREFIX:
        raise _fault(position, f"a prefix needs at least {SHORTEST_PREFIX} letters.")
    return [*_plain(" ".join(folded[:-1])), Word(folded[-1], prefix=True)]
