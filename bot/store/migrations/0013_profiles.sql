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

-- What a profile looks at of an attempt, in the order it looks: it reads the index and no row.
-- The weak pattern that its verdict names; empty where it names none, NULL without a verdict.
ALTER TABLE attempt ADD COLUMN pattern TEXT;
-- Quotes within a verdict's texts are escaped, so these can be nothing but its field.
UPDATE attempt SET pattern = CASE
    WHEN verdict LIKE '%"pattern":"definition-only"%' THEN 'definition-only'
    WHEN verdict LIKE '%"pattern":"buzzword-list"%' THEN 'buzzword-list'
    WHEN verdict LIKE '%"pattern":"no-cost-argument"%' THEN 'no-cost-argument'
    WHEN verdict LIKE '%"pattern":"cure-before-diagnosis"%' THEN 'cure-before-diagnosis'
    WHEN verdict LIKE '%"pattern":"model-before-framing"%' THEN 'model-before-framing'
    WHEN verdict LIKE '%"pattern":"nothing-broke"%' THEN 'nothing-broke'
    WHEN verdict LIKE '%"pattern":"echo"%' THEN 'echo'
    WHEN verdict LIKE '%"pattern":"off-topic"%' THEN 'off-topic'
    WHEN verdict LIKE '%"pattern":"too-short"%' THEN 'too-short'
    ELSE ''
END
WHERE verdict IS NOT NULL;
DROP INDEX attempt_person;
CREATE INDEX attempt_person ON attempt (user_id, at, id, score, confidence, pattern);

-- Boards of a season and of a topic: rows of `period_score` like those of a week and of all time.
INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points)
SELECT user_id, guild_id, substr(period, 1, 4) || CASE
    WHEN substr(period, 7) < '14' THEN '-S1'
    WHEN substr(period, 7) < '27' THEN '-S2'
    WHEN substr(period, 7) < '40' THEN '-S3'
    ELSE '-S4'
END AS season, SUM(answered), SUM(score_sum), SUM(points)
FROM period_score WHERE period <> 'all' GROUP BY user_id, guild_id, season;
INSERT INTO period_score (user_id, guild_id, period, answered, score_sum, points)
SELECT user_id, guild_id, 'all/' || topic, COUNT(*), SUM(score), SUM(points) FROM attempt
WHERE scored = 1 AND guild_id IS NOT NULL GROUP BY user_id, guild_id, topic;
-- A page of a board is read from the index alone, ties and all.
DROP INDEX period_score_board;
CREATE INDEX period_score_board ON period_score (guild_id, period, points DESC, user_id, answered);

-- Whether a week's first question brings the recap of the week before along.
ALTER TABLE schedule ADD COLUMN weekly INTEGER NOT NULL DEFAULT 0 CHECK (weekly IN (0, 1));
