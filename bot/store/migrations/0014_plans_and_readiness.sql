-- A plan is computed from the aim and from what was answered; only where it began is kept.

CREATE TABLE plan (
    user_id  BIGINT PRIMARY KEY,
    began_at BIGINT NOT NULL,
    began_on TEXT NOT NULL,
    ends_on  TEXT NOT NULL
);

-- A readiness check; its questions with what was picked are one list, read and written whole.
CREATE TABLE readiness (
    id         BIGINT PRIMARY KEY,
    user_id    BIGINT NOT NULL,
    role       TEXT NOT NULL,
    seniority  TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    items      TEXT NOT NULL
);
CREATE INDEX readiness_person ON readiness (user_id, started_at);
