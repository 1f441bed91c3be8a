-- Relays need to know who came first and whose turn it was; the league, what a quiz brought whom.

-- The snowflake of the press that brought them; who came before this was kept has 0.
ALTER TABLE player ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;
-- A sum over their replies (domain/league.py); `loopmate rebuild` recreates it.
ALTER TABLE player ADD COLUMN earned BIGINT;

-- The Monday of the week in which it counts for the league, by the guild's calendar as it was
-- then: a guild that changes its zone moves nothing. NULL where it does not count.
ALTER TABLE game ADD COLUMN week TEXT;

-- The sums of both, so that a look at the league reads a row a person and week; rebuilt likewise.
CREATE TABLE league_score (
    user_id  BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    week     TEXT NOT NULL,
    points   BIGINT NOT NULL,
    quizzes  BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id, week)
);
CREATE INDEX league_score_guild ON league_score (guild_id, week, user_id, points, quizzes);

CREATE TABLE turn (
    game_id BIGINT NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    no      INTEGER NOT NULL,
    team    INTEGER NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (game_id, no, team)
);
CREATE INDEX turn_person ON turn (user_id);
