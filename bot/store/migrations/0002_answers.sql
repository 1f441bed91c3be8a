-- People, what they answered, and what they dispute.

CREATE TABLE person (
    user_id       BIGINT PRIMARY KEY,
    zone_name     TEXT,
    home_guild_id BIGINT,
    moved_at      BIGINT,
    moved_from    TEXT,
    moved_to      TEXT
);

-- post_id is no foreign key: a post goes only with its guild, which takes its id from here too,
-- and a key would cost one more index on the table that grows for ever.
CREATE TABLE attempt (
    id          BIGINT PRIMARY KEY,
    user_id     BIGINT NOT NULL,
    guild_id    BIGINT,
    post_id     TEXT,
    question_id TEXT NOT NULL,
    topic       TEXT NOT NULL,
    origin      TEXT NOT NULL,
    mode        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    study_day   TEXT NOT NULL,
    score       BIGINT NOT NULL CHECK (score BETWEEN 0 AND 1000000),
    points      BIGINT NOT NULL,
    scored      INTEGER NOT NULL CHECK (scored IN (0, 1)),
    late        INTEGER NOT NULL CHECK (late IN (0, 1)),
    answer      TEXT NOT NULL,
    choice      INTEGER,
    confidence  DOUBLE PRECISION,
    verdict     TEXT,
    -- The week it was counted in: a guild that changes its zone later moves nothing.
    week        TEXT
);
CREATE UNIQUE INDEX attempt_scored ON attempt (post_id, user_id) WHERE scored = 1;
CREATE INDEX attempt_person ON attempt (user_id, at);

CREATE TABLE claim (
    attempt_id BIGINT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    point_id   TEXT NOT NULL,
    user_id    BIGINT NOT NULL,
    guild_id   BIGINT,
    at         BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected')),
    decided_by BIGINT,
    decided_at BIGINT,
    PRIMARY KEY (attempt_id, point_id)
);
CREATE INDEX claim_person ON claim (user_id);
CREATE INDEX claim_open ON claim (guild_id, at) WHERE state = 'open';
CREATE INDEX claim_decided_by ON claim (decided_by) WHERE decided_by IS NOT NULL;
