"""What duels and quizzes need remembered; the rest of the port is in port.py."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.game import Game, Kind, Player
from bot.domain.league import Score
from bot.domain.rating import Rating
from bot.domain.relay import Turn
from bot.domain.round import Reply, Round


class Games(Protocol):
    """Duels and quizzes: games, their players, rounds and replies."""

    async def get(self, game_id: int) -> Game | None: ...
    async def insert(self, game: Game) -> bool: ...
    async def save(self, game: Game) -> None:
        """Store how it stands; what was agreed before the first question never changes."""
        ...

    async def due(self, now: datetime, most: int) -> list[Game]:
        """Games in which something is due, the longest overdue first."""
        ...

    async def next_due_at(self) -> datetime | None: ...
    async def running(self) -> list[int]:
        """The ids of games that are not over, or whose end nobody has been shown yet."""
        ...

    async def latest(self, user_id: int, guild_id: int, kind: Kind, most: int) -> list[Game]:
        """Games of a person in a guild, the latest first."""
        ...

    async def rated_between(self, guild_id: int, one: int, other: int, since: datetime) -> int:
        """How many rated duels of these two, begun since then, came to something or may yet."""
        ...

    async def players(self, game_id: int) -> list[Player]: ...
    async def player(self, game_id: int, user_id: int) -> Player | None: ...
    async def seat(self, player: Player) -> None:
        """Add or replace somebody's place in a game."""
        ...

    async def rounds(self, game_id: int) -> list[Round]: ...
    async def round(self, game_id: int, no: int) -> Round | None: ...
    async def save_round(self, round_: Round) -> None: ...
    async def replies(self, game_id: int) -> list[Reply]:
        """Every reply of a game, by round and person."""
        ...

    async def reply(self, reply: Reply) -> bool:
        """Add a reply; False, and nothing changed, when that person has replied in that round."""
        ...

    async def awaited(self, game_id: int, no: int) -> bool:
        """Whether anybody who is still there has yet to reply in a round.

        Where a round has turns, only those are waited for whose turn it is.
        """
        ...

    async def sizes(self, game_id: int) -> dict[int, int]:
        """How many are in a game, by team; 0 is the team of those without one."""
        ...

    async def open_in(self, channel_id: int, kind: Kind) -> Game | None:
        """The game of that kind in a channel that is not over."""
        ...

    async def unrecorded(self, most: int) -> list[tuple[Reply, Game, str]]:
        """(reply, its game, its question id) where the round is closed and no attempt is made."""
        ...

    async def mark_recorded(self, reply_id: int) -> None: ...
    async def seen(self, user_ids: Collection[int], since: datetime) -> frozenset[str]:
        """Question ids that any of these people has answered or been asked since then."""
        ...


class Relays(Protocol):
    """Whose turn it was in relays."""

    async def turns(self, game_id: int) -> list[Turn]:
        """Every turn of a game, by round and team."""
        ...

    async def turns_in(self, game_id: int, no: int) -> list[Turn]:
        """The turns of one round, by team."""
        ...

    async def hand_out(self, turns: Sequence[Turn]) -> None:
        """Note whose turn it is; a team that has one in that round keeps it."""
        ...


class League(Protocol):
    """What quizzes brought for the league."""

    async def enter(
        self, guild_id: int, game_id: int, week: date, brought: Mapping[int, int]
    ) -> None:
        """Count a quiz in the week of that Monday; nothing happens when it has been counted.

        Args:
            guild_id: where it was played.
            game_id: that quiz.
            week: a Monday.
            brought: what it brought its players, by user id.
        """
        ...

    async def scores(self, guild_id: int) -> list[Score]:
        """What each week brought everybody in a guild, in no order."""
        ...

    async def hidden(self, guild_id: int) -> frozenset[int]:
        """Who has played there and does not want to be on boards."""
        ...


class Ratings(Protocol):
    """How strong people are, and whose challenges they do not want."""

    async def get(self, guild_id: int, user_id: int, topic: str) -> Rating:
        """That person's rating; the one that everybody begins with if they have not played."""
        ...

    async def of_person(self, guild_id: int, user_id: int) -> list[Rating]: ...
    async def save(self, rating: Rating) -> None: ...
    async def board(self, guild_id: int, topic: str, most: int) -> list[Rating]:
        """The strongest of a guild, the strongest first."""
        ...

    async def rank(self, rating: Rating) -> int:
        """How many of the guild are stronger, and one."""
        ...

    async def blocks(self, user_id: int, other_id: int) -> bool:
        """Whether somebody does not want to be challenged by that other person, or at all."""
        ...

    async def set_block(self, user_id: int, blocked_id: int, *, blocked: bool) -> None:
        """Block somebody's challenges, or take that back; 0 is everybody."""
        ...
