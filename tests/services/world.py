"""Study groups on a real store without Discord: what is sent arrives, and time is what we say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bot.assessors.rubric import RubricAssessor
from bot.domain.bank import Bank
from bot.domain.post import Post, PostState, post_id
from bot.domain.schedule import Choices, Schedule
from bot.domain.streak import DayKind, Entry, Streak
from bot.services import Services
from bot.services.answering import Outcome, Press
from bot.store.sqlite import SqliteStore
from tests.domain.questions import make_point, make_question

ANNA, BEN, MODERATOR = 11 << 55, 12 << 55, 13 << 55
GUILD, OTHER = 21 << 55, 22 << 55
CHANNEL = 31
MONDAY = date(2026, 11, 23)
RIGHT, WRONG = 1, 0
"""Options of every question here."""

SURE = "The capacity is a hard limit for the team that reads the alerts."
"""Covers the key point `capacity`, of three; the others stay open."""

BANK = Bank.of(
    make_question(
        f"alerts-{number}",
        key_points=[make_point("capacity"), make_point("threshold", weight=2), make_point("cost")],
    )
    for number in range(3)
)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """That time, UTC, so many days after Monday."""
    start = datetime.combine(MONDAY, datetime.min.time(), UTC)
    return start + timedelta(days=day, hours=hour, minutes=minute, seconds=second)


def days(*numbers: int) -> list[date]:
    return [MONDAY + timedelta(days=number) for number in numbers]


SET_UP_AT = at(0, 0)


@dataclass
class World:
    """The services over an open store."""

    store: SqliteStore
    services: Services
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def over(cls, store: SqliteStore) -> "World":
        return cls(store, Services.over(store, BANK, RubricAssessor()))

    async def set_up(
        self, guild_id: int = GUILD, now: datetime = SET_UP_AT, **fields: Any
    ) -> Schedule:
        """A question every day at 09:00 UTC, or what `fields` say instead."""
        wanted = {"channel_id": CHANNEL, "minute": 540, "zone_name": "UTC"} | fields
        return await self.services.setup.save(guild_id, Choices(**wanted), now)

    async def tick(self, now: datetime, failing: tuple[int, ...] = ()) -> list[Post]:
        """Claim what is due and send it; Discord refuses it in `failing` guilds."""
        posting = self.services.posting
        await posting.claim_due(now)
        arrived: list[Post] = []
        for post in await posting.unfinished(now):
            if post.state is PostState.SENT:
                continue
            if post.guild_id in failing:
                await posting.give_up(post, PostState.FAILED, "I may not post there.", now)
                continue
            leaving = await posting.begin(post, now)
            assert leaving is not None
            await posting.confirm(leaving, next(self.numbers), now)
            await posting.finish(leaving, thread_id=None, trouble=None, now=now)
            arrived.append(await self.post(post.guild_id, post.day))
        return arrived

    async def post(self, guild_id: int, day: date) -> Post:
        found = await self.services.posting.post(post_id(guild_id, day))
        assert found is not None
        return found

    async def states(self, first: int, last: int, guild_id: int = GUILD) -> list[str]:
        """What became of the posts of these days."""
        found = [
            await self.services.posting.post(post_id(guild_id, day))
            for day in days(*range(first, last + 1))
        ]
        return [post.state.value if post else "none" for post in found]

    async def pick(
        self,
        user_id: int,
        now: datetime,
        *,
        guild_id: int = GUILD,
        day: int | None = None,
        picked: int = RIGHT,
    ) -> Outcome:
        """Pick an option of the open question, or of the question of a day."""
        answering = self.services.answering
        if day is None:
            asked = await answering.today(user_id, guild_id)
        else:
            asked = await answering.asked(post_id(guild_id, *days(day)), user_id, guild_id)
        return await answering.choose(asked.post.id, self.press(user_id, guild_id, now), picked)

    async def answer(
        self, user_id: int, now: datetime, text: str = SURE, guild_id: int = GUILD
    ) -> Outcome:
        """Answer the open question in words."""
        answering = self.services.answering
        asked = await answering.today(user_id, guild_id)
        return await answering.answer(asked, self.press(user_id, guild_id, now), text, 0.8)

    def press(self, user_id: int, guild_id: int | None, now: datetime) -> Press:
        return Press(next(self.numbers), user_id, guild_id, now)

    async def studied(self, user_id: int, *numbers: int, guild_id: int = GUILD) -> None:
        """Days on which the question came at 09:00 and was answered at noon."""
        for day in numbers:
            await self.tick(at(day, 9))
            await self.pick(user_id, at(day, 12), guild_id=guild_id)

    async def streak(self, user_id: int, now: datetime, guild_id: int | None = GUILD) -> Streak:
        return (await self.services.streaks.report(user_id, guild_id, now)).streak

    async def ledger(self, user_id: int) -> list[tuple[str, date, date | None]]:
        """What each line says of which days."""
        entries: list[Entry] = await self.store.read(lambda tx: tx.streaks.ledger(user_id))
        assert all(isinstance(entry.kind, DayKind) for entry in entries)
        return [(entry.kind.value, entry.day, entry.through) for entry in entries]

    async def sums(self, *user_ids: int) -> dict[int, dict[str, Any]]:
        """Every roll-up about these people."""
        tables = ("member", "period_score", "topic_stat", "card")
        held = {u: await self.services.privacy.export(u) for u in user_ids}
        return {u: {table: sorted(held[u][table], key=str) for table in tables} for u in user_ids}
