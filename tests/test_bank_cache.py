"""The copy of a good bank: the same questions, and never believed when it is not true."""

import shutil
from pathlib import Path

import pytest

from bot import bank_cache, content
from bot.bank_cache import cached_bank
from bot.content import BrokenBank, load_bank
from bot.settings import QUESTIONS
from tests.conftest import BANK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BANK, tmp_path / "questions"))


def no_reading(_: Path) -> None:
    raise AssertionError("the questions were read again")


def test_the_copy_is_the_bank(tmp_path: Path) -> None:
    cache = tmp_path / "bank"
    assert cached_bank(QUESTIONS, cache).by_id == load_bank(QUESTIONS).by_id
    assert cached_bank(QUESTIONS, cache).by_id == load_bank(QUESTIONS).by_id


def test_a_second_start_reads_only_the_copy(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cached_bank(folder, tmp_path / "bank")
    monkeypatch.setattr(content, "load_bank", no_reading)
    second = cached_bank(folder, tmp_path / "bank")
    assert [q.hash for q in second] == [q.hash for q in first]


def test_a_bank_that_broke_since_is_refused(folder: Path, tmp_path: Path) -> None:
    cached_bank(folder, tmp_path / "bank")
    file = folder / "evaluation.yaml"
    file.write_text(file.read_text("utf-8").replace("threshold|", "threshold||", 1), "utf-8")
    with pytest.raises(BrokenBank):
        cached_bank(folder, tmp_path / "bank")


def test_other_rules_judge_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_bank(folder, tmp_path / "bank")
    monkeypatch.setattr(bank_cache.domain, "__path__", [])
    monkeypatch.setattr(content, "load_bank", no_reading)
    with pytest.raises(AssertionError):
        cached_bank(folder, tmp_path / "bank")


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"{}\n[]"])
def test_a_damaged_copy_is_made_again(folder: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "bank"
    cached_bank(folder, cache)
    good = cache.read_bytes()
    cache.write_bytes(good.split(b"\n")[0] + b"\n" + damage)
    assert len(cached_bank(folder, cache)) == 3
    assert cache.read_bytes() == good


def test_without_a_place_for_the_copy_it_goes_on(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert len(cached_bank(folder, tmp_path / "file" / "bank")) == 3
