"""What a language model costs those who want none, and says to those who set it up wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import build
from bot.content import load_bank
from bot.domain.post import PostState
from bot.domain.rubric import GRADER, assess
from bot.services.answering import Press
from bot.settings import Settings
from tests.assessors.conftest import KEY
from tests.assessors.endpoint import Endpoint, point, says
from tests.store.samples import ANNA, NOON, a_post
from tests.wire.process import BANK, ROOT, environment, loopmate

WITHOUT = """
import sys
from pathlib import Path
from bot.app import build
from bot.settings import Settings
build(Settings(_env_file=None, database=Path("loopmate.db")), scheduled=False)
print([name for name in sys.modules if name.split(".")[0] in {"pydantic_ai", "openai", "httpx2"}])
"""
TOKEN = {"DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.loopback.loopback"}


def test_a_bot_without_a_model_neither_needs_nor_imports_one(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


async def test_a_model_without_its_extra_is_one_clear_sentence(tmp_path: Path):
    """An empty package in front of the real one stands for what is not installed."""
    hidden = tmp_path / "hidden"
    (hidden / "pydantic_ai").mkdir(parents=True)
    (hidden / "pydantic_ai" / "__init__.py").write_text("raise ModuleNotFoundError('not here')")
    env = {
        **TOKEN,
        "LOOPMATE_AI_MODEL": "ollama:llama3.1",
        "PYTHONPATH": f"{hidden}:{ROOT}",
    }
    ended = await loopmate("run", folder=tmp_path, env=env)
    assert ended.status == 1
    assert ended.err == (
        "loopmate: LOOPMATE_AI_MODEL is set, but what it needs is not installed: "
        "pip install 'loopmate[ai]'.\n"
    )


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"LOOPMATE_AI_MODEL": "openai:gpt-4o-mini"}, "LOOPMATE_AI_KEY is not set"),
        ({"LOOPMATE_AI_MODEL": "gpt-4o-mini"}, "LOOPMATE_AI_MODEL names no model"),
        ({"LOOPMATE_AI_MODEL": "@everyone"}, "LOOPMATE_AI_MODEL cannot be used"),
        ({"LOOPMATE_AI_URL": "localhost"}, "LOOPMATE_AI_URL cannot be used"),
        ({"LOOPMATE_AI_TIMEOUT": "30"}, "LOOPMATE_AI_TIMEOUT cannot be used"),
    ],
)
async def test_wrong_settings_are_one_clear_sentence(tmp_path: Path, env, says: str):
    ended = await loopmate("run", folder=tmp_path, env={**TOKEN, **env})
    assert ended.status == 1
    assert ended.err.startswith(f"loopmate: {says}")
    assert ended.err.count("\n") == 1


async def test_the_key_is_in_no_log_line(tmp_path: Path, model: Endpoint):
    """With everything logged, by a bot that cannot reach Discord."""
    env = {
        **TOKEN,
        "LOOPMATE_AI_MODEL": "openai:gpt-4o-mini",
        "LOOPMATE_AI_URL": model.url,
        "LOOPMATE_AI_KEY": KEY,
        "LOOPMATE_LOG_LEVEL": "DEBUG",
        "LOOPMATE_DISCORD_API": "http://127.0.0.1:1/api/v10",
    }
    ended = await loopmate("run", folder=tmp_path, env=env)
    assert ended.status == 1
    assert "cannot be reached" in ended.err
    assert KEY not in ended.err + ended.out


async def test_a_configured_model_grades_the_question_of_the_day(tmp_path: Path, model: Endpoint):
    settings = Settings(
        _env_file=None,
        database=tmp_path / "loopmate.db",
        questions=BANK,
        ai_model="openai:gpt-4o-mini",
        ai_url=model.url,
        ai_key=KEY,
    )
    assert KEY not in repr(settings)
    bot = build(settings, scheduled=False)
    await bot.store.open()
    try:
        (question, *_) = load_bank(BANK).by_id.values()
        post = a_post(question_id=question.id, state=PostState.SENT)
        await bot.store.write(lambda tx: tx.posts.insert(post))
        model.behaves = says(point(question.key_points[0].id, "missing"))
        answering = bot.services.answering
        outcome = await answering.answer(
            await answering.asked(post.id, ANNA, post.guild_id),
            Press(1, ANNA, post.guild_id, NOON),
            question.strong_answer,
            None,
        )
    finally:
        await bot.close()
    assert outcome.attempt.verdict
    assert outcome.attempt.verdict.grader == f"gpt-4o-mini, {GRADER} checked"
    assert outcome.attempt.verdict.points == assess(question, question.strong_answer).points
    assert model.asked == 1
