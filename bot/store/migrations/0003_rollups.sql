-- Sums over attempts that keep every read flat; `loopmate rebuild` recreates all four.
-- Keys begin with the person, so that forgetting one touches only their rows.

CREATE TABLE member (
    user_id   BIGINT NOT NULL,
    guild_id  BIGINT NOT NULL,
    answered  BIGINT NOT NULL,
    score_sum BIGINT NOT NULL,
    points    BIGINT NOT NULL,
    last_at   BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id)
);
CREATE INDEX member_guild ON member (guild_id);

CREATE TABLE period_score (
    user_id   BIGINT NOT NULL,
    guild_id  BIGINT NOT NULL,
    period    TEXT NOT NULL,
    answered  BIGINT NOT NULL,
    score_sum BIGINT NOT NULL,
    points    BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id, period)
);
CREATE INDEX period_score_board ON period_score (guild_id, period, points DESC);

CREATE TABLE topic_stat (
    user_id   BIGINT NOT NULL,
    topic     TEXT NOT NULL,
    answered  BIGINT NOT NULL,
    score_sum BIGINT NOT NULL,
    PRIMARY KEY (user_id, topic)
);

CREATE TABLE card (
    user_id     BIGINT NOT NULL,
    question_id TEXT NOT NULL,
    stability   DOUBLE PRECISION NOT NULL,
    difficulty  DOUBLE PRECISION NOT NULL,
    due_at      BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    reviews     BIGINT NOT NULL,
    lapses      BIGINT NOT NULL,
    PRIMARY KEY (user_id, question_id)
);
CREATE INDEX card_due ON card (user_id, due_at);
