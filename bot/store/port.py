"""What the services need remembered, in the words of the domain; engines stand behind it.

A service hands a *unit of work* to the store: an async function of one `Tx` that loads, asks the
domain and saves. Units run one after the other, each atomic; `write` returns once the unit is on
disk. A unit awaits nothing but its `Tx` (docs/decisions/0003).
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from bot.domain.attempt import Attempt
from bot.domain.errors import Trouble
from bot.domain.person import Guild, Member, Person
from bot.domain.post import Post
from bot.domain.schedule import Schedule
from bot.domain.streak import Entry, Streak
from bot.store.port_games import Games, League, Ratings, Relays
from bot.store.port_judging import Claims, Judgements, Ladders
from bot.store.port_night import Nights
from bot.store.port_own import Editors, Owns, Reports, Suggestions
from bot.store.port_prepare import Preparations
from bot.store.port_profile import Aims, Boards, Profiles, Sharings
from bot.store.port_study import Drills, Memory, Reminders

T = TypeVar("T")


class Guilds(Protocol):
    """Guilds that have the bot, and those that had it a while ago."""

    async def get(self, guild_id: int) -> Guild | None: ...
    async def save(self, guild: Guild) -> None: ...
    async def left_before(self, at: datetime) -> list[int]:
        """Guilds that removed the bot before `at`."""
        ...

    async def purge(self, guild_id: int) -> None:
        """Delete everything of the guild; attempts stay with their people, without it."""
        ...


class Schedules(Protocol):
    """When each guild is asked."""

    async def get(self, guild_id: int) -> Schedule | None: ...
    async def save(self, schedule: Schedule) -> None: ...
    async def due(self, now: datetime, most: int) -> list[Schedule]:
        """Schedules whose next post is due, the longest overdue first."""
        ...

    async def next_run_at(self) -> datetime | None:
        """The earliest due instant of all."""
        ...

    async def planned(self) -> list[int]:
        """Guilds that have a next post."""
        ...


class Posts(Protocol):
    """Questions of the day."""

    async def get(self, post_id: str) -> Post | None: ...
    async def insert(self, post: Post) -> bool:
        """Add the post; False, and nothing changed, when its guild and date have one."""
        ...

    async def save(self, post: Post) -> None:
        """Store every field but `answered` and `score_sum`, which only `tally` moves."""
        ...

    async def tally(self, post_id: str, answered: int, score: float) -> None:
        """Add to the post's counters."""
        ...

    async def unfinished(self, most: int) -> list[Post]:
        """Posts claimed, sending, or sent and not finished; the oldest first."""
        ...

    async def current(self, guild_id: int) -> Post | None:
        """The guild's open post."""
        ...

    async def latest(self, guild_id: int) -> Post | None:
        """The guild's last post whatever became of it."""
        ...

    async def before(self, post: Post) -> Post | None:
        """The post that reached the guild last before this one."""
        ...

    async def asked(self, guild_id: int) -> list[str]:
        """Question ids of every post that reached the guild, the latest last."""
        ...

    async def due_between(
        self, guild_ids: Sequence[int], start: datetime, end: datetime
    ) -> list[Post]:
        """Posts of these guilds due in [start, end)."""
        ...


class Attempts(Protocol):
    """Answers; every roll-up can be rebuilt from them."""

    async def get(self, attempt_id: int) -> Attempt | None: ...
    async def insert(self, attempt: Attempt) -> bool:
        """Add the attempt; False, and nothing changed, when its id is there already."""
        ...

    async def regrade(self, attempt: Attempt) -> None:
        """Store another verdict, score and points for it."""
        ...

    async def scored(self, post_id: str, user_id: int) -> Attempt | None:
        """The attempt that counts for that post."""
        ...

    async def latest(self, user_id: int, most: int) -> list[Attempt]:
        """The last attempts of a person, the latest first."""
        ...

    async def confidences(self, user_id: int, most: int) -> list[tuple[float, float]]:
        """(confidence, score) of their last attempts that had a confidence, the latest first."""
        ...


class Rollups(Protocol):
    """Sums that keep every read flat: `member`, `period_score`, `topic_stat`, `card`."""

    async def add(self, attempt: Attempt, week: str) -> None:
        """Count an attempt everywhere it counts; `week` is its guild's ISO week."""
        ...

    async def shift(self, attempt: Attempt, week: str, score: float, points: int) -> None:
        """Move an attempt's share of every sum by these differences."""
        ...

    async def member(self, guild_id: int, user_id: int) -> Member | None: ...
    async def guilds_of(self, user_id: int) -> list[int]:
        """Guilds in which the person has answered."""
        ...

    async def longest_streaks(self, guild_id: int, most: int) -> list[tuple[int, Streak]]:
        """(user id, streak) of the guild's members with the longest runs, unsettled."""
        ...


class Streaks(Protocol):
    """Runs of study days, and the ledger that explains them."""

    async def get(self, user_id: int) -> Streak: ...
    async def save(self, user_id: int, streak: Streak) -> None: ...
    async def append(self, user_id: int, entries: Sequence[Entry], at: datetime) -> None: ...
    async def ledger(self, user_id: int, most: int | None = None) -> list[Entry]:
        """The last `most` entries, oldest first; all without a limit."""
        ...

    async def progress(self, user_id: int, day: date, *, post: bool) -> tuple[int, int]:
        """Note one more question on that day; (post answers, questions) as they now stand."""
        ...


class Persons(Protocol):
    """People."""

    async def get(self, user_id: int) -> Person | None: ...
    async def save(self, person: Person) -> None: ...
    async def export(self, user_id: int) -> dict[str, Any]:
        """Everything held about them, by table, as JSON-ready values."""
        ...

    async def forget(self, user_id: int) -> None:
        """Delete everything about them; counters of posts stay, being about nobody."""
        ...


class Tx(Protocol):
    """One unit of work's view of everything."""

    @property
    def guilds(self) -> Guilds: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def rollups(self) -> Rollups: ...
    @property
    def streaks(self) -> Streaks: ...
    @property
    def persons(self) -> Persons: ...
    @property
    def claims(self) -> Claims: ...
    @property
    def ladders(self) -> Ladders: ...
    @property
    def judgements(self) -> Judgements: ...
    @property
    def games(self) -> Games: ...
    @property
    def league(self) -> League: ...
    @property
    def ratings(self) -> Ratings: ...
    @property
    def nights(self) -> Nights: ...
    @property
    def relays(self) -> Relays: ...
    @property
    def suggestions(self) -> Suggestions: ...
    @property
    def owns(self) -> Owns: ...
    @property
    def editors(self) -> Editors: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def drills(self) -> Drills: ...
    @property
    def memory(self) -> Memory: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def preparations(self) -> Preparations: ...
    @property
    def aims(self) -> Aims: ...
    @property
    def sharings(self) -> Sharings: ...
    @property
    def profiles(self) -> Profiles: ...
    @property
    def boards(self) -> Boards: ...


class Store(Protocol):
    """The memory behind the services."""

    async def open(self) -> None:
        """Connect, check and migrate.

        Raises:
            StoreTrouble: the database is locked, newer than this program, or not ours.
        """
        ...

    async def close(self) -> None:
        """Finish what was handed in, then disconnect."""
        ...

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run a unit of work; durable once this returns, without a trace if it raises."""
        ...

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run a unit of work that only reads, on one consistent snapshot."""
        ...


class StoreTrouble(Trouble):
    """The database cannot be used; the message is one clear sentence for the operator."""
