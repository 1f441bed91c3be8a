"""A few of the kills that `make torture` has hundreds of."""

import time
from pathlib import Path

from benchmarks import torture_games, torture_posts


async def test_killed_twenty_times_no_post_is_missing_double_or_lost(tmp_path: Path) -> None:
    seed = time.time_ns() % 1_000_000
    tally = await torture_posts.torture(20, seed, tmp_path)
    assert tally.clean, "\n".join(tally.report(seed))
    assert tally.kills == 20
    assert tally.posts
    assert tally.answers
    assert sum(tally.found.values()), "no kill found anything under way"


async def test_killed_ten_times_every_game_ends_once_as_its_replies_say(tmp_path: Path) -> None:
    seed = time.time_ns() % 1_000_000
    tally = await torture_games.torture(10, seed, tmp_path, lanes=3, rounds=(1, 2))
    assert tally.clean, "\n".join(tally.report(seed))
    assert tally.kills == 10
    assert {name.split()[0] for name in tally.games} == {"duel", "quiz"}
    assert tally.presses["lock"]
    assert sum(tally.found.values()), "no kill found anything under way"
