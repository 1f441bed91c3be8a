"""Log lines: text for people, JSON for machines; never a token."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from bot.settings import LogFormat

HIDDEN = "[token]"


class _Handler(logging.StreamHandler[TextIO]):
    """Takes secrets out of every line, wherever they came from: tracebacks, too."""

    def __init__(self, *secrets: str | None) -> None:
        super().__init__(sys.stderr)
        known = {secret for secret in secrets if secret}
        written = known | {json.dumps(secret, ensure_ascii=False)[1:-1] for secret in known}
        self._secrets = sorted(written)

    def format(self, record: logging.LogRecord) -> str:
        """The whole line without the secret."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return line


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "at": at,
            "level": record.levelname,
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_logging(form: LogFormat, level: str, *secrets: str | None) -> None:
    """Send log lines to standard error."""
    handler = _Handler(*secrets)
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(_Json() if form is LogFormat.JSON else text)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # two lines a tick say nothing
    # An alarm logs what goes wrong in a tick; they would log that a stop has cancelled one.
    logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)
    logging.basicConfig(level=level, handlers=[handler], force=True)
