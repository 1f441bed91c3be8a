"""The `loopmate` command: what it prints, how it ends, and never a traceback."""

import asyncio
import base64
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.__main__ import FRESH, main
from bot.content import load_bank, schema
from bot.domain.report import Report
from bot.settings import QUESTIONS, read_settings
from bot.store.port import Tx
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.lock import FileLock
from tests.intake.sheets import sheet
from tests.store.samples import ANNA, BEN, GUILD, NOON, WEEK, a_report, an_attempt

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    def refused(self) -> str:
        """The one line with which it was refused."""
        assert self.status == 1, self
        assert self.err.startswith("loopmate: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.removeprefix("loopmate: ").strip()


class Machine:
    """A machine with nothing but this folder, and the settings that a test gives it."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._monkeypatch, self._capsys = folder, monkeypatch, capsys
        monkeypatch.chdir(folder)
        for name in list(os.environ):
            if name.upper().startswith(("LOOPMATE_", "DISCORD_")):
                monkeypatch.delenv(name)
        self.set(LOOPMATE_SECRETS=str(folder / "no-secrets"))
        self.set(LOOPMATE_DATABASE=str(self.database))

    @property
    def database(self) -> Path:
        return self.folder / "data" / "loopmate.db"

    def set(self, **settings: str) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(name, value)

    def run(self, *words: str) -> Ended:
        """The command in this process."""
        self._capsys.readouterr()
        status = main(words)
        return Ended(status, *self._capsys.readouterr())

    def start(self, *words: str) -> Ended:
        """The command in a process of its own: `run` takes over logging."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Machine:
    return Machine(tmp_path, monkeypatch, capsys)


def remember_an_answer(database: Path) -> None:
    """One stored attempt with all it moves."""

    async def work(tx: Tx) -> None:
        attempt = an_attempt(points=50)
        assert await tx.attempts.insert(attempt)
        await tx.rollups.add(attempt, WEEK)

    async def remember() -> None:
        store = SqliteStore(database, now=NOON)
        await store.open()
        await store.write(work)
        await store.close()

    asyncio.run(remember())


def points(database: Path) -> list[tuple[int, int, int]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute("SELECT user_id, guild_id, points FROM member").fetchall()


def test_a_sound_bank_is_counted(machine: Machine) -> None:
    count = sum(path.read_text("utf-8").count("\n  - id: ") for path in QUESTIONS.rglob("*.yaml"))
    assert machine.run("bank", "check") == Ended(0, f"{count} questions, no faults.\n", "")


def test_a_broken_bank_is_told_fault_by_fault(machine: Machine) -> None:
    bank = machine.folder / "bank"
    bank.mkdir()
    (bank / "data.yaml").write_text("version: 1\ntopic: data\nquestions: [{}]\nby: me\n")
    (bank / "llm.yaml").write_text("version: 1\ntopic: [llm\n")
    machine.set(LOOPMATE_QUESTIONS=str(bank))
    checked = machine.run("bank", "check")
    assert [line.split(" ")[0] for line in checked.out.splitlines()] == [
        "data.yaml:4:",
        "llm.yaml:3:",
    ]
    assert checked.refused() == "The bank has 2 faults."


def test_the_schema_is_printed_as_it_is_kept(machine: Machine) -> None:
    assert machine.run("bank", "schema") == Ended(0, schema(), "")


def report(database: Path, *reports: Report) -> None:
    async def work(tx: Tx) -> None:
        for one in reports:
            await tx.reports.save(one)

    async def remember() -> None:
        store = SqliteStore(database, now=NOON)
        await store.open()
        await store.write(work)
        await store.close()

    asyncio.run(remember())


def test_reports_on_the_bank_are_read_while_the_bot_runs(machine: Machine) -> None:
    question = next(iter(load_bank(QUESTIONS)))
    told = {"question_id": question.id, "question_hash": question.hash}
    report(
        machine.database,
        a_report(ANNA, **told, text="Which\n\x1b[31mrate?"),
        a_report(BEN, **told | {"question_hash": "old"}, text=""),
        a_report(ANNA, "long-gone"),
        a_report(ANNA, "own-1", guild_id=GUILD),
    )
    lock = FileLock(machine.database)
    read = machine.run("bank", "reports")
    lock.release()
    assert read == Ended(
        0,
        f"{question.id}: {question.title}\n"
        "  2026-03-02 unclear: Which [31mrate?\n"
        "  2026-03-02 unclear, reworded since\n"
        "long-gone: not in the bank any more\n"
        "  2026-03-02 unclear: Which “rate”?\n",
        "",
    )
    assert str(ANNA) not in read.out


def test_without_reports_that_is_said(machine: Machine) -> None:
    report(machine.database)
    assert machine.run("bank", "reports") == Ended(0, "Nothing is reported.\n", "")


def test_reports_need_a_database_of_ours(machine: Machine) -> None:
    assert "There is no database" in machine.run("bank", "reports").refused()
    machine.database.parent.mkdir()
    machine.database.write_text("Dear diary, " * 100)
    assert "cannot be read" in machine.run("bank", "reports").refused()


def test_a_sheet_is_imported_or_refused(machine: Machine) -> None:
    bank = machine.folder / "bank"
    machine.set(LOOPMATE_QUESTIONS=str(bank))
    (machine.folder / "a.csv").write_text(sheet({}, {"title": "B", "topic": "x"}))
    refused = machine.run("bank", "import", "a.csv")
    assert refused.out.startswith("a.csv:3: b: topic should be")
    assert "1 fault, so nothing was written" in refused.refused()
    imported = machine.run("bank", "import", "--skip-refused", "a.csv")
    assert (imported.status, imported.err) == (0, "")
    assert machine.run("bank", "check").out == "1 questions, no faults.\n"


def test_without_a_beat_no_bot_is_running(machine: Machine) -> None:
    assert machine.run("health").refused() == "No bot is running on this database."


@pytest.mark.parametrize(("seconds", "alive"), [(0, True), (FRESH - 20, True), (FRESH + 20, False)])
def test_a_bot_is_alive_while_its_beat_is_fresh(
    machine: Machine, seconds: int, alive: bool
) -> None:
    beat = read_settings().heartbeat
    beat.parent.mkdir()
    beat.touch()
    touched = beat.stat().st_mtime - seconds
    os.utime(beat, (touched, touched))
    health = machine.run("health")
    if alive:
        assert health == Ended(0, "Running.\n", "")
    else:
        assert health.refused().startswith("The bot has not moved for 14")


def test_a_backup_is_a_database_with_everything_in_it(machine: Machine) -> None:
    remember_an_answer(machine.database)
    copy = machine.folder / "copy.db"
    assert machine.run("backup", str(copy)) == Ended(0, f"Saved to {copy}.\n", "")
    assert points(copy) == [(ANNA, GUILD, 50)]


def test_a_backup_overwrites_nothing(machine: Machine) -> None:
    remember_an_answer(machine.database)
    copy = machine.folder / "copy.db"
    copy.write_text("the only photo of grandmother")
    refused = machine.run("backup", str(copy)).refused()
    assert refused == f"{copy} is there already; name another file."
    assert copy.read_text() == "the only photo of grandmother"


def test_without_a_database_there_is_nothing_to_back_up(machine: Machine) -> None:
    copy = machine.folder / "copy.db"
    refused = machine.run("backup", str(copy)).refused()
    assert refused == f"There is no database at {machine.database}."
    assert not copy.exists()


def test_a_rebuild_sets_wrong_sums_right(machine: Machine) -> None:
    remember_an_answer(machine.database)
    with closing(sqlite3.connect(machine.database)) as db:
        db.execute("UPDATE member SET points = 999")
        db.commit()
    rebuilt = machine.run("rebuild")
    assert rebuilt == Ended(0, "All sums are recreated from the answers.\n", "")
    assert points(machine.database) == [(ANNA, GUILD, 50)]


def test_a_database_is_brought_up_to_date_once(machine: Machine) -> None:
    first = machine.run("migrate")
    assert (first.status, first.err) == (0, "")
    assert first.out.startswith("Applied posts, answers, ")
    assert machine.run("migrate") == Ended(0, "The database is up to date.\n", "")
    assert points(machine.database) == []


@pytest.mark.parametrize("command", ["migrate", "rebuild"])
def test_one_bot_at_a_time_works_on_a_database(machine: Machine, command: str) -> None:
    lock = FileLock(machine.database)
    assert "Another Loopmate is running" in machine.run(command).refused()
    lock.release()
    assert machine.run(command).status == 0


@pytest.mark.parametrize("command", ["migrate", "rebuild"])
def test_a_database_that_is_none_is_refused(machine: Machine, command: str) -> None:
    machine.database.parent.mkdir()
    machine.database.write_text("Dear diary, " * 100)
    assert "is not a database" in machine.run(command).refused()


@pytest.mark.parametrize("command", ["migrate", "rebuild"])
def test_a_folder_that_cannot_be_made_is_refused(machine: Machine, command: str) -> None:
    machine.database.parent.write_text("a file where the folder should be")
    assert str(machine.database) in machine.run(command).refused()


def token_of(head: str) -> str:
    return base64.b64encode(head.encode()).decode().rstrip("=") + ".GhiJkl.secret-part"


@pytest.mark.parametrize("client_id", ["123456789012345678", "1234567890123456789"])
def test_the_invite_link_asks_for_what_is_needed_and_no_more(
    machine: Machine, client_id: str
) -> None:
    machine.set(DISCORD_TOKEN=token_of(client_id))
    invited = machine.run("invite")
    assert (invited.status, invited.err) == (0, "")
    assert "secret-part" not in invited.out
    link = urlsplit(invited.out.strip())
    assert (link.scheme, link.netloc, link.path) == ("https", "discord.com", "/oauth2/authorize")
    asked = {name: value for name, (value,) in parse_qs(link.query).items()}
    permissions = discord.Permissions(int(asked.pop("permissions")))
    assert asked == {"client_id": client_id, "scope": "bot applications.commands"}
    assert {name for name, granted in permissions if granted} == {
        "read_messages",  # View Channel
        "send_messages",
        "read_message_history",
        "create_public_threads",
        "send_messages_in_threads",
        "attach_files",
        "pin_messages",
        "mention_everyone",
        "create_events",
    }


def test_without_a_token_there_is_no_link(machine: Machine) -> None:
    assert machine.run("invite").refused().startswith("DISCORD_TOKEN is not set")


@pytest.mark.parametrize("nonsense", ["hunter2", "пароль", "%%%", ".", token_of("not a number")])
def test_a_token_that_is_none_makes_no_link(machine: Machine, nonsense: str) -> None:
    machine.set(DISCORD_TOKEN=nonsense)
    assert machine.run("invite").refused() == "DISCORD_TOKEN does not look like a bot's token."


@pytest.mark.parametrize("token", [{}, {"DISCORD_TOKEN": ""}])
def test_without_a_token_the_bot_does_not_start(machine: Machine, token: dict[str, str]) -> None:
    machine.set(**token)
    refused = machine.start("run").refused()
    assert refused == "DISCORD_TOKEN is not set; README.md tells how to get one."
    assert not machine.database.exists()


def test_with_a_broken_bank_the_bot_does_not_start(machine: Machine) -> None:
    empty = machine.folder / "bank"
    empty.mkdir()
    machine.set(DISCORD_TOKEN=token_of("123"), LOOPMATE_QUESTIONS=str(empty))
    started = machine.start("run")
    assert started.status == 1
    assert started.err.splitlines() == [f"loopmate: {empty}:1: there are no questions here"]


@pytest.mark.parametrize(
    "command", [["health"], ["backup", "copy.db"], ["rebuild"], ["migrate"], ["invite"]]
)
def test_a_bad_setting_is_one_sentence(machine: Machine, command: list[str]) -> None:
    machine.set(LOOPMATE_LOG_LEVEL="LOUD")
    refused = machine.run(*command).refused()
    assert refused.startswith("LOOPMATE_LOG_LEVEL cannot be used: ")
    assert "(DEBUG|INFO|WARNING|ERROR)" in refused


def test_run_says_so_as_well(machine: Machine) -> None:
    machine.set(LOOPMATE_LEASE_SECONDS="soon", DISCORD_TOKEN=token_of("123"))
    refused = machine.start("run").refused()
    assert refused.startswith("LOOPMATE_LEASE_SECONDS cannot be used: ")


@pytest.mark.parametrize("words", [[], ["dance"], ["bank"], ["backup"]])
def test_what_is_no_command_is_answered_with_the_usage(
    machine: Machine, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        machine.run(*words)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: loopmate")
