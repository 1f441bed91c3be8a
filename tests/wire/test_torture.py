"""Twenty of the kills that `make torture` has hundreds of."""

import time
from pathlib import Path

from benchmarks.torture import report, torture


async def test_killed_twenty_times_nothing_is_missing_double_or_lost(tmp_path: Path) -> None:
    seed = time.time_ns() % 1_000_000
    tally = await torture(20, seed, tmp_path)
    assert tally.clean, "\n".join(report(tally, seed))
    assert tally.kills == 20
    assert tally.posts
    assert tally.answers
    assert sum(tally.found.values()), "no kill found anything under way"
