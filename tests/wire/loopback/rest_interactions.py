"""REST: answering interactions, and the follow-ups of their webhooks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from . import messages
from .errors import ApiError, invalid_body, refuse
from .exchange import AUTOCOMPLETE, COMPONENT, MODAL, Exchange
from .limits import check_modal
from .model import EPHEMERAL, LOADING, Json, Message
from .routing import Call, route

if TYPE_CHECKING:
    from .world import World

ALLOWED = {
    4: {2, COMPONENT, MODAL},
    5: {2, COMPONENT, MODAL},
    6: {COMPONENT, MODAL},
    7: {COMPONENT, MODAL},
    8: {AUTOCOMPLETE},
    9: {2, COMPONENT},
}
WEBHOOK = "/webhooks/{app}/{token}"


@route("POST", "/interactions/{interaction}/{token}/callback")
def callback(call: Call) -> Json | None:
    """The first answer to an interaction: in time, once, and of a kind that fits."""
    exchange = _exchange(call.world, call.ids["token"], 10062)
    elapsed = time.monotonic() - exchange.born
    if exchange.id != call.ids["interaction"] or elapsed > call.world.ack_window:
        raise refuse(10062)
    if exchange.ack is not None:
        raise refuse(40060)
    kind = int(call.body["type"])
    if exchange.type not in ALLOWED.get(kind, ()):
        raise invalid_body([(("type",), "This answer does not fit this interaction.")])
    ANSWERS[kind](call, exchange, call.body.get("data") or {})
    exchange.ack, exchange.ack_ms = kind, elapsed * 1000
    exchange.moved.fire()
    return _callback_json(exchange) if call.truthy("with_response") else None


def _callback_json(exchange: Exchange) -> Json:
    interaction: Json = {"id": exchange.id, "type": exchange.type}
    resource: Json = {"type": exchange.ack}
    if exchange.original is not None:
        interaction["response_message_id"] = exchange.original.id
        interaction["response_message_loading"] = exchange.loading
        interaction["response_message_ephemeral"] = bool(exchange.original.flags & EPHEMERAL)
        if exchange.ack in (4, 5, 7):
            resource["message"] = exchange.original.json()
    return {"interaction": interaction, "resource": resource}


def _show(call: Call, exchange: Exchange, data: Json) -> None:
    exchange.original = _new_message(call, exchange, data)


def _defer(call: Call, exchange: Exchange, data: Json) -> None:
    exchange.loading = True
    exchange.original = _new_message(call, exchange, data, loading=True)


def _defer_update(call: Call, exchange: Exchange, data: Json) -> None:
    exchange.original = exchange.source


def _update(call: Call, exchange: Exchange, data: Json) -> None:
    if exchange.source is None:
        raise invalid_body([(("type",), "There is no message to update.")])
    exchange.original = exchange.source
    _edit(call, exchange, exchange.source, data)


def _choose(call: Call, exchange: Exchange, data: Json) -> None:
    exchange.choices = list(data.get("choices") or [])


def _show_modal(call: Call, exchange: Exchange, data: Json) -> None:
    check_modal(data)
    exchange.modal = data


ANSWERS = {4: _show, 5: _defer, 6: _defer_update, 7: _update, 8: _choose, 9: _show_modal}


# Follow-ups


@route("POST", WEBHOOK)
def follow_up(call: Call) -> Json:
    """One more message; after a bare defer it fills in the message that was promised."""
    exchange = _answered(call)
    if exchange.loading and exchange.original:
        _edit(call, exchange, exchange.original, call.body)
        return exchange.original.json()
    message = _new_message(call, exchange, call.body)
    exchange.moved.fire()
    return message.json()


@route("GET", WEBHOOK + "/messages/{message}")
def get_webhook_message(call: Call) -> Json:
    """A message of this interaction, or @original."""
    return _own(call, _answered(call)).json()


@route("PATCH", WEBHOOK + "/messages/{message}")
def edit_webhook_message(call: Call) -> Json:
    """Edits a message of this interaction, or @original."""
    exchange = _answered(call)
    message = _own(call, exchange)
    _edit(call, exchange, message, call.body)
    return message.json()


@route("DELETE", WEBHOOK + "/messages/{message}")
def delete_webhook_message(call: Call) -> None:
    """Deletes a message of this interaction, or @original."""
    exchange = _answered(call)
    message = _own(call, exchange)
    if exchange.ephemeral.pop(message.id, None) is None:
        messages.delete(call.world, exchange.channel, message.id)
    if message in exchange.shown:
        exchange.shown.remove(message)
    exchange.loading = exchange.loading and message is not exchange.original
    exchange.moved.fire()


def _new_message(call: Call, exchange: Exchange, body: Json, *, loading: bool = False) -> Message:
    """A message in answer to an interaction; an ephemeral one is not in any channel."""
    world = call.world
    private = bool(int(body.get("flags") or 0) & EPHEMERAL)
    message = messages.build(
        world,
        exchange.channel,
        world.bot,
        body,
        call.files,
        only_for=exchange.user.id if private else None,
        checked=not loading,
    )
    data = message.data
    data["application_id"] = data["webhook_id"] = world.bot.id
    data["interaction_metadata"] = {
        "id": exchange.id,
        "type": exchange.type,
        "user": exchange.user.json(),
        "authorizing_integration_owners": exchange.payload["authorizing_integration_owners"],
    }
    if loading:
        data["flags"] |= LOADING
    exchange.shown.append(message)
    exchange.latest = message
    if private:
        exchange.ephemeral[message.id] = message
        world.ephemeral[message.id] = message
    else:
        messages.post(world, exchange.channel, message)
    return message


def _edit(call: Call, exchange: Exchange, message: Message, body: Json) -> None:
    promised = exchange.loading and message is exchange.original
    if promised:
        message.data["flags"] &= ~LOADING
    try:
        messages.edit(call.world, exchange.channel, message, body, call.files)
    except ApiError:
        message.data["flags"] |= LOADING if promised else 0
        raise
    exchange.latest = message
    if promised:
        exchange.loading = False
    else:
        exchange.edits.append(message.json())
    exchange.moved.fire()


def _exchange(world: World, token: str, unknown: int) -> Exchange:
    exchange = world.exchanges.get(token)
    if exchange is None:
        raise refuse(unknown)
    return exchange


def _answered(call: Call) -> Exchange:
    """The exchange of a follow-up: Discord knows its webhook once it was answered."""
    exchange = _exchange(call.world, call.ids["token"], 10015)
    if exchange.ack is None or call.ids["app"] != call.world.bot.id:
        raise refuse(10015)
    if call.world.clock.now() - exchange.made > call.world.token_life:
        raise refuse(50027)
    return exchange


def _own(call: Call, exchange: Exchange) -> Message:
    wanted = call.ids["message"]
    if wanted == "@original" or (exchange.original and wanted == exchange.original.id):
        found = exchange.original
        alive = found and (found in exchange.shown or found is exchange.source)
    else:
        found = next((m for m in exchange.shown if m.id == wanted), None)
        alive = found
    if not alive or found is None:
        raise refuse(10008)
    if found.only_for is None:  # what everybody saw, a moderator may have removed since
        if exchange.channel.id not in call.world.channels:
            raise refuse(10003)
        if found.id not in exchange.channel.messages:
            raise refuse(10008)
    return found
