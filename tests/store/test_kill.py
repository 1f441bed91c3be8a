"""What was acknowledged survives `kill -9` (not power loss); what raised leaves nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from tests.store.samples import ANNA, BEN, NOON

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import asyncio, pathlib, sys
from itertools import count
from bot.store.sqlite import SqliteStore
from tests.store.samples import ANNA, BEN, NOON, WEEK, practice

async def main():
    store = SqliteStore(pathlib.Path(sys.argv[1]), now=NOON)
    await store.open()
    ids = count(1)

    async def record(tx, user_id, n):
        await tx.attempts.insert(practice(n, user_id))
        await tx.rollups.add(practice(n, user_id), WEEK)
        if user_id == BEN:
            raise ValueError(n)

    async def anna():
        while True:
            n = next(ids)
            await store.write(lambda tx: record(tx, ANNA, n))
            sys.stdout.write(f"{n}\\n")
            sys.stdout.flush()

    async def ben():
        while True:
            n = next(ids)
            try:
                await store.write(lambda tx: record(tx, BEN, n))
            except ValueError:
                pass

    await asyncio.gather(*(anna() for _ in range(20)), *(ben() for _ in range(5)))

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged", [1, 97, 400])
async def test_acknowledged_units_survive_a_kill(path: Path, acknowledged: int):
    told = killed_after(acknowledged, path)
    assert len(told) >= acknowledged
    store = SqliteStore(path, now=NOON)
    await store.open()
    there = await store.read(lambda tx: tx.attempts.latest(ANNA, 1 << 20))
    counted = await store.read(lambda tx: tx.persons.export(ANNA))
    others = await store.read(lambda tx: tx.persons.export(BEN))
    await store.close()
    assert told <= {attempt.id for attempt in there}
    assert counted["topic_stat"][0]["answered"] == len(there)
    assert counted["card"][0]["reviews"] == len(there)
    assert not any(others.values())


def killed_after(lines: int, path: Path) -> set[int]:
    """The units that a writer had acknowledged when it was killed amid its work."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout
        told = {int(writer.stdout.readline()) for _ in range(lines)}
        writer.kill()
        # What is left in the pipe was acknowledged too; the last line may be torn.
        told |= {int(line) for line in writer.stdout.readlines() if line.endswith("\n")}
    return told
