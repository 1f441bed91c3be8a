-- Questions that groups write for themselves, who may let them in, and what is said against any.

CREATE TABLE suggestion (
    id         BIGINT PRIMARY KEY,
    guild_id   BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    draft      TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'accepted', 'rejected')),
    revision   INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT
);
CREATE INDEX suggestion_person ON suggestion (user_id, guild_id, at);
CREATE INDEX suggestion_waiting ON suggestion (guild_id, at) WHERE state = 'waiting';
CREATE INDEX suggestion_decided_by ON suggestion (decided_by) WHERE decided_by IS NOT NULL;

-- What was accepted is the group's and names no author: it stays when its author is forgotten,
-- since others have answered it. The whole question is kept; old posts show it as it was asked.
CREATE TABLE own (
    id          TEXT PRIMARY KEY,
    guild_id    BIGINT NOT NULL,
    question    TEXT NOT NULL,
    at          BIGINT NOT NULL,
    accepted_by BIGINT,
    wanted_at   BIGINT,
    retired_at  BIGINT
);
CREATE INDEX own_guild ON own (guild_id, at);
CREATE INDEX own_accepted_by ON own (accepted_by) WHERE accepted_by IS NOT NULL;

CREATE TABLE editor (
    guild_id BIGINT NOT NULL,
    user_id  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (guild_id, user_id)
);
CREATE INDEX editor_person ON editor (user_id);

-- guild_id is null for the bank's questions; a server's own are reported to its editors.
CREATE TABLE report (
    user_id       BIGINT NOT NULL,
    question_id   TEXT NOT NULL,
    guild_id      BIGINT,
    question_hash TEXT NOT NULL,
    at            BIGINT NOT NULL,
    reason        TEXT NOT NULL,
    text          TEXT NOT NULL,
    closed_at     BIGINT,
    closed_by     BIGINT,
    PRIMARY KEY (user_id, question_id)
);
CREATE INDEX report_open ON report (guild_id, at) WHERE closed_at IS NULL;
CREATE INDEX report_closed_by ON report (closed_by) WHERE closed_by IS NOT NULL;
