"""A study group in a simulated Discord, and what its members do."""

from dataclasses import dataclass
from typing import Any

import simcord

from bot.client import StudyBot


@dataclass
class Group:
    """A guild with an owner, two members and a channel."""

    env: simcord.Env
    bot: StudyBot
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ada: simcord.MemberActor
    bob: simcord.MemberActor

    async def tick(self) -> None:
        """Do what the alarm would do now, and wait until it is done."""
        posting: Any = self.bot.get_cog("Posting")
        assert posting is not None
        await posting.tick()
        await posting.courier.landed()

    async def until(self, hour: int, minute: int = 0) -> None:
        """Let the world's clock run to the next such hour, UTC."""
        now = self.env.now()
        ahead = (hour * 3600 + minute * 60 - (now.hour * 3600 + now.minute * 60 + now.second)) % 86400
        await self.env.advance_time(ahead or 86400)

    async def set_up(self, **options: object) -> simcord.InteractionResult:
        """Ada sets the daily question up at 09:00 UTC."""
        wanted = {"channel": self.channel, "time": "09:00", "timezone": "UTC"} | options
        return await self.ada.slash(self.channel, "setup daily", **wanted)

    async def posted(self) -> Any:
        """The question of the day, once it is out."""
        await self.until(9, 1)
        await self.tick()
        return self.channel.last_message
