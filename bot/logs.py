"""Log lines: text for people, JSON for machines; never a token."""

import json
import logging
import sys
from datetime import UTC, datetime

from bot.settings import LogFormat

HIDDEN = "[token]"


class _Hide(logging.Filter):
    """Takes a secret out of every line, wherever it came from."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass without the secret."""
        line = record.getMessage()
        if self._secret in line:
            record.msg, record.args = line.replace(self._secret, HIDDEN), ()
        return True


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


def start_logging(form: LogFormat, level: str, secret: str | None) -> None:
    """Send log lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(_Json() if form is LogFormat.JSON else text)
    if secret:
        handler.addFilter(_Hide(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
