-- What quizzes need beyond duels: modes, teams, and a message for each round.

ALTER TABLE game ADD COLUMN mode TEXT NOT NULL DEFAULT 'all';
ALTER TABLE game ADD COLUMN teams INTEGER NOT NULL DEFAULT 0;
ALTER TABLE game ADD COLUMN penalty INTEGER NOT NULL DEFAULT 0 CHECK (penalty IN (0, 1));
-- Which of its messages `message_id` is: a quiz has one for each round.
ALTER TABLE game ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
CREATE INDEX game_channel ON game (channel_id) WHERE due_at IS NOT NULL;

ALTER TABLE player ADD COLUMN team INTEGER NOT NULL DEFAULT 0;
-- The last round that is theirs, once they have left or are out of a survival.
ALTER TABLE player ADD COLUMN until INTEGER;
UPDATE player SET until = 0 WHERE has_left = 1;
ALTER TABLE player DROP COLUMN has_left;
