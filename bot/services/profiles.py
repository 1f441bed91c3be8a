"""What somebody's study has come to, shown to them and to others as far as they want."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.aim import Aim, changed
from bot.domain.attempt import calibration
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.local_time import local_date, zone
from bot.domain.profile import GLANCES, YEAR, Profile, habits, shared, sureness, topic_stats, trend
from bot.domain.sharing import Sharing, Visibility
from bot.domain.streak import Streak, study_day
from bot.services.streaks import person_of, settled, zone_of
from bot.store.port import Store, Tx

PRIVATE = "They keep their profile to themselves. `/me profile` without a name shows yours."
ELSEWHERE = "I show somebody's profile only in a server that you share with them. Ask there."
NOTHING_YET = "They have not answered a question yet, so there is nothing to show."


@dataclass(frozen=True, slots=True)
class Preferences:
    """What `/me settings` shows."""

    aim: Aim
    sharing: Sharing
    zone_name: str
    own_zone: bool
    today: date


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants changed in their settings; None leaves a thing as it is."""

    visibility: Visibility | None = None
    on_boards: bool | None = None
    role: str | None = None
    seniority: str | None = None
    interview: str | None = None


class Profiles:
    """Profiles, and the settings that go with them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(
        self, user_id: int, asking_id: int, guild_id: int | None, now: datetime
    ) -> Profile:
        """A person's profile: their own in full, another's as far as they share it.

        Raises:
            NotFound: they are asked for outside a server, or have done nothing yet.
            NotAllowed: they keep it to themselves.
        """
        if user_id == asking_id:
            return await self._whole(user_id, guild_id, now, own=True)
        if guild_id is None:
            raise NotFound(ELSEWHERE)
        sharing = await self._store.read(lambda tx: tx.sharings.get(user_id))
        if sharing.visibility is Visibility.PRIVATE:
            raise NotAllowed(PRIVATE)
        whole = await self._whole(user_id, guild_id, now, own=False)
        if not whole.answered and not whole.days:
            raise NotFound(NOTHING_YET)
        return shared(whole, sharing.visibility)

    async def preferences(self, user_id: int, guild_id: int | None, now: datetime) -> Preferences:
        """Somebody's settings as they stand."""
        return await self._store.write(lambda tx: _preferences(tx, user_id, guild_id, now))

    async def prefer(
        self, user_id: int, guild_id: int | None, wish: Wish, now: datetime
    ) -> Preferences:
        """Change settings; returns them as they stand then.

        Raises:
            Invalid: the interview's date cannot be used; nothing was changed.
        """

        async def work(tx: Tx) -> Preferences:
            before = await _preferences(tx, user_id, guild_id, now)
            aim = changed(before.aim, wish.role, wish.seniority, wish.interview, before.today)
            sharing = replace(
                before.sharing,
                visibility=wish.visibility or before.sharing.visibility,
                on_boards=before.sharing.on_boards if wish.on_boards is None else wish.on_boards,
            )
            if aim != before.aim:
                await tx.aims.save(aim)
            if sharing != before.sharing:
                await tx.sharings.save(sharing)
            return replace(before, aim=aim, sharing=sharing)

        return await self._store.write(work)

    async def _whole(
        self, user_id: int, guild_id: int | None, now: datetime, *, own: bool
    ) -> Profile:
        """Everything; the streak is judged in a unit that writes, all else needs no writer."""
        turned_up = guild_id if own else None  # who is looked up has not turned up there

        async def judge(tx: Tx) -> tuple[Streak, date, int | None]:
            person = await person_of(tx, user_id, turned_up)
            tz = zone(await zone_of(tx, person, turned_up))
            streak = (await settled(tx, person, tz, now)).streak
            return streak, study_day(now, tz), guild_id or person.home_guild_id

        streak, today, place = await self._store.write(judge)

        async def look(tx: Tx) -> Profile:
            glances = await tx.profiles.glances(user_id, GLANCES)
            sure = [(g.confidence, g.score) for g in glances if g.confidence is not None]
            return Profile(
                user_id=user_id,
                today=today,
                visibility=(await tx.sharings.get(user_id)).visibility,
                streak=streak,
                days=tuple(await tx.profiles.days(user_id, today - YEAR)),
                topics=topic_stats(await tx.preparations.lasts(user_id)),
                ratings=tuple(await tx.ratings.of_person(place, user_id)) if place else (),
                calibration=calibration(sure),
                sureness=sureness(glances),
                habits=habits(glances),
                trend=trend(glances, now),
                aim=await tx.aims.get(user_id),
            )

        return await self._store.read(look)


async def _preferences(tx: Tx, user_id: int, guild_id: int | None, now: datetime) -> Preferences:
    person = await person_of(tx, user_id, guild_id)
    zone_name = await zone_of(tx, person, guild_id)
    return Preferences(
        aim=await tx.aims.get(user_id),
        sharing=await tx.sharings.get(user_id),
        zone_name=zone_name,
        own_zone=person.zone_name is not None,
        today=local_date(now, zone(zone_name)),
    )
