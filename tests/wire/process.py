"""The real `python -m bot`, as an operator starts it: own process, own folder, own environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.wire.loopback.waiting import Signal

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "bank"
BOT = ("-m", "bot", "run")
BARE = ("-m", "benchmarks.bare_bot")
NOT_OURS = ("LOOPMATE_", "DISCORD_", "PYTHON")


def environment(folder: Path, *parts: Mapping[str, str]) -> dict[str, str]:
    """A clean environment: nothing of the operator's own, a database in `folder`, then `parts`."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
    made = {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "LOOPMATE_SECRETS": str(folder / "no-secrets"),
        "LOOPMATE_DATABASE": str(folder / "loopmate.db"),
        "LOOPMATE_QUESTIONS": str(BANK),
    }
    for part in parts:
        made |= part
    return made


@dataclass(frozen=True)
class Ended:
    """How a command ended, and all it said."""

    status: int
    out: str
    err: str


async def loopmate(
    *arguments: str, folder: Path, env: Mapping[str, str] | None = None, within: float = 20
) -> Ended:
    """Run one command to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=environment(folder, env or {}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(within):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


class Process(AbstractAsyncContextManager["Process"]):
    """A bot that runs: started, killed, started again, stopped; its log is in `log`."""

    def __init__(
        self, folder: Path, *parts: Mapping[str, str], command: Sequence[str] = BOT
    ) -> None:
        self.folder, self._command = folder, command
        self.env = environment(folder, *parts)
        self.log = ""
        self._more = Signal()
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def database(self) -> Path:
        """Its file."""
        return Path(self.env["LOOPMATE_DATABASE"])

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process is not None and self._process.returncode is None

    @property
    def traceback(self) -> str:
        """The first one in its log and what led to it; nothing where there is none."""
        at = self.log.find("Traceback")
        return self.log[max(at - 300, 0) : at + 2000] if at >= 0 else ""

    async def start(self) -> None:
        """Start it; it is not yet connected."""
        assert not self.running
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._command,
            cwd=self.folder,
            env=self.env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reader = asyncio.create_task(self._read(self._process))

    async def says(self, words: str, within: float = 15) -> None:
        """Wait until these words are in its log."""
        await self._more.until(lambda: words in self.log, within)

    async def ended(self, within: float = 15) -> int:
        """Wait for its end; returns the exit status."""
        assert self._process
        assert self._reader
        async with asyncio.timeout(within):
            status = await self._process.wait()
            await self._reader
        return status

    async def stop(self, within: float = 15) -> int:
        """Ask it to end, as service managers do; returns the exit status."""
        self.tell(signal.SIGTERM)
        return await self.ended(within)

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        if self.running:
            self.tell(signal.SIGKILL)
            await self.ended()

    def tell(self, sign: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process
        self._process.send_signal(sign)

    async def __aenter__(self) -> Process:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr
        while line := await process.stderr.readline():
            self.log += line.decode(errors="replace")
            self._more.fire()
