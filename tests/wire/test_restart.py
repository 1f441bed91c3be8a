"""What outlives the process, and how it ends when asked to."""

import json
import signal
import sqlite3
import time

import pytest

from tests.wire.conftest import WITHIN, Place
from tests.wire.process import Process, loopmate


def attempts(process: Process) -> int:
    with sqlite3.connect(process.database) as db:
        return int(db.execute("SELECT count(*) FROM attempt").fetchone()[0])


async def test_modals_and_buttons_outlive_the_process(place: Place) -> None:
    post = await place.post_now()
    opened = await place.click("ann", post, "Answer")
    options = await place.click("bob", post, "Pick A–D")
    await place.process.kill()
    await place.offline()
    await place.process.start()
    await place.online()
    verdict = await place.submit("ann", opened)
    assert "precision among the 500 alerts" in verdict.text
    assert (await place.click("bob", options.message, "B")).kind == "update"
    assert "key points" in (await place.answer("cleo", post)).text
    assert await place.process.stop() == 0
    assert attempts(place.process) == 3


async def test_an_answer_under_way_is_finished_before_it_stops(place: Place) -> None:
    opened = await place.click("ann", await place.post_now(), "Answer")
    place.loopback.mishap("POST", "/interactions/*/callback", delay=1.5)
    before = len(place.loopback.sent("POST", "/interactions/*/callback"))
    handed_in = await place.act.submit_modal("ann", opened, {"answer": "Precision of the 500."})
    await place.until(lambda: len(place.loopback.sent("POST", "/interactions/*/callback")) > before)
    place.process.tell(signal.SIGTERM)
    started = time.monotonic()
    assert "key points" in (await handed_in.reply(10)).text
    assert await place.process.ended(10) == 0, place.process.log
    assert time.monotonic() - started < 10
    assert attempts(place.process) == 1


async def test_a_post_under_way_lands_before_it_stops(place: Place) -> None:
    await place.set_up()
    place.loopback.mishap("POST", place.path, delay=1.0)
    await place.slash("admin", "setup post-now")
    await place.until(lambda: place.sent("POST"))
    assert await place.process.stop(10) == 0, place.process.log
    assert len(place.posts) == 1
    with sqlite3.connect(place.process.database) as db:
        assert db.execute("SELECT state FROM post").fetchall() == [("sent",)]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_idle_it_stops_at_once(place: Place, sign: signal.Signals) -> None:
    started = time.monotonic()
    place.process.tell(sign)
    assert await place.process.ended(5) == 0, place.process.log
    assert time.monotonic() - started < 5
    well = await loopmate("health", folder=place.process.folder, env=place.process.env)
    assert (well.status, well.err) == (1, "loopmate: No bot is running on this database.\n")


async def test_what_fell_due_while_it_was_down_comes_when_it_is_back(place: Place) -> None:
    await place.set_up()
    await place.process.kill()
    await place.offline()
    with sqlite3.connect(place.process.database) as db:  # what was tomorrow is a minute ago
        db.execute("UPDATE schedule SET next_run_at = next_run_at - 86400000000")
        due = db.execute("SELECT next_run_at FROM schedule").fetchone()[0] / 1e6
        db.execute(
            "UPDATE schedule SET next_run_at = next_run_at + ?", ((time.time() - due) * 1e6,)
        )
    db.close()
    await place.process.start()
    await place.until(lambda: place.posts)


@pytest.mark.parametrize("form", ["json", "text"])
async def test_the_token_is_in_no_log_line(place: Place, form: str) -> None:
    process = place.process
    await process.stop()
    await place.offline()
    process.log = ""
    process.env |= {"LOOPMATE_LOG_FORMAT": form, "LOOPMATE_LOG_LEVEL": "DEBUG"}
    await process.start()
    await place.online()
    place.loopback.mishap("POST", place.path, status=503)
    post = await place.post_now()
    await place.answer("ann", post)
    assert await process.stop() == 0
    lines = process.log.splitlines()
    assert len(lines) > 50, "debug lines were asked for"
    assert place.world.token not in process.log
    if form == "json":
        assert {json.loads(line)["level"] for line in lines} >= {"DEBUG", "INFO", "WARNING"}


async def test_stopped_while_it_starts_it_ends_well(process: Process, loopback) -> None:
    for path in ("/users/@me", "/applications/*/commands"):
        loopback.mishap("*", path, delay=1.0)
        async with process:
            await loopback.world.until(lambda: loopback.sent("*", path), WITHIN)  # noqa: B023
            assert await process.stop() == 0, process.log
            assert "Traceback" not in process.log, process.log
