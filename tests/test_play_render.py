"""Plain text for messages and dialogs: nothing that a person reads on Discord gets lost."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import discord
import pytest
from discord import ui

from bot.play.live import LiveEnv
from bot.play.render import Reader
from bot.play.world import found

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READER = Reader(now=NOW, name={7: "Ada"}.__getitem__)


def stamp(delta: timedelta, style: str) -> str:
    return discord.utils.format_dt(NOW + delta, style)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**bold** and *italic* and __underlined__", "bold and italic and underlined"),
        ("*“only **one**”*", "“only one”"),
        ("2 * 3 * 4 and snake_case_word", "2 * 3 * 4 and snake_case_word"),
        ("### 500 alerts a day\n-# small print", "500 alerts a day\nsmall print"),
        ("`x_*y*` stays", "x_*y* stays"),
        ("```py\nx = **y\n```", "x = **y\n"),
        (r"\*as typed\*, max\_features, \<b\>", "*as typed*, max_features, <b>"),
        (
            "<@7>, see </me streak:12> and [here](https://example.org)",
            "@Ada, see /me streak and here",
        ),
    ],
)
def test_markdown_becomes_a_letter(markdown: str, text: str) -> None:
    assert READER.plain(markdown) == text


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(hours=21), "in 21 hours"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(seconds=26), "in 26 seconds"),
        (timedelta(minutes=-3), "3 minutes ago"),
        (timedelta(), "0 seconds ago"),
    ],
)
def test_relative_times_count_from_the_readers_now(delta: timedelta, words: str) -> None:
    assert READER.plain(stamp(delta, "R")) == words


def test_absolute_times_are_in_the_readers_zone() -> None:
    reader = Reader(now=NOW, zone=ZoneInfo("Asia/Kolkata"))
    assert reader.plain(stamp(timedelta(), "F")) == "Tuesday 24 November 2026, 14:30"
    assert reader.plain(stamp(timedelta(), "t")) == "14:30"
    assert reader.plain(f"<t:{int(NOW.timestamp())}>") == "24 November 2026, 14:30"


def test_a_post_keeps_its_order_its_buttons_and_its_pictures() -> None:
    view = ui.LayoutView()
    section = ui.Section("12 days in a row", accessory=ui.Thumbnail("attachment://a.png"))
    section.accessory.description = "A flame"
    view.add_item(
        ui.Container(
            ui.TextDisplay("**Question of the day**"),
            section,
            ui.Separator(),
            ui.ActionRow(
                ui.Button(label="Answer", custom_id="a"),
                ui.Button(label="Hint", custom_id="h", disabled=True, emoji="💡"),
            ),
        )
    )
    assert READER.components(view.to_components()).splitlines() == [
        "Question of the day",
        "",
        "12 days in a row",
        "(picture: A flame)",
        "",
        "─" * 24,
        "",
        "[ Answer ]  (💡 Hint)",
    ]


def test_a_spoiler_says_that_it_is_one() -> None:
    hidden = ui.Container(ui.TextDisplay("A strong answer"), spoiler=True)
    shown = READER.components([hidden.to_component_dict()])
    assert shown == "▒ hidden until you press it\nA strong answer"


def test_lines_fit_and_list_items_hang() -> None:
    text = ui.TextDisplay("● " + "precision among the cases reviewed " * 4)
    lines = READER.components([text.to_component_dict()]).splitlines()
    assert max(map(len, lines)) <= 78
    assert all(line.startswith("  ") for line in lines[1:])


def test_a_quote_hangs_under_its_list_item() -> None:
    text = ui.TextDisplay("● Precision\n*“how many are real”*\n**A** · " + "word " * 20)
    lines = READER.components([text.to_component_dict()]).splitlines()
    assert lines[:2] == ["● Precision", "  “how many are real”"]
    assert lines[2].startswith("A · word")
    assert lines[3].startswith("    word")


def test_a_dialog_shows_what_was_typed_and_chosen() -> None:
    class Sure(ui.Modal, title="Your answer"):
        text = ui.Label(text="What would you say?", component=ui.TextInput(custom_id="text"))
        sure = ui.Label(
            text="How sure are you?",
            component=ui.RadioGroup(
                custom_id="sure",
                options=[
                    discord.RadioGroupOption(label="Half and half", value="50"),
                    discord.RadioGroupOption(label="Sure", value="90"),
                ],
            ),
        )

    shown = READER.modal(Sure().to_dict(), {"text": "Precision at 500.", "sure": "90"})
    assert shown.splitlines() == [
        "┌ Your answer",
        "│ What would you say?",
        "│   › Precision at 500.",
        "│",
        "│ How sure are you?",
        "│   ( ) Half and half",
        "│   (•) Sure",
        "└ [ Submit ]",
    ]


def test_menus_galleries_and_strangers_are_named() -> None:
    view = ui.LayoutView()
    view.add_item(ui.Section("Over to you", accessory=ui.Button(label="Later", custom_id="later")))
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://p.png", description="A")))
    menu = ui.Select(placeholder="Topic", custom_id="t", options=[discord.SelectOption(label="x")])
    view.add_item(ui.ActionRow(menu))
    shown = READER.components([*view.to_components(), {"type": 99}])
    assert shown.splitlines() == [
        "Over to you",
        "[ Later ]",
        "",
        "(picture: A)",
        "",
        "[ Topic ▾ ]",
        "",
        "(component 99)",
    ]


async def test_a_message_says_whose_it_is_and_names_its_files() -> None:
    silent = discord.AllowedMentions.none()
    client = discord.Client(intents=discord.Intents.none(), allowed_mentions=silent)
    env = LiveEnv(client, start=NOW)
    world = found(env)
    await env.start()
    channel = client.get_partial_messageable(world.daily.id, guild_id=world.guild.id)
    letter = discord.File(io.BytesIO(b"..."), "your-answer.txt")
    await channel.send("Your text is in the *file*.", file=letter)
    assert READER.message(world.daily.history()[-1]).splitlines() == [
        "Loopmate · 09:00",
        "│ Your text is in the file.",
        "│ (file: your-answer.txt)",
    ]
    await env.shutdown()
    await client.close()
