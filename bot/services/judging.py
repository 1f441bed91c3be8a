"""Grades with a language model beside the rubric engine: cache, budget, patience, fallback.

It stands behind the domain's `Assessor`, so whoever asks for a verdict gets one whatever happens;
under it stands who graded (docs/decisions/0010).
"""

import asyncio
import hashlib
import logging
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.domain.judge import Judge, Judgement, NoJudgement
from bot.domain.judgement import found, graded, is_worth_judging
from bot.domain.question import Question
from bot.domain.rubric import assess
from bot.domain.verdict import Verdict
from bot.store.port import Store, Tx

KEPT: Final = timedelta(days=90)
"""How long a judgement is kept; after that the same answer is judged anew."""

_log = logging.getLogger(__name__)


class Judging:
    """`Assessor` over a judge and the rubric engine, which has the last word."""

    def __init__(self, store: Store, judge: Judge, *, daily: int, patience: float) -> None:
        """Put them together.

        Args:
            store: keeps judgements and budgets.
            judge: the language model.
            daily: requests to it per guild and UTC day.
            patience: seconds for one request, all in all.
        """
        self._store, self._judge = store, judge
        self._daily, self._patience = daily, patience

    async def assess(
        self,
        question: Question,
        answer: str,
        *,
        guild_id: int | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """The verdict on `answer`; without a `now` nothing can be put on a budget or sent."""
        rubric = assess(question, answer)
        if now is None or not is_worth_judging(rubric):
            return rubric
        try:
            judgement = await self._judgement(question, answer, guild_id, now.astimezone(UTC))
        except NoJudgement as none:
            _log.warning("Graded by the rubric alone: %s. %s", none, none.detail)
            return rubric.model_copy(update={"grader": f"{rubric.grader} ({none})"})
        return graded(question, answer, rubric, judgement, self._judge.name)

    async def _judgement(
        self, question: Question, answer: str, guild_id: int | None, now: datetime
    ) -> Judgement:
        words = hashlib.sha256(answer.encode(errors="surrogatepass")).hexdigest()
        key = (question.hash, words, self._judge.key)
        kept = await self._store.read(lambda tx: tx.judgements.get(*key))
        if kept is not None:
            return kept
        today = now.date()
        if not await self._store.write(
            lambda tx: tx.judgements.spend(guild_id, today, self._daily)
        ):
            raise NoJudgement("the model's answers for today are used up")
        judgement = await self._asked(question, answer)
        await self._keep(key, judgement, today)
        return judgement

    async def _asked(self, question: Question, answer: str) -> Judgement:
        try:
            async with asyncio.timeout(self._patience):
                said = await self._judge.judge(question, answer)
        except TimeoutError:
            raise NoJudgement(
                "the model did not answer in time", f"No reply within {self._patience:g} s."
            ) from None
        if not any(question.point(claim.point_id) for claim in said):
            raise NoJudgement("the model's reply was of no use", "It names no key point.")
        return found(question, answer, said)

    async def _keep(self, key: tuple[str, str, str], judgement: Judgement, today: date) -> None:
        async def work(tx: Tx) -> None:
            await tx.judgements.prune(today - KEPT)
            await tx.judgements.save(*key, judgement, today)

        await self._store.write(work)
