"""Rounds of every game: presses, and the tick that closes what is due; offers no command."""

import logging
from datetime import datetime

from discord.ext import commands

from bot.client import PATIENCE, StudyBot, Values
from bot.domain.game import Kind
from bot.scheduling import Alarm
from bot.ui.duel import duel_view
from bot.ui.flights import Flights
from bot.ui.podium import podium_of
from bot.ui.press import Interaction, pressed
from bot.ui.quiz import past_view, quiz_view
from bot.ui.receipt import promise
from bot.ui.round import compose_modal
from bot.ui.table import Screens, Tables
from bot.ui.text import LETTERS

log = logging.getLogger(__name__)


class Games(commands.Cog):
    """What duels and quizzes share."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.rounds = bot.services.rounds
        self.tables = Tables(
            bot,
            {
                Kind.DUEL: Screens(duel_view),
                Kind.QUIZ: Screens(quiz_view, past_view, podium_of),
            },
        )
        self.alarm = Alarm(self.tick, bot.clock)
        self._recording = Flights()
        self._left_over: list[int] = []
        """What the process before us was playing; a game that begins now draws itself."""

    async def cog_load(self) -> None:
        """Answer for the buttons of every round."""
        self._left_over = await self.rounds.running()
        self.bot.presses |= {"lock": self.lock, "compose": self.compose}
        self.bot.modals |= {"compose": self.composed}

    async def cog_unload(self) -> None:
        """Start nothing new, and let what is in flight land."""
        self.alarm.stop()
        await self.tables.landed(PATIENCE)
        await self._recording.landed(PATIENCE)

    async def tick(self) -> datetime | None:
        """Move on every game in which something is due; when there is something to do next."""
        now = self.bot.clock.now()
        self.tables.again()
        while moved := await self.rounds.due(now):
            for game_id in moved:
                self.tables.draw(game_id)
        self._record()
        return await self.rounds.next_due_at()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Draw what we found being played as it stands, and start the alarm."""
        while self._left_over:
            self.tables.draw(self._left_over.pop())
        if self.bot.scheduled:
            self.alarm.start()

    @commands.Cog.listener()
    async def on_game_changed(self, game_id: int) -> None:
        """Something happened in a game: draw it, and see when it is due next."""
        self.tables.draw(game_id)
        self.alarm.wake()

    async def lock(self, interaction: Interaction, parts: list[str]) -> None:
        """A letter was pressed."""
        game_id, no, place = map(int, parts)
        closed = await self.rounds.choose(game_id, no, place, pressed(interaction))
        await interaction.response.send_message(f"Locked in: **{LETTERS[place]}**.", ephemeral=True)
        self._took(game_id, closed=closed)

    async def compose(self, interaction: Interaction, parts: list[str]) -> None:
        """*Write your answer* was pressed."""
        game_id, no = map(int, parts)
        question = await self.rounds.question(game_id, no, pressed(interaction))
        await interaction.response.send_modal(compose_modal(game_id, no, question))

    async def composed(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """An open answer was submitted."""
        game_id, no = map(int, parts)
        await promise(interaction)
        text = str(values.get("answer", ""))
        closed = await self.rounds.write(game_id, no, pressed(interaction), text)
        await interaction.edit_original_response(content="Locked in.")
        self._took(game_id, closed=closed)

    def _took(self, game_id: int, *, closed: bool) -> None:
        self.tables.draw(game_id)
        if closed:
            self.alarm.wake()
            self._record()

    def _record(self) -> None:
        """Let the replies of closed rounds become attempts, while presses go on."""
        self._recording.launch("record", "recording replies", self._record_all)

    async def _record_all(self) -> None:
        while await self.rounds.record():
            pass


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Games(bot))
