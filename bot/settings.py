"""What an operator can set, from the environment, a `.env` file or a folder of secrets."""

import os
from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import Trouble

SECRETS = Path("/run/secrets")
QUESTIONS = Path(__file__).resolve().parent.parent / "questions"
"""The bank that comes along."""


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


class BadSettings(Trouble):
    """A setting is missing or unusable; the message is one sentence for the operator."""


class Settings(BaseSettings):
    """Everything that differs between two machines; the names are those of the environment."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        env_prefix="LOOPMATE_",
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
    )

    token: SecretStr | None = Field(None, min_length=1, validation_alias="DISCORD_TOKEN")
    database: Path = Path("data/loopmate.db")
    questions: Path = QUESTIONS
    """Another bank than the one that comes along."""
    discord_api: str | None = Field(None, pattern=r"^https?://")
    """REST proxy, as `http://host:port/api/v10`."""
    discord_gateway: str | None = Field(None, pattern=r"^wss?://")
    log_format: LogFormat = LogFormat.TEXT
    log_level: str = Field("INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")
    lease_seconds: float = Field(30, gt=0, le=600)
    """How long a post may be on its way before we look whether it arrived."""
    ai_model: str | None = Field(None, pattern=r"^[\w.:/-]{1,80}$")
    """Grades beside the rubric, as `openai:gpt-4o-mini`; needs the extra `ai`."""
    ai_url: str | None = Field(None, pattern=r"^https?://")
    """Its endpoint, where that is not the vendor's own."""
    ai_key: SecretStr | None = None
    ai_daily: int = Field(200, ge=0)
    """Answers that it is asked about, for each server and UTC day."""
    ai_timeout: float = Field(6, gt=0, le=7)
    """Seconds until an answer is graded without it."""

    @property
    def bank_cache(self) -> Path:
        """Where the checked bank is kept between two starts."""
        return self.database.with_name(self.database.name + ".bank")

    @property
    def heartbeat(self) -> Path:
        """The file whose age tells whether a bot is running."""
        return self.database.with_name(self.database.name + ".heartbeat")


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        BadSettings: one of them cannot be used.
    """
    folder = Path(os.environ.get("LOOPMATE_SECRETS", SECRETS))
    try:
        return Settings(_secrets_dir=folder if folder.is_dir() else None)
    except ValidationError as fault:
        error = fault.errors()[0]
        name = str(error["loc"][0])
        shown = name if name.isupper() else f"LOOPMATE_{name.upper()}"
        why = error["msg"][:1].lower() + error["msg"][1:]
        raise BadSettings(f"{shown} cannot be used: {why}.") from None
    except UnicodeDecodeError:
        raise BadSettings("The settings (.env or a secret) are not UTF-8 text.") from None
