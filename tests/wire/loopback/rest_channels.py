"""REST: channels, messages, pins and threads."""

from __future__ import annotations

from . import messages
from .errors import ApiError, invalid_body, refuse
from .model import HAS_THREAD, PUBLIC_THREAD, Channel, Json, Message
from .routing import Call, route

MESSAGES = "/channels/{channel}/messages"


@route("GET", "/channels/{channel}")
def get_channel(call: Call) -> Json:
    """A channel the bot sees."""
    return call.world.require(call.ids["channel"]).json()


@route("PATCH", "/channels/{channel}")
def edit_channel(call: Call) -> Json:
    """Renames a channel, or archives a thread."""
    channel = call.world.require(call.ids["channel"])
    thread = channel.type == PUBLIC_THREAD
    if not (thread and channel.owner_id == call.world.bot.id):
        call.world.require(channel.id, "manage_threads" if thread else "manage_channels")
    channel.name = call.body.get("name", channel.name)
    channel.archived = call.body.get("archived", channel.archived)
    channel.archive_minutes = call.body.get("auto_archive_duration", channel.archive_minutes)
    event = "THREAD_UPDATE" if thread else "CHANNEL_UPDATE"
    call.world.emit(event, channel.json(), channel.guild_id)
    return channel.json()


@route("POST", "/channels/{channel}/typing")
def typing(call: Call) -> None:
    """Shows that the bot is typing."""
    call.world.require(call.ids["channel"], "send_messages")


@route("GET", MESSAGES)
def list_messages(call: Call) -> list[Json]:
    """A page of history; empty without the permission to read it, as on Discord."""
    channel = call.world.require(call.ids["channel"])
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise invalid_body([(("limit",), "int value should be between 1 and 100.")])
    try:
        call.world.require(channel.id, "read_message_history")
    except ApiError:
        return []
    return [message.json() for message in messages.history(channel, call.query)]


@route("POST", MESSAGES)
def create_message(call: Call) -> Json:
    """Posts a message, unless this nonce already did."""
    world = call.world
    channel = world.require(call.ids["channel"])
    thread = channel.type == PUBLIC_THREAD
    world.require(channel.id, "send_messages_in_threads" if thread else "send_messages")
    if call.files:
        world.require(channel.id, "attach_files")
    nonce = None if call.body.get("nonce") is None else str(call.body["nonce"])
    enforced = nonce if call.body.get("enforce_nonce") else None
    extra = {} if nonce is None else {"nonce": nonce}
    if enforced and (before := messages.remembered(world, world.bot, enforced)):
        return before.json() | extra
    message = messages.build(world, channel, world.bot, call.body, call.files)
    messages.post(world, channel, message, nonce)
    if enforced:
        key = (world.bot.id, enforced)
        world.nonces[key] = (world.clock.now(), channel.id, message.id)
    return message.json() | extra


# Pins: `/messages/pins` since 2025, `/pins` before


@route("GET", MESSAGES + "/pins")
def list_pins(call: Call) -> Json:
    """The pinned messages with the time of each."""
    channel = call.world.require(call.ids["channel"])
    items = [
        {"pinned_at": pinned_at, "message": channel.messages[message_id].json()}
        for message_id, pinned_at in reversed(channel.pins.items())
    ]
    return {"items": items, "has_more": False}


@route("GET", "/channels/{channel}/pins")
def list_pins_old(call: Call) -> list[Json]:
    """The pinned messages."""
    return [item["message"] for item in list_pins(call)["items"]]


@route("PUT", MESSAGES + "/pins/{message}")
@route("PUT", "/channels/{channel}/pins/{message}")
def pin(call: Call) -> None:
    """Pins a message."""
    channel, message = _pinnable(call)
    if len(channel.pins) >= 250:
        raise refuse(30003)
    channel.pins.setdefault(message.id, call.world.clock.iso())
    message.data["pinned"] = True
    _pins_changed(call, channel)


@route("DELETE", MESSAGES + "/pins/{message}")
@route("DELETE", "/channels/{channel}/pins/{message}")
def unpin(call: Call) -> None:
    """Unpins a message."""
    channel, message = _pinnable(call)
    channel.pins.pop(message.id, None)
    message.data["pinned"] = False
    _pins_changed(call, channel)


def _pinnable(call: Call) -> tuple[Channel, Message]:
    channel = call.world.require(call.ids["channel"], "pin_messages")
    return channel, _message(call, channel)


def _pins_changed(call: Call, channel: Channel) -> None:
    last = next(reversed(channel.pins.values()), None)
    data = {
        "channel_id": channel.id,
        "guild_id": channel.guild_id,
        "last_pin_timestamp": last,
    }
    call.world.emit("CHANNEL_PINS_UPDATE", data, channel.guild_id)


# One message


@route("GET", MESSAGES + "/{message}")
def get_message(call: Call) -> Json:
    """One message."""
    channel = call.world.require(call.ids["channel"], "read_message_history")
    return _message(call, channel).json()


@route("PATCH", MESSAGES + "/{message}")
def edit_message(call: Call) -> Json:
    """Edits a message of the bot's own."""
    channel = call.world.require(call.ids["channel"])
    message = _message(call, channel)
    if message.data["author"]["id"] != call.world.bot.id:
        raise refuse(50005)
    messages.edit(call.world, channel, message, call.body, call.files)
    return message.json()


@route("DELETE", MESSAGES + "/{message}")
def delete_message(call: Call) -> None:
    """Deletes a message; those of others need the permission."""
    channel = call.world.require(call.ids["channel"])
    if _message(call, channel).data["author"]["id"] != call.world.bot.id:
        call.world.require(channel.id, "manage_messages")
    messages.delete(call.world, channel, call.ids["message"])


@route("POST", MESSAGES + "/{message}/threads")
def thread_from_message(call: Call) -> Json:
    """Opens a thread under a message; it has the message's id."""
    channel = call.world.require(call.ids["channel"], "create_public_threads")
    message = _message(call, channel)
    if message.id in call.world.channels:
        raise refuse(160004)
    thread = _open_thread(call, channel, message.id)
    message.data["flags"] |= HAS_THREAD
    message.data["thread"] = thread
    return thread


@route("POST", "/channels/{channel}/threads")
def thread_without_message(call: Call) -> Json:
    """Opens a thread of its own."""
    channel = call.world.require(call.ids["channel"], "create_public_threads")
    return _open_thread(call, channel, call.world.clock.snowflake())


@route("PUT", "/channels/{channel}/thread-members/{user}")
def join_thread(call: Call) -> None:
    """Adds someone, or the bot as @me, to a thread."""
    call.world.require(call.ids["channel"])


def _open_thread(call: Call, parent: Channel, thread_id: str) -> Json:
    minutes = call.body.get("auto_archive_duration") or 1440
    name = call.body["name"]
    thread = call.world.add_thread(parent, name, thread_id=thread_id, minutes=minutes)
    data = thread.json() | {"newly_created": True}
    call.world.emit("THREAD_CREATE", data, thread.guild_id)
    return data


def _message(call: Call, channel: Channel) -> Message:
    found = channel.messages.get(call.ids["message"])
    if found is None:
        raise refuse(10008)
    return found
