-- Runs of study days, the ledger that explains them, and what was done on each day.

CREATE TABLE streak (
    user_id         BIGINT PRIMARY KEY,
    length          INTEGER NOT NULL,
    best            INTEGER NOT NULL,
    freezes         INTEGER NOT NULL,
    settled_through TEXT,
    last_counted    TEXT
);

-- `seq` keeps the order in which things happened; days alone do not, as repairs look back.
CREATE TABLE ledger (
    user_id     BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    day         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    length      INTEGER NOT NULL,
    freezes     INTEGER NOT NULL,
    through     TEXT,
    detail      TEXT NOT NULL,
    repaired_by BIGINT,
    at          BIGINT NOT NULL,
    PRIMARY KEY (user_id, seq)
);
CREATE INDEX ledger_repaired_by ON ledger (repaired_by) WHERE repaired_by IS NOT NULL;

CREATE TABLE progress (
    user_id      BIGINT NOT NULL,
    day          TEXT NOT NULL,
    post_answers BIGINT NOT NULL,
    questions    BIGINT NOT NULL,
    PRIMARY KEY (user_id, day)
);
