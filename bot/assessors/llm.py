"""A language model as a judge: any OpenAI-compatible endpoint, Anthropic, or a local Ollama.

Needs the extra `ai` and takes more than a second to import, so bot/app.py does that only where a
model is configured. One answer is one request, never repeated: what it may cost is what is counted.
"""

import hashlib
import logging
import os
from collections.abc import Sequence
from typing import Final, NamedTuple

import httpx2
from pydantic import BaseModel, Field
from pydantic_ai import Agent, NativeOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelConnectionError,
    ModelHTTPError,
    ModelRateLimitError,
)
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from bot.assessors.llm_prompt import INSTRUCTIONS, VERSION, task
from bot.domain.judge import NoJudgement, Said
from bot.domain.question import Question
from bot.domain.verdict import State

LONGEST_REPLY: Final = 2000
"""Tokens; six key points with quotations are fewer than half."""
NO_KEY: Final = "none"
"""Sent where none is set: without one the clients would take what other programs' variables say."""
OLLAMA: Final = "http://localhost:11434/v1"
OPENAI: Final = "https://api.openai.com/v1"
ANTHROPIC: Final = "https://api.anthropic.com"
_CHATTY: Final = ("openai", "anthropic", "httpx2", "httpcore2")


class PointReply(BaseModel):
    """One key point, as the model sees it."""

    id: str = Field(description="The key point's id.")
    state: State
    quote: str = Field("", description="Words of the answer, exactly as written; empty if missing.")
    wrong_claim: int = Field(0, description="For contradicted: which listed wrong claim, or 0.")


class Reply(BaseModel):
    """Every key point of the question, once."""

    points: list[PointReply]


class Endpoint(NamedTuple):
    """Which model to ask, and where."""

    vendor: str
    model: str
    url: str
    key: str


def endpoint(model: str, url: str | None, key: str | None) -> Endpoint:
    """Read `openai:gpt-4o-mini`, `anthropic:…` or `ollama:…`, with its address and key.

    Raises:
        ValueError: it names nobody we know, or the key is missing; one sentence for the operator.
    """
    vendor, _, name = model.partition(":")
    usual = {"openai": OPENAI, "anthropic": ANTHROPIC, "ollama": OLLAMA}
    if vendor not in usual or not name:
        raise ValueError(
            "LOOPMATE_AI_MODEL names no model; write openai:NAME, anthropic:NAME or ollama:NAME."
        )
    if not (url or key or vendor == "ollama"):
        raise ValueError(
            f"LOOPMATE_AI_KEY is not set, and {vendor} needs one; "
            "for an endpoint of your own set LOOPMATE_AI_URL."
        )
    return Endpoint(vendor, name, url or usual[vendor], key or NO_KEY)


class LlmJudge:
    """A model behind the domain's `Judge`."""

    def __init__(self, where: Endpoint) -> None:
        """Prepare to ask; nothing is sent.

        Raises:
            ImportError: the vendor's client is not installed.
        """
        # Their debug lines hold whole requests, and nobody asked for a banner.
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
        os.environ.setdefault("PYDANTIC_AI_NO_BANNER", "1")
        self.name = where.model
        made_of = f"{VERSION}\n{where.url}".encode()
        self.key = f"{where.vendor}:{where.model} {hashlib.sha256(made_of).hexdigest()[:12]}"
        model = _model(where)
        settings = ModelSettings(max_tokens=LONGEST_REPLY, max_retries=0, thinking=False)
        if not model.profile.get("openai_supports_reasoning"):  # those refuse to be told
            settings["temperature"] = 0
        # Ollama holds a model to a schema, but not every model there knows tools.
        native = where.vendor == "ollama" and model.profile.get("supports_json_schema_output")
        self._agent: Agent[object, Reply] = Agent(
            model,
            output_type=NativeOutput(Reply) if native else Reply,
            instructions=INSTRUCTIONS,
            model_settings=settings,
            retries=0,
        )

    async def judge(self, question: Question, answer: str) -> Sequence[Said]:
        """What the model says about each key point.

        Raises:
            NoJudgement: it did not answer, or nothing that can be read.
        """
        try:
            reply = (await self._agent.run(task(question, answer))).output
        except TimeoutError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a library does, a verdict is due
            # Neither the message nor the cause goes on: they may hold the answer, or the key.
            raise _failed(error) from None
        return [Said(p.id, p.state, p.quote, p.wrong_claim) for p in reply.points]


def _model(where: Endpoint) -> Model:
    # No connection is kept, so there is none to close when the bot ends.
    http = httpx2.AsyncClient(limits=httpx2.Limits(max_keepalive_connections=0))
    match where.vendor:
        case "anthropic":
            from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415 - half a second
            from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

            return AnthropicModel(
                where.model,
                provider=AnthropicProvider(base_url=where.url, api_key=where.key, http_client=http),
            )
        case "ollama":
            from pydantic_ai.models.ollama import OllamaModel  # noqa: PLC0415
            from pydantic_ai.providers.ollama import OllamaProvider  # noqa: PLC0415

            return OllamaModel(
                where.model,
                provider=OllamaProvider(base_url=where.url, api_key=where.key, http_client=http),
            )
        case _:
            from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
            from pydantic_ai.providers.openai_compatible import (  # noqa: PLC0415
                OpenAICompatibleProvider,
            )

            return OpenAIChatModel(
                where.model,
                provider=OpenAICompatibleProvider(
                    "openai", base_url=where.url, api_key=where.key, http_client=http
                ),
            )


def _failed(error: Exception) -> NoJudgement:
    """What went wrong, in words for the person and a name for the operator."""
    status = f" {error.status_code}" if isinstance(error, ModelHTTPError) else ""
    detail = f"{type(error).__name__}{status}."
    match error:
        case ContentFilterError():
            reason = "the model declined"
        case ModelRateLimitError():
            reason = "the model is busy"
        case ModelConnectionError():
            reason = "the model could not be reached"
        case ModelHTTPError():
            reason = "the model failed"
        case AgentRunError():
            reason = "the model's reply was of no use"
        case _:
            reason = "the model failed"
    return NoJudgement(reason, detail)
