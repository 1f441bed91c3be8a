"""REST: the bot's account, its application and its commands, guilds and members."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import Problem, invalid_body, refuse
from .model import Guild, Json
from .routing import Call, route

if TYPE_CHECKING:
    from .world import World

GLOBAL = "global"
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


@route("GET", "/users/@me")
def me(call: Call) -> Json:
    """The bot's own account."""
    return call.world.bot.json() | {"verified": True, "mfa_enabled": True, "locale": "en-US"}


@route("GET", "/users/{user}")
def user(call: Call) -> Json:
    """Any account."""
    found = call.world.users.get(call.ids["user"])
    if found is None:
        raise refuse(10013)
    return found.json()


@route("POST", "/users/@me/channels")
def open_dm(call: Call) -> Json:
    """The direct-message channel with a user."""
    recipient = str(call.body["recipient_id"])
    if recipient not in call.world.users:
        raise refuse(10013)
    return call.world.dm(recipient).json()


@route("GET", "/gateway")
def gateway(call: Call) -> Json:
    """Where the websocket is."""
    return {"url": call.world.gateway_url}


@route("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Json:
    """Where the websocket is, for a bot."""
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return {"url": call.world.gateway_url, "shards": 1, "session_start_limit": limit}


@route("GET", "/applications/@me")
@route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Json:
    """The bot's application."""
    world = call.world
    owner = next((user for user in world.users.values() if not user.bot), world.bot)
    return {
        "id": world.bot.id,
        "name": world.bot.name,
        "icon": None,
        "description": "A bot on a loopback Discord",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner.json(),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "hook": True,
        "interactions_endpoint_url": None,
        "integration_types_config": {"0": {}, "1": {}},
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "redirect_uris": [],
    }


@route("GET", "/guilds/{guild}")
def get_guild(call: Call) -> Json:
    """A guild the bot is in."""
    return _guild(call).json() | {"approximate_member_count": len(_guild(call).members)}


@route("GET", "/guilds/{guild}/channels")
def guild_channels(call: Call) -> list[Json]:
    """The channels of a guild."""
    return [channel.json() for channel in _guild(call).channels.values()]


@route("GET", "/guilds/{guild}/members/{user}")
def guild_member(call: Call) -> Json:
    """A member of a guild."""
    found = _guild(call).members.get(call.ids["user"])
    if found is None:
        raise refuse(10007)
    return found.json()


def _guild(call: Call) -> Guild:
    return call.world.require_guild(call.ids["guild"])


# Commands: the same six requests, for all guilds or for one

for base in ("/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands"):

    @route("GET", base)
    def list_commands(call: Call) -> list[Json]:
        """What is registered."""
        return list(_scope(call).values())

    @route("PUT", base)
    def replace_commands(call: Call) -> list[Json]:
        """Registers exactly these commands; those that stay keep their ids."""
        scope = _scope(call)
        problems = [p for at, body in enumerate(call.body) for p in _problems(body, (at,))]
        names = [(body.get("type") or 1, body["name"]) for body in call.body]
        if len(set(names)) < len(names):
            problems.append(((), "Application command names must be unique"))
        if problems:
            raise invalid_body(problems)
        made = [_register(call, body) for body in call.body]
        scope.clear()
        scope.update({command["id"]: command for command in made})
        return made

    @route("POST", base)
    def create_command(call: Call) -> Json:
        """Registers one command."""
        if problems := _problems(call.body, ()):
            raise invalid_body(problems)
        made = _register(call, call.body)
        _scope(call)[made["id"]] = made
        return made

    @route("GET", base + "/{command}")
    def get_command(call: Call) -> Json:
        """One command."""
        return _command(call)

    @route("PATCH", base + "/{command}")
    def edit_command(call: Call) -> Json:
        """Changes one command."""
        _command(call).update(call.body)
        return _command(call)

    @route("DELETE", base + "/{command}")
    def delete_command(call: Call) -> None:
        """Unregisters one command."""
        del _scope(call)[_command(call)["id"]]


def _scope(call: Call) -> dict[str, Json]:
    return call.world.commands.setdefault(call.ids.get("guild", GLOBAL), {})


def _command(call: Call) -> Json:
    found = _scope(call).get(call.ids["command"])
    if found is None:
        raise refuse(10063)
    return found


def _register(call: Call, body: Json) -> Json:
    kind = body.get("type") or 1
    known = {(old["type"], old["name"]): old["id"] for old in _scope(call).values()}
    permissions = body.get("default_member_permissions")
    data = body | {
        "id": known.get((kind, body["name"])) or call.world.clock.snowflake(),
        "application_id": call.world.bot.id,
        "version": call.world.clock.snowflake(),
        "type": kind,
        "description": body.get("description") or "",
        "default_member_permissions": None if permissions is None else str(permissions),
        "options": body.get("options") or [],
    }
    return data | ({"guild_id": call.ids["guild"]} if "guild" in call.ids else {})


def _problems(body: Json, place: tuple[str | int, ...]) -> list[Problem]:
    """The rules for names and for the order of options that the schema does not tell."""
    found: list[Problem] = []
    chat_input = (body.get("type") or 1) == 1
    name = body["name"]
    if chat_input and not (COMMAND_NAME.fullmatch(name) and name == name.lower()):
        found.append(((*place, "name"), "Command name is invalid"))
    if chat_input and not body.get("description"):
        found.append(((*place, "description"), "This field is required"))
    options = body.get("options") or []
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        found.append(((*place, "options"), "Required options must be placed before the others"))
    for at, option in enumerate(options):
        nested = option | {"type": 1}
        found += _problems(nested, (*place, "options", at))
    return found


def find_command(world: World, guild_id: str | None, name: str) -> Json:
    """The slash command a person would find under this name in this place."""
    scopes = ([guild_id] if guild_id else []) + [GLOBAL]
    for scope in scopes:
        for command in world.commands.get(scope, {}).values():
            if command["name"] == name and command["type"] == 1:
                return command
    known = sorted(c["name"] for s in scopes for c in world.commands.get(s, {}).values())
    raise LookupError(f"/{name} is not registered here; there are {known}")
