"""Suggestions, own questions, editors and reports: what is kept and how it comes back."""

from dataclasses import replace

from bot.domain.report import Reason
from bot.domain.suggestion import Suggestion, SuggestionState
from bot.store.port import Store, Tx
from tests.store.samples import (
    ANNA,
    BEN,
    CLEO,
    GUILD,
    HOUR,
    NOON,
    OTHER,
    a_draft,
    a_report,
    a_suggestion,
    an_own,
)  # fmt: skip


async def save(store: Store, *suggestions: Suggestion) -> None:
    for suggestion in suggestions:
        await store.write(lambda tx, s=suggestion: tx.suggestions.save(s))


async def test_a_suggestion_comes_back_as_it_was_last_saved(store: Store):
    first = a_suggestion()
    edited = replace(first, draft=a_draft(title="“Another”"), revision=1)
    decided = replace(
        edited,
        state=SuggestionState.REJECTED,
        reason="We have it.",
        decided_by=BEN,
        decided_at=NOON + HOUR,
    )
    assert await store.read(lambda tx: tx.suggestions.get(1)) is None
    for version in (first, edited, decided):
        await save(store, version)
        assert await store.read(lambda tx: tx.suggestions.get(1)) == version


async def test_what_waits_comes_oldest_first_and_each_guild_has_its_own(store: Store):
    waiting = {"state": SuggestionState.WAITING}
    late = a_suggestion(1, at=NOON + HOUR, **waiting)
    early = a_suggestion(2, BEN, **waiting)
    elsewhere = a_suggestion(3, guild_id=OTHER, **waiting)
    draft = a_suggestion(4, at=NOON + 2 * HOUR)
    await save(store, late, early, elsewhere, draft)

    async def look(tx: Tx) -> None:
        assert await tx.suggestions.waiting(GUILD, 9) == [early, late]
        assert await tx.suggestions.waiting(GUILD, 1) == [early]
        assert await tx.suggestions.waiting_of(GUILD, ANNA) == 1
        assert await tx.suggestions.waiting_of(GUILD, CLEO) == 0
        assert await tx.suggestions.by(GUILD, ANNA, 9) == [draft, late]
        assert await tx.suggestions.by(GUILD, ANNA, 1) == [draft]

    await store.read(look)


async def test_only_the_drafts_of_one_person_in_one_guild_are_dropped(store: Store):
    kept = [
        a_suggestion(1, state=SuggestionState.WAITING),
        a_suggestion(2, BEN),
        a_suggestion(3, guild_id=OTHER),
    ]
    await save(store, *kept, a_suggestion(4), a_suggestion(5))
    await store.write(lambda tx: tx.suggestions.drop_drafts(GUILD, ANNA))
    found = [await store.read(lambda tx, i=i: tx.suggestions.get(i)) for i in range(1, 6)]
    assert found == [*kept, None, None]


async def test_an_own_question_is_its_guilds_alone_and_keeps_its_wording(store: Store):
    own = an_own()
    await store.write(lambda tx: tx.owns.save(own))
    reworded = replace(own, question=own.question.model_copy(update={"title": "Other"}))
    wanted = replace(reworded, wanted_at=NOON + HOUR)
    await store.write(lambda tx: tx.owns.save(wanted))

    async def look(tx: Tx) -> None:
        assert await tx.owns.get(GUILD, "own-1") == replace(own, wanted_at=NOON + HOUR)
        assert await tx.owns.get(OTHER, "own-1") is None
        assert await tx.owns.of(OTHER) == []

    await store.read(look)


async def test_a_retired_question_is_found_and_not_listed(store: Store):
    second, first = an_own("own-2", at=NOON + HOUR), an_own("own-3")
    retired = an_own("own-1", retired_at=NOON + HOUR)

    async def work(tx: Tx) -> None:
        for own in (second, first, retired):
            await tx.owns.save(own)
        assert await tx.owns.of(GUILD) == [first, second]
        assert await tx.owns.get(GUILD, "own-1") == retired

    await store.write(work)


async def test_editors_are_named_once_and_in_order(store: Store):
    async def work(tx: Tx) -> None:
        assert await tx.editors.add(GUILD, BEN, NOON + HOUR)
        assert await tx.editors.add(GUILD, ANNA, NOON)
        assert await tx.editors.add(OTHER, BEN, NOON)
        assert not await tx.editors.add(GUILD, ANNA, NOON + 2 * HOUR)
        assert await tx.editors.of(GUILD) == [ANNA, BEN]
        assert await tx.editors.remove(GUILD, BEN)
        assert not await tx.editors.remove(GUILD, BEN)
        assert await tx.editors.of(GUILD) == [ANNA]
        assert await tx.editors.of(OTHER) == [BEN]

    await store.write(work)


async def test_a_second_report_of_one_person_replaces_the_first(store: Store):
    first = a_report(closed_at=NOON, closed_by=BEN)
    second = a_report(at=NOON + HOUR, reason=Reason.WRONG, text="")

    async def work(tx: Tx) -> None:
        assert await tx.reports.get(ANNA, "leak") is None
        assert await tx.reports.save(first)
        assert not await tx.reports.save(second)
        assert await tx.reports.get(ANNA, "leak") == second

    await store.write(work)


async def test_reports_go_to_whom_the_question_belongs_and_close_together(store: Store):
    bank = a_report()
    ours = a_report(question_id="own-1", guild_id=GUILD, at=NOON + HOUR)
    bens = a_report(BEN, "own-1", guild_id=GUILD)
    other = a_report(BEN, "own-2", guild_id=GUILD, at=NOON + 2 * HOUR)

    async def work(tx: Tx) -> None:
        for report in (bank, ours, bens, other):
            await tx.reports.save(report)
        assert await tx.reports.open_in(None, 9) == [bank]
        assert await tx.reports.open_in(GUILD, 9) == [bens, ours, other]
        assert await tx.reports.open_in(GUILD, 1) == [bens]
        await tx.reports.close_all("own-1", OTHER, CLEO, NOON)
        assert len(await tx.reports.open_in(GUILD, 9)) == 3
        await tx.reports.close_all("own-1", GUILD, CLEO, NOON + HOUR)
        assert await tx.reports.open_in(GUILD, 9) == [other]
        closed = await tx.reports.get(BEN, "own-1")
        assert closed == replace(bens, closed_at=NOON + HOUR, closed_by=CLEO)

    await store.write(work)
