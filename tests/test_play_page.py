"""The page of `loopmate play` as a browser sees it, over HTTP: live, private and forgiving."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
import simcord
from discord import app_commands, ui
from discord.ext import commands

from bot.clock import Clock
from bot.play import live, play
from bot.play.world import World


class Asking(ui.Modal, title="Your answer"):
    text = ui.Label(text="What would you say?", component=ui.TextInput(custom_id="text"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        typed = self.text.component.value
        await interaction.response.send_message(f"You wrote: {typed}", ephemeral=True)


class Post(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=1.0)
        self.message: discord.Message

    @ui.button(label="Answer", custom_id="answer")
    async def answer(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(Asking())

    async def on_timeout(self) -> None:
        await self.message.edit(content="Too late")


class Toy(commands.Bot):
    """Does what play must bear: late posts, expiring views, slow work, long sleeps, faults."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("!", intents=discord.Intents.default())
        self.clock = clock
        self.closed_by = 0

    async def setup_hook(self) -> None:
        for command in (slow, patient, faulty, refusing, greet):
            self.tree.add_command(command)
        await self.tree.sync()
        self.posting = asyncio.create_task(self.post_later())

    async def post_later(self) -> None:
        await asyncio.sleep(0.6)
        channel = discord.utils.get(self.get_all_channels(), name="ml-daily")
        assert isinstance(channel, discord.TextChannel)
        view = Post()
        view.message = await channel.send("Question of the day", view=view)

    async def close(self) -> None:
        self.closed_by += 1
        await super().close()


@app_commands.command(description="Works for longer than a settled test would wait")
async def slow(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    await asyncio.to_thread(time.sleep, 0.5)
    await interaction.followup.send("Graded at last")


@app_commands.command(description="Leaves a timer running")
async def patient(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Noted")
    await asyncio.sleep(3)


@app_commands.command(description="Breaks")
async def faulty(_: discord.Interaction) -> None:
    raise RuntimeError("as the test asked")


@app_commands.command(description="Says no, kindly")
async def refusing(_: discord.Interaction) -> None:
    raise ValueError("not today")


@refusing.error
async def refuse(interaction: discord.Interaction, _: Exception) -> None:
    await interaction.response.send_message("I would rather not", ephemeral=True)


@app_commands.command(description="Starts a thread and writes a direct message")
async def greet(interaction: discord.Interaction, who: discord.Member) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    thread = await interaction.channel.create_thread(
        name="Corner", type=discord.ChannelType.public_thread
    )
    await thread.send("Here we are")
    await who.send(f"Hello {who.display_name}")
    await interaction.response.send_message("Done", ephemeral=True)


async def eventually(probe: Callable[[], Awaitable[str | None]]) -> str:
    """Ask again, as the page does, until there is something."""
    async with asyncio.timeout(5):
        while not (found := await probe()):  # noqa: ASYNC110 - the page polls too
            await asyncio.sleep(0.05)
    return found


class Tab:
    """One open tab: the requests that simcord's page makes, and nothing else."""

    def __init__(self, session: aiohttp.ClientSession, door: str) -> None:
        self._session = session
        self._headers = {"X-Simcord-Capability": door}
        self._sequence = 0
        self.page: dict[str, Any] = {}

    async def open(self) -> "Tab":
        self.page = await self._send("POST", "/api/pages", json={})
        self._headers["X-Simcord-Context"] = self.page["context"]["id"]
        return self

    async def look(self) -> str:
        self.page = await self._send("GET", "/api/state")
        return str(self.page["messages"])

    async def until(self, text: str) -> str:
        async def seen() -> str | None:
            page = await self.look()
            return page if text in page else None

        return await eventually(seen)

    async def act(self, kind: str, **what: Any) -> dict[str, Any]:
        self._sequence += 1
        action = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"r{self._sequence}",
            "generation": self.page["context"]["generation"],
            "bot_generation": self.page["botGeneration"],
            "published_revision": self.page["publishedRevision"],
            "kind": kind,
        }
        return await self._send("POST", "/api/action", json=action | what)

    async def click(self, label: str) -> dict[str, Any]:
        message, control = next(
            (identity, control)
            for identity, message in self.page["messages"].items()
            for row in message["components"]
            for control in row["components"]
            if control["label"] == label
        )
        return await self.act("click", target_id=message, control_key=control["control_key"])

    async def slash(self, name: str, **options: Any) -> dict[str, Any]:
        catalog = await self._send("GET", "/api/commands")
        entry = next(entry for entry in catalog["entries"] if entry["path"] == [name])
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=[name],
            schema_fingerprint=entry["schemaFingerprint"],
            options=options,
        )

    async def candidates(self, name: str, option: str) -> dict[str, Any]:
        catalog = await self._send("GET", "/api/commands")
        entry = next(entry for entry in catalog["entries"] if entry["path"] == [name])
        key = f"command:{entry['commandId']}:{name}:option:{option}"
        return await self.act("browse_candidates", control_key=key, query="")

    async def _send(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        async with self._session.request(method, path, headers=self._headers, **body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())


class Visit:
    """A running `loopmate play` and whoever looks at it."""

    def __init__(self, session: aiohttp.ClientSession, bot: Toy, world: World) -> None:
        self.session, self.bot, self.world = session, bot, world

    async def tab(self, door: str) -> Tab:
        return await Tab(self.session, door).open()


@asynccontextmanager
async def playing() -> AsyncIterator[Visit]:
    bots: list[Toy] = []
    worlds: list[World] = []
    said: asyncio.Queue[str] = asyncio.Queue()

    def make(clock: Clock) -> Toy:
        bots.append(Toy(clock))
        return bots[0]

    async def seed(world: World) -> None:
        worlds.append(world)

    task = asyncio.create_task(
        play(make, port=0, open_browser=False, announce=said.put_nowait, seed=seed)
    )
    words = await asyncio.wait_for(said.get(), 10)
    url = next(word for word in words.split() if word.startswith("http"))
    async with aiohttp.ClientSession(url) as session:
        yield Visit(session, bots[0], worlds[0])
    task.cancel()
    await task
    assert bots[0].closed_by == 1


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    async with playing() as visit:
        yield visit


async def test_what_the_bot_posts_by_itself_appears_and_its_view_times_out(visit: Visit) -> None:
    tab = await visit.tab("ml-daily/bob")
    await tab.until("Question of the day")
    await tab.until("Too late")


async def test_a_dialog_is_answered_in_private_on_a_page_that_has_moved_on(visit: Visit) -> None:
    bob, chen = await visit.tab("ml-daily/bob"), await visit.tab("ml-daily/chen")
    await bob.until("Question of the day")
    old = bob.page["publishedRevision"]
    await chen.act("send_message", content="Meanwhile")
    await bob.until("Meanwhile")
    bob.page["publishedRevision"] = old
    assert (await bob.click("Answer"))["settlement"] == "settled"
    await bob.look()
    done = await bob.act(
        "modal_submit", modal_handle=bob.page["modal"]["handle"], values={"text": "Recall"}
    )
    assert done["settlement"] == "settled"
    assert "You wrote: Recall" in await bob.look()
    assert "You wrote" not in await chen.until("Meanwhile")


async def test_a_cancelled_dialog_does_not_stop_the_member_picker(visit: Visit) -> None:
    tab = await visit.tab("ml-daily/ada")
    await tab.until("Question of the day")
    await tab.click("Answer")
    await tab.look()
    assert tab.page["modal"] is not None
    found = await tab.candidates("greet", "who")
    assert all(name in str(found["result"]) for name in ("Ada", "Bob", "Chen"))


async def test_slow_work_is_waited_for_and_timers_are_not(visit: Visit) -> None:
    tab = await visit.tab("general/ada")
    assert (await tab.slash("slow"))["settlement"] == "settled"
    assert "Graded at last" in await tab.look()
    start = time.monotonic()
    assert (await tab.slash("patient"))["settlement"] == "settled"
    assert time.monotonic() - start < 1


async def test_a_fault_is_told_and_the_page_goes_on(visit: Visit) -> None:
    tab = await visit.tab("general/ada")
    assert (await tab.slash("faulty"))["acknowledgement"] == "unacknowledged"
    await tab.look()
    assert (await tab.slash("slow"))["settlement"] == "settled"


async def test_a_kind_refusal_is_no_fault(visit: Visit) -> None:
    tab = await visit.tab("general/ada")
    answer = await tab.slash("refusing")
    assert (answer["settlement"], answer["acknowledgement"]) == ("settled", "acknowledged")
    assert "I would rather not" in await tab.look()


async def test_threads_and_direct_messages_have_rooms_of_their_own(visit: Visit) -> None:
    ada = await visit.tab("general/ada")
    await ada.slash("greet", who=str(visit.world.bob.id))
    bob = await visit.tab("messages/bob")
    assert "Hello Bob" in await bob.look()

    async def thread() -> str | None:
        return next((room for room in await rooms(visit) if room.startswith("thread-")), None)

    corner = await visit.tab(f"{await eventually(thread)}/chen")
    assert "Here we are" in await corner.look()
    assert (await rooms(visit))[-1] == "messages"


async def rooms(visit: Visit) -> list[str]:
    async with visit.session.get("/rooms.json") as answer:
        return list((await answer.json())["rooms"])


async def test_the_world_keeps_the_time_of_the_wall(visit: Visit) -> None:
    await asyncio.sleep(0.6)
    behind = discord.utils.utcnow() - visit.world.env.now()
    assert abs(behind.total_seconds()) < 2
    assert visit.bot.clock.now() == visit.world.env.now()


async def test_the_bare_address_shows_the_rooms(visit: Visit) -> None:
    async with visit.session.get("/") as answer:
        page = await answer.text()
    assert 'data-room="ml-daily"' in page
    assert 'data-person="chen"' in page
    assert page.index("/rooms.js") < page.index("/app.js")
    for asset in ("/rooms.js", "/rooms.css", "/app.js", "/preview.css", "/favicon.ico"):
        async with visit.session.get(asset) as answer:
            assert answer.ok, asset


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}]
)
async def test_other_sites_are_refused(visit: Visit, headers: dict[str, str]) -> None:
    async with visit.session.get("/", headers=headers) as answer:
        assert answer.status == 403


async def test_an_unknown_door_is_closed(visit: Visit) -> None:
    headers = {"X-Simcord-Capability": "ml-daily/mallory"}
    async with visit.session.post("/api/pages", headers=headers, json={}) as answer:
        assert answer.status == 401


async def test_a_taken_port_is_named() -> None:
    async def idle(_: World) -> None: ...

    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(SystemExit, match=f"Port {port} is taken"):
            await play(Toy, port=port, open_browser=False, announce=print, seed=idle)


def test_a_simcord_that_has_changed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(simcord.Env, "_settle_internal")
    with pytest.raises(ImportError, match=r"has changed Env\._settle_internal"):
        live.check()
