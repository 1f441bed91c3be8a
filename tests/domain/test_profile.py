from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.aim import Aim
from bot.domain.attempt import Calibration
from bot.domain.profile import (
    DayDone,
    Glance,
    Habit,
    Profile,
    Sureness,
    TopicStat,
    Week,
    habits,
    shared,
    strongest,
    sureness,
    trend,
    weakest,
)
from bot.domain.sharing import Visibility
from bot.domain.standing import Evidence
from bot.domain.streak import Streak
from bot.domain.verdict import Pattern

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
D, E = Pattern.DEFINITION_ONLY, Pattern.ECHO


def glance(days_ago: float, score: float = 0.5, **fields: object) -> Glance:
    return Glance(NOW - timedelta(days=days_ago), score, **fields)  # type: ignore[arg-type]


def graded(*patterns: Pattern | None) -> list[Glance]:
    return [glance(n, graded=True, pattern=pattern) for n, pattern in enumerate(patterns)]


def test_what_happens_twice_in_ten_verdicts_is_a_habit():
    told = graded(D, None, E, D, None, D, E, None, None, None, E, E)
    assert habits(told) == (Habit(D, 3, 10), Habit(E, 2, 10))
    assert habits(graded(D, E)) == ()
    assert habits([glance(0), *graded(D, D)]) == (Habit(D, 2, 2),)
    assert habits([]) == ()


def test_a_trend_has_four_weeks_of_seven_days_up_to_now():
    told = [glance(0, 1.0), glance(6.9, 0.5), glance(7, 0.2), glance(27.9, 0.1), glance(28, 1.0)]
    assert trend(told, NOW) == (Week(1, 0.1), Week(0, 0), Week(1, 0.2), Week(2, 0.75))
    assert trend([], NOW) == (Week(0, 0),) * 4


@pytest.mark.parametrize(
    ("weeks", "change"),
    [
        ([(3, 0.2), (0, 0), (2, 0.9), (5, 0.5)], 0.3),
        ([(3, 0.5), (2, 0), (2, 0), (2, 0)], None),
        ([(2, 0.5)] * 4, None),
    ],
)
def test_a_trend_changes_between_weeks_that_tell_something(
    weeks: list[tuple[int, float]], change: float | None
):
    profile = Profile(1, TODAY, Visibility.PRIVATE, trend=tuple(Week(*week) for week in weeks))
    assert profile.change == (pytest.approx(change) if change else None)


def test_answers_are_grouped_by_how_sure_one_was():
    told = [glance(0, 1.0, confidence=0.8), glance(1, 0.0, confidence=0.8), glance(2, 0.9)]
    assert sureness([*told, glance(3, 0.4, confidence=0.2)]) == (
        Sureness(1, 0.2, 0.4),
        Sureness(2, 0.8, 0.5),
    )


def test_few_answers_make_no_topic_strong_or_weak():
    topics = [
        TopicStat("coding", Evidence(2, 2)),
        TopicStat("data", Evidence(3, 3)),
        TopicStat("llm", Evidence(30, 27.0)),
        TopicStat("trees", Evidence(9, 1.8)),
        TopicStat("statistics", Evidence(9, 3.6)),
        TopicStat("derivations", Evidence(9, 4.5)),
    ]
    assert [t.topic for t in strongest(topics)] == ["llm", "data"]
    assert [t.topic for t in weakest(topics)] == ["trees", "statistics"]
    assert strongest(topics[:1]) == weakest(topics[:3]) == ()


def test_what_goes_wrong_is_no_strength_for_want_of_another():
    topics = (TopicStat("trees", Evidence(9, 0.9)), TopicStat("llm", Evidence(4, 0.0)))
    assert strongest(topics) == ()
    assert [t.topic for t in weakest(topics)] == ["trees", "llm"]
    whole = Profile(1, TODAY, Visibility.PRIVATE, topics=topics)
    assert shared(whole, Visibility.PROGRESS).topics == ()


def test_progress_shows_nothing_that_went_wrong_and_never_what_for():
    levels = (("llm", 8.1), ("data", 7.2), ("trees", 0.9))
    topics = tuple(TopicStat(topic, Evidence(9, score)) for topic, score in levels)
    days = (DayDone(TODAY, 6, counts=True), DayDone(TODAY - timedelta(days=1), 2, counts=False))
    whole = Profile(
        1, TODAY, Visibility.PRIVATE, Streak(3, 5), days, topics, (), Calibration(1, 1, 1, 0),
        (Sureness(1, 1, 1),), (Habit(D, 2, 2),), (Week(3, 0.1),), Aim(1),
    )  # fmt: skip
    assert (whole.answered, whole.study_days, whole.heat[TODAY]) == (27, 1, 6)
    everything = shared(whole, Visibility.EVERYTHING)
    assert everything.aim is None
    assert (everything.habits, everything.calibration) == (whole.habits, whole.calibration)
    progress = shared(whole, Visibility.PROGRESS)
    assert progress == Profile(
        1, TODAY, Visibility.PROGRESS, whole.streak, days, topics[:2], whole.ratings
    )
