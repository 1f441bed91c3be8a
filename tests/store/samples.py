"""Sample things to store: every field has a sane value, so a test says only what it is about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.attempt import Attempt, Claim, Mode, Origin
from bot.domain.drill import Drill, Step, Wanted
from bot.domain.drill import Kind as DrillKind
from bot.domain.focus import Focus
from bot.domain.game import Game, Kind, Phase, Terms
from bot.domain.game import Mode as PlayMode
from bot.domain.night import Night, Stage
from bot.domain.plan import Begun
from bot.domain.post import Post, PostState, post_id
from bot.domain.probe import Ladder, Rung
from bot.domain.question import Role, Seniority, Topic
from bot.domain.question import Round as LoopRound
from bot.domain.readiness import Competency, Item, Readiness
from bot.domain.reminder import Reminder
from bot.domain.report import Reason, Report
from bot.domain.round import Reply, Round, Style
from bot.domain.schedule import Schedule
from bot.domain.standing import Evidence
from bot.domain.suggestion import Draft, Own, Suggestion
from bot.domain.verdict import PointVerdict, State, Verdict
from tests.domain.questions import make_choice

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
WEEK = "2026-W10"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ANNA, BEN, CLEO = 11 << 55, 12 << 55, 13 << 55
"""As large as snowflakes get."""
GUILD, OTHER = 21 << 55, 22 << 55


def a_verdict(**fields: Any) -> Verdict:
    points = (
        PointVerdict(point_id="cause", state=State.COVERED, share=1.0, evidence="it “leaks” — so"),
        PointVerdict(point_id="cost", state=State.MISSING, share=0.0),
    )
    sample = Verdict(
        question_id="leak", question_hash="00ff", points=points, score=0.5, grader="rubric 1"
    )
    return sample.model_copy(update=fields)


def an_attempt(attempt_id: int = 1, user_id: int = ANNA, **fields: Any) -> Attempt:
    sample: dict[str, Any] = {
        "guild_id": GUILD,
        "post_id": post_id(GUILD, MONDAY),
        "question_id": "leak",
        "topic": "evaluation",
        "origin": Origin.POST,
        "mode": Mode.OPEN,
        "at": NOON,
        "study_day": MONDAY,
        "score": 0.5,
        "points": 50,
        "scored": True,
    }
    return Attempt(attempt_id, user_id, **{**sample, **fields})


def practice(attempt_id: int, user_id: int = ANNA, **fields: Any) -> Attempt:
    unscored = {"scored": False, "points": 0, "origin": Origin.PRACTICE}
    return an_attempt(attempt_id, user_id, **{**unscored, **fields})


def a_post(day: date = MONDAY, guild_id: int = GUILD, **fields: Any) -> Post:
    sample: dict[str, Any] = {
        "question_id": f"question-{day.day}",
        "channel_id": 31,
        "due_at": NOON + (day - MONDAY),
        "state": PostState.CLAIMED,
        "lease_until": NOON + (day - MONDAY),
    }
    return Post(post_id(guild_id, day), guild_id, day, **{**sample, **fields})


def a_schedule(guild_id: int = GUILD, **fields: Any) -> Schedule:
    sample: dict[str, Any] = {"channel_id": 31, "minute": 540, "zone_name": "Europe/Berlin"}
    return Schedule(guild_id, **{**sample, **fields})


def a_claim(attempt_id: int = 1, point_id: str = "cost", **fields: Any) -> Claim:
    sample: dict[str, Any] = {
        "user_id": ANNA,
        "guild_id": GUILD,
        "at": NOON,
        "reason": "I said it costs “recall”.",
    }
    return Claim(attempt_id, point_id, **{**sample, **fields})


def a_check(check_id: int = 1, user_id: int = ANNA, **fields: Any) -> Readiness:
    items = (Item(Competency.CODING, "leak", (2, 0, 1, 3), 1, right=True),
             Item(Competency.SYSTEMS, "leak", (0, 1, 2, 3)))  # fmt: skip
    sample: dict[str, Any] = {
        "role": Role.MLE, "seniority": Seniority.MID, "started_at": NOON, "items": items,
    }  # fmt: skip
    return Readiness(check_id, user_id, **{**sample, **fields})


def a_plan(user_id: int = ANNA, **fields: Any) -> Begun:
    theory = Focus(LoopRound.THEORY, Topic.DATA)
    sample: dict[str, Any] = {
        "began_at": NOON, "began_on": MONDAY, "ends_on": MONDAY + DAY, "made_on": MONDAY,
        "first": {}, "shown": {theory: Evidence(2, 1.25)}, "done": {theory: 3},
    }  # fmt: skip
    return Begun(user_id, **{**sample, **fields})


def a_rung(probe_id: str = "why", **fields: Any) -> Rung:
    sample: dict[str, Any] = {
        "reply": "Because it “leaks”.",
        "verdict": a_verdict(score=0.25),
        "again": a_verdict(),
    }
    return Rung(probe_id, **{**sample, **fields})


def a_ladder(ladder_id: int = 1, user_id: int = ANNA, **fields: Any) -> Ladder:
    sample: dict[str, Any] = {
        "guild_id": GUILD,
        "question_id": "leak",
        "started_at": NOON,
        "first": a_verdict(),
    }
    return Ladder(ladder_id, user_id, **{**sample, **fields})


def a_game(game_id: int = 1, **fields: Any) -> Game:
    sample: dict[str, Any] = {
        "kind": Kind.DUEL,
        "guild_id": GUILD,
        "channel_id": 31,
        "host_id": ANNA,
        "terms": Terms(),
        "made_at": NOON,
        "phase": Phase.INVITED,
        "due_at": NOON + HOUR,
    }
    return Game(game_id, **{**sample, **fields})


def a_night(night_id: int = 1, **fields: Any) -> Night:
    sample: dict[str, Any] = {
        "guild_id": GUILD,
        "channel_id": 31,
        "host_id": ANNA,
        "terms": Terms(Topic.TREES, 7, 45, Style.EXPLAIN, mode=PlayMode.TEAMS, teams=3),
        "day": MONDAY,
        "minute": 780,
        "zone_name": "Europe/Berlin",
        "weekly": True,
        "due_at": NOON,
        "stage": Stage.PLANNED,
        "next_at": NOON - DAY,
        "remind_at": NOON - HOUR,
    }
    return Night(night_id, **{**sample, **fields})


def a_round(game_id: int = 1, no: int = 1, **fields: Any) -> Round:
    sample: dict[str, Any] = {
        "question_id": f"question-{no}",
        "layout": (3, 1, 0, 2),
        "deadline": NOON + HOUR,
    }
    return Round(game_id, no, **{**sample, **fields})


def a_reply(reply_id: int = 1, user_id: int = ANNA, **fields: Any) -> Reply:
    sample: dict[str, Any] = {"game_id": 1, "no": 1, "at": NOON, "score": 1.0, "picked": 2}
    return Reply(reply_id, user_id=user_id, **{**sample, **fields})


def a_drill(drill_id: int = 1, user_id: int = ANNA, **fields: Any) -> Drill:
    sample: dict[str, Any] = {
        "guild_id": GUILD,
        "kind": DrillKind.DRILL,
        "wanted": Wanted(),
        "steps": (Step("leak", Mode.CHOICE), Step("loop", Mode.OPEN, again=True)),
        "began_at": NOON,
    }
    return Drill(drill_id, user_id, **{**sample, **fields})


def a_reminder(user_id: int = ANNA, **fields: Any) -> Reminder:
    return Reminder(user_id, **{"minute": 480, "next_at": NOON, **fields})


def a_draft(**fields: Any) -> Draft:
    sample: dict[str, Any] = {
        "title": "Which average",
        "prompt": "Ninety of a hundred classes are rare. Which average of F1 shows that?",
        "right": "Macro | every class counts “the same”",
        "wrong": "Micro - that is accuracy\nWeighted\nNone of them",
        "topic": Topic.EVALUATION,
    }
    return Draft(**{**sample, **fields})


def a_suggestion(suggestion_id: int = 1, user_id: int = ANNA, **fields: Any) -> Suggestion:
    sample: dict[str, Any] = {"guild_id": GUILD, "at": NOON, "draft": a_draft()}
    return Suggestion(suggestion_id, user_id=user_id, **{**sample, **fields})


def an_own(question_id: str = "own-1", guild_id: int = GUILD, **fields: Any) -> Own:
    sample: dict[str, Any] = {
        "question": make_choice(question_id),
        "at": NOON,
        "accepted_by": BEN,
    }
    return Own(guild_id, **{**sample, **fields})


def a_report(user_id: int = ANNA, question_id: str = "leak", **fields: Any) -> Report:
    sample: dict[str, Any] = {
        "guild_id": None,
        "question_hash": "00ff",
        "at": NOON,
        "reason": Reason.UNCLEAR,
        "text": "Which “rate”?",
    }
    return Report(user_id, question_id, **{**sample, **fields})
