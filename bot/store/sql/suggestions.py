"""Suggested questions in SQL; what was typed is one JSON object, read and written whole."""

import json

from bot.domain.question import Difficulty, Topic
from bot.domain.suggestion import Draft, Suggestion, SuggestionState
from bot.store.sql.values import Row, Sql, instant, marks, stamp

COLUMNS = (
    "id, guild_id, user_id, at, draft, state, revision, reason, decided_by, decided_at"
)  # fmt: skip
SELECT = f"SELECT {COLUMNS} FROM suggestion"  # noqa: S608 - names from above


class Suggestions:
    """The table `suggestion`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, suggestion_id: int) -> Suggestion | None:
        """That suggestion."""
        row = await self._sql.one(f"{SELECT} WHERE id = ?", (suggestion_id,))
        return _suggestion(row) if row else None

    async def save(self, suggestion: Suggestion) -> None:
        """Add or replace it."""
        await self._sql.run(
            f"INSERT INTO suggestion ({COLUMNS}) VALUES ({marks(COLUMNS)}) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET draft = excluded.draft, state = excluded.state, "
            "revision = excluded.revision, reason = excluded.reason, "
            "decided_by = excluded.decided_by, decided_at = excluded.decided_at",
            _row(suggestion),
        )

    async def drop_drafts(self, guild_id: int, user_id: int) -> None:
        """Delete what they began in that guild and have not sent."""
        await self._sql.run(
            "DELETE FROM suggestion WHERE user_id = ? AND guild_id = ? AND state = 'draft'",
            (user_id, guild_id),
        )

    async def by(self, guild_id: int, user_id: int, most: int) -> list[Suggestion]:
        """What somebody has suggested in a guild, the latest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE user_id = ? AND guild_id = ? ORDER BY at DESC, id DESC LIMIT ?",
            (user_id, guild_id, most),
        )
        return [_suggestion(row) for row in rows]

    async def waiting(self, guild_id: int, most: int) -> list[Suggestion]:
        """What waits for the editors of a guild, the oldest first."""
        rows = await self._sql.all(
            f"{SELECT} WHERE guild_id = ? AND state = 'waiting' ORDER BY at, id LIMIT ?",
            (guild_id, most),
        )
        return [_suggestion(row) for row in rows]

    async def waiting_of(self, guild_id: int, user_id: int) -> int:
        """How many of somebody's suggestions wait in a guild."""
        row = await self._sql.one(
            "SELECT COUNT(*) FROM suggestion "
            "WHERE user_id = ? AND guild_id = ? AND state = 'waiting'",
            (user_id, guild_id),
        )
        return int(row[0]) if row else 0


def _row(suggestion: Suggestion) -> Row:
    draft = suggestion.draft
    typed = {
        "title": draft.title,
        "prompt": draft.prompt,
        "right": draft.right,
        "wrong": draft.wrong,
        "topic": draft.topic.value,
        "difficulty": draft.difficulty.value,
    }
    return (
        suggestion.id,
        suggestion.guild_id,
        suggestion.user_id,
        stamp(suggestion.at),
        json.dumps(typed, ensure_ascii=False),
        suggestion.state.value,
        suggestion.revision,
        suggestion.reason,
        suggestion.decided_by,
        stamp(suggestion.decided_at),
    )


def _suggestion(row: Row) -> Suggestion:
    typed = json.loads(row[4])
    return Suggestion(
        id=row[0],
        guild_id=row[1],
        user_id=row[2],
        at=instant(row[3]),
        draft=Draft(
            title=typed["title"],
            prompt=typed["prompt"],
            right=typed["right"],
            wrong=typed["wrong"],
            topic=Topic(typed["topic"]),
            difficulty=Difficulty(typed["difficulty"]),
        ),
        state=SuggestionState(row[5]),
        revision=row[6],
        reason=row[7],
        decided_by=row[8],
        decided_at=instant(row[9]),
    )
