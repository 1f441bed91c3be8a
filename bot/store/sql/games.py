"""Duels and quizzes in SQL."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.game import Ending, Game, Kind, Mode, Phase, Player, Terms
from bot.domain.question import Topic
from bot.domain.round import Reply, Round, Style
from bot.domain.verdict import Verdict
from bot.store.sql.values import Row, Sql, instant, marks, millionths, score, stamp

GAME = (
    "id, kind, guild_id, channel_id, host_id, topic, rounds, seconds, style, rated, made_at, "
    "phase, due_at, round, message_id, token, token_until, revision, ending, ended_at, "
    "mode, teams, penalty, page"
)
PLAYER = "game_id, user_id, since, until, place, change, team, joined, earned"
ROUND = "game_id, no, question_id, layout, deadline, asked_at, closed_at, void"
REPLY = "id, game_id, no, user_id, at, score, picked, answer, verdict"


class Games:
    """The tables `game`, `player`, `round` and `reply`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, game_id: int) -> Game | None:
        """That game."""
        row = await self._sql.one(f"SELECT {GAME} FROM game WHERE id = ?", (game_id,))  # noqa: S608
        return _game(row) if row else None

    async def insert(self, game: Game) -> bool:
        """Add the game; False, and nothing changed, when its id is there already."""
        added = await self._sql.run(
            f"INSERT INTO game ({GAME}) VALUES ({marks(GAME)}) ON CONFLICT (id) DO NOTHING",  # noqa: S608
            _game_row(game),
        )
        return added == 1

    async def save(self, game: Game) -> None:
        """Store how it stands."""
        await self._sql.run(
            "UPDATE game SET channel_id = ?, host_id = ?, phase = ?, due_at = ?, round = ?, "
            "message_id = ?, page = ?, token = ?, token_until = ?, revision = ?, ending = ?, "
            "ended_at = ? WHERE id = ?",
            (game.channel_id, game.host_id, game.phase.value, stamp(game.due_at), game.round,
             game.message_id, game.page, game.token, stamp(game.token_until), game.revision,
             game.ending, stamp(game.ended_at), game.id),
        )  # fmt: skip

    async def due(self, now: datetime, most: int) -> list[Game]:
        """Games in which something is due, the longest overdue first."""
        rows = await self._sql.all(
            f"SELECT {GAME} FROM game WHERE due_at <= ? ORDER BY due_at, id LIMIT ?",  # noqa: S608
            (stamp(now), most),
        )
        return [_game(row) for row in rows]

    async def next_due_at(self) -> datetime | None:
        """The earliest due instant of all."""
        row = await self._sql.one("SELECT MIN(due_at) FROM game WHERE due_at IS NOT NULL")
        return instant(row[0]) if row else None

    async def running(self) -> list[int]:
        """The ids of games that are not over, or whose end nobody has been shown yet."""
        rows = await self._sql.all("SELECT id FROM game WHERE due_at IS NOT NULL ORDER BY due_at")
        return [row[0] for row in rows]

    async def latest(self, user_id: int, guild_id: int, kind: Kind, most: int) -> list[Game]:
        """Games of a person in a guild, the latest first."""
        rows = await self._sql.all(
            f"SELECT {_of('g', GAME)} FROM player p JOIN game g ON g.id = p.game_id "  # noqa: S608
            "WHERE p.user_id = ? AND g.guild_id = ? AND g.kind = ? ORDER BY p.game_id DESC LIMIT ?",
            (user_id, guild_id, kind.value, most),
        )
        return [_game(row) for row in rows]

    async def rated_between(self, guild_id: int, one: int, other: int, since: datetime) -> int:
        """How many rated duels of these two, begun since then, came to something or may yet."""
        row = await self._sql.one(
            "SELECT COUNT(*) FROM player a JOIN player b ON b.game_id = a.game_id "
            "JOIN game g ON g.id = a.game_id WHERE a.user_id = ? AND b.user_id = ? "
            "AND g.guild_id = ? AND g.kind = 'duel' AND g.rated = 1 AND g.made_at >= ? "
            "AND (g.ending IS NULL OR g.ending IN ('played', 'resigned'))",
            (one, other, guild_id, stamp(since)),
        )
        return int(row[0]) if row else 0

    async def players(self, game_id: int) -> list[Player]:
        """Who plays, in the order they came."""
        rows = await self._sql.all(
            f"SELECT {PLAYER} FROM player WHERE game_id = ? ORDER BY since, joined, user_id",  # noqa: S608
            (game_id,),
        )
        return [_player(row) for row in rows]

    async def player(self, game_id: int, user_id: int) -> Player | None:
        """That person's place in the game."""
        row = await self._sql.one(
            f"SELECT {PLAYER} FROM player WHERE game_id = ? AND user_id = ?",  # noqa: S608
            (game_id, user_id),
        )
        return _player(row) if row else None

    async def seat(self, player: Player) -> None:
        """Add or replace somebody's place in a game."""
        await self._sql.run(
            f"INSERT INTO player ({PLAYER}) VALUES ({marks(PLAYER)}) "  # noqa: S608
            "ON CONFLICT (game_id, user_id) DO UPDATE SET since = excluded.since, "
            "until = excluded.until, place = excluded.place, change = excluded.change, "
            "team = excluded.team, joined = excluded.joined, earned = excluded.earned",
            (player.game_id, player.user_id, player.since, player.until, player.place,
             player.change, player.team, player.joined, player.earned),
        )  # fmt: skip

    async def rounds(self, game_id: int) -> list[Round]:
        """Its rounds, in order."""
        rows = await self._sql.all(
            f"SELECT {ROUND} FROM round WHERE game_id = ? ORDER BY no",  # noqa: S608
            (game_id,),
        )
        return [_round(row) for row in rows]

    async def round(self, game_id: int, no: int) -> Round | None:
        """That round."""
        row = await self._sql.one(
            f"SELECT {ROUND} FROM round WHERE game_id = ? AND no = ?",  # noqa: S608
            (game_id, no),
        )
        return _round(row) if row else None

    async def save_round(self, round_: Round) -> None:
        """Add or replace a round."""
        layout = "".join(map(str, round_.layout))
        await self._sql.run(
            f"INSERT INTO round ({ROUND}) VALUES ({marks(ROUND)}) "  # noqa: S608
            "ON CONFLICT (game_id, no) DO UPDATE SET deadline = excluded.deadline, "
            "asked_at = excluded.asked_at, closed_at = excluded.closed_at, void = excluded.void",
            (round_.game_id, round_.no, round_.question_id, layout, stamp(round_.deadline),
             stamp(round_.asked_at), stamp(round_.closed_at), int(round_.void)),
        )  # fmt: skip

    async def replies(self, game_id: int) -> list[Reply]:
        """Every reply of a game, by round and person: never by when they reached us."""
        rows = await self._sql.all(
            f"SELECT {REPLY} FROM reply WHERE game_id = ? ORDER BY no, user_id",  # noqa: S608
            (game_id,),
        )
        return [_reply(row) for row in rows]

    async def reply(self, reply: Reply) -> bool:
        """Add a reply; False, and nothing changed, when that person has replied in that round."""
        verdict = None if reply.verdict is None else reply.verdict.model_dump_json()
        added = await self._sql.run(
            f"INSERT INTO reply ({REPLY}, recorded) VALUES ({marks(REPLY)}, 0) "  # noqa: S608
            "ON CONFLICT DO NOTHING",
            (reply.id, reply.game_id, reply.no, reply.user_id, stamp(reply.at),
             millionths(reply.score), reply.picked, reply.answer, verdict),
        )  # fmt: skip
        return added == 1

    async def awaited(self, game_id: int, no: int) -> bool:
        """Whether anybody who is still there, and whose turn it is, has yet to reply in a round."""
        row = await self._sql.one(
            "SELECT 1 FROM player p WHERE p.game_id = ? AND p.since <= ? AND p.until IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM reply r WHERE r.game_id = p.game_id AND r.no = ? "
            "AND r.user_id = p.user_id) AND (p.user_id IN (SELECT t.user_id FROM turn t "
            "WHERE t.game_id = p.game_id AND t.no = ?) OR NOT EXISTS (SELECT 1 FROM turn t "
            "WHERE t.game_id = p.game_id AND t.no = ?)) LIMIT 1",
            (game_id, no, no, no, no),
        )
        return row is not None

    async def sizes(self, game_id: int) -> dict[int, int]:
        """How many are in a game, by team."""
        rows = await self._sql.all(
            "SELECT team, COUNT(*) FROM player WHERE game_id = ? AND until IS NULL GROUP BY team",
            (game_id,),
        )
        return {int(row[0]): int(row[1]) for row in rows}

    async def open_in(self, channel_id: int, kind: Kind) -> Game | None:
        """The game of that kind in a channel that is not over."""
        row = await self._sql.one(
            f"SELECT {GAME} FROM game WHERE channel_id = ? AND due_at IS NOT NULL "  # noqa: S608
            "AND kind = ? AND phase <> 'over' ORDER BY id LIMIT 1",
            (channel_id, kind.value),
        )
        return _game(row) if row else None

    async def unrecorded(self, most: int) -> list[tuple[Reply, Game, str]]:
        """(reply, its game, its question id) where the round is closed and no attempt is made."""
        rows = await self._sql.all(
            f"SELECT {_of('r', REPLY)}, o.question_id, {_of('g', GAME)} FROM reply r "  # noqa: S608
            "JOIN round o ON o.game_id = r.game_id AND o.no = r.no "
            "JOIN game g ON g.id = r.game_id "
            "WHERE r.recorded = 0 AND (o.closed_at IS NOT NULL OR g.phase = 'over') LIMIT ?",
            (most,),
        )
        return [(_reply(row[:9]), _game(row[10:]), row[9]) for row in rows]

    async def mark_recorded(self, reply_id: int) -> None:
        """Note that a reply has become an attempt."""
        await self._sql.run("UPDATE reply SET recorded = 1 WHERE id = ?", (reply_id,))

    async def seen(self, user_ids: Collection[int], since: datetime) -> frozenset[str]:
        """Question ids that any of these people has answered or been asked since then."""
        found: set[str] = set()
        for user_id in user_ids:
            rows = await self._sql.all(
                "SELECT question_id FROM attempt WHERE user_id = ? AND at >= ? UNION "
                "SELECT o.question_id FROM player p JOIN round o ON o.game_id = p.game_id "
                "JOIN game g ON g.id = p.game_id WHERE p.user_id = ? AND g.made_at >= ?",
                (user_id, stamp(since), user_id, stamp(since)),
            )
            found.update(row[0] for row in rows)
        return frozenset(found)


def _of(alias: str, columns: str) -> str:
    """The columns of one table among several."""
    return ", ".join(f"{alias}.{name}" for name in columns.split(", "))


def _game_row(game: Game) -> Row:
    terms = game.terms
    return (
        game.id, game.kind.value, game.guild_id, game.channel_id, game.host_id, terms.topic,
        terms.rounds, terms.seconds, terms.style.value, int(terms.rated), stamp(game.made_at),
        game.phase.value, stamp(game.due_at), game.round, game.message_id, game.token,
        stamp(game.token_until), game.revision, game.ending, stamp(game.ended_at),
        terms.mode.value, terms.teams, int(terms.penalty), game.page,
    )  # fmt: skip


def _game(row: Row) -> Game:
    return Game(
        id=row[0],
        kind=Kind(row[1]),
        guild_id=row[2],
        channel_id=row[3],
        host_id=row[4],
        terms=Terms(
            topic=None if row[5] is None else Topic(row[5]),
            rounds=row[6],
            seconds=row[7],
            style=Style(row[8]),
            rated=bool(row[9]),
            mode=Mode(row[20]),
            teams=row[21],
            penalty=bool(row[22]),
        ),
        made_at=instant(row[10]),
        phase=Phase(row[11]),
        due_at=instant(row[12]),
        round=row[13],
        message_id=row[14],
        page=row[23],
        token=row[15],
        token_until=instant(row[16]),
        revision=row[17],
        ending=None if row[18] is None else Ending(row[18]),
        ended_at=instant(row[19]),
    )


def _player(row: Row) -> Player:
    return Player(*row)


def _round(row: Row) -> Round:
    return Round(
        game_id=row[0],
        no=row[1],
        question_id=row[2],
        layout=tuple(map(int, row[3])),
        deadline=instant(row[4]),
        asked_at=instant(row[5]),
        closed_at=instant(row[6]),
        void=bool(row[7]),
    )


def _reply(row: Row) -> Reply:
    verdict = row[8]
    return Reply(
        id=row[0],
        game_id=row[1],
        no=row[2],
        user_id=row[3],
        at=instant(row[4]),
        score=score(row[5]),
        picked=row[6],
        answer=row[7],
        verdict=None if verdict is None else Verdict.model_validate_json(verdict),
    )
