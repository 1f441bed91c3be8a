"""What happens: one module a capability, each load -> ask the domain -> save."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.bank import Bank
from bot.domain.game import Kind
from bot.domain.post import LEASE
from bot.domain.resource import Library
from bot.domain.verdict import Assessor
from bot.services.answering import Answering
from bot.services.boards import Boards
from bot.services.claims import Claims
from bot.services.drill import Drilling
from bot.services.due import Dues
from bot.services.duel import DuelRules, Duels
from bot.services.editors import Editors
from bot.services.export import Export
from bot.services.league import Leagues
from bot.services.nights import Nights
from bot.services.planning import Planning
from bot.services.posting import Posting
from bot.services.privacy import Privacy
from bot.services.probe import Probing
from bot.services.profiles import Profiles
from bot.services.quiz import QuizRules, Quizzes
from bot.services.readiness import Readying
from bot.services.reminding import Reminding
from bot.services.reporting import Reporting
from bot.services.resources import Resources
from bot.services.reviewing import Reviewing
from bot.services.rounds import Rounds
from bot.services.setup import Setup
from bot.services.steps import Steps
from bot.services.streaks import Streaks
from bot.services.suggesting import Suggesting
from bot.store.port import Store

EMPTY = Library(lambda: ())


@dataclass(frozen=True, slots=True)
class Services:
    """Every capability, as the edge sees it."""

    answering: Answering
    boards: Boards
    claims: Claims
    drilling: Drilling
    duels: Duels
    dues: Dues
    editors: Editors
    leagues: Leagues
    nights: Nights
    export: Export
    planning: Planning
    posting: Posting
    privacy: Privacy
    probing: Probing
    profiles: Profiles
    quizzes: Quizzes
    reminding: Reminding
    readying: Readying
    reporting: Reporting
    resources: Resources
    reviewing: Reviewing
    rounds: Rounds
    setup: Setup
    steps: Steps
    streaks: Streaks
    suggesting: Suggesting

    @classmethod
    def over(
        cls,
        store: Store,
        bank: Bank,
        assessor: Assessor,
        *,
        lease: timedelta = LEASE,
        library: Library = EMPTY,
    ) -> "Services":
        """All capabilities over one store, bank, assessor and library."""
        answering = Answering(store, bank, assessor)
        return cls(
            answering=answering,
            boards=Boards(store),
            claims=Claims(store, bank),
            drilling=Drilling(store, bank),
            duels=Duels(store, bank),
            dues=Dues(store, bank),
            editors=Editors(store),
            leagues=Leagues(store),
            nights=Nights(store, bank, lease),
            export=Export(store, bank),
            planning=Planning(store, bank),
            posting=Posting(store, bank, lease),
            privacy=Privacy(store),
            probing=Probing(store, bank),
            profiles=Profiles(store),
            quizzes=Quizzes(store, bank),
            reminding=Reminding(store, bank, lease),
            readying=Readying(store, bank),
            reporting=Reporting(store, bank, answering),
            resources=Resources(store, library),
            reviewing=Reviewing(store),
            rounds=Rounds(store, bank, assessor, {Kind.DUEL: DuelRules(), Kind.QUIZ: QuizRules()}),
            setup=Setup(store, bank),
            steps=Steps(store, bank, assessor),
            streaks=Streaks(store),
            suggesting=Suggesting(store, bank),
        )
