from dataclasses import replace
from datetime import date

import pytest

from bot.domain.bank import Selection
from bot.domain.question import Difficulty, Role, Seniority, Topic
from bot.domain.schedule import Schedule
from bot.store.port import Store, Tx
from tests.store.samples import GUILD, HOUR, NOON, a_schedule

FULL = a_schedule(
    minute=1439,
    weekdays=frozenset({0, 2, 4}),
    selection=Selection(
        topics=frozenset(list(Topic)[:2]),
        difficulties=frozenset(list(Difficulty)[:1]),
        seniorities=frozenset(Seniority),
        roles=frozenset(list(Role)[-1:]),
    ),
    role_id=41,
    thread=True,
    pin=True,
    report_channel_id=32,
    paused=True,
    next_day=date(2026, 3, 3),
    next_run_at=NOON,
    weekly=True,
)


@pytest.mark.parametrize("schedule", [a_schedule(), FULL, replace(FULL, weekdays=frozenset())])
async def test_a_schedule_comes_back_as_it_was_saved(store: Store, schedule: Schedule):
    assert await store.read(lambda tx: tx.schedules.get(GUILD)) is None
    await store.write(lambda tx: tx.schedules.save(FULL))
    await store.write(lambda tx: tx.schedules.save(schedule))
    assert await store.read(lambda tx: tx.schedules.get(GUILD)) == schedule


async def test_due_schedules_come_longest_overdue_first_and_no_more_than_asked(store: Store):
    async def work(tx: Tx) -> list[list[int]]:
        for guild_id, hours in {1: 0, 2: -2, 3: 1, 4: -1}.items():
            await tx.schedules.save(a_schedule(guild_id, next_run_at=NOON + hours * HOUR))
        await tx.schedules.save(a_schedule(5))
        return [[s.guild_id for s in await tx.schedules.due(NOON, most)] for most in (9, 2)]

    assert await store.write(work) == [[2, 4, 1], [2, 4]]


async def test_next_run_at_is_the_earliest_of_all(store: Store):
    assert await store.read(lambda tx: tx.schedules.next_run_at()) is None
    await store.write(lambda tx: tx.schedules.save(a_schedule(1)))
    assert await store.read(lambda tx: tx.schedules.next_run_at()) is None
    for guild_id, hours in ((2, 5), (3, 4), (4, 6)):
        later = a_schedule(guild_id, next_run_at=NOON + hours * HOUR)
        await store.write(lambda tx, later=later: tx.schedules.save(later))
    assert await store.read(lambda tx: tx.schedules.next_run_at()) == NOON + 4 * HOUR


async def test_planned_names_guilds_with_a_next_post(store: Store):
    for schedule in (
        a_schedule(2, next_run_at=NOON),
        a_schedule(1, next_run_at=NOON),
        a_schedule(3),
    ):
        await store.write(lambda tx, schedule=schedule: tx.schedules.save(schedule))
    assert await store.read(lambda tx: tx.schedules.planned()) == [1, 2]
