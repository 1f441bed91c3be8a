"""What `loopmate bank import` does; `bot/__main__.py` reads the options."""

import sys
from pathlib import Path

from bot.intake.admission import CannotImport, admitted, bank_in
from bot.intake.files import write_all

__all__ = ["bring_in"]


def bring_in(file: Path, folder: Path, *, skip_refused: bool) -> int:
    """Write the questions of a file into the bank of a folder, after saying what was refused.

    Args:
        file: YAML as in the bank, or CSV for questions of four options.
        folder: the bank's.
        skip_refused: whether the others come in when some are refused.

    Raises:
        BrokenBank: the bank that is there has faults.
        CannotImport: something was refused, or there is nothing to write.
        NotWritten: the disk refuses.
    """
    welcome, faults = admitted(file, bank_in(folder))
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    if faults and not skip_refused:
        reasons = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}"
        rest = f"; --skip-refused would import {len(welcome)}" if welcome else ""
        raise CannotImport(f"{file.name} has {reasons}, so nothing was written{rest}.")
    if not welcome:
        raise CannotImport(f"{file.name} holds no question that could be imported.")
    places = write_all(folder, welcome)
    for place in places:
        sys.stdout.write(f"{place.relative_to(folder).as_posix()}\n")
    count = f"{len(places)} {'question' if len(places) == 1 else 'questions'}"
    sys.stdout.write(f"Imported {count}; a running bot knows them after its next start.\n")
    return 0
