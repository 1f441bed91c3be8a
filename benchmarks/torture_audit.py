"""After the kills: what people saw, what was acknowledged and what the rows say, compared."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.torture_people import Promise
from benchmarks.torture_rows import Moved
from benchmarks.torture_tally import GameTally
from bot.domain import duel, quiz
from bot.domain.game import UNWATCHED, Ending, Game, Kind, Player
from bot.domain.round import Reply, Round
from bot.services.rounds import NEXT
from bot.store.sql.values import instant, score
from bot.store.sqlite import SqliteStore
from tests.wire.loopback import text_of

LOCKED = re.compile(r"Locked in: \*\*[A-D]\*\*")
ROUND = re.compile(r"-# \*\*Quiz\*\* · round (\d+) of")
AGREED = re.compile(r"-# \*\*Quiz\*\* · \d+ rounds? ·")
SLACK = 1.0
"""Seconds after it has connected in which a bot is not yet counted on."""
CUT = {Ending.RESIGNED, Ending.STOPPED, Ending.WITHDRAWN, Ending.VOID}
SAYS = {
    Ending.DECLINED: "declined",
    Ending.WITHDRAWN: ("taken back", "called off"),
    Ending.EXPIRED: ("found nobody", "did not begin"),
    Ending.VOID: "counts for nothing",
}
ATTEMPTS = """
SELECT a.id, r.game_id, r.no, a.user_id, a.at, a.score, a.choice FROM attempt a
JOIN reply r ON r.id = a.id JOIN round o ON o.game_id = r.game_id AND o.no = r.no
WHERE a.question_id = o.question_id AND a.origin IN ('duel', 'quiz') ORDER BY r.no, a.user_id
"""


@dataclass
class Life:
    """One run of the bot, as seen from outside."""

    begun: float
    connected: float = inf
    ended: float = inf


@dataclass
class Evidence:
    """What is known of a lane from outside."""

    promises: list[Promise]
    answers: list[dict[str, Any]]
    """How each of them was answered, in the same order."""
    channels: dict[str, list[dict[str, Any]]]
    """Every message of a channel, the oldest first."""
    lives: list[Life]
    moved: Moved
    """Deadlines that are not where the bot had put them."""
    removed: set[str]
    """Messages that a moderator has deleted."""


@dataclass
class Played:
    """A game with its replies as attempts remember them."""

    game: Game
    players: list[Player]
    rounds: list[Round]
    replies: list[Reply]


class Audit:
    """One lane, once it is quiet."""

    def __init__(self, database: Path, evidence: Evidence, tally: GameTally) -> None:
        self.database, self.evidence, self.tally = database, evidence, tally
        self.games: dict[int, Played] = {}

    async def compare(self) -> None:
        """Note every promise that was broken."""
        await self._load()
        self._compare_promises()
        for played in self.games.values():
            self.tally.games[f"{played.game.kind} {played.game.ending}"] += 1
            self._compare_rounds(played)
        for channel, messages in self.evidence.channels.items():
            self._compare_messages(int(channel), messages)

    async def _load(self) -> None:
        with closing(sqlite3.connect(self.database)) as db:
            ids = [row[0] for row in db.execute("SELECT id FROM game ORDER BY id")]
            attempts = db.execute(ATTEMPTS).fetchall()
        store = SqliteStore(self.database, now=datetime.now(UTC))
        await store.open()
        for game_id in ids:

            async def work(tx: Any, game_id: int = game_id) -> Played:
                game = await tx.games.get(game_id)
                players = await tx.games.players(game_id)
                return Played(game, players, await tx.games.rounds(game_id), [])

            self.games[game_id] = await store.read(work)
        await store.close()
        for id_, game_id, no, user_id, at, points, choice in attempts:
            made = Reply(id_, game_id, no, user_id, instant(at), score(points), choice)
            self.games[game_id].replies.append(made)

    def _compare_promises(self) -> None:
        evidence = self.evidence
        for promise, answer in zip(evidence.promises, evidence.answers, strict=True):
            if answer["ack_ms"] is None or answer["kind"] is None:
                continue
            kept = self._kept(promise, answer)
            if kept is not None:
                self.tally.presses[promise.what] += 1
            if kept is False:
                self.tally.wrong["acknowledged presses lost"].append(str((promise, answer)))

    def _kept(self, promise: Promise, answer: dict[str, Any]) -> bool | None:
        """Whether what somebody was told has happened; None where nothing was promised."""
        played, text = self.games[promise.game], answer["text"]
        here = next((p for p in played.players if p.user_id == promise.user), None)
        ending, updated = played.game.ending, answer["kind"] == "update"
        match promise.what:
            case "lock" if LOCKED.search(text):
                return any(r.id == int(promise.exchange) for r in played.replies)
            case "lock" if text == NEXT:
                return here is not None
            case "join" if text.startswith("You are in"):
                return here is not None
            case "leave" if text.startswith("You have left"):
                return here is not None and here.left
            case "accept" | "begin" if updated:
                return bool(played.rounds) or ending in CUT
            case "decline" if updated:
                return ending is Ending.DECLINED
            case "withdrawn" | "resigned" if text.startswith("Done."):
                return ending == promise.what
            case "stop" if text.startswith("Stopped."):
                return ending in CUT
        return None

    def _compare_rounds(self, played: Played) -> None:
        wrong, game = self.tally.wrong, played.game
        asked = Counter(r.question_id for r in played.rounds)
        wrong["questions asked twice"] += [f"{game.id}: {q}" for q, n in asked.items() if n > 1]
        for round_ in played.rounds:
            self.tally.rounds += 1
            self.tally.void += round_.void
            key = (game.id, round_.no)
            cut = game.ending in CUT and round_.no == game.round
            if not round_.void and self._unwatched(key, round_):
                wrong["rounds not void that nobody watched"].append(str(key))
            if round_.void and not cut and self._watched(key, round_):
                late = round_.closed_at and round_.closed_at - round_.deadline
                wrong["rounds void that were watched"].append(f"{key}: {game.ending}, {late}")

    def _unwatched(self, key: tuple[int, int], round_: Round) -> bool:
        if key in self.evidence.moved.back or round_.closed_at is None:
            return key in self.evidence.moved.late
        end = round_.deadline.timestamp()
        until = end + UNWATCHED.total_seconds()
        alive = any(life.begun < until and end < life.ended for life in self.evidence.lives)
        return not alive and round_.closed_at.timestamp() > until

    def _watched(self, key: tuple[int, int], round_: Round) -> bool:
        end = round_.deadline.timestamp()
        until = end + UNWATCHED.total_seconds()
        return key not in self.evidence.moved.back and any(
            life.connected + SLACK < end and until < life.ended for life in self.evidence.lives
        )

    def _compare_messages(self, channel: int, messages: list[dict[str, Any]]) -> None:
        """Exactly one message a duel; of a quiz one for each round, the lobby and the last."""
        wrong = self.tally.wrong
        here = [p for p in self.games.values() if p.game.channel_id == channel]
        left = {m["id"]: m for m in messages}
        for message in messages:
            if "'lock:" in str(message) or "'compose:" in str(message):
                wrong["rounds that look open for ever"].append(text_of(message)[:200])
        quizzes = [p for p in here if p.game.kind is Kind.QUIZ]
        for played in here:
            final = left.pop(str(played.game.message_id), None)
            if final is not None:
                self._compare_final(played, text_of(final))
            elif str(played.game.message_id) not in self.evidence.removed:
                told = (played.game.id, str(played.game.ending))
                wrong["games without their final message"].append(str(told))
        for played, later in pairwise([*quizzes, None]):
            until = later.game.id if later else 1 << 63
            mine = [m for m in left.values() if played.game.id < int(m["id"]) < until]
            pages = [m for m in mine if text_of(m).startswith("-# **Quiz**")]
            for page in pages:
                del left[page["id"]]
            self._compare_pages(played, [text_of(page) for page in pages])
        wrong["messages too many"] += [f"{id_}: {text_of(m)[:200]}" for id_, m in left.items()]

    def _compare_pages(self, played: Played, texts: list[str]) -> None:
        """The messages of a quiz before its last one: a lobby, and each round once."""
        game, wrong = played.game, self.tally.wrong
        shown = Counter(int(found[1]) for text in texts if (found := ROUND.match(text)))
        lobbies = sum(AGREED.match(text) is not None for text in texts)
        if lobbies > 1 or max(shown.values(), default=1) > 1:
            wrong["messages too many"].append(f"{game.id}: {lobbies} lobbies, rounds {shown}")
        for round_ in played.rounds:
            seen = shown[round_.no] or self.evidence.removed
            if not seen and self._watched((game.id, round_.no), round_):
                wrong["rounds of a quiz without a message"].append(f"{game.id}: {round_.no}")

    def _compare_final(self, played: Played, text: str) -> None:
        """What the last message and the rows say of the result, beside what attempts make it."""
        for phrase in self._expected(played):
            ways = phrase if isinstance(phrase, tuple) else (phrase,)
            if not any(way in text for way in ways):
                told = f"{played.game.id}: no {phrase!r} in {text[:400]!r}"
                self.tally.wrong["results that do not follow from attempts"].append(told)

    def _expected(self, played: Played) -> Iterator[str | tuple[str, ...]]:
        game, players, replies = played.game, played.players, played.replies
        if game.ending in SAYS:
            yield SAYS[game.ending]
        elif game.kind is Kind.DUEL:
            outcome = duel.result(game, players, played.rounds, replies)
            first, second = sorted(outcome.tallies, key=lambda t: t.user_id != outcome.winner)
            won = f"<@{first.user_id}> wins" if outcome.winner else "A draw,"
            yield f"{won} {first.points:.0f} – {second.points:.0f}"
            self._compare_places(played, {p.user_id: outcome.place_of(p.user_id) for p in players})
        else:
            final = quiz.standings(game, players, played.rounds, replies)
            for standing in final[:10]:
                yield f"`{standing.place}` <@{standing.user_id}> **{standing.points}**"
            self._compare_places(played, {s.user_id: s.place for s in final})

    def _compare_places(self, played: Played, places: dict[int, int | None]) -> None:
        said = {p.user_id: p.place for p in played.players if p.place}
        if said != places:
            self.tally.wrong["results that do not follow from attempts"].append(
                f"{played.game.id}: places {said}, by attempts {places}"
            )
