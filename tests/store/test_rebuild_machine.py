"""Live roll-ups against rebuilt ones, after whatever people may do in whatever order."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from bot.domain.attempt import Attempt, Mode, regraded
from bot.store.port import Tx
from tests.store.engines import ENGINES
from tests.store.samples import GUILD, NOON, OTHER, a_verdict, an_attempt

PEOPLE = [1, 2, 3]
TABLES = ("member", "period_score", "topic_stat", "card")

shares = st.one_of(
    st.floats(0, 1),
    st.builds(lambda a, b: min(a, b) / b, st.integers(0, 72), st.integers(1, 72)),
    st.sampled_from([0.4 - 1e-9, 0.7 - 1e-9, 0.9 - 1e-9]),  # rated by what is kept of them
)
attempts = st.builds(
    an_attempt,
    attempt_id=st.integers(1, 60),
    user_id=st.sampled_from(PEOPLE),
    guild_id=st.sampled_from([GUILD, OTHER, None]),
    post_id=st.sampled_from(["a", "b", "c", None]),
    question_id=st.sampled_from(["leak", "loop"]),
    topic=st.sampled_from(["coding", "evaluation"]),
    mode=st.sampled_from(Mode),
    # Hours to years apart, out of order, and sometimes the very same instant.
    at=st.integers(0, 4).map(lambda n: NOON + timedelta(hours=7**n)),
    score=shares,
    points=st.integers(0, 100),
    scored=st.booleans(),
    confidence=st.one_of(st.none(), st.sampled_from([0.2, 0.8, 1.0])),
)
weeks = st.sampled_from(["2026-W10", "2026-W13", "2026-W14", "2026-W53"])


class Rollups(RuleBasedStateMachine):
    """Answers, regrades, purges and people who leave; then nothing may differ from a rebuild."""

    engine: Any
    recorded = Bundle("recorded")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.store = self.engine(Path(self.folder.name)).store()
        self.runner.run(self.store.open())

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    @rule(target=recorded, attempt=attempts, week=weeks)
    def record(self, attempt: Attempt, week: str) -> Any:
        async def work(tx: Tx) -> bool:
            taken = attempt.scored and attempt.post_id is not None
            if taken and await tx.attempts.scored(attempt.post_id or "", attempt.user_id):
                return False
            if await tx.attempts.insert(attempt):
                await tx.rollups.add(attempt, week)
                return True
            return False

        added = self.runner.run(self.store.write(work))
        return attempt.id if added else multiple()

    @rule(attempt_id=recorded, score=shares, week=weeks)
    def regrade(self, attempt_id: int, score: float, week: str) -> None:
        async def work(tx: Tx) -> None:
            before = await tx.attempts.get(attempt_id)
            if before is None:
                return  # forgotten since
            after = regraded(before, a_verdict(score=score))
            await tx.attempts.regrade(after)
            await tx.rollups.shift(
                before, week, after.score - before.score, after.points - before.points
            )

        self.runner.run(self.store.write(work))

    @rule(user_id=st.sampled_from(PEOPLE))
    def forget(self, user_id: int) -> None:
        self.runner.run(self.store.write(lambda tx: tx.persons.forget(user_id)))

    @rule(guild_id=st.sampled_from([GUILD, OTHER]))
    def purge(self, guild_id: int) -> None:
        self.runner.run(self.store.write(lambda tx: tx.guilds.purge(guild_id)))

    @rule(attempt_id=consumes(recorded))
    def fails(self, attempt_id: int) -> None:
        async def work(tx: Tx) -> None:
            attempt = await tx.attempts.get(attempt_id)
            if attempt:
                await tx.rollups.add(attempt, "2026-W12")
            raise ZeroDivisionError

        try:
            self.runner.run(self.store.write(work))
        except ZeroDivisionError:
            return
        raise AssertionError

    @invariant()
    def live_is_as_rebuilt(self) -> None:
        live = self._rollups()
        self.runner.run(self.store.rebuild())
        assert live == self._rollups()

    def _rollups(self) -> list[Any]:
        async def work(tx: Tx) -> list[Any]:
            held = [await tx.persons.export(user_id) for user_id in PEOPLE]
            return [sorted(map(repr, person[table])) for person in held for table in TABLES]

        return self.runner.run(self.store.read(work))


def machine_for(engine: Any) -> type:
    name = f"Test{engine.__name__}Rollups"
    case = type(name, (Rollups,), {"engine": engine}).TestCase
    case.settings = settings(
        max_examples=25,
        stateful_step_count=25,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    return case


globals().update({f"Test{engine.__name__}Rollups": machine_for(engine) for engine in ENGINES})
