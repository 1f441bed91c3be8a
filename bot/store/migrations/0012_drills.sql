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
