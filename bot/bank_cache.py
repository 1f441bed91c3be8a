"""The bank as it was found good: read in milliseconds where a check of every cue takes seconds.

The copy is believed only while the questions and the rules that judge them are, byte for byte,
those it was made from. It is a cache: without it, or with a damaged one, the questions are read
and checked anew.
"""

import logging
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter

from bot import domain
from bot.domain.bank import Bank
from bot.domain.question import Question

log = logging.getLogger(__name__)

_QUESTIONS = TypeAdapter(tuple[Question, ...])


def cached_bank(folder: Path, cache: Path) -> Bank:
    """The bank of a folder, from `cache` if that is still true of it.

    A bank that was found good need not be read before somebody asks for a question.

    Raises:
        BrokenBank: any file has any fault; all of them are listed.
    """
    key = _key(folder)
    with suppress(OSError):
        kept, _, questions = cache.read_bytes().partition(b"\n")
        if kept == key + _sum(questions):
            return Bank(lambda: _QUESTIONS.validate_json(questions))
    from bot.content import load_bank  # noqa: PLC0415 - YAML and the checks, for the first start

    bank = load_bank(folder)
    questions = _QUESTIONS.dump_json(tuple(bank))
    _keep(cache, key + _sum(questions) + b"\n" + questions)
    return bank


def _sum(questions: bytes) -> bytes:
    """Tells a whole copy from a damaged one."""
    return blake2b(questions, digest_size=16).hexdigest().encode()


def _key(folder: Path) -> bytes:
    """Names the questions and the rules that found them good."""
    rules = (Path(place).glob("*.py") for place in domain.__path__)
    found = blake2b(digest_size=16)
    for path in sorted(chain(folder.rglob("*.yaml"), *rules)):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest().encode()


def _keep(cache: Path, content: bytes) -> None:
    part = cache.with_name(cache.name + ".part")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(cache)
    except OSError as trouble:
        log.info("the bank is checked anew at every start: %s", trouble)
