-- What people prepare for, and what of them others may see.

CREATE TABLE aim (
    user_id      BIGINT PRIMARY KEY,
    role         TEXT,
    seniority    TEXT,
    interview_on TEXT
);

CREATE TABLE sharing (
    user_id    BIGINT PRIMARY KEY,
    visibility TEXT NOT NULL CHECK (visibility IN ('private', 'progress', 'everything')),
    on_boards  INTEGER NOT NULL CHECK (on_boards IN (0, 1))
);
