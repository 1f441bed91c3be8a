"""The past of `loopmate play --past`: what comes of it is what the bot makes of such days."""

from datetime import timedelta

from bot.app import build
from bot.domain.attempt import Origin
from bot.play.command import open_the_day
from bot.play.live import LiveEnv
from bot.play.past import live_through
from bot.play.story import START
from bot.play.world import WorldClock, found
from bot.settings import Settings

DAYS = 4


async def test_days_pass_and_leave_something_behind(settings: Settings) -> None:
    clock = WorldClock(START)
    bot = build(settings, clock=clock)
    env = LiveEnv(bot, start=START)
    clock.follow(env)
    world = found(env)
    try:
        await env.start()
        await open_the_day(world)
        await live_through(world, DAYS)
        assert env.now() - START >= DAYS * timedelta(days=1)
        posts = [m for m in world.daily.history() if "Question of the day" in str(m.components)]
        assert len(posts) == 1 + DAYS
        profile = await bot.services.profiles.of(world.ada.id, world.ada.id, None, env.now())
        assert profile.days
        assert profile.aim is not None
        rows = (await bot.services.privacy.export(world.ada.id))["attempt"]
        assert {row["origin"] for row in rows} == {Origin.POST, Origin.DRILL}
        assert await bot.services.planning.today(world.ada.id, None, env.now())
    finally:
        await env.shutdown()
        await bot.close()
