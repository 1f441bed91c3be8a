"""A group's past for `loopmate play --past`: nine weeks of questions and drills.

What the three of them say is made up; what comes of it is not. The posts go out through the bot's
own commands and tick, and every answer goes through the services that a press would reach.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random
from typing import Final

from discord.utils import time_snowflake

from bot.client import StudyBot
from bot.domain.attempt import Mode
from bot.domain.drill import Style, Wanted
from bot.domain.local_time import ONE_DAY
from bot.domain.question import Kind, Question, Role, Seniority, Topic
from bot.domain.sharing import Visibility
from bot.play.world import World
from bot.services.answering import Press
from bot.services.profiles import Wish
from bot.ui.drill import CERTAIN, GUESSING

PAST: Final = timedelta(weeks=9)
SEED: Final = 6


@dataclass(frozen=True, slots=True)
class Learner:
    """How one of them studies."""

    comes: float
    """On which share of the days."""
    drills: float
    """On which share of those they do a drill besides."""
    writes: float
    """How much of what they answer is in words."""
    begins: float
    """How likely they are right at first, 0..1."""
    learns: float
    """How much likelier at the end."""
    sure: float
    """How sure they are, whether or not they are right."""
    strong: frozenset[Topic]
    weak: frozenset[Topic]


ADA: Final = Learner(
    0.93, 0.5, 0.5, 0.45, 0.3, 0.75,
    frozenset({Topic.EVALUATION, Topic.TREES}), frozenset({Topic.PRODUCTION, Topic.SYSTEM_DESIGN}),
)  # fmt: skip
BOB: Final = Learner(
    0.8, 0.3, 0.2, 0.6, 0.1, 0.6,
    frozenset({Topic.DEEP_LEARNING, Topic.CODING}), frozenset({Topic.STATISTICS}),
)  # fmt: skip
CHEN: Final = Learner(
    0.55, 0.2, 0.8, 0.35, 0.4, 0.9, frozenset({Topic.LLM}), frozenset({Topic.BEHAVIORAL})
)  # fmt: skip


async def live_through(world: World, days: int = PAST.days) -> None:
    """Let these days pass for the three of them, up to the morning of the last."""
    past = Past(world, Random(SEED))  # noqa: S311 - a story, not a secret
    await past.prepare()
    for day in range(days):
        await past.day(day / days)
        if day == days // 2:
            await past.plan()


class Past:
    """What has happened so far."""

    def __init__(self, world: World, chance: Random) -> None:
        assert isinstance(world.env.bot, StudyBot)  # noqa: S101 - simcord knows discord's alone
        self._world, self._bot, self._chance = world, world.env.bot, chance
        self._people = ((world.ada.id, ADA), (world.bob.id, BOB), (world.chen.id, CHEN))
        self._numbers = count(1)

    async def prepare(self) -> None:
        """Everybody shares everything."""
        profiles, now = self._bot.services.profiles, self._world.env.now()
        for user_id, _ in self._people:
            wish = Wish(visibility=Visibility.EVERYTHING)
            await profiles.prefer(user_id, self._world.guild.id, wish, now)

    async def plan(self) -> None:
        """Ada has an interview ahead."""
        planning, now = self._bot.services.planning, self._world.env.now()
        who = (self._world.ada.id, self._world.guild.id, now)
        day = (now + 2 * PAST / 3).date().isoformat()
        await planning.aim(*who, role=Role.MLE, seniority=Seniority.SENIOR, interview=day)
        await planning.look(*who)

    async def day(self, gone: float) -> None:
        """A question for all, and what everybody makes of the day; `gone` of the past is over."""
        self._world.env.pass_over(ONE_DAY)
        await self._world.ada.slash(self._world.general, "setup post-now")
        for user_id, learner in self._people:
            if self._chance.random() < learner.comes:
                await self._answers(user_id, learner, gone)
                if self._chance.random() < learner.drills:
                    await self._drills(user_id, learner, gone)

    async def _answers(self, user_id: int, learner: Learner, gone: float) -> None:
        answering, press = self._bot.services.answering, self._press(user_id)
        asked = await answering.today(user_id, self._world.guild.id)
        good = self._good(learner, asked.question, gone)
        if asked.question.in_words and self._chance.random() < learner.writes:
            await answering.answer(
                asked, press, said(asked.question, good=good), self._sure(learner)
            )
        else:
            await answering.choose(asked.post.id, press, self._picked(asked.question, good=good))
        self._bot.dispatch("answered", asked.post.id)

    async def _drills(self, user_id: int, learner: Learner, gone: float) -> None:
        services = self._bot.services
        wanted = Wanted(count=5, style=Style.MIXED)
        sight = await services.drilling.begin(wanted, self._press(user_id))
        while (question := sight.question) and (step := sight.drill.step):
            press, good = self._press(user_id), self._good(learner, question, gone)
            number = (sight.drill.id, sight.drill.no)
            if step.mode is Mode.OPEN:
                words = said(question, good=good)
                await services.steps.write(*number, words, self._sure(learner), press)
            else:
                sure = int(self._chance.choice((GUESSING, CERTAIN))) / 100
                picked = self._picked(question, good=good)
                await services.steps.choose(*number, picked, sure, press)
            sight = await services.drilling.look(sight.drill.id, press)

    def _press(self, user_id: int) -> Press:
        """As if somebody had pressed something just now."""
        now = self._world.env.now()
        number = time_snowflake(now) + next(self._numbers)
        return Press(number, user_id, self._world.guild.id, now)

    def _good(self, learner: Learner, question: Question, gone: float) -> bool:
        leaning = 0.2 * ((question.topic in learner.strong) - (question.topic in learner.weak))
        return self._chance.random() < learner.begins + learner.learns * gone + leaning

    def _sure(self, learner: Learner) -> float:
        return min(
            (0.2, 0.4, 0.6, 0.8, 0.95),
            key=lambda step: abs(step - self._chance.gauss(learner.sure, 0.2)),
        )

    def _picked(self, question: Question, *, good: bool) -> int:
        right = question.choice.right
        return right if good else (right + self._chance.randint(1, 3)) % 4


def said(question: Question, *, good: bool) -> str:
    """An answer in words: a strong one, or what is said by somebody who stops too early."""
    if good:
        return question.strong_answer
    points = question.key_points
    return next((p for p in points if p.kind is Kind.DEFINITION), points[0]).statement
