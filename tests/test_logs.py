"""Log lines: one a record for machines, readable for people, and never the token."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.logs import HIDDEN, start_logging
from bot.settings import LogFormat

TOKEN = "MTIzNDU2.GhiJkl.secret-part"
log = logging.getLogger("bot.somewhere")


@pytest.fixture(autouse=True)
def root() -> Iterator[logging.Logger]:
    """The root logger, as it was once the test is over."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield root
    root.handlers = handlers
    root.setLevel(level)


def test_a_line_for_machines_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(LogFormat.JSON, "INFO", TOKEN)
    log.warning("post %s may be out:\n%r", "ab12", "“ü”")
    shown, err = capsys.readouterr()
    assert shown == ""
    assert err.count("\n") == 1
    line = json.loads(err)
    at = datetime.fromisoformat(line.pop("at"))
    assert at.utcoffset() == datetime.now(UTC).utcoffset()
    assert line == {
        "level": "WARNING",
        "from": "bot.somewhere",
        "says": "post ab12 may be out:\n'“ü”'",
    }
    assert "“ü”" in err, "readable for people, too"


def test_a_traceback_stays_in_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(LogFormat.JSON, "INFO", TOKEN)
    fail("it broke")
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    line = json.loads(err)
    assert line["says"] == "a tick failed"
    assert line["trace"].startswith("Traceback")
    assert line["trace"].endswith("ValueError: it broke")


def test_a_line_for_people_names_when_what_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(LogFormat.TEXT, "INFO", TOKEN)
    log.info("Logged in as %s", "Loopmate")
    when, says = capsys.readouterr().err.split(" INFO    ")
    assert datetime.fromisoformat(when.replace(",", "."))
    assert says == "bot.somewhere: Logged in as Loopmate\n"


@pytest.mark.parametrize("form", LogFormat)
def test_what_is_below_the_level_is_not_said(
    form: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging(form, "WARNING", None)
    log.info("chatter")
    log.warning("trouble")
    err = capsys.readouterr().err
    assert "chatter" not in err
    assert "trouble" in err


def test_starting_twice_says_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(LogFormat.TEXT, "INFO", None)
    start_logging(LogFormat.JSON, "INFO", None)
    log.info("once")
    assert capsys.readouterr().err.count("once") == 1


def fail(says: str) -> None:
    """An exception in an exception, logged with its traceback."""
    try:
        try:
            raise KeyError(says)
        except KeyError as error:
            raise ValueError(says) from error
    except ValueError:
        log.exception("a tick failed")


def tell(secret: str) -> None:
    """Every way in which a secret may reach a line."""
    log.error("refused: " + secret)
    log.error("refused: %s %r", secret, {"Authorization": f"Bot {secret}"})
    log.error(RuntimeError(secret))
    log.error("refused", stack_info=True)
    logging.getLogger(f"bot.{secret}").error("refused")
    fail(f"Authorization: Bot {secret}")


@pytest.mark.parametrize("form", LogFormat)
@pytest.mark.parametrize("secret", [TOKEN, '"quoted"', "schlüssel"])
def test_the_token_is_in_no_line_however_it_came_there(
    form: LogFormat, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging(form, "DEBUG", "another secret", None, secret)
    tell(secret)
    tell("another secret")
    err = capsys.readouterr().err
    assert secret not in err
    assert "another secret" not in err
    assert json.dumps(secret, ensure_ascii=False)[1:-1] not in err
    assert err.count(HIDDEN) >= 12
    if form is LogFormat.JSON:
        assert [json.loads(line)["level"] for line in err.splitlines()] == ["ERROR"] * 12


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_token_nothing_is_hidden(
    secret: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging(LogFormat.TEXT, "INFO", secret)
    log.info("all of it")
    err = capsys.readouterr().err
    assert err.endswith("all of it\n")
    assert HIDDEN not in err
