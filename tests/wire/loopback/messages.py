"""Making, changing, finding and deleting messages."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from .errors import refuse
from .ids import iso_of
from .limits import check_message
from .model import COMPONENTS_V2, EPHEMERAL, Channel, Json, Message, User
from .words import walk

if TYPE_CHECKING:
    from .world import World

SETTABLE_FLAGS = COMPONENTS_V2 | EPHEMERAL | 1 << 2 | 1 << 12


@dataclass
class Upload:
    """A file of a multipart request."""

    field: str
    name: str
    content: bytes


def build(
    world: World,
    channel: Channel,
    author: User,
    body: Json,
    files: list[Upload],
    *,
    only_for: str | None = None,
    checked: bool = True,
) -> Message:
    """A message as Discord would store it, not yet put anywhere."""
    flags = int(body.get("flags") or 0) & SETTABLE_FLAGS
    if checked:
        check_message(body, flags, has_files=bool(files))
    message_id = world.clock.snowflake()
    data: Json = {
        "id": message_id,
        "type": 0,
        "channel_id": channel.id,
        "author": author.json(),
        "content": body.get("content") or "",
        "timestamp": iso_of(message_id),
        "edited_timestamp": None,
        "tts": bool(body.get("tts")),
        "pinned": False,
        "flags": flags,
        "embeds": [],
        "components": [],
        "attachments": _attach(world, channel, body, files),
    }
    data |= _mentions(world, data["content"], body.get("allowed_mentions"))
    _dress(data, body)
    if reference := body.get("message_reference"):
        data["type"] = 19
        data["message_reference"] = {"type": 0, "channel_id": channel.id} | {
            key: str(value) for key, value in reference.items() if key.endswith("_id")
        }
    return Message(data, only_for)


def post(world: World, channel: Channel, message: Message, nonce: str | None = None) -> Message:
    """Puts a message into its channel and tells everyone."""
    channel.messages[message.id] = message
    extra: Json = {} if nonce is None else {"nonce": nonce}
    world.emit("MESSAGE_CREATE", _event(channel, message) | extra, channel.guild_id)
    return message


def edit(world: World, channel: Channel, message: Message, body: Json, files: list[Upload]) -> None:
    """Changes what the body names, and nothing else."""
    after = message.json()
    for key in ("content", "embeds", "components"):
        if key in body:
            after[key] = body[key] or ("" if key == "content" else [])
    flags = message.flags | (int(body.get("flags") or 0) & SETTABLE_FLAGS & ~EPHEMERAL)
    kept = {str(entry["id"]) for entry in body.get("attachments") or []}
    attachments = [
        entry
        for entry in after["attachments"]
        if "attachments" not in body or str(entry["id"]) in kept
    ] + _attach(world, channel, body, files)
    check_message(after, flags, has_files=bool(attachments))
    message.data |= {
        "content": after["content"],
        "flags": flags,
        "attachments": attachments,
        "edited_timestamp": world.clock.iso(),
    }
    _dress(message.data, body)
    if message.only_for is None:
        world.emit("MESSAGE_UPDATE", _event(channel, message), channel.guild_id)


def delete(world: World, channel: Channel, message_id: str) -> None:
    """Removes a message and tells everyone."""
    if channel.messages.pop(message_id, None) is None:
        raise refuse(10008)
    channel.pins.pop(message_id, None)
    data = {"id": message_id, "channel_id": channel.id}
    if channel.guild_id:
        data["guild_id"] = channel.guild_id
    world.emit("MESSAGE_DELETE", data, channel.guild_id)


def history(channel: Channel, query: dict[str, str]) -> list[Message]:
    """A page of a channel's messages, newest first, as the query asks."""
    limit = int(query.get("limit", 50))
    every = sorted(channel.messages.values(), key=lambda message: int(message.id), reverse=True)
    if around := query.get("around"):
        newer = [m for m in every if int(m.id) > int(around)][-(limit // 2) :]
        return (newer + [m for m in every if int(m.id) <= int(around)])[:limit]
    if after := query.get("after"):
        return [m for m in every if int(m.id) > int(after)][-limit:]
    if before := query.get("before"):
        every = [m for m in every if int(m.id) < int(before)]
    return every[:limit]


def remembered(world: World, author: User, nonce: str) -> Message | None:
    """The message this author already made with this nonce, inside the window."""
    made, channel_id, message_id = world.nonces.get((author.id, nonce), (0.0, "", ""))
    if world.clock.now() - made > world.nonce_window:
        return None
    channel = world.channels.get(channel_id)
    found = channel.messages.get(message_id) if channel else None
    if found is None:
        # Discord does not make a deleted message anew: the caller learns that it is gone.
        raise refuse(10008)
    return found


def _event(channel: Channel, message: Message) -> Json:
    return message.json() | ({"guild_id": channel.guild_id} if channel.guild_id else {})


def _dress(data: Json, body: Json) -> None:
    """Copies embeds and components, with the numbers and addresses Discord fills in."""
    urls = {entry["filename"]: entry["url"] for entry in data["attachments"]}
    if "embeds" in body:
        embeds = copy.deepcopy(body["embeds"] or [])
        data["embeds"] = [_resolved(embed | {"type": "rich"}, urls) for embed in embeds]
    if "components" in body:
        components = _resolved(copy.deepcopy(body["components"] or []), urls)
        numbers = count(1)
        for component in walk(components):
            component.setdefault("id", next(numbers))
        data["components"] = components


def _resolved(node: Any, urls: dict[str, str]) -> Any:
    """Replaces every attachment:// address by that of the uploaded file."""
    if isinstance(node, list):
        return [_resolved(item, urls) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _resolved(value, urls) for key, value in node.items()}
    url = found.get("url")
    if isinstance(url, str) and url.startswith("attachment://"):
        found["url"] = found["proxy_url"] = urls.get(url.removeprefix("attachment://"), url)
    return found


def _attach(world: World, channel: Channel, body: Json, files: list[Upload]) -> list[Json]:
    described = {str(entry["id"]): entry for entry in body.get("attachments") or []}
    made = []
    for upload in files:
        index = "".join(re.findall(r"\d+", upload.field))
        attachment_id = world.clock.snowflake()
        path = f"/attachments/{channel.id}/{attachment_id}/{upload.name}"
        world.files[path] = upload.content
        made.append(
            {
                "id": attachment_id,
                "filename": upload.name,
                "size": len(upload.content),
                "url": world.base_url + path,
                "proxy_url": world.base_url + path,
                "description": described.get(index, {}).get("description"),
            }
        )
    return made


def _mentions(world: World, content: str, allowed: Json | None) -> Json:
    """Who a message pings: what its words name, as far as allowed_mentions lets them."""
    kinds = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or [])
    named = {key: {str(i) for i in (allowed or {}).get(key) or []} for key in ("users", "roles")}

    def pinged(kind: str, pattern: str) -> list[str]:
        found = dict.fromkeys(re.findall(pattern, content))
        return [i for i in found if kind in kinds or i in named[kind]]

    users = [world.users[i] for i in pinged("users", r"<@!?(\d+)>") if i in world.users]
    return {
        "mentions": [user.json() for user in users],
        "mention_roles": pinged("roles", r"<@&(\d+)>"),
        "mention_everyone": "everyone" in kinds and bool(re.search(r"@(everyone|here)", content)),
        "mention_channels": [],
    }
