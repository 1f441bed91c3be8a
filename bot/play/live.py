"""The one place that reaches behind simcord's public names, and why each reach is needed.

simcord is made for tests: its world stands still between two actions and shows one channel.
A world that people watch needs six liberties, all taken here and checked when this is imported:

- ``Env._settle_internal``: a click waits for the bot's work, however slow, and for no timer.
- ``Env._real_advance_task``: time is not moved while a timer that fired by itself moves it.
- ``Env._preview``: simcord allows one preview at a time; several channels need several.
- ``Env.backend``: the bot's name, where the clock starts, and whether anything has happened.
- ``Preview._pages`` -> ``revision``: a click on a page that has just been refreshed still counts.
- ``Preview._pages`` -> ``modal``: a dialog that was cancelled in the browser is forgotten.
"""

import asyncio
import inspect
from collections.abc import MutableMapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import discord
import simcord
from simcord.backend import Backend
from simcord.preview import Preview
from simcord.preview._pages import _Page

PATIENCE = 20.0  # seconds a handler may work before the page says it does not know the outcome
GLANCE = 0.15  # a timer that fires later than this is nobody's reason to wait

Viewer = simcord.MemberActor | simcord.UserHandle

_SETTLING = {"timeout", "idle", "dispatch", "_deadline"}
_BACKEND = ("bot_user", "advance_clock", "transcript")
_PAGE = {"revision", "modal", "modal_handle"}
_AFTER_A_DIALOG = frozenset(
    {"click", "select", "send_message", "run_command", "autocomplete_command"}
)


def check() -> None:
    """Fail with a clear sentence when simcord no longer has what this module leans on."""
    backend, source = Backend(), inspect.getsource(simcord.Env)
    settle = inspect.signature(getattr(simcord.Env, "_settle_internal", lambda: None))
    page = getattr(_Page, "__dataclass_fields__", {})
    kept = {
        "Env._settle_internal": _SETTLING.issubset(settle.parameters),
        "Env._real_advance_task": "self._real_advance_task" in source,
        "Env._preview": "self._preview" in source,
        "Env.backend": all(hasattr(backend, name) for name in _BACKEND),
        "Preview._pages": "self._pages" in inspect.getsource(Preview.__init__),
        "the page's revision and modal": _PAGE.issubset(page),
    }
    if missing := [name for name, is_there in kept.items() if not is_there]:
        raise ImportError(
            f"it was written for simcord 3.2.1, and {simcord.__version__} has changed "
            f"{' and '.join(missing)}"
        )


class LiveEnv(simcord.Env):
    """A simulated Discord whose actions wait for the bot's work and never for its timers."""

    def __init__(self, bot: discord.Client, *, start: datetime) -> None:
        super().__init__(bot, check_errors=False, settle_timeout=PATIENCE)
        self.backend.bot_user.name = "Loopmate"
        self.pass_over(max(timedelta(), start - self.now()))

    async def _settle_internal(
        self,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is simcord's
        idle: float = 0.05,
        dispatch: str | None = None,
        _deadline: float | None = None,
    ) -> None:
        """Settle in glances: after each, only unfinished work is a reason to go on waiting."""
        if _deadline is not None:
            await super()._settle_internal(idle=idle, dispatch=dispatch, _deadline=_deadline)
            return
        loop = asyncio.get_running_loop()
        give_up = loop.time() + (PATIENCE if timeout is None else timeout)
        while True:
            try:
                await super()._settle_internal(timeout=GLANCE, idle=idle, dispatch=dispatch)
            except TimeoutError:
                if loop.time() > give_up:
                    raise
            else:
                return

    async def advance_time(self, seconds: float) -> None:
        """Move time, once no timer moves it by having fired: the two would wait for each other."""
        while (moving := self._real_advance_task) is not None and not moving.done():
            await asyncio.wait([moving])
        await super().advance_time(seconds)

    def pass_over(self, time: timedelta) -> None:
        """Move time at once, past whatever waits for it."""
        self.backend.advance_clock(time.total_seconds())

    def errors_since(self, cursor: int) -> tuple[BaseException, ...]:  # noqa: ARG002
        """Return none: an error that the bot has answered for is no failed click."""
        return ()

    @property
    def happenings(self) -> int:
        """How much has happened so far: it grows with every event and request."""
        return len(self.backend.transcript)


def open_preview(
    env: LiveEnv, channel: simcord.ChannelHandle, viewers: Sequence[Viewer], timezone: str
) -> Preview:
    """Return a preview of one channel that leaves the others alone. Enter it at once."""
    env._preview = None
    return env.preview(channel, viewers=viewers, layout="channel", timezone=timezone)


def before_action(
    env: LiveEnv, preview: Preview, page_id: str, action: MutableMapping[str, Any]
) -> None:
    """Let an action from the browser count although the page moved on since it was drawn."""
    env._preview = preview
    page = preview._pages.get(page_id)
    if page is None:
        return
    action["published_revision"] = page.revision
    if page.modal is not None and _leaves_the_dialog(action):
        page.modal = page.modal_handle = None


def _leaves_the_dialog(action: MutableMapping[str, Any]) -> bool:
    """Whether this can only be done with no dialog open, so that the open one was cancelled."""
    if action.get("kind") == "browse_candidates":
        return str(action.get("control_key", "")).startswith("command:")
    return action.get("kind") in _AFTER_A_DIALOG


check()
