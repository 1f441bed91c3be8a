"""Who may do what: what posting needs, checked before it is needed, and who asks for something."""

import base64
from dataclasses import dataclass

import discord

from bot.client import StudyBot
from bot.domain.errors import NotAllowed
from bot.domain.schedule import Schedule
from bot.services.editors import Caller
from bot.ui.text import listed

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}
"""Without these the post cannot be sent exactly once; the last one finds it after a crash."""
FOR_GAMES = {"view_channel": "View Channel", "send_messages": "Send Messages"}
FOR_EVENTS = {"create_events": "Create Events"}
FOR_THREAD = {
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
FOR_PIN = {"pin_messages": "Pin Messages"}
FOR_ROLE = {"mention_everyone": "Mention @everyone, @here, and All Roles"}

INVITE = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    pin_messages=True,
    attach_files=True,
    mention_everyone=True,
    create_events=True,
)
"""What the invite link asks for: everything the set-up can switch on, and nothing else."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """Names of the permissions that are missing, as Discord shows them."""

    blocking: tuple[str, ...]
    """Without them nothing is posted."""
    partial: tuple[str, ...]
    """Without them the post comes, but not all that was chosen with it."""


def preflight(schedule: Schedule, channel: discord.abc.GuildChannel) -> Preflight:
    """What posting by this schedule lacks in its channel."""
    mine = channel.permissions_for(channel.guild.me)
    partial: dict[str, str] = {}
    if schedule.thread:
        partial |= FOR_THREAD
    if schedule.pin:
        partial |= FOR_PIN
    role = channel.guild.get_role(schedule.role_id) if schedule.role_id else None
    if role is not None and not role.mentionable:
        partial |= FOR_ROLE
    return Preflight(blocking=_lacking(mine, NEEDED), partial=_lacking(mine, partial))


def check_may_play(interaction: discord.Interaction[StudyBot]) -> None:
    """Refuse a game where it could not be shown: before it begins, never in it.

    Raises:
        NotAllowed: we may not; says what is missing.
    """
    if lacking := _lacking(interaction.app_permissions, FOR_GAMES):
        raise NotAllowed(f"I can't play here: {listed(list(lacking))} is missing.")


def lacking_for_nights(mine: discord.Permissions) -> tuple[str, ...]:
    """What a quiz night lacks: a lobby that is found again after a crash, and an event."""
    wanted = NEEDED if mine.manage_events else NEEDED | FOR_EVENTS
    return _lacking(mine, wanted)


def may_plan(theirs: discord.Permissions) -> bool:
    """Whether somebody decides what stands in a server's calendar."""
    return theirs.manage_events or theirs.manage_guild


def check_may_plan(interaction: discord.Interaction[StudyBot]) -> None:
    """Refuse a quiz night to those who may not plan one, and where it could not take place.

    Raises:
        NotAllowed: they may not, or we may not; says what is missing.
    """
    if not may_plan(interaction.permissions):
        raise NotAllowed(
            "A quiz night takes somebody who may manage events here. Ask a moderator, or play "
            "right away with `/quiz start`."
        )
    if lacking := lacking_for_nights(interaction.app_permissions):
        names = " and ".join(f"*{name}*" for name in lacking)
        raise NotAllowed(
            f"For a quiz night here I also need {names}. Give me that, and ask again; "
            "`/quiz start` works without."
        )


def _lacking(mine: discord.Permissions, wanted: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for flag, name in wanted.items() if not getattr(mine, flag))


def application_id(token: str) -> int | None:
    """The application behind a bot token: its first part is the id in base64."""
    head = token.split(".", 1)[0]
    try:
        found = base64.b64decode(head + "=" * (-len(head) % 4)).decode()
    except ValueError:  # not base64, or not text behind it
        return None
    return int(found) if found.isdecimal() else None


def caller_of(interaction: discord.Interaction[StudyBot]) -> Caller:
    """Who asks for something in which server, and whether it is theirs."""
    owner_id = interaction.guild.owner_id if interaction.guild else None
    return Caller(interaction.guild_id or 0, interaction.user.id, owner_id == interaction.user.id)
