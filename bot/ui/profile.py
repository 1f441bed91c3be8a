"""A profile in words, beside the picture that says the same."""

import asyncio
from io import BytesIO
from itertools import groupby

import discord
from discord import ui

from bot.domain.attempt import Calibration
from bot.domain.profile import (
    ENOUGH,
    WEEKS,
    Habit,
    Profile,
    TopicStat,
    Week,
    ranked,
    strongest,
    weakest,
)
from bot.domain.rating import OVERALL, Rating
from bot.domain.sharing import Visibility
from bot.domain.verdict import Pattern
from bot.ui.layout import Card, card, row, small
from bot.ui.portrait import portrait
from bot.ui.preferences import aimed_at
from bot.ui.press import Press
from bot.ui.text import counted, listed, of_hundred, percent, shortened, signed, topic_name

FILE = "profile.png"
LONGEST_ALT = 1024
"""Characters; Discord's limit on the description of a picture."""
HABITS = {
    Pattern.DEFINITION_ONLY: "stop at the definition",
    Pattern.BUZZWORD_LIST: "list the right words without joining them",
    Pattern.NO_COST_ARGUMENT: "name a metric without the cost of a wrong call",
    Pattern.CURE_BEFORE_DIAGNOSIS: "go to the cure before the diagnosis",
    Pattern.MODEL_BEFORE_FRAMING: "name a model before the problem",
    Pattern.NOTHING_BROKE: "tell a story in which nothing broke",
    Pattern.ECHO: "say the question again",
    Pattern.OFF_TOPIC: "answer another question",
    Pattern.TOO_SHORT: "stop after a few words",
}
CLOSE = 0.05
"""Sure and right within this are the same."""
CHANCE = 0.25
"""The Brier score of somebody who is always half sure."""


async def pictured(profile: Profile, *, own: bool) -> tuple[Card, list[discord.File]]:
    """The profile with its picture, which is drawn in a thread of its own."""
    view = profile_view(profile, own=own)
    if not profile.days and not profile.topics:
        return view, []
    png = await asyncio.to_thread(portrait, profile)
    shown = discord.MediaGalleryItem(f"attachment://{FILE}", description=told(profile))
    view.add_item(ui.MediaGallery[Card](shown))
    return view, [discord.File(BytesIO(png), FILE)]


def profile_view(profile: Profile, *, own: bool) -> Card:
    """The profile in words."""
    if own and not profile.answered:
        return card(
            "### Your profile\nIt begins with your first answer: `/today` has a question for you.",
            small(_seen_by(profile.visibility)),
            row([Press("Settings", "preferences", profile.user_id)]),
        )
    parts = [
        _streak(profile, own=own),
        _topics(profile, own=own),
        _trend(profile),
        _calibration(profile.calibration) if profile.calibration else None,
        _habits(profile.habits, own=own),
        _ratings(profile.ratings),
    ]
    if not own:
        return card(*parts, small("Shown as far as they share it."))
    return card(
        *parts,
        _next(profile),
        small(_seen_by(profile.visibility)),
        row([Press("Settings", "preferences", profile.user_id)]),
    )


def told(profile: Profile) -> str:
    """The picture in words, for screen readers."""
    parts = [
        f"{counted(profile.study_days, 'study day')} in a year, {_months(profile)}.",
        f"{counted(profile.streak.length, 'day')} in a row, {profile.streak.best} at best.",
    ]
    if profile.topics:
        bars = ", ".join(
            f"{topic_name(t.topic)} {round(100 * t.shown.mean)} ({t.shown.answers})"
            for t in ranked(profile.topics)
        )
        parts.append(f"Topics, of 100, with questions: {bars}.")
    if profile.sureness:
        dots = ", ".join(
            f"{percent(s.sure)} sure {percent(s.right)} right" for s in profile.sureness
        )
        parts.append(f"Sureness: {dots}.")
    if profile.calibration:
        parts.append(f"Brier score {profile.calibration.brier:.2f}.")
    return shortened(" ".join(parts), LONGEST_ALT)


def _months(profile: Profile) -> str:
    """Study days month by month, so that the heat-map can be heard."""
    months = groupby((d.day for d in profile.days if d.counts), key=lambda day: f"{day:%b %Y}")
    return ", ".join(f"{month}: {len(list(found))}" for month, found in months) or "none yet"


def _streak(profile: Profile, *, own: bool) -> str:
    streak = profile.streak
    whose = "### Your profile" if own else f"### Profile of <@{profile.user_id}>"
    run = f"**{counted(streak.length, 'day')} in a row**" if streak.length else "No streak just now"
    freezes = f"{counted(streak.freezes, 'freeze')} in hand" if own and streak.freezes else ""
    best = f"longest so far {counted(streak.best, 'day')}" if streak.best else ""
    year = f"{counted(profile.study_days, 'study day')} in a year"
    return f"{whose}\n{' · '.join(part for part in (run, freezes, best, year) if part)}"


def _topics(profile: Profile, *, own: bool) -> str | None:
    strong, weak = strongest(profile.topics), weakest(profile.topics)
    if not strong and not weak:
        after = f"After {counted(ENOUGH, 'question')} on a topic I can tell how it goes."
        return after if own else None
    named = (("Strongest", strong), ("Weakest", weak))
    return "\n".join(f"**{what}** {_scores(of)}" for what, of in named if of)


def _scores(topics: tuple[TopicStat, ...]) -> str:
    return " · ".join(
        f"{topic_name(t.topic)} {of_hundred(t.shown.mean)} over "
        f"{counted(t.shown.answers, 'question')}"
        for t in topics
    )


def _trend(profile: Profile) -> str | None:
    if sum(week.answers > 0 for week in profile.trend) < 2:
        return None  # one week has no direction
    weeks = ", ".join(map(_week, profile.trend))
    change = profile.change
    moved = f": {signed(round(100 * change))}" if change is not None else ""
    return f"**Last {WEEKS} weeks** {weeks} of 100{moved}"


def _week(week: Week) -> str:
    return str(round(100 * week.mean)) if week.answers else "–"


def _calibration(found: Calibration) -> str:
    gap = found.sure - found.right
    if abs(gap) < CLOSE and found.brier >= CHANCE:
        verdict = "right on average, but not about which"
    elif abs(gap) < CLOSE:
        verdict = "you know what you know"
    elif gap > 0:
        verdict = "more sure than right"
    else:
        verdict = "better than you think"
    return (
        f"**How sure** {percent(found.sure)} sure, {percent(found.right)} right over "
        f"{counted(found.answers, 'answer')}: {verdict}. "
        f"Brier score {found.brier:.2f} (0 is perfect, {CHANCE} is no better than being half sure "
        "of everything)"
    )


def _habits(habits: tuple[Habit, ...], *, own: bool) -> str | None:
    if not habits:
        return None
    who = "You" if own else "They"
    found = [f"{HABITS[h.pattern]} in {h.times}" for h in habits[:2]]
    return f"**Habits** {who} {listed(found)} of the last {habits[0].of} answers in words."


def _ratings(ratings: tuple[Rating, ...]) -> str | None:
    shown = [
        f"{topic_name(r.topic) if r.topic != OVERALL else 'overall'} {r.shown} ± {r.spread}"
        for r in ratings[:4]
    ]
    return f"**Ratings here** {' · '.join(shown)}" if shown else None


def _next(profile: Profile) -> str | None:
    """What to do with all this: the aim, and the topic that would gain most."""
    aim = aimed_at(profile.aim, profile.today) if profile.aim else None
    weak = weakest(profile.topics)
    work = f"Next: `/drill` on {topic_name(weak[0].topic)}." if weak else "Next: `/today`."
    return f"{aim} {work}" if aim else work


def _seen_by(visibility: Visibility) -> str:
    match visibility:
        case Visibility.PRIVATE:
            return "Only you can see your profile."
        case Visibility.PROGRESS:
            return "Members of your servers can see your progress: nothing that went wrong."
        case Visibility.EVERYTHING:
            return "Members of your servers can see all of it but what you aim at."
