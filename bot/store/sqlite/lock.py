"""Two bots on one database would both post; the second is turned away."""

import os
import sys
from pathlib import Path

from bot.store.port import StoreTrouble


class FileLock:
    """`<database>.lock`, held as long as this process lives or until `release`.

    The operating system lets go of it when the process dies, however it dies. The file itself
    stays, because deleting it would let a third process lock a new one of the same name.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError:
            os.close(self._file)
            raise StoreTrouble(
                f"Another Loopmate is running with {database}; stop that one first."
            ) from None

    def release(self) -> None:
        """Let the next one have it."""
        os.close(self._file)


def _lock(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
