"""A start that cannot succeed: one sentence for the operator, and an exit status to act on."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import load_bank
from tests.wire.conftest import Place
from tests.wire.loopback import Loopback
from tests.wire.process import BANK, Ended, loopmate

TOKEN = {"DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.nobody.here"}
# Nothing here may ever reach the real one.
NOWHERE = {"LOOPMATE_DISCORD_API": "http://127.0.0.1:1/api/v10"}


def sentence(ended: Ended) -> str:
    """What the operator is told; nothing else may look like an accident."""
    assert ended.status == 1, ended
    assert "Traceback" not in ended.err
    assert ended.out == ""
    told = [line for line in ended.err.splitlines() if line.startswith("loopmate: ")]
    assert len(told) == 1, ended.err
    assert ended.err.splitlines()[-1] == told[0], ended.err
    return told[0].removeprefix("loopmate: ")


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({}, "DISCORD_TOKEN is not set"),
        (TOKEN | {"LOOPMATE_LOG_LEVEL": "LOUD"}, "LOOPMATE_LOG_LEVEL cannot be used"),
        (TOKEN | {"LOOPMATE_LOG_FORMAT": "xml"}, "LOOPMATE_LOG_FORMAT cannot be used"),
        (TOKEN | {"LOOPMATE_LEASE_SECONDS": "soon"}, "LOOPMATE_LEASE_SECONDS cannot be used"),
        (TOKEN | {"LOOPMATE_DISCORD_API": "ftp://x"}, "LOOPMATE_DISCORD_API cannot be used"),
        (TOKEN, "Discord cannot be reached"),
    ],
)
async def test_a_bad_setting_is_named(tmp_path: Path, env: dict[str, str], says: str) -> None:
    assert says in sentence(await loopmate("run", folder=tmp_path, env=NOWHERE | env))


async def test_a_token_that_discord_refuses(tmp_path: Path, loopback: Loopback) -> None:
    ended = await loopmate("run", folder=tmp_path, env=loopback.env | TOKEN)
    assert sentence(ended) == "Discord refuses this token; check DISCORD_TOKEN."
    assert TOKEN["DISCORD_TOKEN"] not in ended.err


async def test_a_second_bot_on_the_same_database(place: Place) -> None:
    ended = await loopmate("run", folder=place.process.folder, env=place.process.env)
    assert "Another Loopmate is running with" in sentence(ended)
    assert (await place.slash("ann", "today")).text, "the first one is not disturbed"


def newer(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("INSERT INTO migration VALUES (9999, 'later', 'x', 0)")
    db.close()


def text(file: Path) -> None:
    file.write_text("Dear diary, " * 500)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[200:] = b"\xff" * (len(content) - 200)
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (newer, "newer Loopmate"),
        (text, "is not a database"),
        (folder, "cannot be used"),
        (damaged, "damaged"),
    ],
)
async def test_a_database_that_cannot_be_used(
    tmp_path: Path, loopback: Loopback, spoil: Callable[[Path], None], says: str
) -> None:
    assert (await loopmate("migrate", folder=tmp_path)).status == 0
    spoil(tmp_path / "loopmate.db")
    ended = await loopmate("run", folder=tmp_path, env=loopback.env)
    assert says in sentence(ended)
    assert "loopmate.db" in sentence(ended) or spoil is newer


@pytest.mark.parametrize(
    ("bank", "says"),
    [
        ("version: 1\ntopic: evaluation\nquestions:\n  - id: x\n", "evaluation.yaml:4: x:"),
        ("version: [1\n", "is not readable YAML"),
        (None, "there are no questions here"),
    ],
)
async def test_a_bank_with_faults(tmp_path: Path, bank: str | None, says: str) -> None:
    if bank is not None:
        (tmp_path / "evaluation.yaml").write_text(bank)
    env = TOKEN | NOWHERE | {"LOOPMATE_QUESTIONS": str(tmp_path)}
    ended = await loopmate("run", folder=tmp_path, env=env)
    assert ended.status == 1
    assert "Traceback" not in ended.err
    assert says in ended.err


async def test_the_link_that_adds_the_bot(tmp_path: Path) -> None:
    ended = await loopmate("invite", folder=tmp_path, env=TOKEN)
    assert ended.status == 0
    assert "client_id=123456789012345678" in ended.out
    assert "scope=bot" in ended.out
    assert "DISCORD_TOKEN is not set" in sentence(await loopmate("invite", folder=tmp_path))
    wrong = await loopmate("invite", folder=tmp_path, env={"DISCORD_TOKEN": "nonsense"})
    assert "does not look like" in sentence(wrong)


def test_the_tests_bank_is_whole() -> None:
    assert len(load_bank(BANK)) == 3
