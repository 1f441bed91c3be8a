-- Duels and quizzes: who plays, what was asked, who replied what, and how strong people are.

CREATE TABLE game (
    id          BIGINT PRIMARY KEY,
    kind        TEXT NOT NULL,
    guild_id    BIGINT NOT NULL,
    channel_id  BIGINT NOT NULL,
    host_id     BIGINT NOT NULL, -- 0 once they have had themselves forgotten
    topic       TEXT,
    rounds      INTEGER NOT NULL,
    seconds     INTEGER NOT NULL,
    style       TEXT NOT NULL,
    rated       INTEGER NOT NULL CHECK (rated IN (0, 1)),
    made_at     BIGINT NOT NULL,
    phase       TEXT NOT NULL CHECK (phase IN ('invited', 'pausing', 'asking', 'over')),
    due_at      BIGINT,
    round       INTEGER NOT NULL,
    message_id  BIGINT,
    token       TEXT,
    token_until BIGINT,
    revision    BIGINT NOT NULL,
    ending      TEXT,
    ended_at    BIGINT
);
-- The tick reads nothing else; a game that is over is due no more.
CREATE INDEX game_due ON game (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX game_guild ON game (guild_id);
CREATE INDEX game_host ON game (host_id);

CREATE TABLE player (
    game_id BIGINT NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL,
    since   INTEGER NOT NULL,
    has_left INTEGER NOT NULL CHECK (has_left IN (0, 1)),
    place   INTEGER,
    change  INTEGER,
    PRIMARY KEY (game_id, user_id)
);
CREATE INDEX player_person ON player (user_id, game_id);

CREATE TABLE round (
    game_id     BIGINT NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    no          INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    layout      TEXT NOT NULL,
    deadline    BIGINT NOT NULL,
    asked_at    BIGINT,
    closed_at   BIGINT,
    void        INTEGER NOT NULL CHECK (void IN (0, 1)),
    PRIMARY KEY (game_id, no)
);

CREATE TABLE reply (
    id       BIGINT NOT NULL UNIQUE,
    game_id  BIGINT NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    no       INTEGER NOT NULL,
    user_id  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    score    BIGINT NOT NULL CHECK (score BETWEEN 0 AND 1000000),
    picked   INTEGER,
    answer   TEXT NOT NULL,
    verdict  TEXT,
    -- Whether it has become an attempt; it does once its round is closed.
    recorded INTEGER NOT NULL CHECK (recorded IN (0, 1)),
    PRIMARY KEY (game_id, no, user_id)
);
CREATE INDEX reply_person ON reply (user_id);
CREATE INDEX reply_unrecorded ON reply (game_id, no) WHERE recorded = 0;

CREATE TABLE rating (
    guild_id BIGINT NOT NULL,
    user_id  BIGINT NOT NULL,
    topic    TEXT NOT NULL,
    mu       DOUBLE PRECISION NOT NULL,
    sigma    DOUBLE PRECISION NOT NULL,
    games    INTEGER NOT NULL,
    PRIMARY KEY (user_id, guild_id, topic)
);
CREATE INDEX rating_board ON rating (guild_id, topic, mu DESC);

-- Whose challenges somebody does not want; 0 is everybody's.
CREATE TABLE block (
    user_id    BIGINT NOT NULL,
    blocked_id BIGINT NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
);
CREATE INDEX block_blocked ON block (blocked_id);
