"""The errors Discord answers with: a status, a code, a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MESSAGES = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10070: (404, "Unknown Guild Scheduled Event"),
    30003: (400, "Maximum number of pins reached for the channel (250)"),
    30038: (400, "Maximum number of uncompleted guild scheduled events reached (100)"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    160004: (400, "A thread has already been created for this message"),
    180000: (400, "Cannot update a finished event"),
}

Problem = tuple[tuple[str | int, ...], str]
"""Where in a body something is wrong, and what."""


class ApiError(Exception):
    """An answer that is not a success."""

    def __init__(self, status: int, code: int, message: str, **extra: Any) -> None:
        super().__init__(f"{status} ({code}) {message}")
        self.status = status
        self.body = {"message": message, "code": code, **extra}


def refuse(code: int) -> ApiError:
    """The error with this code, to be raised."""
    status, message = MESSAGES[code]
    return ApiError(status, code, message)


def unauthorized() -> ApiError:
    """What a wrong token gets."""
    return ApiError(401, 0, "401: Unauthorized")


def invalid_body(problems: Iterable[Problem]) -> ApiError:
    """50035 with each problem filed under its place in the body."""
    errors: dict[str, Any] = {}
    for place, message in problems:
        node = errors
        for key in place:
            node = node.setdefault(str(key), {})
        node.setdefault("_errors", []).append({"code": "INVALID", "message": message})
    status, message = MESSAGES[50035]
    return ApiError(status, 50035, message, errors=errors)
