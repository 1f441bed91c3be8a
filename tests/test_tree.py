"""What holds for the whole tree, whichever part you work on."""

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.content import schema

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(chain(ROOT.glob("bot/**/*.py"), ROOT.glob("cogs/**/*.py")))
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

WALL_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "discord.utils.utcnow",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def ours() -> Iterator[Path]:
    """Every file that belongs to the project: all but what .gitignore names."""
    ignored = [".git", *(ROOT / ".gitignore").read_text("utf-8").split()]

    def walk(folder: Path) -> Iterator[Path]:
        for path in folder.iterdir():
            here = (path.name, f"/{path.relative_to(ROOT).as_posix()}")
            if any(fnmatch(name, pattern.rstrip("/")) for pattern in ignored for name in here):
                continue
            yield from walk(path) if path.is_dir() else [path]

    yield from walk(ROOT)


def names_used(tree: ast.Module) -> Iterator[str]:
    """Every dotted name that a module imports or uses, spelled out from its import."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
                known[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            dotted = ast.unparse(node)
            first, _, rest = dotted.partition(".")
            if first in known:
                yield f"{known[first]}.{rest}"


def modules_that_use(*prefixes: str) -> set[str]:
    """The modules of bot/ and cogs/ that use a name or anything below it."""
    return {
        name_of(path)
        for path in CODE
        for used in names_used(ast.parse(path.read_text("utf-8")))
        if any(used == prefix or used.startswith(prefix + ".") for prefix in prefixes)
    }


def test_no_question_is_ignored():
    """A pattern for the database's folder once swallowed the questions on data."""
    files = {path for path in ROOT.glob("questions/**/*") if path.is_file()}
    assert files <= set(ours())


def test_imports_run_one_way():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_bot_init_is_empty():
    assert (ROOT / "bot/__init__.py").read_bytes() == b""


def test_no_file_is_longer_than_three_hundred_lines():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_one_module_reads_the_wall_clock():
    assert modules_that_use(*WALL_CLOCKS) == {"bot/clock.py"}


def test_sql_reads_no_clock():
    clocks = re.compile(
        r"\b(current_timestamp|current_date|current_time)\b|'now'|now\(\)", re.IGNORECASE
    )
    texts = [*ROOT.glob("bot/store/**/*.sql"), *ROOT.glob("bot/store/**/*.py")]
    assert [name_of(path) for path in texts if clocks.search(path.read_text("utf-8"))] == []


def test_one_module_knows_the_scheduler():
    assert modules_that_use("apscheduler") == {"bot/scheduling.py"}


def test_every_cog_is_loaded():
    client = importlib.import_module("bot.client")
    cogs = {f"cogs.{path.stem}" for path in ROOT.glob("cogs/[!_]*.py")}
    assert set(client.EXTENSIONS) == cogs


def test_the_schema_is_fresh():
    """When it is not: `.venv/bin/loopmate bank schema > questions/schema.json`."""
    written = (ROOT / "questions/schema.json").read_text("utf-8")
    assert written == schema()
    assert json.loads(written)


def test_no_file_names_a_machine():
    """Whoever clones this has other folders and another package index."""
    # In pieces: it must not find itself.
    tops = b"|".join((b"work", b"root", rb"home[/]\w+", rb"Users[/]\w+"))
    folders = re.compile(rb"(?<![\w.~/-])/(?:" + tops + rb")/")
    names = rb"py(?:pi|thonhosted)|np(?:mjs)|arti(?:fact)"
    indexes = re.compile(rb"https?://[\w.-]*(?:" + names + rb")[\w.-]*", re.IGNORECASE)
    found = {
        name_of(path): match[0]
        for path in ours()
        for match in [folders.search(path.read_bytes()) or indexes.search(path.read_bytes())]
        if match
    }
    assert found == {}


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_locks_name_hashes_and_no_address(lock: Path):
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "index" not in re.sub(r"#.*", "", text)
    entries = re.split(r"\n(?=[a-z])", text)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def pins(lock: str) -> dict[str, str]:
    """The version of every package in a lock."""
    return dict(
        re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    )


def group(name: str) -> list[str]:
    """The requirements of a dependency group and of those that it includes."""
    entries = PROJECT["dependency-groups"][name]
    included = [group(entry["include-group"]) for entry in entries if isinstance(entry, dict)]
    return [*chain(*included), *(entry for entry in entries if isinstance(entry, str))]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-build.lock", group("build")),
        (
            "requirements-dev.lock",
            [
                *PROJECT["project"]["dependencies"],
                *PROJECT["project"]["optional-dependencies"]["play"],
                *PROJECT["project"]["optional-dependencies"]["ai"],
                *group("dev"),
            ],
        ),
    ],
)
def test_locks_are_fresh(lock: str, wanted: list[str]):
    """When they are not: `make lock`."""
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name), "absent")
        assert version != "absent", f"{lock} lacks {requirement}"
        assert requirement.specifier.contains(version), f"{lock}: {version} is not {requirement}"


def test_locks_agree():
    development = pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-build.lock"):
        assert pins(lock).items() <= development.items()
