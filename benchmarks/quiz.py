"""Everybody in a quiz presses within the same second, beside the smallest bot there is.

`python -m benchmarks.quiz --players 500`. In every round but the last all of them press, which
ends it early; in the last one the host does not, so it runs to its deadline, and people are shown
once how many have answered. Measured is how long Discord waits for the acknowledgement of a press.
`bare_bot.py` is pressed as often within a second, in turns, on the same machine.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.arena import Arena, load, p99, quantiles, text_blocks
from tests.wire.process import BARE

ALLOWED, NEVER = 1.0, 3.0
"""Seconds until a press is acknowledged: for 99 of 100, and for every one."""
WITHIN = 1.0
"""Seconds in which everybody presses."""
SECONDS = 20
"""Of a round."""
PROGRESS = "have answered"


@dataclass
class Pressed:
    """What became of the presses of one bot."""

    took: list[float] = field(default_factory=list)
    """Seconds until each was acknowledged."""
    lost: list[str] = field(default_factory=list)
    """Answers that say anything but that the press counts."""
    within: list[float] = field(default_factory=list)
    """Seconds from the first to the last press of each crowd."""
    cpu: float = 0.0

    async def crowd(self, arena: Arena, clicks: list[tuple[str, str, str]], expected: str) -> None:
        """Everybody presses; wait until all are answered."""
        before = arena.cpu
        pressed = await arena.discord.crowd(clicks, WITHIN)
        for answer in await arena.discord.answers(pressed, 10):
            if answer["ack_ms"] is not None and expected in answer["text"]:
                self.took.append(answer["ack_ms"] / 1000)
            else:
                self.lost.append(str(answer))
        at = [int(exchange) >> 22 for exchange in pressed]
        self.within.append((max(at) - min(at)) / 1000)
        self.cpu += arena.cpu - before

    def told(self, name: str) -> str:
        """The figures in a line."""
        return (
            f"{name}: {quantiles(self.took)}, {len(self.lost)} lost, crowds pressed within "
            f"{max(self.within):.2f} s, {1000 * self.cpu / len(self.took):.2f} ms of CPU a press"
        )


class Quiz:
    """One quiz with everybody in it."""

    def __init__(self, arena: Arena, people: list[str], rounds: int) -> None:
        self.arena, self.people, self.rounds = arena, people, rounds
        self.rng = Random(7)
        self.joined, self.locked = Pressed(), Pressed()
        self.progress: Counter[str] = Counter()
        """By message, how many of its edits only told how many have answered."""

    async def gather(self) -> None:
        """Open it, and everybody joins within the same second."""
        discord, (host, *others) = self.arena.discord, self.people
        opened = await discord.slash(
            host, self.arena.channels[0], "quiz start", rounds=self.rounds, seconds=SECONDS
        )
        self.id = int(opened["exchange"])
        lobby = (await discord.reply(opened["exchange"], 30))["message"]["id"]
        joins = [(name, lobby, "Join") for name in others]
        await self.joined.crowd(self.arena, joins, "You are in")
        started = await discord.click(host, lobby, "Start now")
        await discord.reply(started["exchange"], 30)

    async def press(self, no: int) -> None:
        """One round."""
        row = "SELECT message_id FROM game WHERE id = ? AND phase = 'asking' AND page = ?"
        ((message,),) = await self.arena.until(row, self.id, no)
        await asyncio.sleep(1)  # for people to read it
        who = self.people[1:] if no == self.rounds else self.people
        options = [f"lock:{self.id}:{no}:{self.rng.randrange(4)}" for _ in who]
        clicks = [(name, str(message), option) for name, option in zip(who, options, strict=True)]
        await self.locked.crowd(self.arena, clicks, "Locked in")

    async def end(self) -> None:
        """Until everybody has seen how it ended, and all replies are remembered; count edits."""
        await self.arena.until("SELECT 1 FROM game WHERE id = ? AND due_at IS NULL", self.id)
        await self.arena.until("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM reply WHERE recorded = 0)")
        for request in await self.arena.discord.requests("PATCH", "/channels/*/messages/*"):
            told = PROGRESS in "\n".join(text_blocks(request["body"]))
            self.progress[request["path"].rpartition("/")[2]] += told


async def compare(players: int, rounds: int, folder: Path) -> tuple[Quiz, Pressed]:
    """A quiz, and the other bot pressed after each of its rounds."""
    people = [f"p{number}" for number in range(1, players + 1)]
    async with (
        Arena(folder / "ours", people=players) as arena,
        Arena(folder / "bare", people=players, command=BARE) as other,
    ):
        posted = await other.discord.slash("admin", other.channels[0], "bare")
        button = (await other.discord.reply(posted["exchange"]))["message"]["id"]
        quiz, bare = Quiz(arena, people, rounds), Pressed()
        await quiz.gather()
        for no in range(1, rounds + 1):
            await quiz.press(no)
            await bare.crowd(other, [(name, button, "Press") for name in people], "ok")
        await quiz.end()
        attempts = arena.rows("SELECT count(*) FROM attempt WHERE origin = 'quiz'")[0][0]
        if attempts != len(quiz.locked.took):
            quiz.locked.lost.append(f"{attempts} attempts of {len(quiz.locked.took)} presses")
    return quiz, bare


def main() -> int:
    """Measure, print; 1 if a press was lost or late, or a round was edited too often."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quiz", description=__doc__)
    parser.add_argument("--players", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quiz-") as folder:
        quiz, bare = asyncio.run(compare(options.players, options.rounds, Path(folder)))
    joined, locked, progress = quiz.joined, quiz.locked, list(quiz.progress.values())
    print(f"{options.players} players, {options.rounds} rounds; {load()}")
    print(joined.told("joins  "))
    print(locked.told("presses"))
    print(bare.told("bare   "))
    print("\n".join((joined.lost + locked.lost)[:5]), end="")
    print(f"edits of a round's message that tell how many have answered: {progress} (allowed: 1)")
    print(f"p99 {1000 * p99(locked.took):.0f} ms (allowed: {1000 * ALLOWED:.0f}), "
          f"max {1000 * max(locked.took):.0f} ms (allowed: {1000 * NEVER:.0f})")  # fmt: skip
    late = p99(locked.took) > ALLOWED or max(locked.took) > NEVER
    return 1 if late or joined.lost or locked.lost or max(progress) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
