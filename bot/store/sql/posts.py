"""Questions of the day in SQL."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.post import Post, PostState
from bot.store.sql.values import Row, Sql, instant, marks, millionths, score, stamp

COLUMNS = (
    "id, guild_id, day, question_id, channel_id, due_at, state, lease_until, sending_at, tries, "
    "message_id, posted_at, closed_at, finished, thread_id, trouble, answered, score_sum"
)
SELECT = f"SELECT {COLUMNS} FROM post"  # noqa: S608 - names from above
REACHED = "state IN ('sent', 'closed')"
"""The guild has seen it."""
UNFINISHED = "(state IN ('claimed', 'sending') OR (state = 'sent' AND finished = 0))"
"""Word for word the condition of the index `post_unfinished`."""


class Posts:
    """The table `post`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, post_id: str) -> Post | None:
        """That post."""
        return _maybe(await self._sql.one(f"{SELECT} WHERE id = ?", (post_id,)))

    async def insert(self, post: Post) -> bool:
        """Add the post; False, and nothing changed, when its guild and date have one."""
        added = await self._sql.run(
            f"INSERT INTO post ({COLUMNS}) VALUES ({marks(COLUMNS)}) ON CONFLICT DO NOTHING",  # noqa: S608
            _row(post),
        )
        return added == 1

    async def save(self, post: Post) -> None:
        """Store every field but `answered` and `score_sum`, which only `tally` moves."""
        key, *fields, _, _ = _row(post)
        await self._sql.run(
            "UPDATE post SET guild_id = ?, day = ?, question_id = ?, channel_id = ?, due_at = ?, "
            "state = ?, lease_until = ?, sending_at = ?, tries = ?, message_id = ?, "
            "posted_at = ?, closed_at = ?, finished = ?, thread_id = ?, trouble = ? WHERE id = ?",
            (*fields, key),
        )

    async def tally(self, post_id: str, answered: int, score: float) -> None:
        """Add to the post's counters."""
        await self._sql.run(
            "UPDATE post SET answered = answered + ?, score_sum = score_sum + ? WHERE id = ?",
            (answered, millionths(score), post_id),
        )

    async def unfinished(self, most: int) -> list[Post]:
        """Posts claimed, sending, or sent and not finished; the oldest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE {UNFINISHED} ORDER BY due_at, id LIMIT ?", (most,)
        )
        return [_post(row) for row in rows]

    async def current(self, guild_id: int) -> Post | None:
        """The guild's open post."""
        return _maybe(
            await self._sql.one(
                f"{SELECT} WHERE guild_id = ? AND state = 'sent' ORDER BY day DESC LIMIT 1",
                (guild_id,),
            )
        )

    async def latest(self, guild_id: int) -> Post | None:
        """The guild's last post whatever became of it."""
        return _maybe(
            await self._sql.one(
                f"{SELECT} WHERE guild_id = ? ORDER BY day DESC LIMIT 1", (guild_id,)
            )
        )

    async def before(self, post: Post) -> Post | None:
        """The post that reached the guild last before this one."""
        return _maybe(
            await self._sql.one(
                f"{SELECT} WHERE guild_id = ? AND day < ? AND {REACHED} ORDER BY day DESC LIMIT 1",
                (post.guild_id, post.day.isoformat()),
            )
        )

    async def asked(self, guild_id: int) -> list[str]:
        """Question ids of every post that reached the guild, the latest last."""
        rows = await self._sql.all(
            f"SELECT question_id FROM post WHERE guild_id = ? AND {REACHED} ORDER BY day",  # noqa: S608
            (guild_id,),
        )
        return [row[0] for row in rows]

    async def due_between(
        self, guild_ids: Sequence[int], start: datetime, end: datetime
    ) -> list[Post]:
        """Posts of these guilds due in [start, end), in that order."""
        if not guild_ids:
            return []
        among = ", ".join("?" for _ in guild_ids)
        rows = await self._sql.all(
            f"{SELECT} WHERE guild_id IN ({among}) AND due_at >= ? AND due_at < ? "
            "ORDER BY due_at, id",
            (*guild_ids, stamp(start), stamp(end)),
        )
        return [_post(row) for row in rows]


def _row(post: Post) -> Row:
    return (
        post.id,
        post.guild_id,
        post.day.isoformat(),
        post.question_id,
        post.channel_id,
        stamp(post.due_at),
        post.state.value,
        stamp(post.lease_until),
        stamp(post.sending_at),
        post.tries,
        post.message_id,
        stamp(post.posted_at),
        stamp(post.closed_at),
        int(post.finished),
        post.thread_id,
        post.trouble,
        post.answered,
        millionths(post.score_sum),
    )


def _maybe(row: Row | None) -> Post | None:
    return _post(row) if row else None


def _post(row: Row) -> Post:
    return Post(
        id=row[0],
        guild_id=row[1],
        day=date.fromisoformat(row[2]),
        question_id=row[3],
        channel_id=row[4],
        due_at=instant(row[5]),
        state=PostState(row[6]),
        lease_until=instant(row[7]),
        sending_at=instant(row[8]),
        tries=row[9],
        message_id=row[10],
        posted_at=instant(row[11]),
        closed_at=instant(row[12]),
        finished=bool(row[13]),
        thread_id=row[14],
        trouble=row[15],
        answered=row[16],
        score_sum=score(row[17]),
    )
