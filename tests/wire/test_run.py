"""The real process over real sockets: logged in, asked, answered, dropped and picked up."""

import pytest

from tests.wire.conftest import GOOD, WITHIN, Place
from tests.wire.process import loopmate

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_it_logs_in_and_registers_its_commands(here: Place) -> None:
    (put,) = here.loopback.sent("PUT", "/applications/*/commands")
    assert put.status == 200
    assert {"setup", "today", "me"} <= {command["name"] for command in put.body}
    shown = await here.slash("ann", "me streak")  # in other groups she may have answered by now
    assert "in a row" in shown.text or "No streak just now" in shown.text
    assert shown.private


async def test_a_question_is_asked_and_answered_in_ones_own_words(here: Place) -> None:
    assert (
        "every day at 09:00 in Europe/Berlin" in (await here.set_up(timezone="Europe/Berlin")).text
    )
    post = await here.post_now()
    opened = await here.click("ann", post, "Answer")
    assert opened.kind == "modal"
    verdict = await here.submit("ann", opened)
    assert verdict.private
    assert "precision among the 500 alerts that the team can review" in verdict.text
    assert {"Strong answer", "Share"} <= set(verdict.labels)


async def test_an_option_is_picked(here: Place) -> None:
    post = await here.post_now()
    options = await here.click("bob", post, "Pick A–D")
    assert options.private
    picked = await here.click("bob", options.message, "A")
    assert picked.kind == "update"
    assert "A is a common mistake." in picked.text
    again = await here.click("bob", post, "Pick A–D")
    twice = await here.click("bob", again.message, "B")
    assert "You picked one a moment ago" in twice.text


@pytest.mark.parametrize(("cut", "then"), [("reset_after", "defer"), ("reset_before", "message")])
async def test_an_answer_counts_though_its_receipt_was_lost(here: Place, cut, then) -> None:
    post = await here.post_now()
    opened = await here.click("ann", post, "Answer")
    here.loopback.mishap("POST", "/interactions/*", cut=cut)
    verdict = await here.submit("ann", opened)
    assert verdict.kind == then
    assert "key points" in verdict.text
    assert not verdict.loading


async def test_an_answer_counts_though_it_was_too_late_to_say_so(here: Place) -> None:
    post = await here.post_now()
    opened = await here.click("ann", post, "Answer")
    here.world.ack_window = -1.0
    handed_in = await here.act.submit_modal("ann", opened, {"answer": GOOD})
    await here.until(lambda: len(handed_in.errors) == 3)
    here.world.ack_window = 3.0
    assert handed_in.ack is None
    shown = await here.slash("ann", "today")
    assert "You answered it" in shown.text


async def test_a_dropped_connection_is_resumed_and_nothing_is_lost(here: Place) -> None:
    post = await here.post_now()
    gateway = here.loopback.gateway
    identified = gateway.identified
    for breaks in (lambda: gateway.drop(4000), gateway.reset, gateway.reconnect):
        resumed = gateway.resumed
        breaks()
        pressed = await here.act.click("ann", post, "Answer")  # while nobody is listening
        await here.until(lambda: gateway.resumed > resumed)  # noqa: B023
        assert (await pressed.reply(WITHIN)).kind == "modal"
    assert gateway.identified == identified
    assert "key points" in (await here.answer("ann", post)).text


async def test_one_asked_everywhere_at_once_is_asked_everywhere_once(
    here: Place, everywhere
) -> None:
    places = [here, next(everywhere), next(everywhere), next(everywhere)]
    for place in places:
        await place.set_up(thread=True, pin=True)
    for place in places:
        await place.act.slash("admin", place.channel, "setup post-now")
    await here.until(lambda: all(p.channel.pins for p in places))
    await here.until(lambda: all(p.guild.threads for p in places))
    assert [len(place.posts) for place in places] == [1, 1, 1, 1]


async def test_the_other_commands_see_the_running_bot(here: Place) -> None:
    await here.answer("ann", await here.post_now())
    folder, env = here.process.folder, here.process.env
    well = await loopmate("health", folder=folder, env=env)
    assert (well.status, well.out) == (0, "Running.\n")
    copied = await loopmate("backup", "copy.db", folder=folder, env=env)
    assert (copied.status, copied.err) == (0, "")
    elsewhere = env | {"LOOPMATE_DATABASE": str(folder / "copy.db")}
    checked = await loopmate("rebuild", folder=folder, env=elsewhere)
    assert (checked.status, checked.err) == (0, "")
    assert (await loopmate("health", folder=folder, env=elsewhere)).status == 1


async def test_a_forgotten_session_is_a_new_start(here: Place) -> None:
    gateway = here.loopback.gateway
    identified = gateway.identified
    gateway.invalidate()
    await here.until(lambda: gateway.identified > identified)
    post = await here.post_now()
    assert GOOD[8:30] in (await here.answer("cleo", post)).text
    # Ready again, it rings its alarm: the count under the post is brought up to date.
    await here.until(lambda: here.sent("PATCH", f"/{post['id']}"))
    assert "Traceback" not in here.process.log, here.process.log
