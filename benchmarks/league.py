"""How long the league takes where a hundred thousand replies have been given.

python -m benchmarks.league
"""

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from bot.domain.league import Period, week_at
from bot.domain.local_time import ONE_WEEK
from bot.services.league import Leagues
from bot.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 24, tzinfo=UTC)
GUILD, ROUNDS, LOOKS = 1, 10, 15
GROUPS = [(1000, 10, 52, 60), (500, 20, 26, 100), (200, 50, 12, 300)]
"""Quizzes, players in each, weeks, people; a hundred thousand replies each."""
ALLOWED = 0.050
"""Seconds in the store."""


def fill(path: Path, quizzes: int, players: int, weeks: int, people: int) -> None:
    """A guild's past, written as fast as it goes."""
    rng, monday = Random(1), week_at(NOW, "UTC")
    game = (
        "INSERT INTO game (id, kind, guild_id, channel_id, host_id, rounds, seconds, style, "
        "rated, made_at, phase, round, revision, ending, ended_at, week) VALUES "
        "(?, 'quiz', ?, 1, 1, ?, 30, 'choice', 1, 0, 'over', ?, 1, 'played', 0, ?)"
    )
    player = "INSERT INTO player (game_id, user_id, since) VALUES (?, ?, 1)"
    score = (
        "INSERT INTO league_score (user_id, guild_id, week, points, quizzes) "
        "VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET points = points + excluded.points, "
        "quizzes = quizzes + 1"
    )
    reply = (
        "INSERT INTO reply (id, game_id, no, user_id, at, score, picked, answer, recorded) "
        "VALUES (?, ?, ?, ?, 0, 1000000, 1, '', 1)"
    )
    with closing(sqlite3.connect(path)) as db:
        for quiz in range(quizzes):
            week = (monday - quiz % weeks * ONE_WEEK).isoformat()
            db.execute(game, (quiz, GUILD, ROUNDS, ROUNDS, week))
            for user_id in rng.sample(range(people), players):
                db.execute(player, (quiz, user_id))
                db.execute(score, (user_id, GUILD, week, rng.randrange(900)))
                given = (quiz * people + user_id) * ROUNDS
                db.executemany(reply, [(given + no, quiz, no, user_id) for no in range(ROUNDS)])
        db.commit()


async def measured(path: Path, group: tuple[int, int, int, int]) -> float:
    """Seconds in the store, the median of some looks; prints them beside the whole table's."""
    store = SqliteStore(path, now=NOW)
    await store.open()
    await store.close()
    fill(path, *group)
    await store.open()
    leagues = Leagues(store)
    in_store: list[float] = []
    whole: list[float] = []
    for _ in range(LOOKS):
        start = perf_counter()
        await store.read(lambda tx: tx.league.scores(GUILD))
        in_store.append(perf_counter() - start)
        start = perf_counter()
        await leagues.board(GUILD, 3, NOW, None, Period.SEASON)
        whole.append(perf_counter() - start)
    await store.close()
    quizzes, players, weeks, people = group
    print(
        f"{quizzes} quizzes of {players}, {weeks} weeks, {people} people: "
        f"{1000 * median(in_store):.0f} ms in the store, "
        f"{1000 * median(whole):.0f} ms for the season's table"
    )
    return median(in_store)


def main() -> int:
    """1 if it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        taken = [
            asyncio.run(measured(Path(folder) / f"{number}.db", group))
            for number, group in enumerate(GROUPS)
        ]
    return int(max(taken) > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
