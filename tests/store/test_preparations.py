"""Where somebody stands, as the store tells it."""

from bot.domain.standing import Last
from bot.store.port import Store, Tx
from tests.store.samples import ANNA, BEN, GUILD, HOUR, NOON, practice


async def test_the_last_answer_to_each_question_counts_the_worst_first(store: Store) -> None:
    async def work(tx: Tx) -> None:
        for attempt in (
            practice(1, question_id="a", score=0.2),
            practice(2, question_id="a", score=0.9, at=NOON + HOUR),
            practice(3, question_id="b", score=0.5, at=NOON + HOUR, guild_id=None),
            practice(4, BEN, question_id="c", score=0.0),
        ):
            await tx.attempts.insert(attempt)

    await store.write(work)
    now = await store.read(lambda tx: tx.preparations.lasts(ANNA))
    assert now == [
        Last("b", None, "evaluation", NOON + HOUR, 0.5),
        Last("a", GUILD, "evaluation", NOON + HOUR, 0.9),
    ]
    before = await store.read(lambda tx: tx.preparations.lasts(ANNA, NOON + HOUR))
    assert [(last.question_id, last.score) for last in before] == [("a", 0.2)]
