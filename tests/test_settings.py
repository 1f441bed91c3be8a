"""Where settings come from, which of them wins, and that the token stays a secret."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import QUESTIONS, BadSettings, LogFormat, Settings, read_settings

TOKEN = "MTIzNDU2.GhiJkl.secret-part"


@pytest.fixture(autouse=True)
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without settings, and its empty folder of secrets."""
    for name in list(os.environ):
        if name.upper().startswith(("LOOPMATE_", "DISCORD_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.setenv("LOOPMATE_SECRETS", str(folder))
    return folder


def token() -> str | None:
    found = read_settings().token
    return found.get_secret_value() if found else None


def test_nothing_needs_to_be_set_but_the_token() -> None:
    settings = read_settings()
    assert settings.token is None
    assert settings.database == Path("data/loopmate.db")
    assert settings.heartbeat == Path("data/loopmate.db.heartbeat")
    assert settings.questions == QUESTIONS
    assert (settings.log_format, settings.log_level) == (LogFormat.TEXT, "INFO")
    assert (settings.discord_api, settings.discord_gateway) == (None, None)
    assert settings.lease_seconds == 30


def test_the_environment_sets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {
        "DISCORD_TOKEN": f" {TOKEN}\n",
        "LOOPMATE_DATABASE": "elsewhere/study.db",
        "LOOPMATE_QUESTIONS": "my-questions",
        "LOOPMATE_DISCORD_API": "http://127.0.0.1:8080/api/v10",
        "LOOPMATE_DISCORD_GATEWAY": "ws://127.0.0.1:8080",
        "LOOPMATE_LOG_FORMAT": "json",
        "LOOPMATE_LOG_LEVEL": "DEBUG",
        "LOOPMATE_LEASE_SECONDS": "2.5",
    }
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert token() == TOKEN, "as it was pasted, without the space around it"
    assert settings.heartbeat == Path("elsewhere/study.db.heartbeat")
    assert settings.questions == Path("my-questions")
    assert settings.discord_api == "http://127.0.0.1:8080/api/v10"
    assert settings.discord_gateway == "ws://127.0.0.1:8080"
    assert (settings.log_format, settings.log_level) == (LogFormat.JSON, "DEBUG")
    assert settings.lease_seconds == 2.5


def test_a_file_may_set_the_same_and_more_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\nLOOPMATE_LOG_LEVEL=ERROR\nPATHS=1\n")
    assert token() == TOKEN
    assert read_settings().log_level == "ERROR"


def test_a_secret_is_a_file_of_its_own(secrets: Path) -> None:
    (secrets / "discord_token").write_text(f"{TOKEN}\n")
    (secrets / "loopmate_log_level").write_text("WARNING")
    assert token() == TOKEN
    assert read_settings().log_level == "WARNING"


def test_the_environment_wins_over_the_file_and_the_file_over_the_secret(
    tmp_path: Path, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (secrets / "discord_token").write_text("secret")
    assert token() == "secret"
    (tmp_path / ".env").write_text("DISCORD_TOKEN=file\n")
    assert token() == "file"
    monkeypatch.setenv("DISCORD_TOKEN", "environment")
    assert token() == "environment"


def test_a_folder_of_secrets_that_is_not_there_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPMATE_SECRETS", str(tmp_path / "nowhere"))
    assert token() is None


def test_what_is_set_to_nothing_is_not_set(
    tmp_path: Path, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As compose files do: `LOOPMATE_DATABASE: ${LOOPMATE_DATABASE:-}`."""
    (secrets / "discord_token").write_text(TOKEN)
    (tmp_path / ".env").write_text("DISCORD_TOKEN=\n")
    for name in ("DISCORD_TOKEN", "LOOPMATE_DATABASE", "LOOPMATE_LOG_LEVEL", "LOOPMATE_QUESTIONS"):
        monkeypatch.setenv(name, "")
    assert token() == TOKEN
    settings = read_settings()
    assert settings.database == Path("data/loopmate.db")
    assert (settings.log_level, settings.questions) == ("INFO", QUESTIONS)


def test_the_token_is_in_nothing_that_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = read_settings()
    for shown in (repr(settings), str(settings), f"{settings.token!r}", settings.model_dump_json()):
        assert "secret-part" not in shown
        assert TOKEN not in shown
    assert "token=SecretStr('**********')" in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (
            "LOOPMATE_LOG_LEVEL",
            "debug",
            "string should match pattern '^(DEBUG|INFO|WARNING|ERROR)$'",
        ),
        ("LOOPMATE_LOG_FORMAT", "xml", "input should be 'text' or 'json'"),
        ("LOOPMATE_LEASE_SECONDS", "0", "input should be greater than 0"),
        ("LOOPMATE_LEASE_SECONDS", "601", "input should be less than or equal to 600"),
        ("LOOPMATE_DISCORD_API", "discord.com", "string should match pattern '^https?://'"),
        ("LOOPMATE_DISCORD_GATEWAY", "http://x", "string should match pattern '^wss?://'"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_can(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        read_settings()
    assert str(refused.value).startswith(f"{name} cannot be used: {says}")
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_an_empty_secret_is_named_by_the_name_of_its_variable(secrets: Path) -> None:
    (secrets / "discord_token").write_text("\n")
    with pytest.raises(BadSettings, match=r"^DISCORD_TOKEN cannot be used: "):
        read_settings()


def test_settings_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("DISCORD_TOKEN=schlüssel".encode("latin-1"))
    with pytest.raises(BadSettings, match="not UTF-8 text"):
        read_settings()


def test_a_refused_setting_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token in the wrong variable would stand in every log."""
    monkeypatch.setenv("LOOPMATE_LOG_LEVEL", TOKEN)
    with pytest.raises(BadSettings) as refused:
        read_settings()
    assert TOKEN not in str(refused.value)
    assert refused.value.__suppress_context__


def test_settings_do_not_change() -> None:
    settings = Settings(_env_file=None)
    with pytest.raises(ValidationError):
        settings.log_level = "DEBUG"
