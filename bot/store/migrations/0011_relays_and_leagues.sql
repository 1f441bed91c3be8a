-- Relays need to know who came first and whose turn it was; the league, what a quiz brought whom.

-- The snowflake of the press that brought them; who came before this was kept has 0.
ALTER TABLE player ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;
-- A sum over their replies (domain/league.py); `loopmate rebuild` recreates it.
ALTER TABLE player ADD COLUMN earned BIGINT;

-- The Monday of the week in which it counts for the league, by the guild's calendar as it was
-- then: a guild that changes its zone moves nothing. NULL where it does not count.
ALTER TABLE game ADD COLUMN week TEXT;
CREATE INDEX game_week ON game (guild_id, week) WHERE week IS NOT NULL;

CREATE TABLE turn (
    game_id BIGINT NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    no      INTEGER NOT NULL,
    team    INTEGER NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (game_id, no, team)
);
CREATE INDEX turn_person ON turn (user_id);
