"""One unit of work's view of everything, over any engine that speaks `Sql`."""

from bot.store import (
    port,
    port_games,
    port_judging,
    port_night,
    port_own,
    port_prepare,
    port_profile,
    port_study,
)
from bot.store.sql.aims import Aims, Sharings
from bot.store.sql.attempts import Attempts
from bot.store.sql.boards import Boards
from bot.store.sql.claims import Claims
from bot.store.sql.drills import Drills
from bot.store.sql.editors import Editors
from bot.store.sql.games import Games
from bot.store.sql.guilds import Guilds
from bot.store.sql.judgements import Judgements
from bot.store.sql.ladders import Ladders
from bot.store.sql.league import League
from bot.store.sql.memory import Memory
from bot.store.sql.nights import Nights
from bot.store.sql.owns import Owns
from bot.store.sql.persons import Persons
from bot.store.sql.posts import Posts
from bot.store.sql.preparations import Preparations
from bot.store.sql.profiles import Profiles
from bot.store.sql.ratings import Ratings
from bot.store.sql.relays import Relays
from bot.store.sql.reminders import Reminders
from bot.store.sql.reports import Reports
from bot.store.sql.rollups import Rollups
from bot.store.sql.schedules import Schedules
from bot.store.sql.streaks import Streaks
from bot.store.sql.suggestions import Suggestions
from bot.store.sql.values import Sql


class SqlTx:
    """The repositories of one connection; they hold nothing, so units share them."""

    def __init__(self, sql: Sql) -> None:
        self.sql = sql
        self.guilds: port.Guilds = Guilds(sql)
        self.schedules: port.Schedules = Schedules(sql)
        self.posts: port.Posts = Posts(sql)
        self.attempts: port.Attempts = Attempts(sql)
        self.rollups: port.Rollups = Rollups(sql)
        self.streaks: port.Streaks = Streaks(sql)
        self.persons: port.Persons = Persons(sql)
        self.claims: port_judging.Claims = Claims(sql)
        self.ladders: port_judging.Ladders = Ladders(sql)
        self.judgements: port_judging.Judgements = Judgements(sql)
        self.games: port_games.Games = Games(sql)
        self.league: port_games.League = League(sql)
        self.ratings: port_games.Ratings = Ratings(sql)
        self.relays: port_games.Relays = Relays(sql)
        self.nights: port_night.Nights = Nights(sql)
        self.suggestions: port_own.Suggestions = Suggestions(sql)
        self.owns: port_own.Owns = Owns(sql)
        self.editors: port_own.Editors = Editors(sql)
        self.reports: port_own.Reports = Reports(sql)
        self.drills: port_study.Drills = Drills(sql)
        self.memory: port_study.Memory = Memory(sql)
        self.reminders: port_study.Reminders = Reminders(sql)
        self.aims: port_profile.Aims = Aims(sql)
        self.sharings: port_profile.Sharings = Sharings(sql)
        self.profiles: port_profile.Profiles = Profiles(sql)
        self.boards: port_profile.Boards = Boards(sql)
        self.preparations: port_prepare.Preparations = Preparations(sql)
