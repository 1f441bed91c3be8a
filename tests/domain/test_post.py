"""A post's name, its question, and what is to be done about it at any time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.post import (
    LEASE,
    NONCE_WINDOW,
    STILL_WRITING,
    Post,
    PostState,
    Step,
    Timing,
    closed,
    given_up,
    next_step,
    post_id,
    rng_for,
    sending,
    sent,
    timing,
)
from bot.domain.schedule import CATCH_UP

DUE = datetime(2026, 11, 24, 8, tzinfo=UTC)
DAY = date(2026, 11, 24)
SECOND = timedelta(seconds=1)
CLAIMED = Post(
    id=post_id(1, DAY),
    guild_id=1,
    day=DAY,
    question_id="alerts",
    channel_id=2,
    due_at=DUE,
    state=PostState.CLAIMED,
    lease_until=DUE,
)
guilds = st.integers(1, 2**63 - 1)
days = st.dates(date(2026, 1, 1), date(2036, 1, 1))


@given(guilds, days)
def test_an_id_fits_discords_nonce_and_a_custom_id(guild_id: int, day: date) -> None:
    name = post_id(guild_id, day)
    assert len(name) == 24
    assert set(name) <= set("0123456789abcdef")
    assert post_id(guild_id, day) == name


def test_an_id_survives_every_release() -> None:
    """It is the key of stored rows and in the buttons of every message that is out there."""
    assert post_id(1, DAY) == "58fbce40567298f1429371a6"


def test_every_guild_day_and_kind_has_an_id_of_its_own() -> None:
    dates = [DAY + timedelta(days=n) for n in range(400)]
    wanted = list(product([1, 11, 111, 2**60, 2**60 + 1], dates, ["daily", "quiz"]))
    assert len({post_id(*one) for one in wanted}) == len(wanted)


BERLIN = ZoneInfo("Europe/Berlin")
OPEN = sent(sending(CLAIMED, DUE), 99, DUE)
CLOSED_AT = DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "when"),
    [
        (DUE - SECOND, Timing.ON_TIME),
        (DUE + timedelta(hours=12), Timing.ON_TIME),
        (datetime(2026, 11, 25, 1, 59, 59, tzinfo=UTC), Timing.ON_TIME),
        (datetime(2026, 11, 25, 2, 0, tzinfo=UTC), Timing.LATE),
        (DUE + timedelta(days=3), Timing.LATE),
    ],
)
def test_an_answer_is_on_time_until_the_night_after_the_post(at: datetime, when: Timing) -> None:
    assert timing(OPEN, at, BERLIN) is when


def test_whose_night_it_is_depends_on_the_guilds_zone() -> None:
    at = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
    assert timing(OPEN, at, BERLIN) is Timing.LATE
    assert timing(OPEN, at, ZoneInfo("UTC")) is Timing.ON_TIME


@pytest.mark.parametrize(
    ("after", "when"),
    [
        (timedelta(hours=8), Timing.ON_TIME),
        (timedelta(hours=26, minutes=29), Timing.ON_TIME),
        (timedelta(hours=26, minutes=30), Timing.LATE),
    ],
)
def test_a_question_asked_by_night_has_the_day_that_follows(after: timedelta, when: Timing) -> None:
    half_past_midnight = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    by_night = sent(sending(CLAIMED, half_past_midnight), 99, half_past_midnight)
    assert timing(by_night, half_past_midnight + after, BERLIN) is when


@pytest.mark.parametrize(
    ("after", "when"),
    [
        (timedelta(0), Timing.LATE),
        (STILL_WRITING, Timing.LATE),
        (STILL_WRITING + timedelta(seconds=1), Timing.OVER),
        (timedelta(days=9), Timing.OVER),
    ],
)
def test_who_was_writing_while_the_next_question_came_is_late_and_not_lost(
    after: timedelta, when: Timing
) -> None:
    closed = replace(OPEN, state=PostState.CLOSED, closed_at=CLOSED_AT)
    assert timing(closed, CLOSED_AT + after, BERLIN) is when


def test_a_post_closed_on_its_own_day_is_late_on_that_day() -> None:
    closed = replace(OPEN, state=PostState.CLOSED, closed_at=DUE + timedelta(hours=1))
    assert timing(closed, DUE + timedelta(hours=1), BERLIN) is Timing.LATE


def test_who_answered_before_the_next_question_came_is_not_late_for_being_recorded_after() -> None:
    at = DUE + timedelta(hours=1)
    closed = replace(OPEN, state=PostState.CLOSED, closed_at=at)
    assert timing(closed, at - SECOND, BERLIN) is Timing.ON_TIME


def test_a_press_before_we_know_that_the_message_is_out_is_on_time() -> None:
    leaving = sending(CLAIMED, DUE)
    assert timing(leaving, DUE + timedelta(days=2), BERLIN) is Timing.ON_TIME


@given(guilds, days)
def test_a_retry_draws_the_same_question(guild_id: int, day: date) -> None:
    def draws() -> list[float]:
        rng = rng_for(guild_id, day)
        return [rng.random() for _ in range(3)]

    assert draws() == draws()


def test_another_guild_or_day_draws_its_own_question() -> None:
    drawn = {rng_for(g, DAY + timedelta(days=n)).random() for g in range(50) for n in range(50)}
    assert len(drawn) == 2500


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize(
    ("late", "step"),
    [
        (timedelta(0), Step.SEND),
        (CATCH_UP, Step.SEND),
        (CATCH_UP + SECOND, Step.SKIP),
    ],
)
def test_a_claimed_post_is_sent_unless_it_is_too_late(
    late: timedelta, step: Step, history: bool
) -> None:
    assert next_step(CLAIMED, DUE + late, history=history) is step


@pytest.mark.parametrize("tries", [1, 2])
@pytest.mark.parametrize("history", [True, False])
def test_nobody_looks_into_a_request_that_may_be_in_flight(tries: int, history: bool) -> None:
    post = CLAIMED
    for _ in range(tries):
        post = sending(post, DUE)
    assert next_step(post, DUE, history=history) is Step.WAIT
    assert next_step(post, DUE + LEASE - SECOND, history=history) is Step.WAIT
    assert next_step(post, DUE + LEASE, history=history) is not Step.WAIT


@pytest.mark.parametrize("late", [LEASE, NONCE_WINDOW, CATCH_UP, timedelta(days=9)])
def test_where_we_may_read_we_look_however_late_it_is(late: timedelta) -> None:
    assert next_step(sending(CLAIMED, DUE), DUE + late) is Step.LOOK


@pytest.mark.parametrize(
    ("late", "step"),
    [(LEASE, Step.SEND), (NONCE_WINDOW, Step.SEND), (NONCE_WINDOW + SECOND, Step.SKIP)],
)
def test_where_we_may_not_read_the_nonce_is_relied_on_for_a_while(
    late: timedelta, step: Step
) -> None:
    assert next_step(sending(CLAIMED, DUE), DUE + late, history=False) is step


def test_the_nonce_counts_from_the_first_request_not_from_the_last() -> None:
    again = sending(sending(CLAIMED, DUE), DUE + NONCE_WINDOW)
    at = DUE + NONCE_WINDOW + LEASE
    assert next_step(again, at, history=False) is Step.SKIP


def test_without_a_first_request_the_due_time_stands_for_it() -> None:
    restored = replace(CLAIMED, state=PostState.SENDING)
    assert next_step(restored, DUE + NONCE_WINDOW, history=False) is Step.SEND
    assert next_step(restored, DUE + NONCE_WINDOW + SECOND, history=False) is Step.SKIP


def test_a_request_is_written_down_before_it_leaves() -> None:
    at = DUE + SECOND
    first = sending(CLAIMED, at)
    assert first == replace(
        CLAIMED, state=PostState.SENDING, sending_at=at, lease_until=at + LEASE, tries=1
    )
    again = sending(first, at + timedelta(minutes=1), timedelta(seconds=5))
    assert again == replace(first, lease_until=at + timedelta(seconds=65), tries=2)


def test_a_message_that_is_there_ends_all_trouble() -> None:
    post = replace(sending(CLAIMED, DUE), trouble="I may not post there.")
    assert sent(post, 99, DUE + SECOND) == replace(
        post, state=PostState.SENT, message_id=99, posted_at=DUE + SECOND, trouble=None
    )


def test_a_post_is_closed_at_its_time() -> None:
    assert closed(OPEN, CLOSED_AT) == replace(OPEN, state=PostState.CLOSED, closed_at=CLOSED_AT)


@pytest.mark.parametrize("state", [PostState.FAILED, PostState.SKIPPED])
def test_a_post_that_is_given_up_says_why(state: PostState) -> None:
    assert given_up(CLAIMED, state, "Why.") == replace(CLAIMED, state=state, trouble="Why.")


def test_only_a_sent_post_is_open() -> None:
    opened = [state for state in PostState if replace(CLAIMED, state=state).is_open]
    assert opened == [PostState.SENT]
