"""A study group in a simulated Discord, and what its members do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
import simcord

from bot.client import StudyBot

GOOD = (
    "I would judge it by precision among the 500 cases the team can review. To set the threshold "
    "I rank by score and take the top 500. I also report recall at that capacity."
)


@dataclass
class Group:
    """A guild with an owner, two members and a channel."""

    env: simcord.Env
    bot: StudyBot
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ada: simcord.MemberActor
    bob: simcord.MemberActor

    @property
    def posting(self) -> Any:
        """The cog that posts."""
        return self.bot.get_cog("Posting")

    async def tick(self) -> None:
        """Do what the alarm would do now, and wait until it is done."""
        await self.posting.tick()
        await self.posting.courier.landed()

    async def until(self, hour: int, minute: int = 0) -> None:
        """Let the world's clock run to the next such hour, UTC."""
        now = self.env.now()
        gone = now.hour * 3600 + now.minute * 60 + now.second
        ahead = (hour * 3600 + minute * 60 - gone) % 86400
        await self.env.advance_time(ahead or 86400)

    async def set_up(self, **options: Any) -> simcord.InteractionResult:
        """Ada sets the daily question up at 09:00 UTC."""
        wanted = {"channel": self.channel, "time": "09:00", "timezone": "UTC"} | options
        return await self.ada.slash(self.channel, "setup daily", **wanted)

    async def posted(self) -> discord.Message:
        """The next question of the day, once it is out."""
        await self.until(9, 1)
        await self.tick()
        return self.questions()[-1]

    def questions(self) -> list[discord.Message]:
        """Every question of the day in the channel, the oldest first."""
        messages = sorted(self.channel.history(), key=lambda m: m.id)
        return [m for m in messages if "Question of the day" in said(m)]

    async def answer(
        self, who: simcord.MemberActor, text: str = GOOD, sure: str | None = "80"
    ) -> simcord.InteractionResult:
        """Press *Answer* under the latest question, and submit."""
        asked = await who.click(self.questions()[-1], label="Answer")
        values: dict[str, Any] = {"answer": text} | ({"sure": [sure]} if sure else {})
        return await who.submit_modal(asked, values)


def said(shown: Any) -> str:
    """All the words of a message or of an interaction's first response."""
    message = getattr(shown, "response", shown)
    if message is None:
        return ""
    return "\n".join([message.content or "", *_texts(_raw(message))]).strip()


def buttons(shown: Any) -> list[str]:
    """The labels of its buttons."""
    message = getattr(shown, "response", shown)
    return [c["label"] for c in _walk(_raw(message)) if c.get("type") == 2]


def _raw(message: Any) -> list[dict[str, Any]]:
    return [c if isinstance(c, dict) else c.to_dict() for c in message.components]


def _texts(components: list[dict[str, Any]]) -> Iterator[str]:
    return (c["content"] for c in _walk(components) if c.get("type") == 10)


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
