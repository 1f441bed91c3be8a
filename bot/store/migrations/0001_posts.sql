-- Guilds, when they are asked, and what they were asked.
-- Everywhere: ids of Discord are BIGINT, instants are microseconds since 1970 UTC, dates are ISO
-- text, scores are millionths, booleans are 0 or 1. SQLite and PostgreSQL read the same file.

CREATE TABLE guild (
    guild_id  BIGINT PRIMARY KEY,
    joined_at BIGINT NOT NULL,
    left_at   BIGINT,
    trouble   TEXT
);
CREATE INDEX guild_left ON guild (left_at) WHERE left_at IS NOT NULL;

CREATE TABLE schedule (
    guild_id          BIGINT PRIMARY KEY,
    channel_id        BIGINT NOT NULL,
    minute            INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    zone_name         TEXT NOT NULL,
    weekdays          TEXT NOT NULL,
    selection         TEXT NOT NULL,
    role_id           BIGINT,
    thread            INTEGER NOT NULL CHECK (thread IN (0, 1)),
    pin               INTEGER NOT NULL CHECK (pin IN (0, 1)),
    report_channel_id BIGINT,
    paused            INTEGER NOT NULL CHECK (paused IN (0, 1)),
    next_day          TEXT,
    next_run_at       BIGINT
);
-- The tick reads nothing else.
CREATE INDEX schedule_due ON schedule (next_run_at) WHERE next_run_at IS NOT NULL;

CREATE TABLE post (
    id          TEXT PRIMARY KEY,
    guild_id    BIGINT NOT NULL,
    day         TEXT NOT NULL,
    question_id TEXT NOT NULL,
    channel_id  BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    state       TEXT NOT NULL
        CHECK (state IN ('claimed', 'sending', 'sent', 'closed', 'failed', 'skipped')),
    lease_until BIGINT NOT NULL,
    sending_at  BIGINT,
    tries       INTEGER NOT NULL,
    message_id  BIGINT,
    posted_at   BIGINT,
    closed_at   BIGINT,
    finished    INTEGER NOT NULL CHECK (finished IN (0, 1)),
    thread_id   BIGINT,
    trouble     TEXT,
    answered    BIGINT NOT NULL,
    score_sum   BIGINT NOT NULL,
    UNIQUE (guild_id, day)
);
CREATE INDEX post_due ON post (guild_id, due_at);
-- Recovery at start-up and the tick look for these; nearly every post is none of them.
CREATE INDEX post_unfinished ON post (due_at)
    WHERE state IN ('claimed', 'sending') OR (state = 'sent' AND finished = 0);
