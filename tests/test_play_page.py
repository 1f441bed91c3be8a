"""The page of `loopmate play` as a browser sees it, over HTTP: live, private and forgiving."""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from discord.ext import commands

from bot.clock import Clock
from bot.play import play
from bot.play.world import World
from tests.play_visit import Visit, eventually, playing


class Asking(ui.Modal, title="Your answer"):
    text = ui.Label(text="What would you say?", component=ui.TextInput(custom_id="text"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        typed = self.text.component.value
        await interaction.response.send_message(f"You wrote: {typed}", ephemeral=True)


class Post(ui.View):
    @ui.button(label="Answer", custom_id="answer")
    async def answer(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(Asking())


class Offer(ui.View):
    message: discord.Message

    @ui.button(label="Accept", custom_id="accept")
    async def accept(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.edit_message(content="Accepted", view=None)

    async def on_timeout(self) -> None:
        await self.message.edit(content="Too late")


class Toy(commands.Bot):
    """Does what play must bear: late posts, expiring views, slow work, long sleeps, faults."""

    def __init__(self, clock: Clock) -> None:
        silent = discord.AllowedMentions.none()
        super().__init__((), intents=discord.Intents.default(), allowed_mentions=silent)
        self.clock = clock

    async def setup_hook(self) -> None:
        for command in (slow, patient, faulty, refusing, greet, tidy):
            self.tree.add_command(command)
        await self.tree.sync()
        self.posting = asyncio.create_task(self.post_later())

    async def post_later(self) -> None:
        await asyncio.sleep(0.6)
        channel = discord.utils.get(self.get_all_channels(), name="ml-daily")
        assert isinstance(channel, discord.TextChannel)
        await channel.send("Question of the day", view=Post(timeout=None))
        offer = Offer(timeout=1.0)
        offer.message = await channel.send("Duel, anybody?", view=offer)


@app_commands.command(description="Works for longer than a settled test would wait")
async def slow(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    await asyncio.to_thread(time.sleep, 0.5)
    await interaction.followup.send("Graded at last")


@app_commands.command(description="Leaves a timer running")
async def patient(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Noted")
    await asyncio.sleep(6)


@app_commands.command(description="Breaks")
async def faulty(_: discord.Interaction) -> None:
    raise RuntimeError("as the test asked")


@app_commands.command(description="Says no, kindly")
async def refusing(_: discord.Interaction) -> None:
    raise ValueError("not today")


@refusing.error
async def refuse(interaction: discord.Interaction, _: Exception) -> None:
    await interaction.response.send_message("I would rather not", ephemeral=True)


@app_commands.command(description="Starts a private thread and deletes the others")
async def tidy(interaction: discord.Interaction) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    for thread in interaction.channel.threads:
        await thread.delete()
    await interaction.channel.create_thread(name="Backstage")
    await interaction.response.send_message("Tidied")


@app_commands.command(description="Starts a thread and writes a direct message")
async def greet(interaction: discord.Interaction, who: discord.Member) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    thread = await interaction.channel.create_thread(
        name="Corner", type=discord.ChannelType.public_thread
    )
    await thread.send("Here we are")
    await who.send(f"Hello {who.display_name}")
    await interaction.response.send_message("Done", ephemeral=True)


async def nothing(_: World) -> None:
    """Leave the world as it was founded."""


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    async with playing(Toy, nothing) as visit:
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
    assert (await bob.submit(text="Recall"))["settlement"] == "settled"
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
    assert time.monotonic() - start < 4


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


async def thread_of(visit: Visit) -> str | None:
    return next((room for room in await visit.rooms() if room.startswith("thread-")), None)


async def test_threads_and_direct_messages_have_rooms_of_their_own(visit: Visit) -> None:
    ada = await visit.tab("general/ada")
    await ada.slash("greet", who=str(visit.world.bob.id))
    bob = await visit.tab("messages/bob")
    assert "Hello Bob" in await bob.look()
    room = await eventually(partial(thread_of, visit))
    corner = await visit.tab(f"{room}/chen")
    assert "Here we are" in await corner.look()
    assert (await visit.rooms())[-1] == "messages"


async def test_threads_that_are_gone_or_private_disturb_nobody(visit: Visit) -> None:
    ada = await visit.tab("general/ada")
    await ada.slash("greet", who=str(visit.world.bob.id))
    assert await eventually(partial(thread_of, visit))
    await ada.look()
    await ada.slash("tidy")
    daily = await visit.tab("ml-daily/bob")
    await daily.until("Too late")
    assert "Tidied" in await ada.look()
    assert await visit.rooms() == ["ml-daily", "general", "messages"]


async def test_the_world_keeps_the_time_of_the_wall(visit: Visit) -> None:
    await asyncio.sleep(0.6)
    behind = discord.utils.utcnow() - visit.world.env.now()
    assert abs(behind.total_seconds()) < 10
    assert isinstance(visit.bot, Toy)
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
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(SystemExit, match=f"Port {port} is taken"):
            await play(Toy, port=port, open_browser=False, announce=print, seed=nothing)
