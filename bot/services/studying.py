"""An answer given anywhere but under a post: it counts for everything except the group's points."""

from dataclasses import replace

from bot.domain.attempt import Attempt
from bot.domain.local_time import zone
from bot.domain.person import week_of
from bot.domain.streak import Change, study_day
from bot.services.streaks import person_of, studied, zone_of
from bot.store.port import Tx


async def study(tx: Tx, attempt: Attempt) -> Change | None:
    """Record an attempt with all it moves: study day, streak, topics, memory.

    Its `study_day` is found here. None when this very attempt has been recorded before.
    """
    person = await person_of(tx, attempt.user_id, attempt.guild_id)
    zone_name = await zone_of(tx, person, attempt.guild_id)
    attempt = replace(attempt, study_day=study_day(attempt.at, zone(zone_name)))
    if not await tx.attempts.insert(attempt):
        return None
    change = await studied(tx, person, zone(zone_name), attempt.at, post=False)
    await tx.rollups.add(attempt, week_of(attempt.at, zone_name))
    return change
