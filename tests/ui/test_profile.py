"""Profiles as picture and as words, from nearly nothing to everything."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from discord import ui
from PIL import Image

from bot.domain.aim import Aim
from bot.domain.attempt import Calibration
from bot.domain.profile import DayDone, Habit, Profile, Sureness, TopicStat, Week
from bot.domain.question import Role, Topic
from bot.domain.rating import Rating
from bot.domain.sharing import Visibility
from bot.domain.standing import Evidence
from bot.domain.streak import Streak
from bot.domain.verdict import Pattern
from bot.ui.portrait import portrait
from bot.ui.profile import LONGEST_ALT, profile_view, told
from bot.ui.text import topic_name

TODAY = date(2026, 11, 24)
ONE = Profile(
    1, TODAY, Visibility.PRIVATE, Streak(1, 1), (DayDone(TODAY, 1, counts=True),),
    (TopicStat("trees", Evidence(1, 0.5)),), trend=(*[Week(0, 0.0)] * 3, Week(1, 0.5)),
)  # fmt: skip
FULL = Profile(
    1,
    TODAY,
    Visibility.EVERYTHING,
    Streak(9999, 9999, 2),
    tuple(DayDone(TODAY - timedelta(days=n), n % 15, counts=True) for n in range(365))[::-1],
    tuple(TopicStat(topic, Evidence(999, 999 * n / 12)) for n, topic in enumerate(Topic)),
    (Rating(1, 1, games=3), Rating(1, 1, "trees", games=3)),
    Calibration(400, 0.8, 0.5, 0.25),
    tuple(Sureness(80, sure, 0.5) for sure in (0.2, 0.4, 0.6, 0.8, 0.95)),
    (Habit(Pattern.DEFINITION_ONLY, 6, 10), Habit(Pattern.ECHO, 2, 10)),
    (Week(0, 0.0), Week(9, 0.4), Week(9, 0.5), Week(9, 0.62)),
    Aim(1, Role.MLE, None, TODAY + timedelta(days=9)),
)


def words(profile: Profile, *, own: bool) -> str:
    view = profile_view(profile, own=own)
    return "\n".join(i.content for i in view.walk_children() if isinstance(i, ui.TextDisplay))


@pytest.mark.parametrize("profile", [ONE, FULL])
def test_a_picture_is_drawn_and_told(profile: Profile) -> None:
    with Image.open(BytesIO(portrait(profile))) as picture:
        assert picture.width == 1000
        assert 300 < picture.height < 700
    assert len(told(profile)) < LONGEST_ALT
    assert "in a row" in told(profile)
    for topic in profile.topics:
        bar = f"{topic_name(topic.topic)} {round(100 * topic.shown.mean)} ({topic.shown.answers})"
        assert bar in told(profile)
    assert told(profile).count(" sure ") == len(profile.sureness)


def test_one_answer_says_little_and_says_so() -> None:
    text = words(ONE, own=True)
    assert "After 3 questions on a topic I can tell how it goes." in text
    assert "Habits" not in text
    assert "Last 4 weeks" not in text, "one week has no direction"
    assert "Next: `/today`." in text


def test_everything_in_words() -> None:
    text = words(FULL, own=True)
    assert "You stop at the definition in 6 and say the question again in 2 of the last 10" in text
    assert "**Last 4 weeks** –, 40, 50, 62 of 100: +22" in text
    assert "80 % sure, 50 % right over 400 answers: more sure than right" in text
    assert "You aim at ML engineer, interview in 9 days." in text
    assert "Next: `/drill` on foundations." in text


@pytest.mark.parametrize(
    ("sure", "right", "brier", "says"),
    [
        (0.5, 0.52, 0.1, "you know what you know"),
        (0.5, 0.52, 0.3, "right on average, but not about which"),
        (0.4, 0.8, 0.3, "better than you think"),
    ],
)
def test_sureness_is_judged_kindly(sure: float, right: float, brier: float, says: str) -> None:
    told = Calibration(9, sure, right, brier)
    profile = Profile(1, TODAY, Visibility.PRIVATE, topics=ONE.topics, calibration=told)
    assert says in words(profile, own=True)
