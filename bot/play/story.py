"""`loopmate play --story`: two days of a study group, in the terminal."""

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.client import StudyBot
from bot.clock import Clock
from bot.domain.question import Question
from bot.play.live import LiveEnv
from bot.play.render import Reader
from bot.play.world import World, WorldClock, found
from bot.settings import QUESTIONS

START = datetime(2026, 11, 23, 16, 2, tzinfo=UTC)  # a Monday
ZONE = ZoneInfo("Europe/Berlin")
WIDTH = 80
_fill = partial(textwrap.fill, break_on_hyphens=False)

STRONG = {
    "fraud-500-alerts-a-day": (
        "ROC AUC looks great when almost every payment is honest, so I would drop it. On the "
        "slide goes precision at 500: how many of the alerts they open are real fraud. Beside it "
        "recall at that capacity, because 500 of 2,000 frauds is 25 percent at best. I would sort "
        "last month's held-out days by score and put the cut-off at the 500th place."
    ),
    "random-forest-beyond-definition": (
        "More trees will not help: they all start with the same feature, so they make the same "
        "mistakes and averaging cannot remove what they share. A forest lets every split choose "
        "among a random subset of the features, so the trees differ, their errors are less "
        "correlated and the average has less variance. I would tune max_features on the "
        "out-of-bag error."
    ),
}
DEFINED = {
    "fraud-500-alerts-a-day": (
        "Precision is the share of flagged payments that are really fraud. Recall is the share of "
        "all frauds that the model flags. ROC AUC is the area under the curve of true positive "
        "rate against false positive rate."
    ),
    "random-forest-beyond-definition": (
        "A random forest is an ensemble of decision trees. Each tree is trained on a bootstrap "
        "sample of the rows, each split looks at a random subset of the features, and the forest "
        "takes the majority vote."
    ),
}
PROLOGUE = """\
Two days of a study group, as each of its members saw them. All of it goes through Loopmate's own \
commands, buttons and dialogs, in a simulated Discord."""
REPLIES = {
    "check-correlation": (
        "I would compute how strongly the predictions of every two trees correlate on held-out "
        "rows. If single trees are decent and the correlation is high, they are copies of each "
        "other. If it is low and each tree is poor, the features are weak."
    ),
}
Say = Callable[[str], None]


def story_bank(folder: Path) -> Path:
    """Write a bank of the story's two questions into this folder; returns where it is."""
    bank = folder / "questions"
    bank.mkdir()
    for question_id in STRONG:
        (file,) = QUESTIONS.glob(f"*/{question_id}.yaml")
        (bank / file.name).write_bytes(file.read_bytes())
    return bank


async def tell(make_bot: Callable[[Clock], StudyBot], say: Say) -> None:
    """Live through the story and say it, scene by scene."""
    clock = WorldClock(START)
    bot = make_bot(clock)
    env = LiveEnv(bot, start=START)
    clock.follow(env)
    world = found(env)
    try:
        await env.start()
        await Story(world, bot, say).tell()
        await env.shutdown()
    finally:
        await bot.close()


class Story:
    """The scenes, and how one of them is told."""

    def __init__(self, world: World, bot: StudyBot, say: Say) -> None:
        self.world, self.bot, self._say = world, bot, say
        self._dialog_is_known = False
        self._names = {person.id: person.user.global_name for person in world.people}
        self._names |= {channel.id: channel.name for channel in (world.daily, world.general)}

    async def tell(self) -> None:
        """Tell all of it."""
        self._say(_fill(PROLOGUE, WIDTH))
        await self.ada_sets_up()
        first = await self.nine_o_clock(24, "Nobody has done anything: it is nine in Berlin.")
        verdict = await self.bob_answers(first)
        defined = await self.chen_defines(first)
        await self.chen_follows_up(defined)
        await self.ada_picks(first)
        await self.bob_shares(verdict)
        await self.next_morning(first)
        self._aside("That was all. Now you: loopmate play")

    async def ada_sets_up(self) -> None:
        """Ada runs the group; one command is all the set-up there is."""
        world = self.world
        self._scene("Ada has invited Loopmate to her study group and sets it up, in #general.")
        options = {"channel": world.daily, "time": "09:00", "timezone": "Europe/Berlin"}
        self._does("Ada types /setup daily channel:#ml-daily time:09:00 timezone:Europe/Berlin")
        done = await world.ada.slash(world.general, "setup daily", **options)
        self._answer(world.ada, done)

    async def nine_o_clock(self, day: int, says: str) -> discord.Message:
        """The post comes by itself."""
        await self._until(day, 9)
        self._scene(f"{says} In #ml-daily:")
        posted = await self._ring()
        self._message(self.world.ada, posted)
        return posted

    async def bob_answers(self, post: discord.Message) -> InteractionResult:
        """An answer in one's own words, and a verdict that quotes them."""
        await self._until(24, 9, 12)
        self._scene("Bob takes ten minutes before work.")
        done = await self._answers(self.world.bob, post, STRONG, "80")
        self._answer(self.world.bob, done)
        return done

    async def chen_defines(self, post: discord.Message) -> InteractionResult:
        """The right definitions and nothing else."""
        await self._until(24, 9, 40)
        self._scene("Chen knows the terms by heart.")
        done = await self._answers(self.world.chen, post, DEFINED, "95")
        self._answer(self.world.chen, done)
        return done

    async def chen_follows_up(self, verdict: InteractionResult) -> None:
        """The follow-up is aimed at what the answer left open."""
        chen = self.world.chen
        self._does("Chen presses [ Follow-up ].")
        asked = await chen.click(_told(verdict), label="Follow-up")
        self._answer(chen, asked)
        dialog = await chen.click(_told(asked), label="Reply")
        probe_id = str((dialog.modal or {})["custom_id"]).rpartition(":")[2]
        probe = next(p for p in (await self._open()).probes if p.id == probe_id)
        text = REPLIES.get(probe.id, probe.model_reply)
        self._writes("Chen presses [ Reply ] and writes:", text)
        told = await chen.submit_modal(dialog, {"answer": text})
        self._answer(chen, told)
        self._does("Chen presses [ That's enough ].")
        self._answer(chen, await chen.click(_told(told), label="That's enough"))

    async def ada_picks(self, post: discord.Message) -> None:
        """On the phone, four options are enough; this time it is a trap."""
        await self._until(24, 12, 30)
        self._scene("Ada is on the train and only picks an option.")
        self._does("Ada presses [ Pick A–D ] under the question.")
        offered = await self.world.ada.click(post, label="Pick A–D")
        self._answer(self.world.ada, offered)
        wrong = ((await self._open()).choice.right + 1) % 4
        letter = "ABCD"[wrong]
        self._does(f"Ada presses [ {letter} ].")
        picked = await self.world.ada.click(_told(offered), label=letter)
        self._answer(self.world.ada, picked)

    async def bob_shares(self, verdict: InteractionResult) -> None:
        """What was private goes to the channel when its owner wants it there."""
        await self._until(24, 12, 31)
        self._scene("Bob lets the others read his answer.")
        self._does("Bob presses [ Share ] under his verdict.")
        shared = await self.world.bob.click(_told(verdict), label="Share")
        self._message(self.world.chen, shared.followups[0].message)

    async def next_morning(self, first: discord.Message) -> None:
        """The next question closes the one before, and the streak goes on."""
        second = await self.nine_o_clock(25, "The next question.")
        self._aside("The one before it is closed with that. It now reads:")
        self._message(self.world.ada, self._again(first))
        await self._until(25, 9, 8)
        self._scene("Bob is back.")
        done = await self._answers(self.world.bob, second, STRONG, "80")
        self._answer(self.world.bob, done)
        self._does("Bob types /me streak")
        streak = await self.world.bob.slash(self.world.general, "me streak")
        self._answer(self.world.bob, streak)

    async def _answers(
        self, who: MemberActor, post: discord.Message, said: dict[str, str], sure: str
    ) -> InteractionResult:
        """Press Answer, fill the dialog in, submit it; the dialog is shown in full only once."""
        text = said[(await self._open()).id]
        typed: dict[str, Any] = {"answer": text, "sure": [sure]}
        asked = await who.click(post, label="Answer")
        if self._dialog_is_known:
            name = who.user.global_name
            self._writes(f"{name} presses [ Answer ], is {sure} % sure, and writes:", text)
        else:
            self._does(f"{who.user.global_name} presses [ Answer ] and writes:")
            self._block(self._reader(who).modal(asked.modal or {}, typed))
            self._dialog_is_known = True
        return await who.submit_modal(asked, typed)

    async def _until(self, day: int, hour: int, minute: int = 0) -> None:
        """Let the world's clock run to this time of November 2026 in Berlin."""
        at = datetime(2026, 11, day, hour, minute, tzinfo=ZONE)
        await self.world.env.advance_time((at - self.world.env.now()) / timedelta(seconds=1))

    async def _ring(self) -> discord.Message:
        """Do what the alarm does when a post is due; returns what came of it."""
        posting: Any = self.bot.get_cog("Posting")  # an extension's class is not importable
        await posting.tick()
        await posting.courier.landed()
        return self.world.daily.history()[-1]

    def _again(self, message: discord.Message) -> discord.Message:
        """The same message as it is now."""
        return next(m for m in self.world.daily.history() if m.id == message.id)

    async def _open(self) -> Question:
        """The question that is open now."""
        guild, ada = self.world.guild, self.world.ada
        return (await self.bot.services.answering.today(ada.id, guild.id)).question

    def _reader(self, who: MemberActor) -> Reader:
        name = str(who.user.global_name)
        return Reader(self.world.env.now(), ZONE, WIDTH - 2, self._name, called=name)

    def _name(self, snowflake: int) -> str:
        return str(self._names.get(snowflake, snowflake))

    def _answer(self, who: MemberActor, result: InteractionResult) -> None:
        """Show what somebody was told."""
        self._message(who, _told(result).message)

    def _message(self, who: MemberActor, message: discord.Message) -> None:
        self._block(self._reader(who).message(message))

    def _scene(self, text: str) -> None:
        now = self.world.env.now().astimezone(ZONE)
        head = f"── {now:%A} {now.day} {now:%B}, {now:%H:%M} "
        self._say(f"\n{head:─<{WIDTH}}\n{_fill(text, WIDTH)}")

    def _does(self, text: str) -> None:
        self._say(f"\n{_fill(f'» {text}', WIDTH, subsequent_indent='  ')}")

    def _writes(self, does: str, text: str) -> None:
        self._does(does)
        self._block(_fill(f"› {text}", WIDTH - 2, subsequent_indent="  "))

    def _aside(self, text: str) -> None:
        self._say(f"\n{_fill(text, WIDTH)}")

    def _block(self, text: str) -> None:
        self._say(f"\n{textwrap.indent(text, '  ')}")


def _told(result: InteractionResult) -> ResponseMessage:
    """What Loopmate said to somebody."""
    if result.response is None:
        raise RuntimeError("The story stops here: Loopmate did not answer.")
    return result.response
