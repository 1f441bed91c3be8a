"""A post whose request went wrong: once in the channel, whatever Discord answered."""

from typing import Any

import pytest

from tests.wire.conftest import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def posted_despite(here: Place, **mishap: Any) -> None:
    """Have the next post go wrong like that; wait until it is out after all, and answer it."""
    await here.set_up(pin=True)
    here.loopback.mishap("POST", here.path, **mishap)
    await here.slash("admin", "setup post-now")
    # It pins what it knows to be out, so this is later than the message's arrival.
    await here.until(lambda: here.channel.pins)
    assert "Today's question" in (await here.slash("bob", "today")).text
    assert "key points" in (await here.answer("ann", here.posts[0])).text
    assert len(here.posts) == 1


def nonces(here: Place) -> list[str]:
    return [request.body["nonce"] for request in here.sent("POST")]


async def test_told_to_wait_it_waits_and_posts(here: Place) -> None:
    await posted_despite(here, status=429)
    assert [request.status for request in here.sent("POST")] == [429, 200]
    assert not here.sent("GET")


@pytest.mark.parametrize(
    "mishap",
    [
        pytest.param({"status": 503}, id="unavailable"),
        pytest.param({"status": 429, "headers": {"Via": ""}}, id="turned-away"),
        pytest.param({"cut": "reset_before"}, id="reset"),
        pytest.param({"cut": "close_before"}, id="closed"),
    ],
)
async def test_what_did_not_arrive_is_looked_for_and_then_sent_again(
    here: Place, mishap: dict[str, Any]
) -> None:
    await posted_despite(here, **mishap)
    assert len(here.sent("GET")) == 1
    first, second = nonces(here)
    assert first == second


@pytest.mark.parametrize("cut", ["reset_after", "close_after"])
async def test_what_arrived_unbeknown_is_found_and_not_sent_again(here: Place, cut: str) -> None:
    await posted_despite(here, cut=cut)
    assert len(nonces(here)) == 1
    assert len(here.sent("GET")) == 1


async def test_where_the_past_cannot_be_read_the_nonce_keeps_it_single(here: Place) -> None:
    await here.act.permit(here.channel, read_message_history=False)
    await posted_despite(here, cut="reset_after")
    first, second = nonces(here)
    assert first == second
    assert not here.sent("GET")


async def test_no_post_waits_for_the_edit_of_another(here: Place, everywhere) -> None:
    busy, next_one = here, next(everywhere)
    post = await busy.post_now()
    await next_one.set_up()
    busy.loopback.mishap("PATCH", f"{busy.path}/*", delay=4)
    await busy.answer("ann", post)
    await busy.set_up()  # has the counts brought up to date at once
    await busy.until(lambda: busy.sent("PATCH", f"/{post['id']}"))
    await next_one.post_now()
    (edit,) = busy.sent("PATCH", f"/{post['id']}")
    assert edit.status == 0, "the edit is still under way"
    await busy.until(lambda: edit.status == 200)


async def test_a_refusal_is_final_and_told(here: Place) -> None:
    general = next(c for c in here.guild.channels.values() if c.name == "general")
    await here.set_up(reports=general.id)
    await here.act.permit(here.channel, send_messages=False)
    await here.slash("admin", "setup post-now")
    await here.until(lambda: here.world.messages(general))
    assert "Send Messages" in here.world.messages(general)[0]["content"]
    await here.act.permit(here.channel, send_messages=True)
    await here.slash("admin", "setup post-now")
    await here.until(lambda: here.posts)
