"""How a post reaches its channel exactly once, whatever crashes (docs/decisions/0002)."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import discord

from bot.client import StudyBot
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.post import STILL_WRITING, Post, PostState, Step, next_step
from bot.domain.question import Question
from bot.domain.schedule import Schedule, missed
from bot.pacer import Pacer
from bot.ui.finding import UNKNOWN, found, marked, may_look, undecided
from bot.ui.flights import Flights
from bot.ui.permissions import preflight
from bot.ui.post import closed_post, open_post
from bot.ui.text import listed
from bot.ui.trouble import tell

log = logging.getLogger(__name__)

THREAD_EXISTS = 160004
UNKNOWN_CHANNEL = 10003


class Courier:
    """Sends, recovers and refreshes posts; keeps nothing but what is in flight right now."""

    def __init__(self, bot: StudyBot, pacer: Pacer) -> None:
        self._bot, self._pacer = bot, pacer
        self._posting = bot.services.posting
        self._flights = Flights()
        self._stale: set[str] = set()
        self._leaving = False

    def take(self, post: Post) -> None:
        """See to an unfinished post, unless somebody is at it."""
        what = f"post {post.id} of guild {post.guild_id}"
        self._flights.launch(post.id, what, lambda: self._step(post))

    async def landed(self, patience: float | None = None) -> None:
        """Wait until nothing is in flight; or for so many seconds, and leave the counts."""
        self._leaving = patience is not None
        await self._flights.landed(patience)

    def mark_stale(self, post_id: str) -> None:
        """The number of answers under a post has changed."""
        self._stale.add(post_id)

    def refresh(self) -> None:
        """Have the counts under open posts brought up to date; no new post waits for that."""
        if self._stale:
            self._flights.launch("counts", "bringing counts up to date", self._refresh)

    async def _refresh(self) -> None:
        """One edit for each post, however many have answered it."""
        waiting, self._stale = self._stale, set()
        for post_id in sorted(waiting):
            if not self._leaving:
                await self._recount(post_id)

    async def _recount(self, post_id: str) -> None:
        """Show what has been counted; also for whoever was writing while the next one came."""
        post = await self._posting.post(post_id)
        if post is not None and post.is_open:
            await self._quietly("refresh", self._show_open, post)
            post = await self._posting.post(post_id)  # the recap may have come before that edit
        now = self._bot.clock.now()
        if post is not None and post.closed_at and now - post.closed_at < 2 * STILL_WRITING:
            await self._quietly("recap", self._close, post)

    async def _step(self, post: Post) -> None:
        now = self._bot.clock.now()
        if post.state is PostState.SENT:
            await self._finish(post)
            return
        match next_step(post, now):
            case Step.SEND:
                await self._send(post)
            case Step.SKIP:
                await self._posting.give_up(
                    post, PostState.SKIPPED, "It was too late to post.", now
                )
            case Step.LOOK:
                await self._look(post)
            case Step.WAIT:
                pass

    async def _send(self, post: Post) -> None:
        schedule = await self._posting.schedule(post.guild_id)
        try:
            question = await self._posting.question(post)
        except NotFound as retired:
            await self._refused(post, str(retired))
            return
        await self._pacer.turn()
        leaving = await self._posting.begin(post, self._bot.clock.now())
        if leaving is None:
            return
        try:
            message = await self._request(leaving, question, schedule)
        except UNKNOWN as unknown:
            self._in_doubt(post, unknown)
        except discord.HTTPException as refused:
            if undecided(refused):
                self._in_doubt(post, refused)
                return
            await self._refused(leaving, self._why(leaving, schedule, refused))
        else:
            await self._arrived(leaving, message.id)

    def _in_doubt(self, post: Post, error: Exception) -> None:
        """The message may be out: it is looked for once its request has had its time."""
        log.warning("post %s may be out: %r", post.id, error)
        self._bot.dispatch("schedule_changed")

    async def _request(
        self, post: Post, question: Question, schedule: Schedule | None
    ) -> discord.Message:
        role_id = self._role_id(schedule)
        roles = [discord.Object(role_id)] if role_id else []
        weekly = await self._posting.weekly(post, self._bot.clock.now())
        return await self._channel(post).send(
            view=open_post(post, question, _until(schedule), role_id=role_id, weekly=weekly),
            nonce=post.id,
            allowed_mentions=discord.AllowedMentions(everyone=False, users=False, roles=roles),
        )

    async def _arrived(self, post: Post, message_id: int) -> None:
        at = discord.utils.snowflake_time(message_id)
        out = await self._posting.confirm(post, message_id, at)
        log.info("posted %s in guild %s: %s", post.question_id, post.guild_id, post.id)
        if out.state is PostState.SENT:
            await self._finish(out)
        else:
            await self._quietly("recap", self._close, out)

    async def _look(self, post: Post) -> None:
        """A request may have arrived before we died: look for it, and only then send again."""
        now = self._bot.clock.now()
        first = post.sending_at or post.due_at
        try:
            self._require_history(post)
            found = await self._find(post, first)
        except (NotAllowed, discord.Forbidden):
            if next_step(post, now, history=False) is Step.SEND:
                await self._send(post)
            else:
                why = "I may have posted it, but I can't read the channel to make sure."
                await self._refused(post, why, PostState.SKIPPED)
            return
        except discord.NotFound:
            await self._refused(post, "The channel is gone.")
            return
        if found is not None:
            await self._arrived(post, found)
        elif missed(post.due_at, now):
            await self._posting.give_up(post, PostState.SKIPPED, "It was too late to post.", now)
        else:
            await self._send(post)

    def _require_history(self, post: Post) -> None:
        """Without the permission Discord answers with an empty list, which would mean a resend."""
        if not may_look(self._bot, post.channel_id):
            raise NotAllowed("Read Message History is missing.")

    async def _find(self, post: Post, since: datetime) -> int | None:
        """The id of our message with this post's buttons, if it is in the channel."""
        message = await found(self._bot, self._channel(post), since, marked(post.id))
        return message.id if message else None

    async def _finish(self, post: Post) -> None:
        """Thread, pin and the recap of the one before: each may fail without the others."""
        schedule = await self._posting.schedule(post.guild_id)
        before = await self._posting.previous(post)
        troubles: list[str] = []
        thread_id: int | None = None
        if before is not None:
            await self._quietly("recap", self._close, before)
        if schedule and schedule.pin:
            troubles += await self._attempt("pin it", self._pin(post, before))
        if schedule and schedule.thread and post.thread_id is None:
            troubles += await self._attempt("open its thread", self._thread(post))
        now = self._bot.clock.now()
        trouble = f"I posted the question, but I couldn't {listed(troubles)}." if troubles else None
        if await self._posting.finish(post, thread_id=thread_id, trouble=trouble, now=now):
            await self._report(post.guild_id, trouble or "")

    async def _attempt(self, what: str, step: Awaitable[Any]) -> list[str]:
        try:
            await step
        except (NotFound, discord.HTTPException, *UNKNOWN) as failed:
            log.warning("could not %s: %s", what, failed)
            return [what]
        return []

    async def _quietly(self, what: str, step: Callable[[Post], Awaitable[Any]], post: Post) -> None:
        """An edit that nobody misses if its message is gone."""
        try:
            await step(post)
        except (discord.HTTPException, *UNKNOWN) as failed:
            log.warning("%s of post %s: %s", what, post.id, failed)

    async def _close(self, before: Post) -> None:
        recap = await self._posting.recap(before, self._bot.clock.now())
        if recap is not None and before.message_id is not None:
            await self._pacer.turn()
            await self._message(before).edit(view=closed_post(recap))

    async def _show_open(self, post: Post) -> None:
        schedule = await self._posting.schedule(post.guild_id)
        question = await self._posting.question(post)
        await self._pacer.turn()
        role_id = self._role_id(schedule)
        weekly = await self._posting.weekly(post, self._bot.clock.now())
        view = open_post(post, question, _until(schedule), role_id=role_id, weekly=weekly)
        await self._message(post).edit(view=view)

    async def _pin(self, post: Post, before: Post | None) -> None:
        await self._pacer.turn()
        await self._message(post).pin()
        if before is not None and before.message_id is not None:
            await self._quietly("unpin", self._unpin, before)

    async def _unpin(self, before: Post) -> None:
        await self._pacer.turn()
        await self._message(before).unpin()

    async def _thread(self, post: Post) -> None:
        question = await self._posting.question(post)
        await self._pacer.turn()
        try:
            await self._message(post).create_thread(name=f"{question.title} · {post.day:%d %b}")
        except discord.HTTPException as refused:
            if refused.code != THREAD_EXISTS:
                raise

    async def _refused(self, post: Post, trouble: str, state: PostState = PostState.FAILED) -> None:
        if await self._posting.give_up(post, state, trouble, self._bot.clock.now()):
            await self._report(post.guild_id, trouble)

    def _why(self, post: Post, schedule: Schedule | None, refused: discord.HTTPException) -> str:
        """What keeps us from posting, as an admin can mend it."""
        where = f"<#{post.channel_id}>"
        channel = self._bot.get_channel(post.channel_id)
        if refused.code == UNKNOWN_CHANNEL or (
            channel is None and self._bot.get_guild(post.guild_id)
        ):
            return (
                f"I can't post the question of the day: {where} is gone. `/setup daily` moves it."
            )
        if schedule and isinstance(channel, discord.abc.GuildChannel):
            lacking = preflight(schedule, channel).blocking
            if lacking:
                names = listed([f"*{name}*" for name in lacking])
                verb = "is" if len(lacking) == 1 else "are"
                return f"I can't post in {where} any more: {names} {verb} missing."
        return f"Discord does not let me post in {where}: {refused.text or refused.status}."

    async def _report(self, guild_id: int, trouble: str) -> None:
        """Tell the people who can mend it, once."""
        schedule = await self._posting.schedule(guild_id)
        due = schedule.next_run_at if schedule else None
        again = f" I'll try again {discord.utils.format_dt(due, 'R')};" if due else ""
        says = f"{trouble}{again} `/setup show` tells when it is mended."
        reports = schedule.report_channel_id if schedule else None
        await tell(self._bot, self._pacer, guild_id, reports, says)

    def _role_id(self, schedule: Schedule | None) -> int | None:
        """Whom to mention; a role that was deleted would be called unknown."""
        role_id = schedule.role_id if schedule else None
        guild = self._bot.get_guild(schedule.guild_id) if schedule else None
        return None if role_id and guild and not guild.get_role(role_id) else role_id

    def _channel(self, post: Post) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(post.channel_id, guild_id=post.guild_id)

    def _message(self, post: Post) -> discord.PartialMessage:
        return self._channel(post).get_partial_message(post.message_id or 0)


def _until(schedule: Schedule | None) -> datetime | None:
    return schedule.next_run_at if schedule else None
