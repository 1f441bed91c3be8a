-- A plan is computed; what is kept is where it began and what it was made from on its last day,
-- so that a look costs the same however much somebody has answered.

CREATE TABLE plan (
    user_id  BIGINT PRIMARY KEY,
    began_at BIGINT NOT NULL,
    began_on TEXT NOT NULL,
    ends_on  TEXT NOT NULL,
    made_on  TEXT NOT NULL,
    first    TEXT NOT NULL,
    shown    TEXT NOT NULL,
    done     TEXT NOT NULL
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
