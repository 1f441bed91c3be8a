"""What happens: one module a capability, each load -> ask the domain -> save."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.bank import Bank
from bot.domain.game import Kind
from bot.domain.post import LEASE
from bot.domain.verdict import Assessor
from bot.services.answering import Answering
from bot.services.claims import Claims
from bot.services.duel import Duels, finish
from bot.services.posting import Posting
from bot.services.privacy import Privacy
from bot.services.probe import Probing
from bot.services.rounds import Rounds
from bot.services.setup import Setup
from bot.services.streaks import Streaks
from bot.store.port import Store


@dataclass(frozen=True, slots=True)
class Services:
    """Every capability, as the edge sees it."""

    answering: Answering
    claims: Claims
    duels: Duels
    posting: Posting
    privacy: Privacy
    probing: Probing
    rounds: Rounds
    setup: Setup
    streaks: Streaks

    @classmethod
    def over(
        cls, store: Store, bank: Bank, assessor: Assessor, *, lease: timedelta = LEASE
    ) -> "Services":
        """All capabilities over one store, bank and assessor."""
        return cls(
            answering=Answering(store, bank, assessor),
            claims=Claims(store, bank),
            duels=Duels(store, bank),
            posting=Posting(store, bank, lease),
            privacy=Privacy(store),
            probing=Probing(store, bank),
            rounds=Rounds(store, bank, assessor, {Kind.DUEL: finish}),
            setup=Setup(store, bank),
            streaks=Streaks(store),
        )
