-- Quiz nights: when a quiz opens by itself, and how far its event and its reminder are.

CREATE TABLE night (
    id         BIGINT PRIMARY KEY,
    guild_id   BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    host_id    BIGINT NOT NULL, -- 0 once they have had themselves forgotten
    terms      TEXT NOT NULL,
    day        TEXT NOT NULL,
    minute     INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    zone_name  TEXT NOT NULL,
    weekly     INTEGER NOT NULL CHECK (weekly IN (0, 1)),
    due_at     BIGINT NOT NULL,
    stage      TEXT NOT NULL CHECK (stage IN (
        'planned', 'announcing', 'announced', 'reminding', 'reminded', 'missed', 'called off'
    )),
    next_at    BIGINT NOT NULL,
    remind_at  BIGINT,
    event_id   BIGINT
);
-- The tick reads nothing else.
CREATE INDEX night_next ON night (next_at);
CREATE INDEX night_guild ON night (guild_id, due_at);
CREATE INDEX night_host ON night (host_id);
