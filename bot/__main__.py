"""The `loopmate` command.

Its imports are inside the commands: `loopmate assess` needs no Discord, and a bot that is
starting should not wait for what it will not use.
"""

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

FRESH = 120
"""Seconds since the last beat within which a bot counts as alive; it beats every 30."""
MOST_REPORTS = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Run one `loopmate` command; returns the exit status."""
    from bot.domain.errors import Trouble

    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.command(arguments)
    except Trouble as trouble:
        return _fail(str(trouble))
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="loopmate", description="A Discord study companion.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, does: Callable[[argparse.Namespace], int], says: str
    ) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
        made.set_defaults(command=does)
        return made

    command("run", _run, "connect to Discord and stay")
    command("invite", _invite, "print the link that adds the bot to a server")
    play = command("play", _play, "try everything in the browser, without a token")
    play.add_argument("--port", type=int, default=8765, help="on this machine only")
    play.add_argument("--no-browser", action="store_true", help="only print the address")
    play.add_argument("--past", action="store_true", help="a group with nine weeks behind it")
    play.add_argument("--story", action="store_true", help="print a group's day in the terminal")
    command("health", _health, "exit 0 while a bot is running on this database")
    backup = command("backup", _backup, "copy the database while the bot runs")
    backup.add_argument("file", type=Path)
    command("rebuild", _rebuild, "recreate all sums from the answers")
    command("migrate", _migrate, "bring the database up to date")
    graded = command("assess", _assess, "grade answers, or measure how well that works")
    what = graded.add_mutually_exclusive_group(required=True)
    what.add_argument("--jsonl", action="store_true", help="a verdict for every line read")
    what.add_argument("--report", nargs="*", type=Path, metavar="FILE", help="labelled answers")
    what.add_argument("--lint", action="store_true", help="cues that mishear the bank's own texts")
    graded.add_argument("--check", action="store_true", help="exit 1 if a gate fails")
    bank = commands.add_parser("bank", help="look after the questions").add_subparsers(
        required=True, metavar="COMMAND"
    )
    bank.add_parser("check", help="report every fault").set_defaults(command=_bank_check)
    bank.add_parser("stats", help="count the questions").set_defaults(command=_bank_stats)
    bank.add_parser("schema", help="print it for editors").set_defaults(command=_bank_schema)
    bank.add_parser("reports", help="what people say is wrong").set_defaults(command=_bank_reports)
    brought = bank.add_parser("import", help="add the questions of a YAML or CSV file")
    brought.add_argument("file", type=Path)
    brought.add_argument("--skip-refused", action="store_true", help="import the others")
    brought.set_defaults(command=_bank_import)
    return parser


def _run(_: argparse.Namespace) -> int:
    gc.disable()  # nothing that is imported or read from the bank is ever garbage
    from bot.app import run
    from bot.logs import start_logging
    from bot.settings import read_settings

    settings = read_settings()
    secret = settings.token.get_secret_value() if settings.token else None
    key = settings.ai_key.get_secret_value() if settings.ai_key else None
    start_logging(settings.log_format, settings.log_level, secret, key)
    asyncio.run(run(settings))
    return 0


def _invite(_: argparse.Namespace) -> int:
    import discord

    from bot.settings import BadSettings, read_settings
    from bot.ui.permissions import INVITE, application_id

    token = read_settings().token
    if token is None:
        raise BadSettings("DISCORD_TOKEN is not set; the link is made from it.")
    client_id = application_id(token.get_secret_value())
    if client_id is None:
        raise BadSettings("DISCORD_TOKEN does not look like a bot's token.")
    scopes = ("bot", "applications.commands")
    return _say(discord.utils.oauth_url(client_id, permissions=INVITE, scopes=scopes))


def _play(arguments: argparse.Namespace) -> int:
    try:
        from bot.play import command
    except ImportError as missing:
        return _fail(f"`loopmate play` needs the extra `play`: {missing}.")
    return command(
        port=arguments.port,
        open_browser=not arguments.no_browser,
        story=arguments.story,
        past=arguments.past,
    )


def _health(_: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.settings import read_settings

    try:
        beat = read_settings().heartbeat.stat().st_mtime
    except OSError:
        return _fail("No bot is running on this database.")
    age = (SystemClock().now() - datetime.fromtimestamp(beat, UTC)).total_seconds()
    return _say("Running.") if age < FRESH else _fail(f"The bot has not moved for {age:.0f} s.")


def _backup(arguments: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from bot.store.sqlite import back_up

    back_up(read_settings().database, arguments.file)
    return _say(f"Saved to {arguments.file}.")


def _rebuild(_: argparse.Namespace) -> int:
    from bot.app import open_store
    from bot.clock import SystemClock
    from bot.settings import read_settings

    async def rebuild() -> None:
        store = open_store(read_settings(), SystemClock())
        await store.open()
        try:
            await store.rebuild()
        finally:
            await store.close()

    asyncio.run(rebuild())
    return _say("All sums are recreated from the answers.")


def _migrate(_: argparse.Namespace) -> int:
    from bot.app import open_store
    from bot.clock import SystemClock
    from bot.settings import read_settings

    applied = asyncio.run(open_store(read_settings(), SystemClock()).migrate())
    return _say(f"Applied {', '.join(applied)}." if applied else "The database is up to date.")


def _assess(arguments: argparse.Namespace) -> int:
    from bot.content import load_bank
    from bot.harness import command
    from bot.settings import read_settings

    bank = load_bank(read_settings().questions).in_words()
    if arguments.jsonl:
        return command.grade(bank)
    if arguments.lint:
        return command.lint(bank, check=arguments.check)
    return command.report(bank, arguments.report, check=arguments.check)


def _bank_check(_: argparse.Namespace) -> int:
    from bot.content import BrokenBank, load_bank
    from bot.harness import command
    from bot.settings import read_settings
    from bot.ui import fitting

    try:
        bank = load_bank(read_settings().questions)
    except BrokenBank as broken:
        return _faults([str(fault) for fault in broken.faults])
    unfit = [f"{q.topic}/{q.id}: {says}" for q in bank for says in fitting.unfit(q)]
    found = [*command.audit(bank), *unfit]
    return _faults(found) if found else _say(f"{len(bank)} questions, no faults.")


def _faults(found: Sequence[str]) -> int:
    for fault in found:
        _say(fault)
    return _fail(f"The bank has {len(found)} {'fault' if len(found) == 1 else 'faults'}.")


def _bank_stats(_: argparse.Namespace) -> int:
    from bot.content import load_bank
    from bot.harness.stats import stats_lines
    from bot.settings import read_settings

    for line in stats_lines(load_bank(read_settings().questions)):
        _say(line)
    return 0


def _bank_schema(_: argparse.Namespace) -> int:
    from bot.content import schema

    sys.stdout.write(schema())
    return 0


def _bank_import(arguments: argparse.Namespace) -> int:
    from bot.intake.command import bring_in
    from bot.settings import read_settings

    folder = read_settings().questions
    return bring_in(arguments.file, folder, skip_refused=arguments.skip_refused)


def _bank_reports(_: argparse.Namespace) -> int:
    from bot.content import load_bank
    from bot.intake.complaints import complaint_lines
    from bot.settings import read_settings
    from bot.store.sqlite import glance

    settings = read_settings()
    reports = glance(settings.database, lambda tx: tx.reports.open_in(None, MOST_REPORTS))
    for line in complaint_lines(reports, load_bank(settings.questions)):
        _say(line)
    return 0 if reports else _say("Nothing is reported.")


def _say(line: str) -> int:
    print(line, flush=True)  # noqa: T201 - the command line is where printing belongs
    return 0


def _fail(line: str) -> int:
    print(f"loopmate: {line}", file=sys.stderr, flush=True)  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
