"""The things of a world, each able to write itself as Discord would."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from .ids import iso_of
from .permissions import EVERYONE

Json = dict[str, Any]

TEXT, DM, PUBLIC_THREAD = 0, 1, 11
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4
EPHEMERAL, LOADING, COMPONENTS_V2, HAS_THREAD = 1 << 6, 1 << 7, 1 << 15, 1 << 5


@dataclass
class User:
    """A person, or the bot."""

    id: str
    name: str
    bot: bool = False

    def json(self) -> Json:
        """The user as other users see it."""
        return {
            "id": self.id,
            "username": self.name,
            "global_name": None if self.bot else self.name.title(),
            "discriminator": "0000" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "system": False,
            "public_flags": 0,
            "banner": None,
            "accent_color": None,
            "avatar_decoration_data": None,
            "primary_guild": None,
        }


@dataclass
class Role:
    """A role of a guild."""

    id: str
    name: str
    permissions: int
    position: int
    bot_id: str | None = None

    def json(self) -> Json:
        """The role as in GUILD_CREATE."""
        data: Json = {
            "id": self.id,
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.bot_id is not None,
            "mentionable": False,
            "flags": 0,
            "icon": None,
            "unicode_emoji": None,
        }
        return data | {"tags": {"bot_id": self.bot_id}} if self.bot_id else data


@dataclass
class Member:
    """A user in a guild."""

    user: User
    joined_at: str
    roles: list[str] = field(default_factory=list)
    nick: str | None = None

    def json(self) -> Json:
        """The member, with its user."""
        return {
            "user": self.user.json(),
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "roles": list(self.roles),
            "joined_at": self.joined_at,
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }


@dataclass
class Message:
    """A message: what Discord would send, and who alone may see it."""

    data: Json
    only_for: str | None = None

    @property
    def id(self) -> str:
        """The message's snowflake."""
        return str(self.data["id"])

    @property
    def flags(self) -> int:
        """The message's flags."""
        return int(self.data["flags"])

    def json(self) -> Json:
        """A copy that a caller may keep."""
        return copy.deepcopy(self.data)


@dataclass
class Channel:
    """A text channel, a thread or a direct-message channel, with its messages by id."""

    id: str
    type: int
    name: str | None
    guild_id: str | None = None
    position: int = 0
    overwrites: list[Json] = field(default_factory=list)
    parent_id: str | None = None
    owner_id: str | None = None
    recipient: User | None = None
    archived: bool = False
    archive_minutes: int = 1440
    messages: dict[str, Message] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)

    def json(self) -> Json:
        """The channel by its kind."""
        last = next(reversed(self.messages), None)
        data: Json = {"id": self.id, "type": self.type, "last_message_id": last, "flags": 0}
        if self.recipient is not None:
            return data | {"recipients": [self.recipient.json()]}
        data |= {
            "name": self.name,
            "guild_id": self.guild_id,
            "parent_id": self.parent_id,
            "rate_limit_per_user": 0,
            "last_pin_timestamp": next(reversed(self.pins.values()), None),
        }
        if self.type == PUBLIC_THREAD:
            return data | self._thread_json()
        return data | {
            "position": self.position,
            "permission_overwrites": copy.deepcopy(self.overwrites),
            "topic": None,
            "nsfw": False,
        }

    def _thread_json(self) -> Json:
        created = iso_of(self.id)
        return {
            "owner_id": self.owner_id,
            "message_count": len(self.messages),
            "total_message_sent": len(self.messages),
            "member_count": 1,
            "thread_metadata": {
                "archived": self.archived,
                "locked": False,
                "auto_archive_duration": self.archive_minutes,
                "archive_timestamp": created,
                "create_timestamp": created,
            },
            "member": {
                "id": self.id,
                "user_id": self.owner_id,
                "join_timestamp": created,
                "flags": 1,
            },
        }


@dataclass
class Event:
    """An event on a guild's calendar, and who is interested."""

    data: Json
    interested: dict[str, User] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The event's snowflake."""
        return str(self.data["id"])

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or under way."""
        return self.data["status"] in (SCHEDULED, ACTIVE)

    def json(self, *, counted: bool = False) -> Json:
        """The event, with how many are interested if asked."""
        count = {"user_count": len(self.interested)} if counted else {}
        return copy.deepcopy(self.data) | count


@dataclass
class Guild:
    """A server: its roles and members by id, its channels' ids."""

    id: str
    name: str
    owner_id: str
    joined_at: str
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    threads: dict[str, Channel] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    locale: str = "en-US"

    def __post_init__(self) -> None:
        self.roles.setdefault(self.id, Role(self.id, "@everyone", EVERYONE, 0))

    def json(self) -> Json:
        """The guild as GET /guilds/{id} gives it."""
        return {
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner_id,
            "icon": None,
            "splash": None,
            "banner": None,
            "description": None,
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [role.json() for role in self.roles.values()],
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": self.locale,
            "vanity_url_code": None,
        }

    def create_json(self, members: list[Member]) -> Json:
        """The guild as GUILD_CREATE gives it to someone who may see these members."""
        return self.json() | {
            "joined_at": self.joined_at,
            "large": len(self.members) > 250,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [member.json() for member in members],
            "channels": [channel.json() for channel in self.channels.values()],
            "threads": [thread.json() for thread in self.threads.values() if not thread.archived],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [
                event.json(counted=True) for event in self.events.values() if event.is_open
            ],
            "soundboard_sounds": [],
        }
