"""REST: what stands on a guild's calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from .errors import Problem, invalid_body, refuse
from .model import ACTIVE, CANCELED, COMPLETED, SCHEDULED, Event, Guild, Json
from .routing import Call, route

EVENTS = "/guilds/{guild}/scheduled-events"
EVENT = EVENTS + "/{event}"
EXTERNAL = 3
MOST = 100
TIMES = ("scheduled_start_time", "scheduled_end_time")
AFTER = {SCHEDULED: (SCHEDULED, ACTIVE, CANCELED), ACTIVE: (ACTIVE, COMPLETED)}
"""Which status may follow which."""


@route("GET", EVENTS)
def list_events(call: Call) -> list[Json]:
    """The events that are still to come or under way."""
    guild = call.world.require_guild(call.ids["guild"])
    counted = call.truthy("with_user_count")
    return [event.json(counted=counted) for event in _open(guild)]


@route("POST", EVENTS)
def create_event(call: Call) -> Json:
    """Puts an event on the calendar."""
    world = call.world
    guild = world.require_guild(call.ids["guild"], "create_events")
    if len(_open(guild)) >= MOST:
        raise refuse(30038)
    data = {
        "id": world.clock.snowflake(),
        "guild_id": guild.id,
        "channel_id": None,
        "creator_id": world.bot.id,
        "creator": world.bot.json(),
        "description": None,
        "image": None,
        "scheduled_end_time": None,
        "status": SCHEDULED,
        "entity_id": None,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
    } | _written(call.body)
    _check(data, world.clock.now())
    event = Event(data)
    guild.events[event.id] = event
    world.emit("GUILD_SCHEDULED_EVENT_CREATE", event.json(), guild.id)
    return event.json()


@route("GET", EVENT)
def get_event(call: Call) -> Json:
    """One event."""
    _, event = _event(call)
    return event.json(counted=call.truthy("with_user_count"))


@route("PATCH", EVENT)
def edit_event(call: Call) -> Json:
    """Changes an event, begins it or ends it."""
    guild, event = _changeable(call)
    if not event.is_open:
        raise refuse(180000)
    before = event.data["status"]
    after = event.data | _written({k: v for k, v in call.body.items() if k != "status"})
    after["status"] = call.body.get("status") or before
    if after["status"] not in AFTER[before]:
        raise invalid_body([(("status",), f"{before} is not followed by {after['status']}.")])
    moved = any(after[time] != event.data[time] for time in TIMES)
    _check(after, call.world.clock.now() if moved else 0.0)
    event.data = after
    call.world.emit("GUILD_SCHEDULED_EVENT_UPDATE", event.json(), guild.id)
    return event.json()


@route("DELETE", EVENT)
def delete_event(call: Call) -> None:
    """Takes an event off the calendar."""
    guild, event = _changeable(call)
    del guild.events[event.id]
    call.world.emit("GUILD_SCHEDULED_EVENT_DELETE", event.json(), guild.id)


@route("GET", EVENT + "/users")
def list_interested(call: Call) -> list[Json]:
    """A page of those who are interested, by id."""
    guild, event = _event(call)
    limit = int(call.query.get("limit", 100))
    if not 1 <= limit <= MOST:
        raise invalid_body([(("limit",), "int value should be between 1 and 100.")])
    people = sorted(event.interested, key=int)
    if before := call.query.get("before"):
        page = [user_id for user_id in people if int(user_id) < int(before)][-limit:]
    else:
        after = int(call.query.get("after", 0))
        page = [user_id for user_id in people if int(user_id) > after][:limit]
    return [
        {
            "guild_scheduled_event_id": event.id,
            "user_id": user_id,
            "response": 1,
            "user": event.interested[user_id].json(),
        }
        | ({"member": guild.members[user_id].json()} if call.truthy("with_member") else {})
        for user_id in page
    ]


def _open(guild: Guild) -> list[Event]:
    return [event for event in guild.events.values() if event.is_open]


def _event(call: Call) -> tuple[Guild, Event]:
    guild = call.world.require_guild(call.ids["guild"])
    found = guild.events.get(call.ids["event"])
    if found is None:
        raise refuse(10070)
    return guild, found


def _changeable(call: Call) -> tuple[Guild, Event]:
    """An event that the bot may change: its own, or anybody's with the permission."""
    guild, event = _event(call)
    own = event.data["creator_id"] == call.world.bot.id
    call.world.require_guild(guild.id, "create_events" if own else "manage_events")
    return guild, event


def _written(body: Json) -> Json:
    """What a body says, with its times as Discord writes them."""
    if body.get("entity_type", EXTERNAL) != EXTERNAL:
        raise NotImplementedError("the loopback has no channels for voices")
    times = {key: _time(body[key]) for key in TIMES if body.get(key)}
    return body | times


def _time(value: str) -> str:
    return datetime.fromisoformat(value).astimezone(UTC).isoformat()


def _check(data: Json, now: float) -> None:
    """Refuses an event without a name, place or end, or one whose time has passed."""
    problems: list[Problem] = [
        ((key,), "This field is required")
        for key in ("name", "scheduled_end_time")
        if not data.get(key)
    ]
    if not data["entity_metadata"]["location"]:
        problems.append((("entity_metadata", "location"), "This field is required"))
    if datetime.fromisoformat(data["scheduled_start_time"]).timestamp() <= now:
        problems.append((("scheduled_start_time",), "Cannot schedule event in the past."))
    if (data["scheduled_end_time"] or "~") <= data["scheduled_start_time"]:
        problems.append((("scheduled_end_time",), "Cannot end before it starts."))
    if problems:
        raise invalid_body(problems)
