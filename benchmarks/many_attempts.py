"""A database with as many attempts as one likes: groups, a year of answers, and all they move.

One group has 500 members and all others 50, each with a hundred answers over a year, half of them
to questions of the day. Rows lie as they would: by day, so that a person's are far apart. Every
roll-up but cards is made by the statements of `loopmate rebuild`; cards are made up.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.domain.bank import Bank
from bot.domain.person import week_of
from bot.domain.post import PostState
from bot.store.sql.rebuild import SUMS
from bot.store.sql.values import stamp
from bot.store.sqlite.migrate import known, migrate

LAST_DAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 20, tzinfo=UTC)
DAYS = 365
EACH = 100
"""Answers of a person, on average."""
BIG, SMALL = 500, 50
"""Members of the first group, and of every other."""
HIDDEN, RUNNING = 0.03, 0.7
"""Shares of people who are left off boards, and who have a run of study days."""
PLANNED = timedelta(weeks=3)
"""So long ago everybody's plan began, and so far away their interview is."""
POSTS_KEPT = 60
ANYTHING = '{"topics":[],"difficulties":[],"seniorities":[],"roles":[]}'
INDEXES = ("attempt_person", "attempt_scored", "period_score_board")
ANSWER = "I would look at what the reviewers can take in a day and set the threshold there. " * 2
VERDICT = (
    '{{"question_id":"{id}","question_hash":"00ff","points":[{{"point_id":"cause","state":'
    '"covered","share":1.0,"evidence":"{words}","correction":null}},{{"point_id":"cost","state":'
    '"missing","share":0.0,"evidence":null,"correction":null}}],"score":{score},"pattern":{pattern},'
    '"grader":"rubric 4"}}'
)
COLUMNS = (
    "id, user_id, guild_id, post_id, question_id, topic, origin, mode, at, study_day, score, "
    "points, scored, late, answer, choice, confidence, verdict, week, pattern"
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is in a database of that many attempts."""

    people: int

    @property
    def groups(self) -> int:
        return 1 + max(0, self.people - BIG) // SMALL

    def group_of(self, person: int) -> int:
        """Groups are numbered from 1; so are people from 0."""
        return 1 if person < BIG else 2 + (person - BIG) // SMALL


def filled(path: Path, bank: Bank, attempts: int, seed: int = 6) -> Crowd:
    """Make that database; the same every time."""
    crowd, chance = Crowd(attempts // EACH), random.Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate(db, known(), NOW)
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -1000000")
        marks = ", ".join("?" for _ in INDEXES)
        indexes = db.execute(
            f"SELECT name, sql FROM sqlite_master WHERE name IN ({marks})",
            INDEXES,
        ).fetchall()
        db.execute("BEGIN")
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        columns = ", ".join("?" for _ in COLUMNS.split(","))
        db.executemany(
            f"INSERT INTO attempt ({COLUMNS}) VALUES ({columns})",
            _attempts(bank, crowd, chance),
        )
        _groups(db, bank, crowd)
        _people(db, crowd, chance)
        _sums(db)
        for _, statement in indexes:
            db.execute(statement)
        db.execute("COMMIT")
    return crowd


def _attempts(bank: Bank, crowd: Crowd, chance: random.Random) -> Iterator[tuple[object, ...]]:
    questions = [(q.id, str(q.topic)) for q in bank]
    number = 1 << 60
    for back in reversed(range(DAYS)):
        day = LAST_DAY - timedelta(days=back)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        at, week, asked = stamp(noon), week_of(noon, "UTC"), questions[back % len(questions)]
        for person in range(crowd.people):
            if chance.random() >= EACH / DAYS:
                continue
            number += 1
            yield _attempt(
                number, person, crowd.group_of(person), day, at + person, week, asked,
                questions[chance.randrange(len(questions))], chance,
            )  # fmt: skip


def _attempt(
    number: int, person: int, group: int, day: date, at: int, week: str,
    asked: tuple[str, str], other: tuple[str, str], chance: random.Random,
) -> tuple[object, ...]:  # fmt: skip
    scored = chance.random() < 0.5
    question_id, topic = asked if scored else other
    score = chance.randrange(0, 1_000_001, 125_000)
    pattern = "definition-only" if score < 500_000 and chance.random() < 0.4 else ""
    verdict = VERDICT.format(
        id=question_id, words=ANSWER[:60], score=score / 1e6,
        pattern=f'"{pattern}"' if pattern else "null",
    )  # fmt: skip
    sure = chance.choice([0.2, 0.4, 0.6, 0.8, 0.95, None])
    return (
        number, 1 + person, group, f"{group}-{day}" if scored else None, question_id, topic,
        "post" if scored else "practice", "open", at, day.isoformat(), score,
        score // 10_000 if scored else 0, int(scored), 0, ANSWER, None, sure, verdict,
        week if scored else None, pattern,
    )  # fmt: skip


def _groups(db: sqlite3.Connection, bank: Bank, crowd: Crowd) -> None:
    groups = range(1, crowd.groups + 1)
    db.executemany("INSERT INTO guild (guild_id, joined_at) VALUES (?, 0)", ((g,) for g in groups))
    db.executemany(
        "INSERT INTO schedule (guild_id, channel_id, minute, zone_name, weekdays, selection, "
        "thread, pin, paused) VALUES (?, 1, 540, 'UTC', '[0, 1, 2, 3, 4, 5, 6]', ?, 0, 0, 1)",
        ((g, ANYTHING) for g in groups),
    )
    ids = [q.id for q in bank]
    db.executemany(
        "INSERT INTO post (id, guild_id, day, question_id, channel_id, due_at, state, lease_until, "
        "tries, message_id, posted_at, closed_at, finished, answered, score_sum) "
        "VALUES (?, ?, ?, ?, 1, ?, ?, 0, 1, 1, ?, ?, 1, 0, 0)",
        (_post(g, back, ids) for back in reversed(range(POSTS_KEPT)) for g in groups),
    )


def _post(group: int, back: int, ids: list[str]) -> tuple[object, ...]:
    day = LAST_DAY - timedelta(days=back)
    at = stamp(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    state = PostState.CLOSED if back else PostState.SENT
    return (
        f"{group}-{day}", group, day.isoformat(), ids[back % len(ids)], at, state.value, at,
        at if back else None,
    )  # fmt: skip


def _people(db: sqlite3.Connection, crowd: Crowd, chance: random.Random) -> None:
    people = range(crowd.people)
    db.executemany(
        "INSERT INTO person (user_id, home_guild_id) VALUES (?, ?)",
        ((1 + p, crowd.group_of(p)) for p in people),
    )
    db.executemany(
        "INSERT INTO sharing (user_id, visibility, on_boards) VALUES (?, 'everything', ?)",
        ((1 + p, int(chance.random() >= HIDDEN)) for p in people),
    )
    yesterday = (LAST_DAY - timedelta(days=1)).isoformat()
    began_at, began, ends = stamp(NOW - PLANNED), LAST_DAY - PLANNED, LAST_DAY + PLANNED
    db.executemany(
        "INSERT INTO aim (user_id, role, seniority, interview_on) VALUES (?, 'mle', 'mid', ?)",
        ((1 + p, ends.isoformat()) for p in people),
    )
    db.executemany(
        "INSERT INTO plan (user_id, began_at, began_on, ends_on, made_on, first, shown, done) "
        "VALUES (?, ?, ?, ?, ?, '{}', '{}', '{}')",
        ((1 + p, began_at, began.isoformat(), ends.isoformat(), yesterday) for p in people),
    )
    db.executemany(
        "INSERT INTO streak (user_id, length, best, freezes, settled_through, last_counted) "
        "VALUES (?, ?, 90, 1, ?, ?)",
        (
            (1 + p, chance.randint(1, 90) if chance.random() < RUNNING else 0, yesterday, yesterday)
            for p in people
        ),
    )


def _sums(db: sqlite3.Connection) -> None:
    for statement in SUMS:
        db.execute(statement)
    db.execute(
        "INSERT INTO progress (user_id, day, post_answers, questions) "
        "SELECT user_id, study_day, SUM(scored), COUNT(*) FROM attempt GROUP BY user_id, study_day"
    )
    db.execute(
        "INSERT INTO card (user_id, question_id, stability, difficulty, due_at, last_at, reviews, "
        "lapses) SELECT user_id, question_id, 9.0, 5.0, MAX(at) + 777600000000, MAX(at), COUNT(*), "
        "0 FROM attempt GROUP BY user_id, question_id"
    )
