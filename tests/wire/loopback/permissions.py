"""Permission bits and the way Discord adds them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Channel, Guild, Member

BITS = {
    "kick_members": 1 << 1,
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_roles": 1 << 28,
    "use_application_commands": 1 << 31,
    "manage_events": 1 << 33,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
    "moderate_members": 1 << 40,
    "create_events": 1 << 44,
    "pin_messages": 1 << 51,
}
ALL = (1 << 53) - 1


def bits(*names: str) -> int:
    """The value of these permissions together."""
    return sum(BITS[name] for name in names)


EVERYONE = bits(
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "use_application_commands",
    "create_public_threads",
    "send_messages_in_threads",
)


def in_guild(guild: Guild, member: Member) -> int:
    """What a member may do before any channel has its say."""
    if member.user.id == guild.owner_id:
        return ALL
    value = guild.roles[guild.id].permissions
    for role_id in member.roles:
        value |= guild.roles[role_id].permissions
    return ALL if value & BITS["administrator"] else value


def in_channel(guild: Guild, member: Member, channel: Channel) -> int:
    """What a member may do in a channel: everyone's overwrite, then roles', then their own."""
    value = in_guild(guild, member)
    if value == ALL:
        return ALL
    by_id = {overwrite["id"]: overwrite for overwrite in channel.overwrites}
    roles = [by_id[role_id] for role_id in member.roles if role_id in by_id]
    for layer in ([by_id.get(guild.id)], roles, [by_id.get(member.user.id)]):
        present = [overwrite for overwrite in layer if overwrite]
        for overwrite in present:
            value &= ~int(overwrite["deny"])
        for overwrite in present:
            value |= int(overwrite["allow"])
    return value if value & BITS["view_channel"] else 0
