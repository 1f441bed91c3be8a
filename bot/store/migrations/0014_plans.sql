-- A plan is computed from the aim and from what was answered; only where it began is kept.

CREATE TABLE plan (
    user_id  BIGINT PRIMARY KEY,
    began_at BIGINT NOT NULL,
    began_on TEXT NOT NULL,
    ends_on  TEXT NOT NULL
);
