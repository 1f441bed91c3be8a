"""What `benchmarks.store` records: two hundred people in twenty groups, answering day after day."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.domain.attempt import Attempt, Mode, Origin
from bot.domain.bank import Bank
from bot.domain.person import Guild
from bot.domain.post import Post, PostState, post_id
from bot.domain.schedule import Schedule
from bot.domain.verdict import PointVerdict, State, Verdict
from bot.services.answering import Asked
from bot.store.port import Tx
from bot.store.sqlite import SqliteStore

FIRST_DAY = date(2026, 3, 2)
GUILDS, PEOPLE = 20, 10
"""Groups, and people in each."""
ANSWER = "I would look at what the reviewers can take in a day and set the threshold there. " * 4


async def prepared(path: Path, bank: Bank, days: int) -> None:
    """A database with its groups and their questions, nothing answered yet."""
    store = SqliteStore(path, now=datetime.now(UTC))
    await store.open()

    async def fill(tx: Tx) -> None:
        for guild_id in range(1, GUILDS + 1):
            await tx.guilds.save(Guild(guild_id, joined_at=noon(0)))
            await tx.schedules.save(Schedule(guild_id, guild_id, 720, "Europe/Berlin"))
            for day in range(days):
                await tx.posts.insert(the_post(bank, guild_id, day))

    await store.write(fill)
    await store.close()


def answers(bank: Bank, days: int) -> Iterator[tuple[Asked, Attempt]]:
    """Everybody's answers, day after day."""
    attempt_id = 1 << 60
    for day in range(days):
        for person in range(PEOPLE):
            for guild_id in range(1, GUILDS + 1):
                attempt_id += 1
                post = the_post(bank, guild_id, day)
                asked = Asked(post, bank.get(post.question_id))
                user_id = (guild_id << 32) + person
                yield asked, the_attempt(asked, attempt_id, user_id, noon(day))


def noon(day: int) -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=day)


def the_post(bank: Bank, guild_id: int, day: int) -> Post:
    on = FIRST_DAY + timedelta(days=day)
    question = list(bank)[day % len(bank)]
    return Post(
        id=post_id(guild_id, on),
        guild_id=guild_id,
        day=on,
        question_id=question.id,
        channel_id=guild_id,
        due_at=noon(day),
        state=PostState.SENT,
        lease_until=noon(day),
        posted_at=noon(day),
        finished=True,
    )


def the_attempt(asked: Asked, attempt_id: int, user_id: int, at: datetime) -> Attempt:
    share = (attempt_id * 7 % 5) / 4
    points = tuple(
        PointVerdict(point_id=p.id, state=State.UNCLEAR, share=share, evidence=ANSWER[:60])
        for p in asked.question.key_points
    )
    return Attempt(
        id=attempt_id,
        user_id=user_id,
        guild_id=asked.post.guild_id,
        post_id=asked.post.id,
        question_id=asked.question.id,
        topic=asked.question.topic,
        origin=Origin.POST,
        mode=Mode.OPEN,
        at=at,
        study_day=at.date(),
        score=share,
        points=0,
        scored=True,
        answer=ANSWER,
        confidence=0.5,
        verdict=Verdict(
            question_id=asked.question.id,
            question_hash="00",
            points=points,
            score=share,
            grader="benchmark",
        ),
    )


def checked(path: Path, answered: int) -> None:
    """All of it is there, in the roll-ups too."""
    with closing(sqlite3.connect(path)) as db:
        for query in (
            "SELECT COUNT(*) FROM attempt",
            "SELECT SUM(answered) FROM member",
            "SELECT SUM(answered) FROM post",
            "SELECT SUM(reviews) FROM card",
            "SELECT SUM(length) FROM streak",
        ):
            (found,) = db.execute(query).fetchone()
            assert found == answered, (query, found, answered)
