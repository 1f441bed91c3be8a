"""From what a person types after a slash to the data of an interaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .model import Channel, Guild, Json, User
from .rest_application import find_command

if TYPE_CHECKING:
    from .world import World

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)


def command_data(
    world: World, channel: Channel, line: str, given: Json, focused: str | None = None
) -> tuple[Json, Json]:
    """The registered command and the interaction data for `line`, e.g. "setup daily"."""
    name, *path = line.removeprefix("/").split()
    command = find_command(world, channel.guild_id, name)
    node, names = command, list(path)
    while names:
        node = _child(node, names.pop(0), line)
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in node.get("options") or []):
        raise LookupError(f"/{line} needs a subcommand: {[o['name'] for o in node['options']]}")
    resolved: Json = {}
    options = _options(world, channel, node, given, resolved, focused)
    for depth in range(len(path), 0, -1):
        kind = SUBCOMMAND if depth == len(path) else GROUP
        options = [{"type": kind, "name": path[depth - 1], "options": options}]
    data = {"id": command["id"], "name": name, "type": 1, "options": options}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return command, data | ({"resolved": resolved} if resolved else {})


def _child(node: Json, name: str, line: str) -> Json:
    children: list[Json] = [
        o for o in node.get("options") or [] if o["type"] in (SUBCOMMAND, GROUP)
    ]
    for child in children:
        if child["name"] == name:
            return child
    raise LookupError(f"/{line}: no {name!r} among {[child['name'] for child in children]}")


def _options(
    world: World,
    channel: Channel,
    node: Json,
    given: Json,
    resolved: Json,
    focused: str | None,
) -> list[Json]:
    known = {option["name"]: option for option in node.get("options") or []}
    unknown = set(given) - set(known)
    missing = {n for n, o in known.items() if o.get("required")} - set(given)
    if unknown or (missing and focused is None):
        raise LookupError(f"unknown {sorted(unknown)}, missing {sorted(missing)}: {sorted(known)}")
    made = []
    for name, value in given.items():
        option = known[name]
        entry: Json = {"name": name, "type": option["type"]}
        if name == focused:
            if not option.get("autocomplete"):
                raise LookupError(f"{name!r} has no autocomplete")
            entry |= {"value": value, "focused": True}
        else:
            entry["value"] = _value(world, channel, option, value, resolved)
        made.append(entry)
    return made


def _value(world: World, channel: Channel, option: Json, value: Any, resolved: Json) -> Any:
    kind, name = option["type"], option["name"]
    if kind in (USER, CHANNEL, ROLE, MENTIONABLE):
        guild = world.guilds.get(channel.guild_id or "")
        return resolve(world, guild, kind, value, resolved, option.get("channel_types"))
    types: dict[int, Any] = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}
    if kind not in types:
        raise NotImplementedError(f"{name!r}: option type {kind} is not supported")
    if not isinstance(value, types[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise TypeError(f"{name!r} takes {types[kind]}, not {value!r}")
    if option.get("choices"):
        by_name = {choice["name"]: choice["value"] for choice in option["choices"]}
        value = by_name.get(value, value)
        if value not in by_name.values():
            raise LookupError(f"{name!r}: {value!r} is not among {by_name}")
    size = len(value) if kind == STRING else value
    suffix = "length" if kind == STRING else "value"
    low, high = option.get(f"min_{suffix}"), option.get(f"max_{suffix}")
    if (low is not None and size < low) or (high is not None and size > high):
        raise ValueError(f"{name!r}: {value!r} is not within {low}..{high}")
    return value


def resolve(
    world: World,
    guild: Guild | None,
    kind: int,
    value: Any,
    resolved: Json,
    channel_types: list[int] | None = None,
) -> str:
    """The id of what was chosen, after putting it into the resolved data."""
    roles = guild.roles if guild else {}
    role = next((r for r in roles.values() if value in (r, r.id, r.name)), None)
    if kind == ROLE or (kind == MENTIONABLE and role):
        if role is None:
            raise LookupError(f"no role {value!r}")
        resolved.setdefault("roles", {})[role.id] = role.json()
        return role.id
    if kind == CHANNEL:
        channel = world.channel(value)
        if channel_types and channel.type not in channel_types:
            raise LookupError(f"{channel.name!r} is of type {channel.type}, not {channel_types}")
        partial = channel.json() | {"permissions": str(world.allowed(world.bot, channel))}
        resolved.setdefault("channels", {})[channel.id] = partial
        return channel.id
    return _resolve_user(world, guild, world.user(value), resolved)


def _resolve_user(world: World, guild: Guild | None, user: User, resolved: Json) -> str:
    resolved.setdefault("users", {})[user.id] = user.json()
    if guild and user.id in guild.members:
        member = guild.members[user.id].json()
        del member["user"]
        member["permissions"] = "0"
        resolved.setdefault("members", {})[user.id] = member
    return user.id
