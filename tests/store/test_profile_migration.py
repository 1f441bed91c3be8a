"""What was answered before profiles and boards of a season counts in them too."""

import sqlite3
from contextlib import closing

from bot.domain.verdict import Pattern
from bot.store.sqlite.migrate import known, migrate
from tests.store.samples import NOON, a_verdict

VERDICTS = {
    1: a_verdict(pattern=Pattern.ECHO).model_dump_json(),
    2: a_verdict(grader='an author of "pattern":"echo"').model_dump_json(),
    3: None,
} | {10 + n: a_verdict(pattern=p).model_dump_json() for n, p in enumerate(Pattern)}


def test_patterns_seasons_and_topics_of_old_answers():
    before = [m for m in known() if m.number < 13]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, before, NOON)
        for number, verdict in VERDICTS.items():
            db.execute(
                "INSERT INTO attempt (id, user_id, guild_id, question_id, topic, origin, mode, at, "
                "study_day, score, points, scored, late, answer, verdict, week) VALUES (?, 1, 2, "
                "'q', 'trees', 'post', 'open', ?, '', 500000, 10, 1, 0, '', ?, ?)",
                (number, number, verdict, f"2026-W{10 + 3 * number % 40}"),
            )
        db.execute(
            "INSERT INTO period_score SELECT user_id, guild_id, week, COUNT(*), SUM(score), "
            "SUM(points) FROM attempt GROUP BY user_id, guild_id, week"
        )
        migrate(db, known(), NOON)
        patterns = dict(db.execute("SELECT id, pattern FROM attempt"))
        sums = dict(db.execute("SELECT period, answered FROM period_score"))
    assert patterns == {1: "echo", 2: "", 3: None} | {10 + n: p for n, p in enumerate(Pattern)}
    assert sums["all/trees"] == len(VERDICTS)
    assert sum(n for period, n in sums.items() if "-S" in period) == len(VERDICTS)
