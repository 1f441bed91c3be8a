-- Drills and reviews: the queue and what came of it, so that one is taken up again any time.

CREATE TABLE drill (
    id       BIGINT PRIMARY KEY,
    user_id  BIGINT NOT NULL,
    guild_id BIGINT,
    kind     TEXT NOT NULL CHECK (kind IN ('drill', 'review')),
    wanted   TEXT NOT NULL,
    steps    TEXT NOT NULL,
    done     TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT
);
-- Somebody is in one drill and one review at a time.
CREATE UNIQUE INDEX drill_open ON drill (user_id, kind) WHERE ended_at IS NULL;
CREATE INDEX drill_person ON drill (user_id, began_at);
CREATE INDEX drill_guild ON drill (guild_id) WHERE guild_id IS NOT NULL;

-- Who wants to be reminded, when, and how far today's reminder is on its way.
CREATE TABLE reminder (
    user_id       BIGINT PRIMARY KEY,
    minute        INTEGER NOT NULL,
    next_at       BIGINT,
    told_on       TEXT,
    leaving       TEXT CHECK (leaving IN ('claimed', 'sending')),
    since_at      BIGINT,
    lease_ends_at BIGINT,
    trouble       TEXT
);
CREATE INDEX reminder_due ON reminder (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX reminder_leaving ON reminder (since_at) WHERE leaving IS NOT NULL;

-- What is due is read often and of one person: from the index alone, so that it stays fast however
-- far their rows lie apart in a table that grows for ever.
DROP INDEX card_due;
CREATE INDEX card_due
    ON card (user_id, due_at, question_id, stability, difficulty, last_at, reviews, lapses);
