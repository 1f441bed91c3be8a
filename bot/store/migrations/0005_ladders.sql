-- Follow-ups: one row a ladder, with every reply that was given on it.

CREATE TABLE ladder (
    id          BIGINT PRIMARY KEY,
    user_id     BIGINT NOT NULL,
    guild_id    BIGINT,
    question_id TEXT NOT NULL,
    -- The answer it began with; no foreign key, since both go with their person.
    attempt_id  BIGINT,
    started_at  BIGINT NOT NULL,
    public      INTEGER NOT NULL CHECK (public IN (0, 1)),
    first       TEXT,
    rungs       TEXT NOT NULL
);
CREATE UNIQUE INDEX ladder_attempt ON ladder (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX ladder_person ON ladder (user_id);
