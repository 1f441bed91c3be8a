"""One unit of work's view of everything, over any engine that speaks `Sql`."""

from bot.store import port, port_games, port_own, port_prepare, port_profile
from bot.store.sql.aims import Aims, Sharings
from bot.store.sql.attempts import Attempts
from bot.store.sql.claims import Claims
from bot.store.sql.editors import Editors
from bot.store.sql.games import Games
from bot.store.sql.guilds import Guilds
from bot.store.sql.judgements import Judgements
from bot.store.sql.ladders import Ladders
from bot.store.sql.owns import Owns
from bot.store.sql.persons import Persons
from bot.store.sql.posts import Posts
from bot.store.sql.preparations import Preparations
from bot.store.sql.ratings import Ratings
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
        self.claims: port.Claims = Claims(sql)
        self.ladders: port.Ladders = Ladders(sql)
        self.judgements: port.Judgements = Judgements(sql)
        self.games: port_games.Games = Games(sql)
        self.ratings: port_games.Ratings = Ratings(sql)
        self.suggestions: port_own.Suggestions = Suggestions(sql)
        self.owns: port_own.Owns = Owns(sql)
        self.editors: port_own.Editors = Editors(sql)
        self.reports: port_own.Reports = Reports(sql)
        self.preparations: port_prepare.Preparations = Preparations(sql)
        self.aims: port_profile.Aims = Aims(sql)
        self.sharings: port_profile.Sharings = Sharings(sql)
