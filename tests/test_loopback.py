"""The loopback Discord, driven by a real discord.py bot over real sockets."""

import asyncio
import contextlib
import datetime
import json
import os
import re
import sys

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

from tests.wire.loopback import Loopback, Remote, Validator, openapi, permissions


class Vote(discord.ui.DynamicItem[discord.ui.Button], template=r"vote:(?P<n>\d+)"):
    """A button that carries its number, answers in private and asks for more."""

    def __init__(self, n: int) -> None:
        super().__init__(discord.ui.Button(label=f"Vote {n}", custom_id=f"vote:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(cls, interaction, item, match: re.Match[str]):
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"voted {self.n}", ephemeral=True)
        await interaction.followup.send("and thank you", ephemeral=True)


class Essay(discord.ui.Modal, title="Essay"):
    """Every kind of field that the bot uses."""

    intro = discord.ui.TextDisplay("Take your time.")
    words = discord.ui.Label(
        text="Your words",
        component=discord.ui.TextInput(custom_id="words", style=discord.TextStyle.long),
    )
    topic = discord.ui.Label(
        text="Topic",
        component=discord.ui.Select(
            custom_id="topic", options=[discord.SelectOption(label="Trees", value="t")]
        ),
    )
    sure = discord.ui.Label(
        text="How sure?",
        component=discord.ui.RadioGroup(
            custom_id="sure",
            options=[
                discord.RadioGroupOption(label="Guess", value="20"),
                discord.RadioGroupOption(label="Sure", value="90"),
            ],
        ),
    )
    extras = discord.ui.Label(
        text="Extras",
        component=discord.ui.CheckboxGroup(
            custom_id="extras",
            required=False,
            options=[discord.CheckboxGroupOption(label="Share", value="share")],
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        values = (
            self.words.component.value,
            self.topic.component.values,
            self.sure.component.value,
            self.extras.component.values,
        )
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(repr(values))


class Panel(discord.ui.LayoutView):
    """A Components V2 message with a select menu inside."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        box = discord.ui.Container(discord.ui.TextDisplay("# Panel"), accent_colour=0x336699)
        box.add_item(discord.ui.Section("Press it", accessory=Vote(7)))
        row = discord.ui.ActionRow()
        self.menu = discord.ui.ChannelSelect(custom_id="where", placeholder="Where")
        self.menu.callback = self.chosen
        row.add_item(self.menu)
        box.add_item(row)
        self.add_item(box)

    async def chosen(self, interaction: discord.Interaction) -> None:
        done = discord.ui.LayoutView().add_item(discord.ui.TextDisplay(str(self.menu.values[0])))
        await interaction.response.edit_message(view=done)


class Bot(discord.Client):
    """The tiny bot under whose weight the loopback is tested."""

    def __init__(self) -> None:
        # discord.py waits this long after the last GUILD_CREATE before it is ready.
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(setup)
        self.tree.add_command(essay)
        self.tree.add_command(panel)
        self.tree.add_command(slow)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Vote)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id, *, initial=False) -> None:
        """Nothing: discord.py would sleep five seconds before it identifies again."""


setup = app_commands.Group(name="setup", description="Set up")


@setup.command(name="daily", description="When")
@app_commands.describe(hour="The hour", channel="Where", role="Who")
async def setup_daily(
    interaction: discord.Interaction,
    hour: app_commands.Range[int, 0, 23],
    channel: discord.TextChannel,
    role: discord.Role | None = None,
    friend: discord.Member | None = None,
    topic: str = "all",
) -> None:
    view = discord.ui.View().add_item(Vote(1))
    await interaction.response.send_message(
        f"{hour} {channel.name} {role} {friend} {topic}", view=view
    )


@setup_daily.autocomplete("topic")
async def topics(interaction: discord.Interaction, typed: str):
    return [app_commands.Choice(name=typed.title(), value=typed)]


@app_commands.command(description="Write")
async def essay(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Essay())


@app_commands.command(description="Panel")
async def panel(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=Panel())


@app_commands.command(description="Late, then twice")
async def slow(interaction: discord.Interaction) -> None:
    for _ in range(2):
        with contextlib.suppress(discord.HTTPException):
            await discord.InteractionResponse(interaction).send_message("late")


@pytest.fixture
async def loopback():
    async with Loopback() as running:
        yield running
        assert running.world.faults == []


@pytest.fixture
async def bot(loopback, monkeypatch):
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.api)
    gateway = yarl.URL(loopback.world.gateway_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    async with Bot() as client:
        running = asyncio.create_task(client.start(loopback.world.token))
        await asyncio.wait(
            {running, ready := asyncio.create_task(client.wait_until_ready())},
            return_when=asyncio.FIRST_COMPLETED,
            timeout=5,
        )
        assert ready.done(), running
        yield client
    await running


async def post_votes(loopback, bot, *, user="ann"):
    """A public message with a button, made the way a person would have it made."""
    shown = await loopback.act.slash(user, "study", "setup daily", hour=9, channel="study")
    return (await shown.reply()).message


async def test_logs_in_syncs_and_answers_a_command(loopback, bot):
    guild = bot.guilds[0]
    assert guild.me.guild_permissions.pin_messages
    assert [c.name for c in guild.text_channels] == ["general", "study"]
    shown = await loopback.act.slash(
        "ann", "study", "setup daily", hour=9, channel="study", role="Admin", friend="bob"
    )
    await shown.reply()
    assert shown.kind == "message"
    assert shown.text == "9 study Admin bob all"
    assert not shown.private
    assert loopback.world.messages("study")[-1]["content"] == shown.text


async def test_a_person_can_only_do_what_is_on_offer(loopback, bot):
    act = loopback.act
    with pytest.raises(LookupError, match="not registered"):
        await act.slash("ann", "study", "nonsense")
    with pytest.raises(LookupError, match="needs a subcommand"):
        await act.slash("ann", "study", "setup")
    with pytest.raises(LookupError, match=r"missing .'channel'"):
        await act.slash("ann", "study", "setup daily", hour=9)
    with pytest.raises(LookupError, match=r"unknown .'minute'"):
        await act.slash("ann", "study", "setup daily", hour=9, channel="study", minute=1)
    with pytest.raises(ValueError, match=r"not within 0..23"):
        await act.slash("ann", "study", "setup daily", hour=24, channel="study")
    with pytest.raises(LookupError, match=r"offers .*Vote 1"):
        await act.click("ann", await post_votes(loopback, bot), "Vote 2")


async def test_suggests_while_one_types(loopback, bot):
    seen = await loopback.act.autocomplete("ann", "study", "setup daily", "topic", "tre")
    assert (await seen.reply()).choices == [{"name": "Tre", "value": "tre"}]


async def test_a_press_is_answered_in_private(loopback, bot):
    message = await post_votes(loopback, bot)
    pressed = await loopback.act.click("bob", message, "vote:*")
    await pressed.settled(2)
    assert [m["content"] for m in (pressed.shown[0].data, *pressed.followups)] == [
        "voted 1",
        "and thank you",
    ]
    assert pressed.private
    assert pressed.ack_ms is not None
    assert len(loopback.world.messages("study")) == 1
    with pytest.raises(LookupError, match="ephemeral"):
        await loopback.act.click("ann", pressed.message, "Vote 1")


async def test_a_modal_is_shown_filled_in_and_answered(loopback, bot):
    opened = await (await loopback.act.slash("ann", "study", "essay")).reply()
    assert opened.labels == ["Your words", "Topic", "How sure?", "Extras"]
    with pytest.raises(LookupError, match="'sure' is required"):
        await loopback.act.submit_modal("ann", opened, {"words": "x", "topic": "Trees"})
    answers = {"Your words": "Splits", "topic": "Trees", "How sure?": "Sure", "extras": ["share"]}
    sent = await (await loopback.act.submit_modal("ann", opened, answers)).reply()
    assert sent.kind == "defer"
    assert sent.text == "('Splits', ['t'], '90', ['share'])"
    assert sent.private, "the promised message keeps the privacy it was promised with"
    assert sent.followups == []


async def test_a_layout_is_stored_pressed_and_changed(loopback, bot):
    shown = await (await loopback.act.slash("ann", "study", "panel")).reply()
    assert shown.message["flags"] & 1 << 15
    assert shown.text == "# Panel\nPress it"
    pressed = await (await loopback.act.click("ann", shown.message, "Vote 7")).reply()
    assert pressed.text in ("voted 7", "and thank you")
    chosen = await loopback.act.select("ann", shown.message, "Where", "general")
    assert (await chosen.reply()).kind == "update"
    assert chosen.text == "general"
    assert loopback.world.messages("study")[0]["components"][0]["content"] == "general"


async def test_direct_messages_are_a_place_too(loopback, bot):
    shown = await loopback.act.slash("ann", loopback.world.dm("ann"), "essay")
    assert (await shown.reply()).modal["title"] == "Essay"
    ann = await bot.fetch_user(int(loopback.world.user("ann").id))
    sent = await ann.send("hello", file=discord.File(__file__, description="this test"))
    assert sent.attachments[0].description == "this test"
    async with aiohttp.ClientSession() as session, session.get(sent.attachments[0].url) as file:
        assert b"hello" in await file.read()


async def test_threads_pins_and_history(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    first, second, third = [await study.send(str(n)) for n in range(3)]
    thread = await second.create_thread(name="Talk")
    assert thread.id == second.id
    await thread.send("inside")
    await second.pin()
    assert [m.id async for m in study.pins()] == [second.id]
    assert [m.content async for m in study.history(limit=2)] == ["2", "1"]
    assert [m.content async for m in study.history(after=first, oldest_first=True)] == ["1", "2"]
    assert [m.content async for m in study.history(around=second, limit=3)] == ["2", "1", "0"]
    await third.delete()
    with pytest.raises(discord.NotFound) as gone:
        await study.fetch_message(third.id)
    assert gone.value.code == 10008


async def test_events_reach_the_bot(loopback, bot):
    joined = asyncio.create_task(bot.wait_for("guild_join", timeout=5))
    left = asyncio.create_task(bot.wait_for("guild_remove", timeout=5))
    heard = asyncio.create_task(bot.wait_for("message", timeout=5))
    await asyncio.sleep(0)
    await loopback.act.say("ann", "study", "secret")
    assert (await heard).content == "", "no message-content intent, no content"
    guild = loopback.world.guild()
    await loopback.act.remove_bot(guild)
    assert (await left).id == int(guild.id)
    await loopback.act.add_bot(guild)
    assert (await joined).id == int(guild.id)


async def test_a_lost_answer_leaves_the_message_and_the_nonce_finds_it(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    loopback.mishap("POST", "/channels/*/messages", cut="reset_after")
    with pytest.raises(aiohttp.ClientOSError):
        await study.send("daily", nonce="n1")
    [stored] = loopback.world.messages("study")
    assert (await study.send("daily", nonce="n1")).id == int(stored["id"])
    loopback.world.clock.shift += loopback.world.nonce_window + 1
    assert (await study.send("daily", nonce="n1")).id != int(stored["id"])
    assert len(loopback.world.messages("study")) == 2


async def test_a_connection_can_break_before_anything_happens(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    for cut in ("reset_before", "close_before"):
        loopback.mishap("POST", "/channels/*/messages", cut=cut)
        with pytest.raises(aiohttp.ClientError):
            await study.send("daily")
    assert loopback.world.messages("study") == []


async def test_what_was_accepted_is_done_even_if_the_client_dies(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    loopback.mishap("POST", "/channels/*/messages", delay=0.05)
    sending = asyncio.create_task(study.send("daily"))
    await loopback.world.until(lambda: loopback.sent("POST", "/channels/*/messages"))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert loopback.world.messages("study") == []
    await loopback.world.until(lambda: loopback.world.messages("study"))


async def test_a_muted_request_is_done_or_not_and_never_answered(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    for cut, arrived in (("mute_before", 0), ("mute_after", 1)):
        mishap = loopback.mishap("POST", "/channels/*/messages", cut=cut)
        sending = asyncio.create_task(study.send("daily"))
        await loopback.world.until(lambda: mishap.struck)  # noqa: B023
        assert len(loopback.world.messages("study")) == arrived
        assert not sending.done()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
    await study.send("another")
    assert len(loopback.world.messages("study")) == 2


async def test_buckets_tell_the_client_when_to_wait(loopback, bot):
    loopback.limiter.buckets["POST /channels/{channel}/messages"] = (2, 0.1)
    study = bot.guilds[0].text_channels[1]
    await asyncio.gather(*(study.send(str(n)) for n in range(5)))
    assert {seen.status for seen in loopback.sent("POST", "/channels/*/messages")} == {200}


async def test_the_clock_of_the_world_can_be_moved(loopback, bot):
    heard = asyncio.create_task(bot.wait_for("interaction", timeout=5))
    await asyncio.sleep(0)
    loopback.world.clock.shift = 86_400
    shown = await loopback.act.slash("ann", "study", "essay")
    assert (await heard).created_at > discord.utils.utcnow() + datetime.timedelta(hours=23)
    assert (await shown.reply()).kind == "modal"


async def test_discord_can_be_ill_or_busy(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    loopback.mishap("POST", "/channels/*/messages", status=503)
    with pytest.raises(discord.DiscordServerError):
        await study.send("one")
    loopback.mishap("POST", "/channels/*/messages", status=429, headers={"Via": ""})
    with pytest.raises(discord.HTTPException, match="429"):
        await study.send("two")
    loopback.mishap("POST", "/channels/*/messages", status=429)
    await study.send("three")
    statuses = [seen.status for seen in loopback.sent("POST", "/channels/*/messages")]
    assert statuses == [503, 429, 429, 200]


async def test_the_global_limit_spares_interactions(loopback, bot):
    message = await post_votes(loopback, bot)
    loopback.limiter.global_limit = 0
    sending = asyncio.create_task(bot.guilds[0].text_channels[0].send("held back"))
    await loopback.world.until(lambda: loopback.limiter.global_hits)
    pressed = await loopback.act.click("ann", message, "Vote 1")
    await pressed.settled(2)
    assert not sending.done()
    loopback.limiter.global_limit = 50
    await sending


async def test_late_and_second_answers_are_refused(loopback, bot):
    early = await loopback.act.slash("ann", "study", "slow")
    await loopback.world.until(lambda: early.errors)
    assert [e["code"] for e in early.errors] == [40060]
    loopback.world.ack_window = 0
    late = await loopback.act.slash("ann", "study", "slow")
    await loopback.world.until(lambda: len(late.errors) == 2)
    assert [e["code"] for e in late.errors] == [10062, 10062]
    assert late.kind is None


async def test_permissions_count(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    message = await study.send("before")
    changed = asyncio.create_task(bot.wait_for("guild_channel_update", timeout=5))
    await asyncio.sleep(0)
    await loopback.act.permit("study", send_messages=False, read_message_history=False)
    await changed
    assert not study.permissions_for(study.guild.me).send_messages
    with pytest.raises(discord.Forbidden) as refused:
        await study.send("after")
    assert refused.value.code == 50013
    assert [m async for m in study.history()] == []
    await loopback.act.permit("study", view_channel=False)
    with pytest.raises(discord.Forbidden) as blind:
        await message.edit(content="after")
    assert blind.value.code == 50001
    await loopback.act.delete_channel("study")
    with pytest.raises(discord.NotFound) as gone:
        await study.send("after")
    assert gone.value.code == 10003


@pytest.fixture
def dinner():
    """What an event needs."""
    return {
        "name": "Dinner",
        "location": "Upstairs",
        "start_time": (start := discord.utils.utcnow() + datetime.timedelta(hours=1)),
        "end_time": start + datetime.timedelta(hours=2),
        "entity_type": discord.EntityType.external,
        "privacy_level": discord.PrivacyLevel.guild_only,
    }


async def test_an_event_is_planned_changed_and_taken_back(loopback, bot, dinner):
    guild = bot.guilds[0]
    heard = asyncio.create_task(bot.wait_for("scheduled_event_create", timeout=5))
    await asyncio.sleep(0)
    made = await guild.create_scheduled_event(**dinner)
    assert (await heard).id == made.id
    [listed] = await guild.fetch_scheduled_events(with_counts=False)
    assert (listed.location, listed.start_time) == ("Upstairs", dinner["start_time"])
    assert listed.creator_id == bot.user.id
    for person in ("ann", "bob", "cleo"):
        await loopback.act.interest(person, str(made.id))
    await loopback.act.interest("bob", str(made.id), yes=False)
    assert (await guild.fetch_scheduled_event(made.id)).user_count == 2
    assert [user.name async for user in made.users(limit=1)] == ["ann"]
    edited = await made.edit(name="Supper")
    assert (edited.name, edited.status) == ("Supper", discord.EventStatus.scheduled)
    await (await made.start()).end()
    assert await guild.fetch_scheduled_events() == []
    with pytest.raises(discord.HTTPException) as finished:
        await made.edit(name="Dinner")
    assert finished.value.code == 180000
    await made.delete()
    with pytest.raises(discord.NotFound) as gone:
        await guild.fetch_scheduled_event(made.id)
    assert gone.value.code == 10070


async def test_an_event_needs_a_future_an_end_and_the_permission(loopback, bot, dinner):
    guild, home = bot.guilds[0], loopback.world.guild()
    past = {"start_time": dinner["start_time"] - datetime.timedelta(days=1)}
    with pytest.raises(discord.HTTPException, match="in the past"):
        await guild.create_scheduled_event(**dinner | past)
    with pytest.raises(discord.HTTPException, match="before it starts"):
        await guild.create_scheduled_event(**dinner | {"end_time": dinner["start_time"]})
    made = await guild.create_scheduled_event(**dinner)
    role = next(role for role in home.roles.values() if role.bot_id)
    role.permissions &= ~permissions.bits("create_events")
    for forbidden in (guild.create_scheduled_event(**dinner), made.delete()):
        with pytest.raises(discord.Forbidden) as refused:
            await forbidden
        assert refused.value.code == 50013
    home.events[str(made.id)].data["creator_id"] = loopback.world.user("ann").id
    role.permissions |= permissions.bits("manage_events")
    await made.delete()
    assert home.events == {}


async def test_a_body_beyond_the_limits_is_refused_and_noted(loopback, bot):
    study = bot.guilds[0].text_channels[1]
    with pytest.raises(discord.HTTPException, match="2000 or fewer") as long:
        await study.send("x" * 2001)
    assert long.value.code == 50035
    with pytest.raises(discord.HTTPException, match="empty") as empty:
        await study.send("")
    assert empty.value.code == 50006
    two = discord.ui.View().add_item(Vote(1)).add_item(Vote(1))
    with pytest.raises(discord.HTTPException, match="duplicated"):
        await study.send("x", view=two)
    if loopback.validator.enabled:
        wide = discord.ui.View().add_item(discord.ui.Button(label="x" * 81, custom_id="w"))
        with pytest.raises(discord.HTTPException, match=r"components.0.components.0.label"):
            await study.send("x", view=wide)
        [fault] = loopback.world.faults
        assert "components.0.components.0.label" in fault
        loopback.world.faults.clear()


async def test_what_was_missed_is_replayed_after_a_drop(loopback, bot):
    message = await post_votes(loopback, bot)
    loopback.gateway.drop(4000)
    pressed = await loopback.act.click("ann", message, "Vote 1")
    assert (await pressed.reply()).kind == "message"
    await loopback.world.until(lambda: loopback.gateway.resumed == 1)
    loopback.gateway.reconnect()
    await loopback.world.until(lambda: loopback.gateway.resumed == 2)
    assert loopback.gateway.identified == 1


async def test_an_invalid_session_begins_anew(loopback, bot):
    message = await post_votes(loopback, bot)
    loopback.gateway.invalidate()
    await loopback.world.until(lambda: loopback.gateway.identified == 2)
    pressed = await loopback.act.click("ann", message, "Vote 1")
    assert (await pressed.reply()).kind == "message"


async def test_a_wrong_token_and_an_unapproved_intent_are_refused(loopback, bot):
    async with discord.Client(intents=discord.Intents.none()) as stranger:
        with pytest.raises(discord.LoginFailure):
            await stranger.login("wrong")
    async with discord.Client(intents=discord.Intents.all()) as greedy:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await greedy.start(loopback.world.token)


async def test_a_loopback_of_its_own_outlives_a_killed_bot():
    async with Remote("--guilds", "2") as remote:
        bot = await start_bare_bot(remote)
        shown = await remote.reply((await remote.slash("ann", "study", "bare"))["exchange"])
        bot.kill()
        await bot.wait()
        await remote.offline()
        [message] = await remote.messages("study")
        pressed = await remote.click("bob", message["id"], "Press")
        with pytest.raises(AssertionError, match="no answer"):
            await remote.reply(pressed["exchange"], within=0.05)
        again = await start_bare_bot(remote)
        pressed = await remote.click("bob", shown["message"]["id"], "bare:*")
        seen = await remote.reply(pressed["exchange"])
        assert (seen["text"], seen["private"], seen["kind"]) == ("ok", True, "message")
        assert await remote.faults() == []
        assert len((await remote.world())["guilds"]) == 2
        again.kill()
        await again.wait()


async def start_bare_bot(remote):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(openapi.ROOT / "benchmarks" / "bare_bot.py"),
        env=os.environ | remote.env,
        stdout=asyncio.subprocess.PIPE,
    )
    assert "commands_ready" in json.loads(await process.stdout.readline())
    return process


def check(method, path, body):
    validator = openapi.shared()
    if not validator.enabled:
        pytest.skip("Discord's description is not there")
    return validator.validate(method, path, body)


def test_the_validator_says_where_and_what():
    button = {"type": 2, "style": 1, "label": "x" * 81, "custom_id": "b"}
    body = {"type": 4, "data": {"components": [{"type": 1, "components": [button]}]}}
    [fault] = check("POST", "/interactions/1/token/callback", body)
    assert "data.components.0.components.0.label: " in fault
    assert "is too long" in fault
    nested = {"type": 17, "components": [{"type": 10, "content": ""}, {"type": 99}]}
    faults = check("POST", "/channels/1/messages", {"components": [nested], "flags": 1 << 15})
    assert any("components.0.components.0.content" in fault for fault in faults)
    assert any("components.0.components.1" in fault for fault in faults)


def test_the_validator_knows_modals_and_takes_any_form_of_address():
    modal = {"type": 9, "data": {"custom_id": "m", "title": "x" * 46, "components": []}}
    faults = check("post", "https://discord.com/api/v10/interactions/1/t/callback?x=1", modal)
    assert {fault.split(": ")[1] for fault in faults} == {"data.title", "data.components"}
    assert check("POST", "/no/such/route", {}) == [
        "POST /no/such/route: body: POST /no/such/route is not in Discord's description"
    ]


def test_a_missing_description_switches_validation_off_loudly(tmp_path, caplog):
    validator = Validator(tmp_path / "openapi.json")
    assert validator.validate("POST", "/channels/1/messages", {"content": 1}) == []
    assert "NOT VALIDATING" in caplog.text
