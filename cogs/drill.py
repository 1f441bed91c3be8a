"""Drills and reviews: one private message that moves on, wherever it was begun."""

from typing import Any, Literal

from discord import app_commands
from discord.ext import commands

from bot.client import StudyBot, Values
from bot.domain.drill import MOST, USUAL, Style, Wanted, wanted
from bot.domain.errors import Invalid
from bot.domain.question import Difficulty, Role, Topic
from bot.ui.answer import confidence, hint_view
from bot.ui.drill import BESIDE, REVIEWED, essay_modal, marked_view, sight_view
from bot.ui.press import Interaction, pressed
from bot.ui.receipt import hold, keep
from bot.ui.text import counted, relative

STYLES = {
    Style.CHOICE: "pick one of four options",
    Style.EXPLAIN: "answer in your own words",
    Style.MIXED: "now the one, now the other",
}


class Drill(commands.Cog):
    """What you work on alone."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.drilling, self.steps = bot.services.drilling, bot.services.steps

    async def cog_load(self) -> None:
        """Answer for our buttons and modals, whenever they were shown."""
        self.bot.presses |= {
            "step": self.step,
            "mark": self.mark,
            "essay": self.ask,
            "clue": self.clue,
            "halt": self.stop,
            "drill": self.further,
            "recall": self.recall,
        }
        self.bot.modals["essay"] = self.written

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(
        topic="Only this topic; what you gain most from without",
        difficulty="Only this difficulty",
        role="Only what this role is asked",
        count="How many questions; ten without",
        style="Pick an option, write your answer, or both in turn",
    )
    async def drill(
        self,
        interaction: Interaction,
        topic: str = "",
        difficulty: str = "",
        role: str = "",
        count: app_commands.Range[int, 1, MOST] | None = None,
        style: str = "",
    ) -> None:
        """Work on your weak spots alone; without choices, go on where you were."""
        press = pressed(interaction)
        asked = wanted(topic, difficulty, role, count or USUAL, style)
        left = await self.drilling.resume(press)
        if left and not (topic or difficulty or role or count or style):
            note = f"You began this {relative(left.drill.began_at)}; here is where you were."
            view = sight_view(left, note=note)
        else:
            sight = await self.drilling.begin(asked, press)
            closed = "The drill you had left is closed; what you did in it counts."
            view = sight_view(sight, note=closed if left else "")
        await interaction.response.send_message(view=view, ephemeral=True)

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(style="Pick an option, write your answer, or both in turn")
    async def review(
        self,
        interaction: Interaction,
        style: Literal["choice", "explain", "mixed"] | None = None,
    ) -> None:
        """Go over what you are about to forget, the most forgotten first."""
        wanted = Style(style) if style else None
        sight = await self.drilling.review(pressed(interaction), REVIEWED, wanted)
        await interaction.response.send_message(view=sight_view(sight), ephemeral=True)

    @drill.autocomplete("topic")
    async def _topics(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._offer(interaction, "topic", typed, {t: t for t in Topic})

    @drill.autocomplete("difficulty")
    async def _difficulties(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self._offer(interaction, "difficulty", typed, {d: d for d in Difficulty})

    @drill.autocomplete("role")
    async def _roles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._offer(interaction, "role", typed, {r: r for r in Role})

    @drill.autocomplete("style")
    async def _styles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        says = {style: f"{style}: {how}" for style, how in STYLES.items()}
        return await self._offer(interaction, "style", typed, says)

    @drill.autocomplete("count")
    async def _counts(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        chosen = _chosen(interaction, {})
        if chosen is None:
            return []
        (fitting,) = await self.drilling.fitting([chosen], pressed(interaction))
        offered = sorted({n for n in (5, 10, 20, MOST) if n < fitting} | {min(fitting, MOST)})
        return [
            app_commands.Choice(
                name=f"{n}: all that fit" if n == fitting else f"{n} of {fitting} that fit", value=n
            )
            for n in offered
            if n and str(n).startswith(str(typed).strip())
        ]

    async def _offer(
        self, interaction: Interaction, option: str, typed: str, says: dict[Any, str]
    ) -> list[app_commands.Choice[str]]:
        """What can be chosen for one option, with how many questions fit the others too."""
        variants = [(value, _chosen(interaction, {option: value})) for value in says]
        known = [(value, variant) for value, variant in variants if variant is not None]
        counts = await self.drilling.fitting([v for _, v in known], pressed(interaction))
        return [
            app_commands.Choice(name=f"{says[value]} · {counted(n, 'question')}", value=str(value))
            for (value, _), n in zip(known, counts, strict=True)
            if n and typed.casefold() in value
        ]

    async def step(self, interaction: Interaction, parts: list[str]) -> None:
        """*Next* was pressed, or how sure they are."""
        sight = await self.drilling.look(int(parts[0]), pressed(interaction))
        sure = parts[2] if int(parts[1]) == sight.drill.no else ""
        await interaction.response.edit_message(view=sight_view(sight, sure))

    async def mark(self, interaction: Interaction, parts: list[str]) -> None:
        """An option was pressed."""
        drill_id, no, picked = map(int, parts[:3])
        marked = await self.steps.choose(
            drill_id, no, picked, confidence(parts[3]), pressed(interaction)
        )
        await interaction.response.edit_message(view=marked_view(marked))

    async def ask(self, interaction: Interaction, parts: list[str]) -> None:
        """*Answer* was pressed where it is to be said in words."""
        drill_id, no = map(int, parts)
        question = await self.steps.question(drill_id, no, pressed(interaction))
        await interaction.response.send_modal(essay_modal(drill_id, no, question))

    async def clue(self, interaction: Interaction, parts: list[str]) -> None:
        """*Hint* was pressed."""
        drill_id, no = map(int, parts)
        question = await self.steps.question(drill_id, no, pressed(interaction))
        await interaction.response.send_message(view=hint_view(question), ephemeral=True)

    async def written(self, interaction: Interaction, parts: list[str], values: Values) -> None:
        """An answer in words was submitted."""
        drill_id, no = map(int, parts)
        await hold(interaction)
        marked = await self.steps.write(
            drill_id,
            no,
            str(values.get("answer", "")),
            confidence(values.get("sure")),
            pressed(interaction),
        )
        await keep(interaction, marked_view(marked))

    async def stop(self, interaction: Interaction, parts: list[str]) -> None:
        """*Stop* was pressed."""
        sight = await self.drilling.stop(int(parts[0]), pressed(interaction))
        await interaction.response.edit_message(view=sight_view(sight))

    async def further(self, interaction: Interaction, parts: list[str]) -> None:
        """Another drill like the last was asked for."""
        topic, difficulty, role, count, style = parts
        asked = wanted(topic, difficulty, role, int(count), style)
        sight = await self.drilling.begin(asked, pressed(interaction))
        await interaction.response.edit_message(view=sight_view(sight))

    async def recall(self, interaction: Interaction, parts: list[str]) -> None:
        """*Review* was pressed; under a reminder it opens beside it, else the message moves on."""
        sight = await self.drilling.review(pressed(interaction), REVIEWED)
        if BESIDE in parts:
            await interaction.response.send_message(view=sight_view(sight), ephemeral=True)
        else:
            await interaction.response.edit_message(view=sight_view(sight))


def _chosen(interaction: Interaction, over: dict[str, str]) -> Wanted | None:
    """What has been chosen so far, with one option tried out; None where it makes no sense."""
    given = {
        name: str(getattr(interaction.namespace, name, None) or "")
        for name in ("topic", "difficulty", "role", "style")
    }
    given |= over
    try:
        return wanted(given["topic"], given["difficulty"], given["role"], USUAL, given["style"])
    except Invalid:
        return None


async def setup(bot: StudyBot) -> None:
    """Load the cog."""
    await bot.add_cog(Drill(bot))
