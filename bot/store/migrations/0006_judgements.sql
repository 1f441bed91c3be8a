-- What a language model found in an answer, so that it is asked once: hashes, states and offsets.
-- Neither the person nor the answer is in it, and of the time no more than the day.

CREATE TABLE judgement (
    question_hash TEXT NOT NULL,
    answer_hash   TEXT NOT NULL,
    judge         TEXT NOT NULL,
    day           TEXT NOT NULL,
    findings      TEXT NOT NULL,
    PRIMARY KEY (question_hash, answer_hash, judge)
);
CREATE INDEX judgement_day ON judgement (day);

-- How often it was asked; guild 0 is direct messages.
CREATE TABLE judge_budget (
    guild_id BIGINT NOT NULL,
    day      TEXT NOT NULL,
    asked    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, day)
);
CREATE INDEX judge_budget_day ON judge_budget (day);
