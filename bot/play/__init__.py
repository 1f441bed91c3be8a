"""`loopmate play`: the bot without a token, in a simulated Discord (extra `play`)."""

from bot.play.command import command
from bot.play.serve import play

__all__ = ["command", "play"]
