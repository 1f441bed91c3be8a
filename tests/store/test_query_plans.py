"""No read of the port walks a whole table in SQLite: each finds its rows through an index."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.board import STREAK
from bot.domain.drill import Kind as DrillKind
from bot.domain.game import Kind
from bot.domain.rating import Rating
from bot.store.sql.tx import SqlTx
from bot.store.sqlite.migrate import known, migrate
from bot.store.sqlite.units import DirectSql
from tests.store.samples import ANNA, BEN, GUILD, MONDAY, NOON, OTHER, a_post

READS: list[Callable[[SqlTx], Awaitable[Any]]] = [
    lambda tx: tx.guilds.get(GUILD),
    lambda tx: tx.guilds.left_before(NOON),
    lambda tx: tx.schedules.get(GUILD),
    lambda tx: tx.schedules.due(NOON, 9),
    lambda tx: tx.schedules.next_run_at(),
    lambda tx: tx.posts.get("x"),
    lambda tx: tx.posts.unfinished(9),
    lambda tx: tx.posts.current(GUILD),
    lambda tx: tx.posts.latest(GUILD),
    lambda tx: tx.posts.before(a_post()),
    lambda tx: tx.posts.asked(GUILD),
    lambda tx: tx.posts.due_between([GUILD, OTHER], NOON, NOON + timedelta(days=1)),
    lambda tx: tx.attempts.get(1),
    lambda tx: tx.attempts.scored("x", ANNA),
    lambda tx: tx.attempts.latest(ANNA, 9),
    lambda tx: tx.attempts.confidences(ANNA, 9),
    lambda tx: tx.preparations.touched(ANNA, NOON, NOON),
    lambda tx: tx.preparations.plan(ANNA),
    lambda tx: tx.preparations.check(1),
    lambda tx: tx.preparations.checks(ANNA, 9),
    lambda tx: tx.preparations.lasts(ANNA),
    lambda tx: tx.rollups.member(GUILD, ANNA),
    lambda tx: tx.rollups.guilds_of(ANNA),
    lambda tx: tx.rollups.longest_streaks(GUILD, 9),
    lambda tx: tx.streaks.get(ANNA),
    lambda tx: tx.streaks.ledger(ANNA),
    lambda tx: tx.streaks.ledger(ANNA, 9),
    lambda tx: tx.persons.get(ANNA),
    lambda tx: tx.persons.export(ANNA),
    lambda tx: tx.persons.forget(ANNA),
    lambda tx: tx.claims.get(1, "x"),
    lambda tx: tx.claims.of_attempt(1),
    lambda tx: tx.claims.open_in(GUILD, 9),
    lambda tx: tx.ladders.get(1),
    lambda tx: tx.ladders.on_attempt(1),
    lambda tx: tx.games.get(1),
    lambda tx: tx.games.due(NOON, 9),
    lambda tx: tx.games.next_due_at(),
    lambda tx: tx.games.running(),
    lambda tx: tx.games.latest(ANNA, GUILD, Kind.DUEL, 9),
    lambda tx: tx.games.rated_between(GUILD, ANNA, BEN, NOON),
    lambda tx: tx.games.players(1),
    lambda tx: tx.games.player(1, ANNA),
    lambda tx: tx.games.rounds(1),
    lambda tx: tx.games.round(1, 1),
    lambda tx: tx.games.replies(1),
    lambda tx: tx.games.awaited(1, 1),
    lambda tx: tx.games.sizes(1),
    lambda tx: tx.league.scores(GUILD),
    lambda tx: tx.league.hidden(GUILD),
    lambda tx: tx.league.enter(GUILD, 1, NOON.date(), {ANNA: 1}),
    lambda tx: tx.relays.turns(1),
    lambda tx: tx.relays.turns_in(1, 1),
    lambda tx: tx.games.open_in(31, Kind.QUIZ),
    lambda tx: tx.games.unrecorded(9),
    lambda tx: tx.games.mark_recorded(1),
    lambda tx: tx.games.seen([ANNA, BEN], NOON),
    lambda tx: tx.ratings.get(GUILD, ANNA, ""),
    lambda tx: tx.ratings.of_person(GUILD, ANNA),
    lambda tx: tx.ratings.board(GUILD, "", 9),
    lambda tx: tx.ratings.rank(Rating(GUILD, ANNA)),
    lambda tx: tx.ratings.blocks(ANNA, BEN),
    lambda tx: tx.nights.get(1),
    lambda tx: tx.nights.ripe(NOON, 9),
    lambda tx: tx.nights.errands(NOON, 9),
    lambda tx: tx.nights.next_at(NOON),
    lambda tx: tx.nights.of(GUILD),
    lambda tx: tx.nights.drop(1),
    lambda tx: tx.nights.drop_all(GUILD),
    lambda tx: tx.suggestions.get(1),
    lambda tx: tx.suggestions.drop_drafts(GUILD, ANNA),
    lambda tx: tx.suggestions.by(GUILD, ANNA, 9),
    lambda tx: tx.suggestions.waiting(GUILD, 9),
    lambda tx: tx.suggestions.waiting_of(GUILD, ANNA),
    lambda tx: tx.owns.get(GUILD, "own-1"),
    lambda tx: tx.owns.of(GUILD),
    lambda tx: tx.editors.of(GUILD),
    lambda tx: tx.reports.get(ANNA, "x"),
    lambda tx: tx.reports.open_in(GUILD, 9),
    lambda tx: tx.reports.open_in(None, 9),
    lambda tx: tx.aims.get(ANNA),
    lambda tx: tx.sharings.get(ANNA),
    lambda tx: tx.profiles.glances(ANNA, 9),
    lambda tx: tx.profiles.days(ANNA, MONDAY),
    *(
        partial(read, period=period)
        for period in ("all", STREAK)
        for read in (
            lambda tx, period: tx.boards.page(GUILD, period, 10, 9),
            lambda tx, period: tx.boards.size(GUILD, period),
            lambda tx, period: tx.boards.amount(GUILD, period, ANNA),
            lambda tx, period: tx.boards.ahead(GUILD, period, 7),
        )
    ),
    lambda tx: tx.boards.improved(GUILD, "2026-W09", "2026-W10", 3),
    lambda tx: tx.boards.unsettled(GUILD, MONDAY, 0, 9),
    lambda tx: tx.reports.close_all("x", GUILD, ANNA, NOON),
    lambda tx: tx.drills.get(1),
    lambda tx: tx.drills.open_of(ANNA, DrillKind.DRILL),
    lambda tx: tx.memory.cards(ANNA),
    lambda tx: tx.memory.due(ANNA, NOON, NOON),
    lambda tx: tx.memory.next_due_at(ANNA, NOON),
    lambda tx: tx.memory.means(ANNA),
    lambda tx: tx.reminders.get(ANNA),
    lambda tx: tx.reminders.due(NOON, 9),
    lambda tx: tx.reminders.next_at(),
    lambda tx: tx.reminders.leaving(9),
]


class Explained(DirectSql):
    """Notes how SQLite would find the rows of every statement."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self.plans: list[str] = []
        db.set_trace_callback(self._explain)

    def _explain(self, statement: str) -> None:
        if not statement.startswith("EXPLAIN"):
            rows = self._db.execute(f"EXPLAIN QUERY PLAN {statement}")
            self.plans += [f"{row[3]} -- {statement}" for row in rows]


@pytest.mark.parametrize("number", range(len(READS)))
def test_rows_are_found_through_an_index(number: int):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, known(), NOON)
        sql = Explained(db)
        asyncio.run(_await(READS[number](SqlTx(sql))))
        db.set_trace_callback(None)
    assert sql.plans
    assert not [plan for plan in sql.plans if "SCAN" in plan and "USING INDEX" not in plan]


async def _await(work: Awaitable[Any]) -> None:
    await work
