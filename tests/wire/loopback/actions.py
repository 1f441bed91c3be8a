"""What people do: commands, clicks, choices, forms; and what happens to guilds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import messages, permissions
from .errors import refuse
from .exchange import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Exchange, visible
from .forms import click_data, modal_data, select_data
from .gateway import GUILDS, Gateway
from .model import Channel, Guild, Json, Message, User
from .options import command_data

if TYPE_CHECKING:
    from .world import World

Who = User | str
Where = Channel | str
What = Message | Json | str


class Actions:
    """People are named by user, id or name; channels likewise; messages by themselves or id."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway

    async def slash(self, user: Who, channel: Where, command: str, /, **options: Any) -> Exchange:
        """Runs a registered command, e.g. `slash("admin", "study", "setup daily", hour=9)`."""
        person, place = self.world.user(user), self.world.channel(channel)
        found, data = command_data(self.world, place, command, options)
        self._may_use(person, place, found)
        return self._interact(COMMAND, person, place, data)

    async def autocomplete(
        self, user: Who, channel: Where, command: str, option: str, typed: str, /, **others: Any
    ) -> Exchange:
        """Types into an option; the suggestions arrive as `choices`."""
        person, place = self.world.user(user), self.world.channel(channel)
        given = others | {option: typed}
        found, data = command_data(self.world, place, command, given, focused=option)
        self._may_use(person, place, found)
        return self._interact(AUTOCOMPLETE, person, place, data)

    async def click(self, user: Who, message: What, target: str, /) -> Exchange:
        """Presses a button, named by custom id (`*` allowed) or label."""
        person, source = self._sees(user, message)
        data = click_data(source.data, target)
        return self._interact(COMPONENT, person, self._place(source), data, source)

    async def select(self, user: Who, message: What, target: str, /, *values: Any) -> Exchange:
        """Chooses values (or labels, people, channels, roles) in a select menu."""
        person, source = self._sees(user, message)
        place = self._place(source)
        data = select_data(self.world, self._guild(place), source.data, target, values)
        return self._interact(COMPONENT, person, place, data, source)

    async def submit_modal(
        self, user: Who, shown: Exchange | str, answers: dict[str, Any], /
    ) -> Exchange:
        """Fills in the modal that an earlier action was answered with."""
        before = shown if isinstance(shown, Exchange) else self.exchange(shown)
        person = self.world.user(user)
        if before.modal is None:
            raise LookupError(f"no modal was shown: {before.summary()}")
        if before.user is not person:
            raise LookupError(f"the modal was shown to {before.user.name}, not {person.name}")
        data = modal_data(self.world, self._guild(before.channel), before.modal, answers)
        return self._interact(MODAL, person, before.channel, data, before.source)

    async def say(self, user: Who, channel: Where, content: str, /) -> Message:
        """Writes a message as a person."""
        person, place = self.world.user(user), self.world.channel(channel)
        made = messages.build(self.world, place, person, {"content": content}, [])
        if place.guild_id:
            member = self.world.guilds[place.guild_id].members[person.id].json()
            del member["user"]
            made.data["member"] = member
        return messages.post(self.world, place, made)

    async def interest(self, user: Who, event_id: str, /, *, yes: bool = True) -> None:
        """Presses *Interested* on an event, or takes it back."""
        person = self.world.user(user)
        guild = next(g for g in self.world.guilds.values() if event_id in g.events)
        interested = guild.events[event_id].interested
        if yes:
            interested[person.id] = guild.members[person.id].user
        else:
            interested.pop(person.id, None)
        data = {
            "guild_scheduled_event_id": event_id,
            "user_id": person.id,
            "guild_id": guild.id,
        }
        self.world.emit(f"GUILD_SCHEDULED_EVENT_USER_{'ADD' if yes else 'REMOVE'}", data, guild.id)

    def exchange(self, exchange_id: str) -> Exchange:
        """An exchange by its id."""
        return next(e for e in self.world.exchanges.values() if e.id == exchange_id)

    # What happens to places

    async def delete_message(self, message: What, /) -> None:
        """A moderator removes a message."""
        found = self.world.message(message)
        messages.delete(self.world, self._place(found), found.id)

    async def delete_channel(self, channel: Where, /) -> None:
        """A moderator removes a channel."""
        place = self.world.channel(channel)
        del self.world.channels[place.id]
        if place.guild_id:
            self.world.guilds[place.guild_id].channels.pop(place.id, None)
            self.world.guilds[place.guild_id].threads.pop(place.id, None)
        event = "THREAD_DELETE" if place.parent_id else "CHANNEL_DELETE"
        self.world.emit(event, place.json(), place.guild_id)

    async def permit(self, channel: Where, /, **changes: bool) -> None:
        """Allows or denies the bot something, e.g. `permit("study", send_messages=False)`."""
        place = self.world.channel(channel)
        bot_id = self.world.bot.id
        names = {kind: [n for n, v in changes.items() if v is kind] for kind in (True, False)}
        place.overwrites = [o for o in place.overwrites if o["id"] != bot_id]
        allow, deny = permissions.bits(*names[True]), permissions.bits(*names[False])
        place.overwrites.append({"id": bot_id, "type": 1, "allow": str(allow), "deny": str(deny)})
        self.world.emit("CHANNEL_UPDATE", place.json(), place.guild_id)

    async def remove_bot(
        self, guild: Guild | str | None = None, /, *, outage: bool = False
    ) -> None:
        """Throws the bot out of a guild, or lets the guild be unavailable for a while."""
        found = self.world.guild(guild)
        data: Json = {"id": found.id} | ({"unavailable": True} if outage else {})
        if not outage:
            del self.world.guilds[found.id]
            for channel_id in (*found.channels, *found.threads):
                del self.world.channels[channel_id]
        self.world.emit("GUILD_DELETE", data, found.id)

    async def add_bot(self, guild: Guild | str | None = None, /) -> None:
        """Invites the bot (anew), or ends an outage."""
        found = self.world.guild(guild)
        outage_over = found.id in self.world.guilds
        self.world.guilds[found.id] = found
        self.world.channels |= found.channels | found.threads
        for session in self.gateway.sessions.values():
            if session.has(found.id) and session.intents & GUILDS:
                data = self.gateway.guild_create(found, session)
                if not outage_over:
                    # This key tells a guild that is back (false) from one that is new (absent).
                    del data["unavailable"]
                session.dispatch("GUILD_CREATE", data)

    # Behind the actions

    def _sees(self, user: Who, message: What) -> tuple[User, Message]:
        person, found = self.world.user(user), self.world.message(message)
        if not visible(found, person):
            raise LookupError(f"{person.name} cannot see this message: it is ephemeral")
        return person, found

    def _place(self, message: Message) -> Channel:
        return self.world.channel(str(message.data["channel_id"]))

    def _guild(self, channel: Channel) -> Guild | None:
        return self.world.guilds.get(channel.guild_id or "")

    def _may_use(self, user: User, channel: Channel, command: Json) -> None:
        """A person is not offered a command that its permissions or contexts hide."""
        contexts = command.get("contexts")
        context = 0 if channel.guild_id else 1
        hidden = context == 1 and command.get("dm_permission") is False
        if hidden or (contexts is not None and context not in contexts):
            raise LookupError(f"/{command['name']} is not offered here (contexts {contexts})")
        needed = int(command.get("default_member_permissions") or 0)
        if channel.guild_id and needed & ~self.world.allowed(user, channel):
            raise LookupError(f"/{command['name']} is hidden from {user.name}")

    def _interact(
        self, kind: int, user: User, channel: Channel, data: Json, source: Message | None = None
    ) -> Exchange:
        world = self.world
        interaction_id = world.clock.snowflake()
        token = f"aW50ZXJhY3Rpb246{interaction_id}"
        payload = self._payload(kind, user, channel, data) | {
            "id": interaction_id,
            "token": token,
        }
        if source is not None:
            payload["message"] = source.json()
        exchange = Exchange(
            interaction_id, token, kind, user, channel, payload, world.clock.now(), source
        )
        world.exchanges[token] = exchange
        world.emit("INTERACTION_CREATE", payload, channel.guild_id)
        return exchange

    def _payload(self, kind: int, user: User, channel: Channel, data: Json) -> Json:
        world = self.world
        payload: Json = {
            "version": 1,
            "type": kind,
            "application_id": world.bot.id,
            "channel_id": channel.id,
            "channel": channel.json() | {"permissions": str(world.allowed(user, channel))},
            "data": data,
            "locale": "en-US",
            "app_permissions": str(world.allowed(world.bot, channel)),
            "attachment_size_limit": 10 * 1024**2,
            "entitlements": [],
            "entitlement_sku_ids": [],
        }
        guild = self._guild(channel)
        if guild is None:
            owners = {"0": "0", "1": user.id}
            return payload | {
                "user": user.json(),
                "context": 1,
                "authorizing_integration_owners": owners,
            }
        if user.id not in guild.members:
            raise refuse(10007)
        member = guild.members[user.id].json()
        return payload | {
            "guild_id": guild.id,
            "guild": {"id": guild.id, "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": member | {"permissions": str(world.allowed(user, channel))},
            "context": 0,
            "authorizing_integration_owners": {"0": guild.id},
        }
