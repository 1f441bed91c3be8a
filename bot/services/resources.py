"""What to read and watch next, for a word or for what somebody is weak at."""

from dataclasses import dataclass

from bot.domain.errors import NotFound
from bot.domain.question import Topic
from bot.domain.resource import Library, Resource
from bot.domain.standing import Evidence, evidence_by, weakest
from bot.store.port import Store

MOST = 5
TOPICS, EACH = 3, 2


@dataclass(frozen=True, slots=True)
class ForTopic:
    """What helps with one topic, and why it is shown."""

    topic: str
    shown: Evidence
    resources: list[Resource]


class Resources:
    """The library, and who needs what of it."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store, self._library = store, library

    def search(self, typed: str) -> list[Resource]:
        """What fits a word, the best first.

        Raises:
            NotFound: nothing does; it names what could have been meant.
        """
        if found := self._library.search(typed, MOST):
            return found
        near = self._library.nearest_topic(typed)
        hint = f"Did you mean `{near}`?" if near else f"Topics are {', '.join(Topic)}."
        raise NotFound(f"I have nothing on that. {hint} `/resources` alone starts from your gaps.")

    async def for_gaps(self, user_id: int) -> list[ForTopic]:
        """What helps with the topics they are weakest at.

        Raises:
            NotFound: there is nothing to go by yet, or nothing weak.
        """
        lasts = await self._store.read(lambda tx: tx.preparations.lasts(user_id))
        if not lasts:
            raise NotFound(
                "I don't know your gaps yet. Answer a question or two (`/today` has one), "
                "or name a topic: `/resources topic:evaluation`."
            )
        topics = evidence_by(lasts, lambda last: last.topic)
        weak = weakest(topics, TOPICS)
        found = [ForTopic(t, topics[t], self._library.on(t, EACH)) for t in weak]
        if helped := [one for one in found if one.resources]:
            return helped
        raise NotFound(
            "No topic looks weak in what you have answered so far. "
            "Name one to read on: `/resources topic:production`."
        )

    def suggestions(self, typed: str, most: int = 25) -> list[Topic | Resource]:
        """What somebody who is still typing may mean: topics, then single resources."""
        wanted = typed.strip().casefold().replace(" ", "-")
        found: list[Topic | Resource] = [topic for topic in Topic if wanted in topic]
        if wanted not in found:
            found += self._library.search(typed, most)
        return found[:most]
