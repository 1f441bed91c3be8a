"""What must hold for every table, also for those that come later."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields

import pytest

from bot.domain.aim import Aim
from bot.domain.attempt import Attempt, Claim
from bot.domain.drill import Drill
from bot.domain.memory import Card
from bot.domain.night import Night
from bot.domain.person import Guild, Member, Person
from bot.domain.post import Post
from bot.domain.probe import Ladder
from bot.domain.readiness import Readiness
from bot.domain.reminder import Reminder
from bot.domain.report import Report
from bot.domain.schedule import Schedule
from bot.domain.sharing import Sharing
from bot.domain.streak import Streak
from bot.domain.suggestion import Own, Suggestion
from bot.store.sql.guilds import GUILD_ONLY, SHARED
from bot.store.sql.persons import NAMED_IN, PERSONAL
from bot.store.sqlite.migrate import known, migrate
from tests.store.samples import NOON

NOT_ABOUT_ANYBODY = {"migration", "judgement", "round"}


@pytest.fixture(scope="module")
def columns() -> Iterator[dict[str, set[str]]]:
    """The columns of every table."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, known(), NOON)
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        yield {
            table: {row[1] for row in db.execute(f"PRAGMA table_info ({table})")}
            for (table,) in tables
        }


def test_every_table_about_people_is_exported_and_forgotten(columns: dict[str, set[str]]):
    assert {t for t, names in columns.items() if "user_id" in names} == set(PERSONAL)


def test_every_mention_of_a_moderator_is_forgotten(columns: dict[str, set[str]]):
    mentions = {t: c for t, names in columns.items() for c in names if c.endswith("_by")}
    assert mentions == NAMED_IN


def test_every_table_about_guilds_is_purged(columns: dict[str, set[str]]):
    of_guilds = {t for t, names in columns.items() if "guild_id" in names}
    assert of_guilds == {*GUILD_ONLY, *SHARED}
    others = {t for t, names in columns.items() if any("guild" in name for name in names)}
    assert others - of_guilds == {"person"}  # home_guild_id, which purge empties


def test_no_table_is_about_nobody(columns: dict[str, set[str]]):
    about = {t for t, names in columns.items() if names & {"user_id", "guild_id"}}
    assert set(columns) - about == NOT_ABOUT_ANYBODY


@pytest.mark.parametrize(
    "kind",
    [
        Aim,
        Attempt,
        Card,
        Claim,
        Drill,
        Guild,
        Ladder,
        Member,
        Night,
        Own,
        Person,
        Post,
        Reminder,
        Readiness,
        Report,
        Schedule,
        Sharing,
        Streak,
        Suggestion,
    ],
)
def test_every_field_of_the_domain_has_its_column(columns: dict[str, set[str]], kind: type):
    assert {f.name for f in fields(kind)} <= columns[kind.__name__.lower()]
