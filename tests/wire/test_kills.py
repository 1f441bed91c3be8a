"""Killed again and again: a reminder still comes once, a night has one event and one lobby.

One bot lives four lives. Each person and each guild is named after the moment at which a kill finds
what is on its way for them; a life ends when all those moments have come.
"""

from datetime import timedelta
from pathlib import Path

from tests.wire.evening import Evening, How, evening
from tests.wire.loopback import text_of

LEASE, LONGER_LEASE, BRIEF = 5.0, 6.5, 1.0
"""Leases in seconds. The next life comes before the first two have ended: it takes three seconds
to be back from a kill, and two more where a life waits for a lease before it is killed."""
UNSENT: How = {"cut": "mute_before"}
UNSEEN: How = {"cut": "mute_after"}
"""Done, but its bot does not live to see the answer."""
LOST: How = {"cut": "reset_after"}


def late(lease: float) -> How:
    """Done after the kill, within the lease: whoever looks at once does not find it."""
    return {"delay": lease - 1}


def later(again: float) -> How:
    """Done after the next life has sent it again, so many seconds after the first time."""
    return {"delay": again + 1}


REMINDERS = {
    "unsent": UNSENT,
    "unseen": UNSEEN,
    "late": late(LONGER_LEASE),
    "later": later(LONGER_LEASE),
    "looked for": UNSEEN,
}
TOLD = "told"
"""Whose reminder arrives, and its answer too."""
LOOKED_FOR, CALLED_OFF, SOON = "event looked for", "called off", "in ten minutes"
EVENTS = {
    "event unsent": UNSENT,
    "event unseen": UNSEEN,
    "event late": late(LEASE),
    LOOKED_FOR: UNSEEN,
    CALLED_OFF: late(LEASE),
}
LOBBIES = {
    "lobby unsent": UNSENT,
    "lobby unseen": UNSEEN,
    "lobby lost": LOST,
    "lobby late": {"delay": 1},
    "lobby later": later(5),
}
GUILDS = [*EVENTS, *LOBBIES, SOON]
NIGHTS = [name for name in GUILDS if name not in {CALLED_OFF, SOON}]
"""Guilds in which a quiz begins."""
FOUND = ("unseen", "late", "looked for", TOLD, "lobby unseen", "lobby lost", SOON)
"""Where the only message has arrived before anybody looked."""


async def test_killed_in_every_life_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    async with evening(tmp_path, [*REMINDERS, TOLD], GUILDS) as here:
        await live_until_claimed_and_announcing(here)
        await live_until_sending_and_announced(here)
        await here.bring_near((name for name in NIGHTS if name != LOOKED_FOR), timedelta())
        await here.bring_near([SOON], timedelta(minutes=10))
        await live_until_reminded_and_opening(here)
        await here.bring_near([LOOKED_FOR], timedelta())
        await live_to_the_end(here)

        assert here.reminders() == dict.fromkeys(here.people, 1)
        assert here.events() == dict.fromkeys(GUILDS, 1) | {CALLED_OFF: 0}
        assert here.lobbies() == dict.fromkeys(NIGHTS, 1) | {CALLED_OFF: 0, SOON: 0}
        (word,) = here.places[SOON].posts
        assert "Quiz night begins" in text_of(word)
        assert f"<@{here.world.user(TOLD).id}>" in text_of(word)
        assert {name: len(here.loopback.sent("POST", here.path(name))) for name in FOUND} == (
            dict.fromkeys(FOUND, 1)
        ), "what had arrived was found: that no nonce let it in twice is not enough"
        assert here.reminding() == dict.fromkeys(here.people)
        assert here.stages() == {"reminded": 1}


async def live_until_claimed_and_announcing(here: Evening) -> None:
    """No channel can be opened, so reminders are claimed and no more; events are on their way."""
    claimed = here.loopback.mishap("POST", "/users/@me/channels", **UNSENT)
    announcing = [
        here.loopback.mishap("POST", here.calendar(name), **how) for name, how in EVENTS.items()
    ]
    async with here.life(LEASE, claimed, *announcing):
        pass
    assert here.reminding() == dict.fromkeys(here.people, "claimed")
    assert here.stages()["announcing"] >= len(announcing)


async def live_until_sending_and_announced(here: Evening) -> None:
    """Reminders are on their way; of the events, one is looked for and the others are known."""
    looking = here.loopback.mishap("GET", here.calendar(LOOKED_FOR), **UNSENT)
    async with here.life(LONGER_LEASE, looking, *here.messages_go(REMINDERS)):
        await here.call_off(CALLED_OFF)
        for name in (*NIGHTS, SOON):
            if name != LOOKED_FOR:
                await here.knows_its_event(name)
        await here.until(lambda: here.reminders()[TOLD])
    assert here.reminding().items() >= dict.fromkeys(REMINDERS, "sending").items()
    for event_id in here.places[SOON].guild.events:
        await here.loopback.act.interest(TOLD, event_id)


async def live_until_reminded_and_opening(here: Evening) -> None:
    """Reminders are found or sent again, but one is looked for; lobbies are on their way."""
    looking = here.loopback.mishap("GET", here.path("looked for"), **UNSENT)
    async with here.life(BRIEF, looking, *here.messages_go(LOBBIES | {SOON: UNSEEN})):
        await here.knows_its_event(LOOKED_FOR)
        await here.until(lambda: all(here.reminders().values()))
    assert here.stages()["reminding"] == 1


async def live_to_the_end(here: Evening) -> None:
    """Whatever is still on its way is seen to, and then the bot is asked to leave."""
    under_way = [name for name, leaving in here.reminding().items() if leaving]
    assert "looked for" in under_way
    async with here.life(BRIEF):
        for name in NIGHTS:
            await here.until(lambda: here.answered("PATCH", f"{here.path(name)}/*"))  # noqa: B023
        for name in (*under_way, SOON):
            await here.until(lambda: here.answered("GET", here.path(name)))  # noqa: B023
        for name in ("later", "lobby later"):
            first = here.loopback.sent("POST", here.path(name))[0]
            await here.until(lambda: first.status)  # noqa: B023
        assert await here.process.stop() == 0, here.process.log
